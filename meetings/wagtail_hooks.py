"""Meetings in Wagtail's admin: naming organisers, and not leaving people in the dark."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy

from accounts import audit
from accounts.models import AuditEvent, User
from meetings.material import may_open
from meetings.models import MeetingPage, Organiser, Report, SignUp
from meetings.network import leave
from meetings.organisers import name_organiser, take_off


class OrganiserForm(forms.ModelForm[Organiser]):
    """Which meeting, and whom, by their address: no list of people is shown."""

    meeting: Any = forms.ModelChoiceField(
        label=gettext_lazy("Meeting"), queryset=MeetingPage.objects.none()
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy(
            "Of somebody with an account. They see who takes part and tick who was there, and "
            "need a second step to sign in."
        ),
    )

    class Meta:
        model = Organiser
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  for the types
        field.queryset = MeetingPage.objects.live().order_by("-starts_at")

    def clean_email(self) -> User:
        email = str(self.cleaned_data["email"]).lower()
        person = User.objects.filter(email=email, is_active=True).first()
        if person is None:
            raise forms.ValidationError(_("Nobody has an account with this address."))
        return person


class AddOrganiser(generic.CreateView):
    def save_instance(self) -> Organiser:
        data = self.form.cleaned_data
        return name_organiser(data["meeting"], data["email"], by=self.request.user)


class TakeOffOrganiser(generic.DeleteView):
    def delete_action(self) -> None:
        take_off(self.object, by=self.request.user)


class Organisers(generic.IndexView):
    def get_base_queryset(self) -> QuerySet[Organiser]:
        title = MeetingPage.objects.filter(translation_key=OuterRef("occasion__key"))
        return (
            Organiser.objects.select_related("person", "occasion")
            .annotate(meeting_title=Subquery(title.order_by("locale_id").values("title")[:1]))
            .order_by("-occasion__starts_at", "person__name")
        )


class NamedOrTakenOff(ModelPermissionPolicy):
    """There is nothing to change: somebody is named, or taken off."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "change" and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: Any, action: str, _instance: Any) -> bool:
        return self.user_has_permission(user, action)


class OrganiserViewSet(ModelViewSet):
    model = Organiser
    name = "organisers"
    icon = "group"
    menu_label = gettext_lazy("Organisers")
    copy_view_enabled = False
    inspect_view_enabled = False
    add_view_class = AddOrganiser
    index_view_class = Organisers
    delete_view_class = TakeOffOrganiser
    list_display = [
        Column("person", label=gettext_lazy("Name"), accessor="person.name"),
        Column("meeting_title", label=gettext_lazy("Meeting"), accessor="meeting_title"),
        Column("begins", label=gettext_lazy("Begins"), accessor="occasion.starts_at"),
        "named_at",
    ]
    list_per_page = 50
    form_fields = ()

    def get_form_class(
        self,
        for_update: bool = False,  # noqa: FBT001, FBT002  Wagtail's own signature
    ) -> type[forms.ModelForm[Organiser]]:
        return OrganiserForm

    @property
    def permission_policy(self) -> ModelPermissionPolicy:
        return NamedOrTakenOff(self.model)


class LookAtReport(generic.EditView):
    def save_instance(self) -> Report:
        report: Report = super().save_instance()
        report.handled_by = self.request.user
        report.save(update_fields=["handled_by"])
        if report.is_barred:
            leave(report.about)
        audit.record(
            AuditEvent.What.REPORTED,
            by=self.request.user,
            about=report.about,
            details={"barred": report.is_barred},
        )
        return report


class OnlyHandled(ModelPermissionPolicy):
    """Reports come from those who received a message; they are handled, and go by their age."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action not in ("add", "delete") and super().user_has_permission(user, action)

    def user_has_permission_for_instance(self, user: Any, action: str, _instance: Any) -> bool:
        return self.user_has_permission(user, action)


class ReportViewSet(ModelViewSet):
    model = Report
    name = "peer-reports"
    icon = "warning"
    menu_label = gettext_lazy("Reported messages")
    copy_view_enabled = False
    inspect_view_enabled = False
    edit_view_class = LookAtReport
    list_display = [
        "made_at",
        Column("about", label=gettext_lazy("Written by"), accessor="about.name"),
        "is_handled",
        "is_barred",
    ]
    list_filter = ["is_handled"]
    ordering = ["is_handled", "-made_at"]
    list_per_page = 50
    panels = [
        FieldPanel("body", read_only=True),
        FieldPanel("about", read_only=True),
        FieldPanel("why", read_only=True),
        FieldPanel("reporter", read_only=True),
        FieldPanel("is_handled"),
        FieldPanel("is_barred"),
    ]

    @property
    def permission_policy(self) -> ModelPermissionPolicy:
        return OnlyHandled(self.model)


class MeetingsGroup(ModelViewSetGroup):
    """Who organises, and what was reported: one line of the menu."""

    items = (OrganiserViewSet, ReportViewSet)
    menu_label = gettext_lazy("Meetings")
    menu_icon = "calendar-alt"
    menu_order = 220


@hooks.register("register_admin_viewset")
def meetings_group() -> MeetingsGroup:
    return MeetingsGroup()


def people_come_to(page: Page) -> bool:
    """Whether people have signed up for what is coming and not cancelled, here or below."""
    keys = (
        MeetingPage.objects.descendant_of(page, inclusive=True)
        .live()
        .filter(is_cancelled=False, ends_at__gt=timezone.now())
        .values("translation_key")
    )
    return SignUp.objects.filter(occasion__key__in=keys).exists()


@hooks.register("before_delete_page")
@hooks.register("before_unpublish_page")
def cancel_first(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Else those who come would find a closed door: nobody would have told them."""
    if not people_come_to(page):
        return None
    messages.error(
        request,
        _("People have signed up for “%(title)s”. Cancel the meeting first: they then get a mail.")
        % {"title": page.title},
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_serve_document")
def material_of_participants(document: Any, request: HttpRequest) -> HttpResponse | None:
    """A document that is material for participants alone opens for nobody else."""
    if may_open(document, request.user):
        return None
    return HttpResponseForbidden(_("This document is for those who took part in the meeting."))
