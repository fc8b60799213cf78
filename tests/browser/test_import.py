"""The clerk reads in a list, looks what it would do, and takes it back."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CLERK = "griffier@voorbeeld.example"
LIST = """Naam;E-mail;Functie;Vanaf
Browser Bos;browser.bos@utrecht.example;raadslid;1-4-2026
Zonder Adres;geen adres;raadslid;
"""


def open_result(page):
    """The work may take a moment: its page looks again by itself, with script and without."""
    link = page.get_by_role("link", name="Bekijk het resultaat")
    link.wait_for(timeout=60_000)
    link.click()


@pytest.mark.parametrize("script", [True, False])
def test_a_list_is_imported_and_undone(window, script):
    with window(width=360, email=CLERK, script=script) as page:
        page.goto("/gemeente/utrecht/importeren/")
        page.get_by_label("Uw lijst").set_input_files(
            {"name": "raad.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
        )
        page.get_by_role("button", name="Bekijk wat er verandert").click()
        page.get_by_role("heading", name="1 rij is fout").wait_for()
        expect(page.locator("main")).to_contain_text("“geen adres” is geen e-mailadres")
        # All or nothing is the first choice, and says what to do.
        page.get_by_role("button", name="Importeer", exact=True).click()
        page.get_by_role("alert").wait_for()
        page.get_by_label("Alleen de goede rijen").check()
        page.get_by_role("button", name="Importeer", exact=True).click()
        open_result(page)
        page.get_by_role("heading", name="De lijst is geïmporteerd").wait_for()
        page.get_by_role("link", name="Maak deze import ongedaan").click()
        page.get_by_role("button", name="Ja, maak de import ongedaan").click()
        open_result(page)
        page.get_by_role("heading", name="De import is ongedaan gemaakt").wait_for()
        expect(page.locator("main")).to_contain_text("Alles is weer zoals het was")
