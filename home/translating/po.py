"""Translations as PO files, for who works in a translator's own program: one, or all in a zip.

Reading a file adds and changes translations. It takes none away and publishes nothing.
"""

import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import polib
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page
from wagtail.snippets.permissions import user_can_edit_snippet_type
from wagtail_localize.models import Translation

from accounts.models import User

LARGEST: Final = 10 * 1024 * 1024
LARGEST_UNPACKED: Final = 50 * 1024 * 1024
MOST_FILES: Final = 2000
# A text without quotation marks: polib reads on as if they were there.
UNQUOTED: Final = re.compile(rb'^msg[a-z]+\b[^"\n]*$', re.MULTILINE)
WHICH: Final = "X-WagtailLocalize-TranslationID"


class NotReadable(Exception):
    """A file that cannot be read; says why in words for whoever sent it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file."""

    name: str
    problem: str = ""
    texts: int = 0
    unknown: int = 0

    @property
    def words(self) -> str:
        if self.problem:
            return self.problem
        done = ngettext("%(count)d text was read.", "%(count)d texts were read.", self.texts) % {
            "count": self.texts
        }
        if not self.unknown:
            return done
        left = ngettext(
            "%(count)d is no longer in the source and was left out.",
            "%(count)d are no longer in the source and were left out.",
            self.unknown,
        ) % {"count": self.unknown}
        return f"{done} {left}"


def may_edit(user: User, translation: Translation) -> bool:
    """Whether somebody may change what is translated."""
    try:
        thing = translation.get_target_instance()
    except translation.source.specific_content_type.model_class().DoesNotExist:
        return False
    if isinstance(thing, Page):
        return bool(thing.permissions_for_user(user).can_edit())
    return bool(user_can_edit_snippet_type(user, type(thing)))


def file_name(translation: Translation) -> str:
    title = slugify(translation.source.object_repr)[:60] or "vertaling"
    return f"{translation.target_locale.language_code}/{title}-{translation.pk}.po"


def zipped(translations: Iterable[Translation]) -> bytes:
    """A zip with a PO file for each."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in translations:
            archive.writestr(file_name(each), str(each.export_po()))
    return target.getvalue()


def files_in(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """The PO files of what was sent. Raises NotReadable."""
    if len(content) > LARGEST:
        raise NotReadable(_("The file is too large: at most 10 MB."))
    if not content.startswith(b"PK"):
        yield name, content
        return
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            listed = [each for each in archive.infolist() if each.filename.endswith(".po")]
            if not listed:
                raise NotReadable(_("There is no PO file in this zip."))
            is_huge = sum(each.file_size for each in listed) > LARGEST_UNPACKED
            if is_huge or len(listed) > MOST_FILES:
                raise NotReadable(_("There is too much in this zip. Send it in parts."))
            for each in listed:
                yield each.filename, archive.read(each)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        raise NotReadable(
            _("This zip is damaged. Make it anew, or send the PO files one by one.")
        ) from None
    except zipfile.LargeZipFile:
        raise NotReadable(_("There is too much in this zip. Send it in parts.")) from None


def read(content: bytes) -> polib.POFile:
    """A PO file. Raises NotReadable."""
    # polib takes contents for the name of a file where there is one: never hand it those.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sent.po"
        path.write_bytes(content)
        try:
            found = polib.pofile(str(path))
        except (OSError, ValueError, IndexError, LookupError):
            found = None
    if found is None or UNQUOTED.search(content):
        raise NotReadable(_("This is no PO file that we can read. Nothing was changed."))
    return found


def bring_in(content: bytes, *, by: User, name: str, only: Translation | None = None) -> Outcome:
    """Read one file into the translation that it was made for. Safe to repeat."""
    try:
        found = read(content)
        translation = translation_of(found, by, only)
    except NotReadable as problem:
        return Outcome(name, str(problem))
    filled = sum(1 for entry in found if entry.msgstr and not entry.obsolete)
    unknown = len(translation.import_po(found, user=by, tool_name="PO File"))
    return Outcome(name, texts=max(filled - unknown, 0), unknown=unknown)


def translation_of(found: polib.POFile, by: User, only: Translation | None) -> Translation:
    """The translation that a file says it is of. Raises NotReadable."""
    try:
        key = UUID(found.metadata.get(WHICH, ""))
    except ValueError:
        raise NotReadable(
            _("This file does not say for which translation it is. Download it here first.")
        ) from None
    translation = Translation.objects.filter(uuid=key).select_related("source").first()
    if only is not None and translation != only:
        raise NotReadable(_("This file was made for another translation. Nothing was changed."))
    if translation is None:
        raise NotReadable(_("The translation that this file was made for is no longer there."))
    if not may_edit(by, translation):
        raise NotReadable(_("You may not change this translation. Nothing was changed."))
    return translation


def bring_in_all(name: str, content: bytes, *, by: User) -> list[Outcome]:
    """Read a file, or all files of a zip; each by itself, so that one fault spoils no other."""
    try:
        return [bring_in(each, by=by, name=inner) for inner, each in files_in(name, content)]
    except NotReadable as problem:
        return [Outcome(name, str(problem))]


def behind(standings: Iterable[Any], user: User) -> list[Translation]:
    """The translations to send away: those with something to translate that somebody may edit."""
    numbers = [each.translation_pk for each in standings if each.translation_pk]
    found = Translation.objects.filter(pk__in=numbers).select_related("source", "target_locale")
    return [each for each in found if may_edit(user, each)]
