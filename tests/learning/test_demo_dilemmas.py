"""The dilemmas of the demo: whole, fair in length, every path leads somewhere and ends."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.utils.html import strip_tags

DEMO = Path("learning/demo")
LAWS = Path("home/demo")
FILES = sorted(DEMO.glob("d[0-9].toml"))
SPEAKERS = {
    "raadslid",
    "griffier",
    "wethouder",
    "inwoner",
    "journalist",
    "burgemeester",
    "medewerker",
}
CITED = re.compile(
    r"(Gemeentewet|Wetboek van Strafrecht|Ambtenarenwet 2017), artikel(?:en)? "
    r"(\d+\w?)(?: en (\d+\w?))?"
)
Entry = dict[str, Any]


@cache
def dilemmas_of(path: Path) -> list[Entry]:
    dilemmas: list[Entry] = tomllib.loads(path.read_text(encoding="utf-8"))["dilemmas"]
    return dilemmas


ALL = [pytest.param(dilemma, id=dilemma["key"]) for path in FILES for dilemma in dilemmas_of(path)]
every_dilemma = pytest.mark.parametrize("dilemma", ALL)


def words(html: str) -> int:
    return len(re.findall(r"\w[\w’'-]*", strip_tags(html.replace("><", "> <"))))


def sentences(html: str) -> int:
    """A sentence within quotes counts, as somebody who reads aloud would count it."""
    return len(re.findall(r"[.!?]+[”’]?(?=\s|$)", strip_tags(html.replace("><", "> <"))))


def scenes_of(dilemma: Entry) -> dict[str, Entry]:
    """The scene one begins with has no key of its own."""
    return {"": dilemma, **{scene["key"]: scene for scene in dilemma.get("scenes", [])}}


def choices_of(dilemma: Entry) -> list[Entry]:
    return [choice for scene in scenes_of(dilemma).values() for choice in scene["choices"]]


def texts_of(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)


def entries_in(paths: list[Path], table: str) -> dict[str, Entry]:
    return {
        entry["key"]: entry
        for path in paths
        for entry in tomllib.loads(path.read_text(encoding="utf-8")).get(table, [])
    }


def articles() -> dict[str, Entry]:
    return entries_in(sorted(LAWS.glob("*.toml")), "articles")


def test_every_module_has_its_dilemmas():
    assert [path.name for path in FILES] == [f"d{number}.toml" for number in range(1, 8)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_module_has_two_dilemmas_and_one_of_them_branches(path):
    dilemmas = dilemmas_of(path)
    assert len(dilemmas) >= 2
    assert any(dilemma.get("scenes") for dilemma in dilemmas)
    assert all(dilemma["key"].startswith(f"m{path.stem[1:]}-d") for dilemma in dilemmas)


@pytest.mark.parametrize("name", ["key", "slug", "title"])
def test_no_two_dilemmas_share_a_name(name):
    counted = Counter(dilemma[name] for path in FILES for dilemma in dilemmas_of(path))
    assert {value for value, times in counted.items() if times > 1} == set()


@every_dilemma
def test_keys_within_a_dilemma_are_its_own(dilemma):
    scenes = dilemma.get("scenes", [])
    assert len(scenes_of(dilemma)) == len(scenes) + 1
    keys = [choice["key"] for choice in choices_of(dilemma)]
    assert len(keys) == len(set(keys))


@every_dilemma
def test_scenes_are_of_a_length_to_read_at_once(dilemma):
    assert 150 <= words(dilemma["scene"]) <= 300
    for scene in dilemma.get("scenes", []):
        assert 80 <= words(scene["scene"]) <= 200, scene["key"]


@every_dilemma
def test_every_choice_is_weighed_on_both_sides(dilemma):
    for scene in scenes_of(dilemma).values():
        assert scene["question"].endswith("?")
        assert 2 <= len(scene["choices"]) <= 4
        for choice in scene["choices"]:
            assert choice["text"]
            for side in ("for", "against"):
                assert 2 <= sentences(choice[side]) <= 4, (choice["key"], side)
            assert isinstance(choice["binding"], str)
    assert len(dilemma["choices"]) >= 3


@every_dilemma
def test_several_people_speak(dilemma):
    voices = dilemma["voices"]
    assert len({voice["who"] for voice in voices}) >= 3
    assert {voice["who"] for voice in voices} <= SPEAKERS
    said_of = {"": "", **{choice["key"]: choice["text"] for choice in choices_of(dilemma)}}
    for voice in voices:
        assert 2 <= sentences(voice["text"]) <= 4, voice["text"]
        # The page quotes the choice that somebody speaks to: no quotes within quotes.
        assert "“" not in said_of[voice["choice"]]


@every_dilemma
def test_short_fields_fit_what_an_editor_has_room_for(dilemma):
    for scene in scenes_of(dilemma).values():
        assert len(scene["question"]) <= 200
        assert len(scene.get("key", "")) <= 60
        assert all(len(choice["text"]) <= 300 for choice in scene["choices"])
        assert all(len(choice["key"]) <= 60 for choice in scene["choices"])
    assert all(len(voice["text"]) <= 600 for voice in dilemma["voices"])


@every_dilemma
def test_every_choice_leads_somewhere_and_every_path_ends(dilemma):
    scenes = scenes_of(dilemma)
    reached: set[str] = set()

    def walk(key: str, before: tuple[str, ...]) -> None:
        assert key not in before, f"{key} leads back to itself"
        reached.add(key)
        for choice in scenes[key]["choices"]:
            if choice["next"]:
                walk(choice["next"], (*before, key))

    walk("", ())
    assert reached == set(scenes), "a scene that nobody can come to"


@every_dilemma
def test_laws_and_topics_exist(dilemma):
    assert dilemma["law"]
    assert set(dilemma["law"]) <= set(articles())
    assert set(dilemma["topics"]) <= set(entries_in([DEMO / "topics.toml"], "topics"))


@every_dilemma
def test_an_article_that_is_cited_is_listed(dilemma):
    listed = {
        (article["law"], article["number"].split()[0])
        for key, article in articles().items()
        if key in dilemma["law"]
    }
    for text in texts_of(dilemma):
        for law, one, other in CITED.findall(text):
            assert {(law, number) for number in (one, other) if number} <= listed, text


@every_dilemma
def test_words_are_set_with_care(dilemma):
    for text in texts_of(dilemma):
        assert not set("\"'") & set(strip_tags(text)), text
        assert text.count("“") == text.count("”"), text
        assert text.count("<p>") == text.count("</p>"), text
    for html in (dilemma["scene"], dilemma["closing"]):
        assert html.strip().startswith("<p>")
    assert "?" in dilemma["closing"], "a closing gives a question to take along"
