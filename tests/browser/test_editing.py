"""An editor makes a module with a lesson, a question and a quiz; a learner then follows it."""

import re

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CHIEF = "eindredacteur@voorbeeld.example"
LEARNER = "nieuw@voorbeeld.example"
MODULE, LESSON, QUIZ = "Proefmodule", "Een proefles", "De proeftoets"
STEM = "Wanneer begint een raadslid?"


def act(page, action):
    """Open the menu at the foot of the form and choose."""
    footer = page.get_by_role("navigation", name="Acties (footer)")
    footer.get_by_role("button", name="Meer acties").click()
    page.get_by_role("button", name=action, exact=True).click()


def save(page):
    """Keep it as a draft. Wagtail also does so by itself, a little after each change."""
    page.get_by_role("button", name="Bewaar concept").click()
    expect(page.get_by_text(re.compile("(opgeslagen|bijgewerkt|aangemaakt)")).first).to_be_visible()
    page.wait_for_url(re.compile("/edit/"))
    page.reload()


def publish(page):
    act(page, "Publiceren")
    expect(page.get_by_text("gepubliceerd").first).to_be_visible()


def fill(within, **words):
    """Fields by the first word of their labels."""
    for label, text in words.items():
        within.get_by_role("textbox", name=label).first.fill(text)


def write(within, text):
    """Type in an editor of rich text, which has no label of its own."""
    box = within.get_by_placeholder("Schrijf iets").or_(
        within.locator('[role="textbox"][contenteditable]')
    )
    box.last.click()
    box.last.press_sequentially(text)
    expect(box.last).to_contain_text(text)


def add_block(page, name):
    """Put a block below what there is."""
    body = page.get_by_role("region", name="Tekst*", exact=True).first
    insert = body.get_by_title("Blok invoegen").last
    kind = page.get_by_role("option", name=name, exact=True)
    insert.click()
    try:
        kind.wait_for(timeout=3_000)
    except PlaywrightTimeoutError:
        # The first press closed a calendar that was still open.
        insert.click()
    kind.click()
    return body.locator("[data-streamfield-child]").last


def preview(page, mode=""):
    """What the panel beside the form shows."""
    panel = page.locator('[data-side-panel="preview"]')
    if not panel.is_visible():
        page.locator('[data-side-panel-toggle="preview"]').click()
    if mode:
        panel.get_by_role("combobox").select_option(label=mode)
    # While it loads there are two frames, the newer one last.
    return page.frame_locator('[data-side-panel="preview"] iframe').last


def place_of(page, title):
    """Where in the admin a Dutch page stands: one that was translated has its title twice."""
    page.goto(f"/beheer/pages/search/?q={title}")
    dutch = page.locator("tbody tr").filter(has_text="Nederlands")
    address = dutch.get_by_role("link", name=title, exact=True).first.get_attribute("href")
    return re.match(r"/beheer/pages/\d+/", address)[0]


def make_module(page):
    page.goto(f"{place_of(page, 'Leren')}add_subpage/")
    page.get_by_role("link", name=re.compile("^Module")).first.click()
    fill(page, Titel=MODULE, Samenvatting="Om te zien hoe het werkt.")
    page.get_by_role("textbox", name="Wat u daarna kunt").fill("U maakt zelf een module.")
    page.get_by_role("spinbutton", name="Minuten").fill("15")
    page.get_by_role("spinbutton", name="Nummer").fill("99")
    # The fewest have this role in the demo: the figures of the others stay as they are.
    page.get_by_role("checkbox", name="griffie", exact=True).check()
    # The goals of the Dutch visiedocument alone.
    subject = page.get_by_role("region", name="Waar het over gaat")
    expect(subject.get_by_role("checkbox", name="K2")).to_have_count(1)
    expect(preview(page).locator("h1", has_text=MODULE)).to_be_visible()
    publish(page)
    return place_of(page, MODULE)


