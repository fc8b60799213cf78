"""By when a page is needed, among the settings of the page editor."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.widgets import AdminDateInput


class DeadlineForm(WagtailAdminPageForm):
    """Adds the day to a page's form. The page does not have it: see home/models/deadlines.py."""

    needed_by = forms.DateField(
        label=_("needed by"),
        required=False,
        widget=AdminDateInput,
        help_text=_(
            "For who hands it in: the chief editor sees it, and both get a mail when the day comes "
            "near and when it has passed. It goes when the page is published."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "needed_by" in self.fields and self.instance.pk:
            from home.models import PageDeadline  # noqa: PLC0415  models need this form

            kept = PageDeadline.objects.filter(page_id=self.instance.pk).first()
            self.initial["needed_by"] = kept.needed_by if kept else None

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002  Django's own signature
        if "needed_by" in self.cleaned_data:
            # Stored when the page is (home/editing/deadlines.py): a preview calls this too.
            self.instance.typed_deadline = (self.cleaned_data["needed_by"],)
        return super().save(commit=commit)
