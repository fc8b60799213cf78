"""Forms of importing people: the file, and what is decided about it."""

from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from learning.imports.texts import FILE_FAULTS
from learning.rules.sheets import LARGEST_FILE, FileFault

ALL, GOOD = "all", "good"
ACCEPTED: Final = ".xlsx,.csv,.txt,text/csv"


class FileForm(forms.Form):
    """The list. It is read, and nothing more, until somebody decides."""

    file = forms.FileField(
        label=_("Your list"),
        help_text=_("An Excel workbook (.xlsx) or CSV, at most 5 MB and 20,000 rows."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        allow_empty_file=True,
        error_messages={
            "required": _("Choose a file first."),
            "missing": _("Choose a file first."),
            "max_length": _("The name of this file is too long. Give it a shorter name."),
        },
    )

    def clean_file(self) -> Any:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(str(FILE_FAULTS[FileFault.TOO_LARGE]))
        return file


class AbsentForm(forms.Form):
    """Whether people end who are not in the file. Off unless somebody says so."""

    end_absent = forms.BooleanField(
        label=_("Also end the membership of people who are not in this list"), required=False
    )


class DecisionForm(forms.Form):
    """All or nothing, or only the good rows."""

    rows = forms.ChoiceField(
        choices=[
            (ALL, _("Everything or nothing: I correct the wrong rows first")),
            (GOOD, _("Only the good rows: the wrong rows are left out")),
        ],
        initial=ALL,
        label=_("What do you want to import?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
