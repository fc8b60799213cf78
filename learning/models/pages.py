"""The pages of which learning is made: catalogue → module → steps."""

from collections.abc import Collection, Iterator
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Locale, Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail.url_routing import RouteResult

from home.language_form import OneLanguagePageForm
from home.models.base import HousePage
from home.models.themes import ServesGoals, subject_panel
from home.results import Result, by_goal, day_of, register_results
from home.visible import for_everybody
from learning.blocks import LessonBodyBlock
from learning.course_data import course_of
from learning.models.progress import Enrolment
from learning.roles import Role


class CataloguePage(HousePage):
    """`/leren/`: everything there is to learn."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("introduction")]
    page_description = _("All modules. Modules are made below it.")
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = ["learning.ModulePage", "learning.LearningPath"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("catalogue")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from learning.views.pages import serve_catalogue  # noqa: PLC0415  it needs these models

        return serve_catalogue(self, request)


def has_begun(request: HttpRequest, module_key: UUID) -> bool:
    """Whether the visitor is in the middle of a module, or has finished it."""
    return (
        request.user.is_authenticated
        and Enrolment.objects.visible_to(request.user).filter(module_key=module_key).exists()
    )


class ModuleForm(OneLanguagePageForm):
    roles = forms.TypedMultipleChoiceField(
        label=_("For whom"), choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )


class ModuleQuerySet(PageQuerySet):
    def in_order(self) -> "ModuleQuerySet":
        return self.order_by("number", "title")

    def source(self) -> "ModuleQuerySet":
        """One page per module: that in the site's first language, which carries the settings."""
        return self.filter(locale__language_code=settings.LANGUAGE_CODE)

    def in_language(self, code: str | None) -> list["ModulePage"]:
        """One page per module, in order: in this language, or in the first where it lacks that."""
        codes = {code or settings.LANGUAGE_CODE, settings.LANGUAGE_CODE}
        found = self.filter(locale__language_code__in=codes).select_related("locale").in_order()
        chosen: dict[UUID, ModulePage] = {}
        for page in found:
            if page.translation_key not in chosen or page.locale.language_code == code:
                chosen[page.translation_key] = page
        return sorted(chosen.values(), key=lambda page: (page.number, page.title))


class ModulePage(ServesGoals, HousePage):
    """A module: one subject, in steps. Its `translation_key` is what progress hangs on."""

    needed_whole = True
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    summary = models.TextField(_("summary"), max_length=300)
    goal = models.TextField(_("what you can do afterwards"), max_length=300)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MinValueValidator(1), MaxValueValidator(240)]
    )
    roles = models.JSONField(_("for whom"), default=list)
    version = models.PositiveIntegerField(
        _("version"),
        default=1,
        help_text=_("Raise it when the content really changes: a completion carries this number."),
    )
    open_to_visitors = models.BooleanField(
        _("lessons may be read without signing in"),
        default=False,
        help_text=_("Nothing is kept of who only reads."),
    )
    allows_test_out = models.BooleanField(
        _("who passes the test may skip the lessons"),
        default=False,
        help_text=_("For people who know it already: the module is then finished by its test."),
    )

    objects = PageManager.from_queryset(ModuleQuerySet)()
    base_form_class = ModuleForm

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("goal"),
        FieldRowPanel([FieldPanel("number"), FieldPanel("minutes"), FieldPanel("version")]),
        FieldPanel("roles"),
        FieldPanel("open_to_visitors"),
        FieldPanel("allows_test_out"),
        subject_panel(),
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("goal"),
    ]
    parent_page_types: ClassVar = ["learning.CataloguePage"]
    subpage_types: ClassVar = [
        "learning.LessonPage",
        "learning.DilemmaPage",
        "learning.QuizPage",
    ]
    page_description = _("One subject. Lessons, dilemmas and a quiz are made below it.")
    # Its steps in the order in which they are followed.
    admin_default_ordering = "ord"

    class Meta:
        verbose_name = _("module")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        if not path_components and not self.live and has_begun(request, self.translation_key):
            return RouteResult(self, kwargs={"offline": True})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from learning.views.pages import serve_module  # noqa: PLC0415  it needs these models

        return serve_module(self, request, **kwargs)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from learning.previews import preview_module  # noqa: PLC0415  it needs these models

        return preview_module(self, request)

    def structured_data(self, request: HttpRequest) -> list[dict[str, Any]]:
        return [course_of(self)]

    @property
    def role_labels(self) -> list[str]:
        return [str(Role(role).label) for role in self.roles if role in Role.values]


class StepPage(HousePage):
    """What every step has. Its `translation_key` is what progress hangs on."""

    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=5, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )

    parent_page_types: ClassVar = ["learning.ModulePage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        abstract = True

    def is_served_at_its_address(self) -> bool:
        return self.live and self.module.live

    @property
    def is_indexed(self) -> bool:
        """A step is for who has signed in, except a lesson of a module that is open."""
        return False

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """A step is there when it is published and its module is.

        Who is in the middle of it is told that what they did is kept; others get 404.
        """
        if path_components or (self.live and self.module.live):
            return super().route(request, path_components)
        if has_begun(request, self.module.translation_key):
            return RouteResult(self, kwargs={"offline": True})
        raise Http404

    @property
    def module(self) -> ModulePage:
        """The module that it is a step of, in the same language."""
        if not hasattr(self, "_module"):
            self._module: ModulePage = self.get_parent().specific
        return self._module


class LessonPage(StepPage):
    """A text to read and to think about."""

    needed_whole = True
    page_description = _("A text to read, made of blocks.")

    introduction = models.CharField(_("introduction"), max_length=250, blank=True)
    body = StreamField(LessonBodyBlock(), verbose_name=_("text"))
    source = models.CharField(
        _("source"), max_length=250, help_text=_("For example: Gemeentewet, artikel 14; VNG")
    )
    checked_on = models.DateField(_("last checked"))
    is_example = models.BooleanField(
        _("example content, not legally binding"),
        default=True,
        help_text=_("Said at the end of the lesson, with the source and the day."),
    )

    shows_help = models.BooleanField(
        _("ends in “Need help?”"),
        default=False,
        help_text=_("For lessons about pressure, threats or reporting: who helps, and a way out."),
    )

    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("minutes"),
        FieldPanel("body"),
        FieldPanel("shows_help"),
        MultiFieldPanel(
            [
                FieldPanel("source"),
                FieldRowPanel([FieldPanel("checked_on"), FieldPanel("is_example")]),
            ],
            heading=_("What it rests on"),
        ),
    ]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("lesson")

    @property
    def is_indexed(self) -> bool:
        return self.is_served_at_its_address() and self.module.open_to_visitors

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        from learning.views.pages import serve_lesson  # noqa: PLC0415  it needs these models

        return serve_lesson(self, request, **kwargs)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from learning.previews import preview_lesson  # noqa: PLC0415  it needs these models

        return preview_lesson(self, request)


@register_results
def modules_for_goals(locales: Collection[Locale]) -> Iterator[tuple[UUID, Result]]:
    """Modules by the goal that they serve."""
    modules = for_everybody(ModulePage.objects.filter(locale__in=locales))
    for goal_key, module in by_goal(modules):
        yield (
            goal_key,
            Result(
                module.translation_key,
                gettext("Module"),
                module.title,
                module.url,
                locale_id=module.locale_id,
                changed_on=day_of(module.last_published_at),
                kinds=gettext("Modules"),
            ),
        )
