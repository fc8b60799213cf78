"""Which modules a learning path consists of, and the paths that a module stands in."""

from typing import Final
from uuid import UUID

from home.publication import Kept
from learning.models import LearningPath

# Per path, by key, the keys of its modules in order: of the page in the site's first language.
PARTS: Final = Kept[dict[UUID, list[UUID]]]()


def parts_by_path() -> dict[UUID, list[UUID]]:
    """The modules of every published path."""
    return PARTS.get("all", ask_parts)


def ask_parts() -> dict[UUID, list[UUID]]:
    paths = LearningPath.objects.source().live()
    found: dict[UUID, list[UUID]] = {}
    # A path without modules is a row too.
    rows = paths.order_by("path", "path_modules__sort_order").values_list(
        "translation_key", "path_modules__module__translation_key"
    )
    for key, module_key in rows:
        modules = found.setdefault(key, [])
        if module_key is not None:
            modules.append(module_key)
    return found


def parts_of(subject_key: UUID) -> list[UUID]:
    """What somebody begins when they begin a subject: a path's modules, or the module itself."""
    return parts_by_path().get(subject_key, [subject_key])


def path_keys_with(module_key: UUID) -> list[UUID]:
    """The paths that a module stands in."""
    return [key for key, parts in parts_by_path().items() if module_key in parts]
