"""Uploading a document: it must be what its name says, and hold no program (ADR 0030)."""

from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm

from home.file_kinds import Fault, clean_name, extension_of, fault_of

WORDS: Final = {
    Fault.OTHER_KIND: _(
        "This file is not a whole .%(extension)s file. Open it, save it again as "
        ".%(extension)s, and choose that file. Save text as UTF-8."
    ),
    Fault.PROGRAM: _(
        "This document holds a macro or another program. Save it without macros and try again."
    ),
    Fault.LOCKED: _(
        "This document has a password. Save it without one and try again. Who may read it here "
        "is set by its collection."
    ),
    Fault.OVERFLOWS: _(
        "Unpacked this document is too large. Make its pictures smaller and try again."
    ),
}


class HouseDocumentForm(BaseDocumentForm):
    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        # When only the words beside a document change, this is the file that was checked before.
        if isinstance(file, UploadedFile):
            content: Any = file
            fault = fault_of(file.name or "", content)
            if fault is not None:
                words = WORDS[fault] % {"extension": extension_of(file.name or "")}
                raise ValidationError(words, code=fault.value)
            file.name = clean_name(file.name or "")
        return file

    class Meta(BaseDocumentForm.Meta):
        pass
