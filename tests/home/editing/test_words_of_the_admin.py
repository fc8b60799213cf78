"""The admin speaks as the site does: *u* to everybody, each thing once, and names that fit."""

import re
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.utils import translation
from django.utils.translation import gettext, ngettext
from wagtail.admin.menu import admin_menu

JE = re.compile(r"\b(je|jij|jou|jouw|jezelf)\b", re.IGNORECASE)
FILLED_IN = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
# The menu is 200 pixels wide; a longer name ends in dots.
LONGEST = 20


def wagtails_catalogues():
    for config in apps.get_app_configs():
        if config.name.startswith("wagtail"):
            path = Path(config.path) / "locale/nl/LC_MESSAGES/django.po"
            if path.exists():
                yield config.name, polib.pofile(str(path))


def test_nobody_is_addressed_as_je():
    familiar = []
    with translation.override("nl"):
        for app, catalogue in wagtails_catalogues():
            for entry in catalogue:
                if (
                    entry.obsolete
                    or entry.msgctxt
                    or not JE.search(f"{entry.msgstr_plural}{entry.msgstr}")
                ):
                    continue
                said = (
                    {ngettext(entry.msgid, entry.msgid_plural, count) for count in (1, 2)}
                    if entry.msgid_plural
                    else {gettext(entry.msgid)}
                )
                familiar += [(app, each) for each in said if JE.search(each)]
    assert familiar == []


def glued(text):
    """The places where a name that is filled in stands against a letter."""
    return sum(
        text[found.start() - 1 : found.start()].isalnum()
        + (text[found.end() : found.end() + 1].isalnum() or text[found.end() :].startswith("%("))
        for found in FILLED_IN.finditer(text)
    )


def test_no_words_have_run_together():
    together = []
    with translation.override("nl"):
        for app, catalogue in wagtails_catalogues():
            for entry in catalogue:
                if entry.obsolete or entry.msgctxt:
                    continue
                said = (
                    ngettext(entry.msgid, entry.msgid_plural, 2)
                    if entry.msgid_plural
                    else gettext(entry.msgid)
                )
                if glued(said) > glued(entry.msgid_plural or entry.msgid):
                    together.append((app, said))
    assert together == []


@pytest.mark.django_db
def test_the_menu_names_everything_once_and_whole(chief, rf):
    request = rf.get("/beheer/")
    request.user = chief
    with translation.override("nl"):
        names = [str(item.label) for item in admin_menu.menu_items_for_request(request)]
    assert len(set(names)) == len(names)
    assert [name for name in names if len(name) > LONGEST] == []
