"""Forms that editors make themselves, by Wagtail's form builder."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.forms.forms import WagtailAdminFormPageForm
from wagtail.contrib.forms.models import AbstractFormField, AbstractFormSubmission, FormMixin
from wagtail.contrib.forms.panels import FormSubmissionsPanel
from wagtail.models import Page
from wagtail.search import index

from home.form_building import CONSENT, KINDS, HarmlessEntries, faults_of, form_class_of
from home.form_serving import serve_form
from home.language_form import OneLanguagePageForm
from home.models.base import HousePage
from home.translating.fields import FollowsSource

LONGEST_KEPT = 365


class FormPageForm(OneLanguagePageForm, WagtailAdminFormPageForm):
    def clean(self) -> Any:
        """A draft may lack anything; what visitors get has to be filled in by them."""
        data = super().clean()
        rows = self.formsets["form_fields"].forms if "form_fields" in self.formsets else []
        for form in rows:
            if (
                self.is_deferred_validation
                or not form.is_valid()
                or form.cleaned_data.get("DELETE")
            ):
                continue
            for name, words in faults_of(form.instance).items():
                form.add_error(name, words)
        return data


class FormPage(FormMixin, HousePage):
    """A page with a form. What comes in is seen in the admin by who may edit the page."""

    introduction = models.TextField(_("introduction"), blank=True)
    shows_contact = models.BooleanField(
        _("show the contact data of this site beside the form"), default=False
    )
    button = models.CharField(_("words on the button"), max_length=40, blank=True)
    consent_text = models.CharField(
        _("what somebody agrees to"),
        max_length=300,
        blank=True,
        help_text=_(
            "With this the form has a tick that is needed. Say what you do with what is sent, and "
            "for how long you keep it."
        ),
    )
    thanks = models.TextField(
        _("what is shown once it is sent"),
        max_length=500,
        blank=True,
        help_text=_("For example: when an answer will come."),
    )
    notify = models.EmailField(
        _("tell this address when something came in"),
        blank=True,
        help_text=_("The mail holds nothing of what was sent: that is read in the admin."),
    )
    keep_days = models.PositiveSmallIntegerField(
        _("days after which what was sent is deleted"),
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_KEPT)],
    )

    # The fields have no texts that wagtail-localize can take out: a new source leaves them.
    override_translatable_fields: ClassVar[Any] = FollowsSource(own=("form_fields",))
    base_form_class = FormPageForm
    submissions_list_view_class = HarmlessEntries
    page_description = _("Questions that visitors answer. What they send is deleted after a while.")
    template = "home/form_page.html"
    landing_page_template = "home/form_page.html"
    parent_page_types: ClassVar = ["home.HomePage", "home.StandardPage"]
    subpage_types: ClassVar[list[str]] = []
    menu_place = "footer"

    content_panels: ClassVar = [
        FormSubmissionsPanel(),
        *Page.content_panels,
        FieldPanel("introduction"),
        InlinePanel("form_fields", heading=_("Fields"), label=_("Field"), min_num=1),
        FieldPanel("consent_text"),
        FieldPanel("button"),
        FieldPanel("thanks"),
        FieldPanel("shows_contact"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("notify"), FieldPanel("keep_days")])],
            heading=_("What comes in"),
        ),
    ]
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("form")
        constraints: ClassVar = [
            # What people sent is not kept for ever because somebody forgot it.
            models.CheckConstraint(
                condition=models.Q(keep_days__gte=1, keep_days__lte=LONGEST_KEPT),
                name="form_keeps_a_year_at_most",
            ),
        ]

    def get_form_class(self) -> Any:
        return form_class_of(self)

    def get_data_fields(self) -> list[tuple[str, Any]]:
        """What stands in the list and the files: what somebody agreed to as well."""
        fields: list[tuple[str, Any]] = super().get_data_fields()
        return [*fields, (CONSENT, _("Agreed to"))] if self.consent_text else fields

    def get_submission_class(self) -> type["FormEntry"]:
        return FormEntry

    def is_served_at_its_address(self) -> bool:
        return self.live

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return serve_form(self, request)

    def render_landing_page(
        self, request: HttpRequest, form_submission: Any = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """In a preview alone: otherwise one is led to an address that may be loaded again."""
        from home.form_serving import show  # noqa: PLC0415  shown, not served

        return show(self, request, sent=True)


class FormField(AbstractFormField):
    """One thing that a form asks."""

    page = ParentalKey(FormPage, on_delete=models.CASCADE, related_name="form_fields")
    field_type = models.CharField(_("kind"), max_length=16, choices=KINDS)
    # As Wagtail has it: a preview cannot do without.
    field_type.required_on_save = True  # type: ignore[attr-defined]

    class Meta(AbstractFormField.Meta):
        verbose_name = _("field of a form")


class FormEntry(AbstractFormSubmission):
    """What somebody sent. It points at no account, and goes after the days that its form says."""

    # Which showing of the form it came from.
    key = models.CharField(max_length=40, editable=False)
    consent = models.CharField(_("agreed to"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("entry of a form")
        verbose_name_plural = _("entries of forms")
        constraints: ClassVar = [
            # A double click, or a page that is sent again, is one entry.
            models.UniqueConstraint(fields=["key"], name="one_entry_per_showing_of_a_form"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_data(self) -> dict[str, Any]:
        return super().get_data() | {CONSENT: self.consent}
