"""Finding a case, printing its sheet, and handing one in, also without script."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

NEWCOMER = "nieuw@voorbeeld.example"
COUNCIL_MEMBER = "raadslid@voorbeeld.example"
SHEET = "/praktijk/nooit-alleen-naar-de-auto/bespreken/"


def sound(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == []


def heading(page, words):
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def write(page, look):
    """The first three steps: half a step stays, and one goes back and forth."""
    heading(page, "Wat er gebeurde")
    look()
    page.get_by_label("Wat gebeurde er?").fill("Mevrouw Zandstra belde op 06-12345678.")
    page.get_by_role("button", name="Bewaar en ga verder").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf een korte titel")
    look()
    expect(page.get_by_label("Wat gebeurde er?")).to_have_value(re.compile("Zandstra"))
    page.get_by_label("Dit ging goed").check()
    page.get_by_label("Geef het een korte titel").fill("Een telefoontje")
    page.get_by_role("button", name="Bewaar en ga verder").click()
    heading(page, "Wat is er gedaan en geleerd")
    page.get_by_label("Wat is er gedaan?").fill("Wij belden terug.")
    page.get_by_role("button", name="Eén stap terug").click()
    heading(page, "Wat er gebeurde")
    page.get_by_role("button", name="Bewaar en ga verder").click()
    expect(page.get_by_label("Wat is er gedaan?")).to_have_value("Wij belden terug.")
    page.get_by_label("Wat hebt u ervan geleerd?").fill("Bel terug.")
    page.get_by_role("button", name="Bewaar en ga verder").click()
    heading(page, "Voor wie en waarover")
    look()
    page.get_by_label("Integriteit").check()
    page.get_by_role("button", name="Bewaar en ga verder").click()


def look_through(page, look):
    """What was found is mended from the step that shows it."""
    heading(page, "Is iemand te herkennen?")
    expect(page.locator("mark")).to_have_text(["Zandstra", "06-12345678"])
    look()
    page.get_by_role("link", name="Verander “Wat gebeurde er?”").click()
    page.get_by_label("Wat gebeurde er?").fill("Iemand belde.")
    page.get_by_role("button", name="Bewaar, en terug naar het overzicht").click()
    heading(page, "Bekijken en versturen")
    look()
    page.get_by_role("link", name="Is iemand te herkennen?").first.click()
    expect(page.locator("mark")).to_have_count(0)
    page.get_by_label(re.compile("^Ik heb de tekst nagekeken")).check()
    page.get_by_role("button", name="Bewaar, en terug naar het overzicht").click()


def consent_and_send(page, look):
    page.get_by_role("link", name="Wat wij ermee mogen doen").first.click()
    look()
    page.get_by_label("Nog niet. Lees het eerst").check()
    page.get_by_label("Nee, laat de gemeente weg").check()
    page.get_by_label("Ja, via deze site").check()
    page.get_by_role("button", name="Bewaar, en terug naar het overzicht").click()
    page.get_by_role("button", name="Stuur in").click()
    heading(page, "Een telefoontje")
    expect(page.get_by_role("status")).to_contain_text("Ingestuurd. Dank u wel")
    look()


@pytest.mark.parametrize("script", [True, False])
def test_somebody_hands_in_a_case_and_takes_it_back(window, script):
    with window(width=360, email=NEWCOMER, script=script) as page:

        def look():
            if script:
                sound(page)

        page.goto("/praktijk/")
        page.get_by_role("link", name="Stuur een voorbeeld in").click()
        look()
        page.get_by_role("button", name=re.compile("^Begin")).click()
        write(page, look)
        look_through(page, look)
        consent_and_send(page, look)
        page.get_by_role("link", name="Verander dit, of trek uw toestemming in").click()
        look()
        page.get_by_label("Ja, u mag het plaatsen").check()
        page.get_by_role("button", name="Bewaar dit").click()
        expect(page.get_by_text("Wij mogen het plaatsen.")).to_be_visible()
        page.get_by_role("link", name="Trek dit voorbeeld in").click()
        look()
        page.get_by_role("button", name="Ja, trek het in").click()
        expect(page.get_by_text("Ingetrokken", exact=True)).to_be_visible()
        look()


@pytest.mark.parametrize("script", [True, False])
def test_cases_are_found_by_what_they_are_about(window, script):
    with window(width=1280, script=script) as page:
        page.goto("/praktijk/")
        facets = page.get_by_role("navigation", name="Kies waarover het gaat")
        facets.get_by_role("link", name=re.compile("^Dit ging mis")).click()
        facets.get_by_role("link", name=re.compile("^wethouder", re.IGNORECASE)).click()
        assert "soort=mis&rol=wethouder" in page.url
        expect(page.get_by_role("heading", level=2).first).to_have_text("1 voorbeeld")
        page.get_by_role("link", name=re.compile("Weghalen: Hoe het ging")).click()
        assert page.url.split("?")[1] == "rol=wethouder"
        page.go_back()
        expect(page.get_by_role("heading", level=2).first).to_have_text("1 voorbeeld")
        page.get_by_role("link", name="Toon weer alle voorbeelden").click()
        expect(page.locator(".rv-case")).to_have_count(8)


# As much as a case may hold: six questions of 200 signs, and an introduction of 400.
FILLED = """() => {
  const words = (many) => "Een raadslid hoort iets. ".repeat(20).slice(0, many);
  const list = document.querySelector(".rv-sheet__questions");
  while (list.children.length < 6) list.append(list.firstElementChild.cloneNode(true));
  for (const each of list.children) each.querySelector("p").textContent = words(200);
  const [short, outcome] = document.querySelectorAll(".rv-sheet__case p");
  short.textContent = words(400);
  outcome.textContent = words(300);
}"""


@pytest.mark.parametrize(("fill", "margins"), [("() => {}", (10, 25)), (FILLED, (10, 20))])
def test_the_sheet_is_one_side_of_paper(window, fill, margins):
    with window() as page:
        page.goto(SHEET)
        expect(page.get_by_role("button", name="Druk dit vel af")).to_be_visible()
        page.evaluate(fill)
        for margin in margins:
            sides = dict.fromkeys(("top", "bottom", "left", "right"), f"{margin}mm")
            paper = page.pdf(format="A4", margin=sides)
            assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1


def test_an_open_question_is_shown_first_with_room_to_answer(window):
    with window(width=360, email=COUNCIL_MEMBER) as page:
        page.goto("/mijn/praktijk/")
        for standing in ("Een vraag aan u", "Concept", "Ingestuurd", "Geplaatst", "Niet geplaatst"):
            expect(page.get_by_text(standing, exact=True)).to_be_visible()
        sound(page)
        page.get_by_role("link", name="Een baan voor mijn zoon").click()
        expect(page.get_by_label("Uw antwoord")).to_be_visible()
        sound(page)
