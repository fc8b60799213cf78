"""How snippets of the house are edited: as Wagtail does, with all their uses, and saved by hand.

Wagtail saves by itself what has versions, half a second after a change. Of a page that is a draft.
A snippet without drafts would be on the site while somebody is still typing.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.snippets.views.snippets import (
    CopyView,
    CreateView,
    EditView,
    SnippetViewSet,
    UsageView,
)

from accounts.models import User
from home.admin_heads import head
from home.editing.uses import uses_of


class UsesView(UsageView):
    """Wagtail's list leaves out where something was ticked."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        assert isinstance(request.user, User)  # noqa: S101  Wagtail lets nobody else in
        thing = self.object
        way = (
            (reverse(str(self.index_url_name)), capfirst(str(thing._meta.verbose_name_plural))),
            (self.get_edit_url(thing), str(thing)),
        )
        context = {
            "uses": uses_of(thing, request.user),
            **head(str(thing), "link", here=_("Where it is used"), way=way),
        }
        return TemplateResponse(request, "home/editing/uses.html", context)


class SavedByHand:
    """Nothing goes on the site before somebody presses the button."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc] # a view's
        view: Any = self
        view.autosave_enabled = view.autosave_enabled and view.draftstate_enabled


class HouseCreateView(SavedByHand, CreateView):
    pass


class HouseEditView(SavedByHand, EditView):
    pass


class HouseCopyView(SavedByHand, CopyView):
    pass


class HouseSnippets(SnippetViewSet):
    """For `register_snippet`, as text: what is registered stands beside the models."""

    add_view_class = HouseCreateView
    edit_view_class = HouseEditView
    copy_view_class = HouseCopyView
    usage_view_class = UsesView
