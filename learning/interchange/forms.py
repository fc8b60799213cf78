"""Forms of importing and exporting questions."""

from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from learning.interchange.texts import FORMATS, why_unreadable
from learning.models import Topic
from learning.rules.interchange.formats import Format
from learning.rules.interchange.items import LONGEST_FILE, Trouble, UnreadableError

ALL, GOOD = "all", "good"
SKIP, COPY = "skip", "copy"
ACCEPTED: Final = ".xml,.zip,.txt,.gift,.csv,.xlsx"


class FileForm(forms.Form):
    """The file. It is read, and nothing more, until somebody decides."""

    file = forms.FileField(
        label=_("Your file"),
        help_text=_(
            "Moodle XML, GIFT, a QTI package (2.1, 2.2 or 3.0) or a table (CSV or Excel). At "
            "most 500 questions and 20 MB; a table at most 5 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        allow_empty_file=True,
        error_messages={
            "required": _("Choose a file first."),
            "missing": _("Choose a file first."),
            "max_length": _("The name of this file is too long. Give it a shorter name."),
        },
    )
    locale = forms.ModelChoiceField(
        label=_("Language of the questions"), queryset=Locale.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        locale: Any = self.fields["locale"]
        locale.queryset = Locale.objects.all()
        locale.initial = Locale.get_default()

    def clean_file(self) -> Any:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LONGEST_FILE:
            raise forms.ValidationError(why_unreadable(UnreadableError(Trouble.TOO_LARGE)))
        return file


class DecisionForm(forms.Form):
    """What is done with questions that are here already, or that are wrong."""

    known = forms.ChoiceField(
        choices=[
            (SKIP, _("Leave them out: what is in the bank stays as it is")),
            (COPY, _("Add each as a copy beside the one in the bank")),
        ],
        initial=SKIP,
        label=_("Questions that are in the bank already"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    questions = forms.ChoiceField(
        choices=[
            (ALL, _("Everything or nothing: I correct the wrong questions first")),
            (GOOD, _("Only the good questions: the wrong ones are left out")),
        ],
        initial=ALL,
        label=_("What do you want to import?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    make_topics = forms.BooleanField(
        label=_("Also make the topics that we do not have yet"), required=False, initial=True
    )


class ExportForm(forms.Form):
    """Which questions, and as what."""

    format = forms.ChoiceField(
        label=_("Form of the file"),
        choices=list(FORMATS.items()),
        initial=Format.MOODLE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a form.")},
    )
    topic = forms.ModelChoiceField(
        label=_("Topic"),
        queryset=Topic.objects.none(),
        required=False,
        empty_label=_("all topics"),
    )
    locale = forms.ModelChoiceField(
        label=_("Language of the questions"), queryset=Locale.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topic: Any = self.fields["topic"]
        topic.queryset = Topic.objects.select_related("locale")
        locale: Any = self.fields["locale"]
        locale.queryset = Locale.objects.all()
        locale.initial = Locale.get_default()
