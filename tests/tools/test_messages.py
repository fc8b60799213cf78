"""Finding, merging, checking and compiling translations."""

import gettext
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from tools import messages

CODE = """
from django.utils.translation import gettext as _, ngettext, npgettext, pgettext

def say(n):
    # Translators: on the first page
    print(_("Good "
            "morning"))
    print(ngettext("%(n)s module", "%(n)s modules", n) % {"n": n})
    print(pgettext("month", "May"), pgettext("verb", "May"))
    return npgettext("council", "seat", "seats", n)
"""
TEMPLATE = """{% load i18n %}
<div>
      {% translate "Sign in" %}
  <p title="{% translate 'Close' context "a door" %}">
    {% blocktranslate trimmed with name=person.name %}
      Hello {{ name }},
      you did 100% of it
    {% endblocktranslate %}
{% blocktranslate count n=all|length %}{{ n }} item{% plural %}{{ n }} items{% endblocktranslate %}
{{ _("Short") }} it's "unbalanced (
</div>
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "app" / "migrations").mkdir(parents=True)
    (tmp_path / "app" / "code.py").write_text(CODE)
    (tmp_path / "app" / "page.html").write_text(TEMPLATE)
    (tmp_path / "app" / "migrations" / "0001.py").write_text('_("in a migration")')
    return tmp_path


@pytest.fixture
def found(project: Path) -> Catalog:
    return messages.find_messages(messages.source_files([project]), root=project)


def catalogue(**strings: str) -> Catalog:
    made = Catalog(locale="nl")
    for text, translation in strings.items():
        made.add(text, translation)
    return made


def keys(some: Catalog) -> set[tuple[str, str | None]]:
    return {messages.key_of(message) for message in messages.entries(some)}


def test_texts_of_code_and_templates_are_found(found: Catalog) -> None:
    assert keys(found) == {
        ("Good morning", None),
        ("%(n)s module", None),
        ("May", "month"),
        ("May", "verb"),
        ("seat", "council"),
        ("Sign in", None),
        ("Close", "a door"),
        ("Hello %(name)s, you did 100%% of it", None),
        ("%(n)s item", None),
        ("Short", None),
    }


def test_a_text_knows_its_files_and_its_comment(found: Catalog) -> None:
    message = found.get("Good morning")
    assert message is not None
    assert [file for file, _line in message.locations] == ["app/code.py"]
    assert message.auto_comments == ["on the first page"]


def test_the_catalogue_names_no_line_numbers_and_is_stable(found: Catalog, tmp_path: Path) -> None:
    target = tmp_path / "django.po"
    assert messages.write(found, target)
    text = target.read_text()
    assert "#: app/code.py\n" in text
    assert not messages.write(messages.merged(found, messages.read(target)), target)
    assert target.read_text() == text


def test_merging_keeps_translations_and_drops_what_is_gone(found: Catalog) -> None:
    old = catalogue(**{"Sign in": "Inloggen", "Gone": "Weg"})
    new = messages.merged(found, old)
    signed = new.get("Sign in")
    assert signed is not None
    assert signed.string == "Inloggen"
    assert "Gone" not in new


def test_a_plural_is_not_filled_with_a_single_translation(found: Catalog) -> None:
    new = messages.merged(found, catalogue(**{"%(n)s module": "%(n)s module"}))
    message = new.get("%(n)s module")
    assert message is not None
    assert not messages.is_translated(message)


@pytest.mark.parametrize(
    ("text", "translation", "fault"),
    [
        ("Hello %(name)s", "Dag %(name)s", None),
        ("Hello %(name)s", "Dag %(naam)s", "fills in"),
        ("Hello %(name)s", "Dag", "fills in"),
        ("Hello {name}", "Dag {naam}", "fills in"),
        ("Read %s of %d", "%s van %d gelezen", None),
        ("100%% sure", "100%% zeker", None),
        ("50% of it", "50% daarvan", None),
        ("Hello", "", "not translated"),
    ],
)
def test_placeholders_must_match(text: str, translation: str, fault: str | None) -> None:
    problems = list(messages.faults(catalogue(**{text: ""}), catalogue(**{text: translation})))
    assert bool(problems) is (fault is not None)
    assert fault is None or fault in problems[0]


def test_a_singular_may_leave_out_the_number() -> None:
    made = Catalog(locale="nl")
    made.add(("%(n)s seat", "%(n)s seats"), ("één zetel", "%(n)s zetels"))
    assert list(messages.faults(made, made)) == []
    made.add(("%(n)s vote", "%(n)s votes"), ("één stem", "stemmen"))
    assert len(list(messages.faults(made, made))) == 1


def test_fuzzy_missing_and_unused_texts_are_faults() -> None:
    found = catalogue(Here="", Unsure="")
    have = catalogue(Gone="Weg")
    have.add("Unsure", "Misschien", flags=["fuzzy"])
    assert [line.split(":")[0] for line in messages.faults(found, have)] == [
        "not in the catalogue",
        "no longer used",
        "marked fuzzy",
    ]


def test_obsolete_texts_are_a_fault(tmp_path: Path) -> None:
    target = tmp_path / "django.po"
    messages.write(catalogue(Here="Hier"), target)
    target.write_text(target.read_text() + '\n#~ msgid "Gone"\n#~ msgstr "Weg"\n')
    assert list(messages.faults(catalogue(Here=""), messages.read(target))) == ["obsolete: 'Gone'"]


def test_pieces_are_merged_into_the_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "django.po"
    monkeypatch.setattr(messages, "CATALOGUE", target)
    messages.write(catalogue(Here="", There="Daar"), target)
    piece = tmp_path / "piece.po"
    piece.write_text(
        'msgid "Here"\nmsgstr "Hier"\n\nmsgid "There"\nmsgstr ""\n\nmsgid "Else"\nmsgstr "Anders"\n'
    )
    assert messages.main(["merge", str(piece)]) == 0
    result = messages.read(target)
    assert [(m.id, m.string) for m in messages.entries(result)] == [
        ("Here", "Hier"),
        ("There", "Daar"),
    ]
    assert "1 translations taken over, 1 not in the catalogue" in capsys.readouterr().out


def test_what_is_compiled_is_what_gettext_reads(tmp_path: Path) -> None:
    target = tmp_path / "django.po"
    made = catalogue(Here="Hier")
    made.add("May", "mei", context="month")
    made.add(("%(n)s seat", "%(n)s seats"), ("%(n)s zetel", "%(n)s zetels"))
    messages.write(made, target)
    assert messages.compile_catalogue(target)
    assert not messages.compile_catalogue(target)
    with target.with_suffix(".mo").open("rb") as file:
        dutch = gettext.GNUTranslations(file)
    assert dutch.gettext("Here") == "Hier"
    assert dutch.pgettext("month", "May") == "mei"
    assert dutch.ngettext("%(n)s seat", "%(n)s seats", 0) == "%(n)s zetels"
