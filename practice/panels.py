"""On a page's editor: that somebody handed it in, and what they agreed to."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from practice.consent import submission_of
from practice.rules.identifying import Kind


class HandedInPanel(Panel):
    """Shown for a case that somebody handed in, and for no other."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("heading", _("Sent in by somebody"))
        super().__init__(**kwargs)

    class BoundPanel(Panel.BoundPanel):
        template_name = "practice/admin/handed_in_panel.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.submission = submission_of(self.instance.pk)

        def is_shown(self) -> bool:
            return self.submission is not None

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"submission": self.submission, "places": self.places()}

        def places(self) -> list[str]:
            """Municipalities in the text, when it may not tell which one it is."""
            if self.submission is None or self.submission.may_name_municipality:
                return []
            from practice.looking_through import in_page  # noqa: PLC0415  it needs the models

            found = {
                part.text
                for each in in_page(self.instance)
                for part in each.parts
                if part.kind is Kind.PLACE
            }
            return sorted(found)
