"""QTI packages and loose items: which files are questions, and what the manifest says of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final

from learning.rules.interchange import drafts
from learning.rules.interchange.drafts import Draft
from learning.rules.interchange.items import (
    MOST_QUESTIONS,
    Found,
    Problem,
    Reading,
    RefusedError,
    Trouble,
    UnreadableError,
    one_line,
)
from learning.rules.interchange.packages import beside
from learning.rules.interchange.qti_names import as_2
from learning.rules.interchange.qti_read import fill
from learning.rules.interchange.xml_tree import Node, parse

MANIFEST: Final = "imsmanifest.xml"
LEVELS: Final = {"veryeasy": 1, "easy": 1, "medium": 2, "difficult": 3, "verydifficult": 3}
LOW: Final = (Trouble.DAMAGED_XML, Trouble.DOCTYPE, Trouble.TOO_DEEP)


@dataclass(slots=True)
class About:
    """What the manifest says of a question."""

    topics: list[str] = field(default_factory=list)
    law: list[str] = field(default_factory=list)
    difficulty: int = 0


def read_item(root: Node) -> Reading:
    """A question in a file of its own. Its picture is not with it."""
    return Reading([read_question("1", as_2(root), About(), {})])


def read(package: Mapping[str, bytes]) -> Reading:
    """All questions of a package. Raises UnreadableError when there is none, or too many."""
    about, has_test = files_of(package)
    found: list[Found] = []
    seen = False
    for name, each in about.items():
        if name not in package:
            found.append(refused(name, Trouble.MISSING_FILE, name))
            continue
        try:
            root = as_2(parse(package[name]))
        except UnreadableError as error:
            if error.trouble not in LOW:
                raise
            found.append(refused(name, error.trouble))
            continue
        seen |= root.tag == "questestinterop"
        has_test |= root.tag == "assessmentTest"
        if root.tag != "assessmentItem":
            continue
        if len(found) >= MOST_QUESTIONS:
            raise UnreadableError(Trouble.TOO_MANY)
        found.append(read_question(name, root, each, package))
    if not found:
        raise UnreadableError(Trouble.OLD_QTI if seen else Trouble.NO_QUESTIONS)
    return Reading(found, (Problem(Trouble.TEST),) if has_test else ())


def refused(label: str, trouble: Trouble, *details: str) -> Found:
    return Found(one_line(label)[:100], None, (Problem(trouble, details),))


def files_of(package: Mapping[str, bytes]) -> tuple[dict[str, About], bool]:
    """The files to look in, in the order of the manifest; and whether there is a test."""
    manifests = [name for name in package if PurePosixPath(name).name == MANIFEST]
    if not manifests:
        names = sorted(name for name in package if name.endswith(".xml"))
        if not names:
            raise UnreadableError(Trouble.NO_MANIFEST)
        return {name: About() for name in names}, False
    manifest = min(manifests, key=lambda name: (name.count("/"), name))
    about: dict[str, About] = {}
    has_test = False
    for each in parse(package[manifest]).below("resource"):
        kind = each.attrs.get("type", "").lower()
        has_test |= "test" in kind
        href = each.attrs.get("href") or next(
            (file.attrs.get("href", "") for file in each.all("file")), ""
        )
        name = beside(manifest, href)
        if name.endswith(".xml") and "test" not in kind and "qti" in kind:
            about.setdefault(name, about_of(each))
    return about, has_test


def about_of(resource: Node) -> About:
    about = About(topics=[one_line(each.text()) for each in resource.below("keyword")])
    for each in resource.below("difficulty"):
        value = "".join(node.text() for node in each.all("value")) or each.text()
        about.difficulty = LEVELS.get("".join(value.lower().split()), 0)
    for relation in resource.below("relation"):
        kind = "".join(node.text() for node in relation.all("kind"))
        if "isbasedon" in "".join(kind.lower().split()):
            about.law += [one_line(each.text()) for each in relation.below("description")]
    return about


def read_question(name: str, root: Node, about: About, package: Mapping[str, bytes]) -> Found:
    def content(address: str) -> bytes | None:
        file = beside(name, address)
        return package.get(file)

    draft = Draft(pictures=content)

    def fill_all(each: Draft) -> None:
        if root.tag != "assessmentItem":
            raise RefusedError(Trouble.NO_QUESTION)
        each.tags = [*about.topics, *(f"{drafts.LAW_TAG}{law}" for law in about.law)]
        if about.difficulty:
            each.set(difficulty=about.difficulty)
        fill(each, root)

    return drafts.found(root.attrs.get("title") or name, draft, fill_all)