def make_lesson(page, module):
    page.goto(f"{module}add_subpage/")
    expect(page.get_by_text("Een tekst om te lezen")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Les")).first.click()
    fill(page, Titel=LESSON, Bron="Gemeentewet, artikel 14")
    page.get_by_role("textbox", name="Laatst nagekeken").fill("2026-11-01")
    page.keyboard.press("Escape")
    fill(add_block(page, "Kop"), Tekst="De eed eerst")
    write(add_block(page, "Tekst"), "U begint na de eed of de belofte.")
    fill(add_block(page, "Citaat"), Citaat="Ik dacht dat het vanzelf ging.")
    box = add_block(page, "Kader")
    fill(box, Titel="Vraag het na")
    write(box, "Bel de griffier.")
    shown = preview(page)
    for text in (LESSON, "De eed eerst", "U begint na de eed", "vanzelf ging", "Bel de griffier."):
        expect(shown.get_by_text(text).last).to_be_visible()
    publish(page)


def make_question(page):
    page.goto("/beheer/snippets/learning/question/add/")
    write(page.get_by_role("region", name="Vraag*", exact=True), STEM)
    answers = page.get_by_role("region", name="Antwoorden*", exact=True)
    answers.get_by_title("Blok invoegen").click()
    page.get_by_role("option", name="Eén antwoord").click()
    # There is room for two at once.
    for number, text in enumerate(("Na de eed", "Meteen na de verkiezingen")):
        answers.get_by_role("textbox", name="Antwoord").nth(number).fill(text)
        expect(answers.get_by_role("textbox", name="Uitleg").nth(number)).to_have_value("")
    answers.get_by_role("checkbox", name="Dit is goed").first.check()
    save(page)
    shown = preview(page)
    for text in (STEM, "Meteen na de verkiezingen"):
        expect(shown.get_by_text(text)).to_be_visible()
    publish(page)


def make_quiz(page, module):
    page.goto(f"{module}add_subpage/")
    page.get_by_role("link", name=re.compile("^Toets")).first.click()
    fill(page, Titel=QUIZ)
    page.get_by_role("button", name="Voeg Vraag toe").click()
    page.get_by_role("button", name="Kies vraag").click()
    page.get_by_role("dialog").get_by_role("link", name=STEM).first.click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    save(page)
    expect(preview(page).locator("h1", has_text=QUIZ)).to_be_visible()
    expect(preview(page, "De vragen").get_by_text(STEM)).to_be_visible()
    publish(page)


def test_an_editor_makes_a_module_and_a_learner_follows_it(window):
    with window(email=CHIEF) as page:
        module = make_module(page)
        make_lesson(page, module)
        make_question(page)
        make_quiz(page, module)
        # Below the module they stand in the order in which they are followed.
        page.goto(module)
        assert page.locator("tbody .title-wrapper").all_inner_texts() == [LESSON, QUIZ]
    with window(width=360, email=LEARNER) as phone:
        phone.goto("/leren/")
        phone.get_by_role("link", name=MODULE).first.click()
        phone.get_by_role("link", name=LESSON).first.click()
        expect(phone.get_by_role("heading", name="De eed eerst")).to_be_visible()
        phone.goto(phone.url.replace("een-proefles", "de-proeftoets"))
        phone.locator("main .rv-button--next").first.click()
        expect(phone.get_by_text(STEM)).to_be_visible()
        phone.get_by_label("Na de eed").check()
        expect(phone.get_by_text("Opgeslagen", exact=True)).to_be_visible()


def test_a_small_correction_of_a_module_that_people_finished(window):
    with window(email=CHIEF) as page:
        page.goto(f"{place_of(page, 'De eed')}edit/")
        fill(page, Inleiding="Een klein verschil.")
        act(page, "Publiceren")
        expect(page.get_by_role("heading", name="Wat betekent deze wijziging")).to_be_visible()
        page.get_by_role("radio", name="Een kleine correctie").check()
        page.get_by_role("button", name="Publiceren").click()
        expect(page.get_by_text("gepubliceerd").first).to_be_visible()
    with window(width=360, email=LEARNER) as phone:
        phone.goto("/leren/uw-ambt-en-uw-eed/de-eed/")
        expect(phone.get_by_text("Een klein verschil.")).to_be_visible()
