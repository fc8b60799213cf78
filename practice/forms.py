"""Forms of handing in. What was typed is kept also where a form is not whole yet."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from home.models import Theme
from learning.roles import Role
from practice.models import CasePage, LearnedLesson, Submission
from practice.models.submissions import MOST as MOST_STORED

MOST = 5000


def long_text(label: Any, help_text: Any = "", *, required: bool = True, rows: int = 8) -> Any:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": _("Write a few sentences here.")},
    )


class StepForm(forms.Form):
    """One step. It begins with what is stored."""

    def __init__(self, data: Any = None, *, submission: Submission) -> None:
        stored = {name: getattr(submission, name) for name in self.base_fields}
        super().__init__(data, initial=stored)
        self.submission = submission

    def kept(self) -> dict[str, Any]:
        """What to store of what was sent: also texts that are too long or not whole yet."""
        values: dict[str, Any] = {}
        for name, field in self.fields.items():
            if name in self.cleaned_data:
                values[name] = self.cleaned_data[name]
            elif isinstance(field, forms.CharField):
                raw = self.data.get(self.add_prefix(name), "")
                values[name] = str(raw)[:MOST_STORED]
            elif isinstance(field, forms.BooleanField):
                values[name] = False
        return values


class HappenedForm(StepForm):
    kind = forms.ChoiceField(
        label=_("How did it go?"),
        choices=CasePage.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it went well or wrong.")},
    )
    title = forms.CharField(
        label=_("Give it a short title"),
        help_text=_("For example: “An application with an envelope”. No names."),
        max_length=120,
        error_messages={"required": _("Write a short title.")},
    )
    happened = long_text(
        _("What happened?"),
        _("Tell it as you would to a colleague from elsewhere. Leave names and places out."),
        rows=10,
    )

    def kept(self) -> dict[str, Any]:
        return super().kept() | ({} if "kind" in self.cleaned_data else {"kind": ""})


class LearnedForm(StepForm):
    done = long_text(_("What was done?"), _("By whom, in which order? A role is enough."))
    outcome = long_text(
        _("What came of it?"), _("You may leave this empty if you do not know yet."), required=False
    )
    learned = long_text(_("What did you learn from it?"), _("What would you tell others to do?"))
    questions = long_text(
        _("Which questions can another council discuss?"),
        _("One on each line, six at most. You may leave this empty: then we think of some."),
        required=False,
        rows=4,
    )


def slugs_and_names(model: type[Model]) -> list[tuple[str, str]]:
    rows: Iterable[Any] = model._default_manager.filter(locale=Locale.get_active())
    return [(row.slug, row.name) for row in rows]


class SubjectForm(StepForm):
    themes = forms.MultipleChoiceField(
        label=_("What is it about?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one theme.")},
    )
    roles = forms.MultipleChoiceField(
        label=_("For whom is it most useful?"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    lessons = forms.MultipleChoiceField(
        label=_("Which lesson is in it?"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, data: Any = None, *, submission: Submission) -> None:
        super().__init__(data, submission=submission)
        self.fields["themes"].choices = slugs_and_names(Theme)  # type: ignore[attr-defined]
        self.fields["lessons"].choices = slugs_and_names(LearnedLesson)  # type: ignore[attr-defined]

    def kept(self) -> dict[str, Any]:
        # With something in it that is no choice it is left as it was; an empty list is empty.
        kept = super().kept()
        return kept if "themes" in kept or "themes" in self.data else kept | {"themes": []}


class LookedThroughForm(StepForm):
    looked_through = forms.BooleanField(
        label=_("I have looked through the text. Who reads it cannot know whom it is about."),
        error_messages={
            "required": _("Tick this when you have looked. You may also save and do it later.")
        },
    )


class ConsentForm(StepForm):
    """All of it may be no: then editors read it, and publish nothing."""

    may_publish = forms.TypedChoiceField(
        label=_("May we publish this on the site?"),
        choices=[("1", _("Yes, you may publish it")), ("0", _("Not yet. Read it first"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        help_text=_("Your name is never published. You can change this later."),
        error_messages={"required": _("Choose whether we may publish it.")},
    )
    may_name_municipality = forms.TypedChoiceField(
        label=_("May we name your municipality?"),
        choices=[("0", _("No, leave the municipality out")), ("1", _("Yes, name it"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether we may name the municipality.")},
    )
    municipality_name = forms.CharField(
        label=_("Which municipality?"),
        help_text=_("Only if we may name it."),
        max_length=80,
        required=False,
    )
    may_ask = forms.TypedChoiceField(
        label=_("May editors ask you questions?"),
        choices=[("1", _("Yes, through this site")), ("0", _("No"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        help_text=_("They do not get your e-mail address."),
        error_messages={"required": _("Choose whether editors may ask you questions.")},
    )
    shows_name = forms.BooleanField(
        label=_("Editors may know my name"),
        help_text=_("Without this they do not see who handed it in."),
        required=False,
    )

    def __init__(self, data: Any = None, *, submission: Submission) -> None:
        super().__init__(data, submission=submission)
        for name in ("may_publish", "may_name_municipality", "may_ask"):
            # Nothing is chosen for somebody before they have answered.
            answered = submission.consent_answered
            self.initial[name] = str(int(getattr(submission, name))) if answered else None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("may_name_municipality") and not cleaned.get("municipality_name"):
            self.add_error("municipality_name", _("Write which municipality we may name."))
        if cleaned.get("may_name_municipality") is False:
            # Filled in beforehand, and not to be kept.
            cleaned["municipality_name"] = ""
        return cleaned

    def kept(self) -> dict[str, Any]:
        # It counts as answered only when it is whole: nobody agrees by half a form.
        return super().kept() | {"consent_answered": self.is_valid()}


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Your answer"),
        help_text=_("Only the editors read this. Leave names out here as well."),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write your answer.")},
    )


class AskForm(forms.Form):
    """An editor's question to whoever handed it in."""

    text = forms.CharField(
        label=_("Your question"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write your question.")},
    )


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Why not"),
        help_text=_("The sender reads this. Be kind, and say what would have helped."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write why it is not published.")},
    )
