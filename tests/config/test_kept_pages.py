"""Under which name a page is kept for visitors."""

import pytest

from config import page_cache

pytestmark = pytest.mark.django_db


def test_a_new_style_or_script_makes_every_page_anew(rf, monkeypatch):
    """What was kept before a new version asks for files that may be gone."""
    request = rf.get("/nieuws/")
    names = {page_cache.key_of(request), page_cache.key_of(request)}
    assert len(names) == 1
    for changed in ("site.css", "site.js"):
        monkeypatch.setattr(
            page_cache, "static", lambda name, new=changed: f"{name}{'.2' * (name == new)}"
        )
        names.add(page_cache.key_of(request))
    assert len(names) == 3
    assert page_cache.key_of(rf.get("/nieuws/2026/")) not in names
