"""A monitor sets a requirement and takes it back, with script and without."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CLERK = "griffier@voorbeeld.example"
ADDRESS = "/gemeente/utrecht/verplichtingen/"


@pytest.mark.parametrize("script", [True, False])
def test_a_requirement_is_set_and_ended(window, script):
    with window(width=360, email=CLERK, script=script) as page:
        page.goto(f"{ADDRESS}nieuw/")
        # What applies to one choice only is hidden until it is made; without script it is there.
        assert page.locator("#id_due_on").is_visible() != script
        assert page.locator("#id_renewal").is_visible() != script
        page.select_option("#id_subject", index=2)
        page.check("input[name=roles][value=griffie]")
        page.check("input[name=due][value=days]")
        page.locator("button[value=look]").click()
        expect(page.locator("#id_due_days_error")).to_be_visible()
        assert page.locator("input[name=roles][value=griffie]").is_checked()
        page.fill("#id_due_days", "90")
        page.locator("button[value=look]").click()
        expect(page.locator("main")).to_contain_text("nog niets opgeslagen")
        page.locator("button[value=back]").click()
        assert page.input_value("#id_due_days") == "90"
        page.locator("button[value=look]").click()
        page.locator("button[value=save]").click()
        expect(page.locator("main")).to_contain_text("Klaar binnen 90 dagen")
        page.get_by_role("link", name="Beëindigen").first.click()
        page.locator("main button[type=submit]").click()
        expect(page.locator("body")).to_contain_text("wordt niet meer gevraagd")
