"""A learning path (leerlijn): modules in an order, for some roles."""

from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable, Page, PageManager
from wagtail.search import index

from home.models.base import HousePage
from learning.models.pages import ModuleForm, ModulePage, ModuleQuerySet
from learning.roles import Role


class LearningPath(HousePage):
    """An ordered set of modules. Finished when each of them is; then it is a completion itself."""

    number = models.PositiveSmallIntegerField(_("number"), default=1)
    summary = models.TextField(_("summary"), max_length=300)
    roles = models.JSONField(_("for whom"), default=list)

    objects = PageManager.from_queryset(ModuleQuerySet)()
    base_form_class = ModuleForm

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("number")]),
        FieldPanel("roles"),
        InlinePanel("path_modules", heading=_("Modules"), label=_("Module"), min_num=1),
    ]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("summary")]
    page_description = _("Some modules in a fixed order. Who finished all has finished it.")
    parent_page_types: ClassVar = ["learning.CataloguePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("learning path")
        verbose_name_plural = _("learning paths")

    def clean(self) -> None:
        super().clean()
        chosen = [item.module_id for item in self.path_modules.all()]
        if len(chosen) != len(set(chosen)):
            raise ValidationError(gettext("A module stands in this path twice. Remove one."))

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from learning.views.paths import serve_path  # noqa: PLC0415  it needs these models

        return serve_path(self, request)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """As its visitors see it: an editor's own progress says nothing of the page."""
        from learning.previews import preview_path  # noqa: PLC0415  it needs these models

        return preview_path(self, request)

    @property
    def role_labels(self) -> list[str]:
        return [str(Role(role).label) for role in self.roles if role in Role.values]

    def module_keys(self) -> list[UUID]:
        """The modules of which it consists, in order."""
        return list(
            self.path_modules.order_by("sort_order").values_list(
                "module__translation_key", flat=True
            )
        )


class PathModule(Orderable):
    """A module within a learning path."""

    path = ParentalKey(LearningPath, on_delete=models.CASCADE, related_name="path_modules")
    module = models.ForeignKey(
        ModulePage, on_delete=models.CASCADE, related_name="+", verbose_name=_("module")
    )

    panels: ClassVar = [FieldPanel("module")]

    class Meta(Orderable.Meta):
        verbose_name = _("module in a learning path")

    def __str__(self) -> str:
        return str(self.module)
