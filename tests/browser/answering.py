"""Answering a question of any kind as a person does: choosing, writing, moving lines."""

from playwright.sync_api import Page

WORDS = {"number": "45", "fill_in": "eed", "reflection": "Daar denk ik nog over na."}


def answer(page: Page) -> str:
    """Give some answer, right or wrong, to the question that is shown; its kind."""
    fields = page.locator("main fieldset[data-kind]")
    kind = fields.get_attribute("data-kind") or ""
    if kind in WORDS:
        fields.locator("input, textarea").fill(WORDS[kind])
    elif kind == "ordering" and fields.locator("button[data-step]").count():
        fields.locator("button[data-step='1']").first.click()
    elif kind in ("ordering", "matching", "choose_in_text"):
        for place, select in enumerate(fields.locator("select").all(), start=1):
            # An ordering has a place for each line; elsewhere the first choice will do.
            select.select_option(index=place if kind == "ordering" else 1)
    else:
        fields.locator("input").first.check()
    return kind
