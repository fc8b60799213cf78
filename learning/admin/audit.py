"""The audit log for administrators: a report, with a choice of lines and a file of them.

It leafs by the moment of the last line, never by a number of lines to skip: the hundredth page of
a million lines is as quick as the first. Looking at it is a line in the log itself.
"""

from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail import hooks
from wagtail.admin.auth import require_admin_access
from wagtail.admin.menu import MenuItem

from accounts import audit
from accounts.models import AuditEvent, User
from accounts.models.audit import AuditEventQuerySet
from home.admin_heads import head
from learning import access_log
from learning.access_log import midnight
from learning.audit_words import told
from learning.day_field import DayField
from learning.exports.csv_file import CONTENT_TYPE, as_csv
from learning.exports.names import file_name
from learning.models import Municipality
from learning.models.people import today

PER_PAGE: Final = 50
IN_FILE_AT_ONCE: Final = 1000
MOST_IN_FILE: Final = 100_000
EVERYBODY: Final = Q(pk__isnull=False)
What = AuditEvent.What


class AuditForm(forms.Form):
    """Which lines. An address of mail is asked by POST: it stays out of the page's address."""

    what = forms.ChoiceField(label=gettext_lazy("What happened"), required=False)
    place = forms.ChoiceField(label=gettext_lazy("Municipality"), required=False)
    first = DayField(label=gettext_lazy("From"), required=False)
    last = DayField(label=gettext_lazy("Through"), required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address of who did it"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    who = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted(What.choices, key=lambda kind: str(kind[1]))
        places = Municipality.objects.values_list("code", "display_name")
        for name, choices in (("what", kinds), ("place", places)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  declared so above
            field.choices = [("", gettext_lazy("Everything")), *choices]

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if email and not User.objects.filter(email=email).exists():
            raise ValidationError(_("Nobody has this address (any more)."))
        return email

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen, without what was left open or means nothing; for an address."""
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        email = chosen.pop("email", "")
        if email:
            chosen["who"] = User.objects.values_list("pk", flat=True).get(email=email)
        return chosen


def narrowed(chosen: dict[str, Any]) -> AuditEventQuerySet:
    lines = AuditEvent.objects.newest_first()
    if "what" in chosen:
        lines = lines.filter(what=chosen["what"])
    if "place" in chosen:
        lines = lines.filter(municipality_code=chosen["place"])
    if "who" in chosen:
        person = User.objects.filter(pk=chosen["who"]).first()
        lines = lines.filter(actor_key=person.audit_key) if person else lines.none()
    if "first" in chosen:
        lines = lines.filter(at__gte=midnight(chosen["first"]))
    if "last" in chosen:
        lines = lines.filter(at__lt=midnight(chosen["last"] + timedelta(days=1)))
    return lines


def after(lines: AuditEventQuerySet, key: str | None) -> AuditEventQuerySet:
    """The lines that come after one, by the index of moments; all for one that is not there."""
    if not key or not key.isascii() or not key.isdigit() or len(key) > 18:
        return lines
    last = AuditEvent.objects.filter(pk=int(key)).first()
    if last is None:
        return lines
    return lines.filter(Q(at__lt=last.at) | Q(pk__lt=last.pk), at__lte=last.at)


def administrator(request: HttpRequest) -> User:
    """Who may read it. Raises PermissionDenied for everybody else, editors too."""
    if not isinstance(request.user, User) or not request.user.is_superuser:
        raise PermissionDenied
    return request.user


@never_cache
@require_admin_access
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """The newest lines that were chosen; `na` leads to those before."""
    viewer = administrator(request)
    form = AuditForm(request.POST if request.method == "POST" else request.GET)
    chosen = form.chosen
    if request.method == "POST" and form.is_valid():
        return redirect(f"{reverse('audit_report')}?{urlencode(chosen)}")
    audit.record(What.LOG, by=viewer)
    found = list(after(narrowed(chosen), request.GET.get("na"))[: PER_PAGE + 1])
    lines = access_log.named(found[:PER_PAGE], viewer, may_name=EVERYBODY)
    person = User.objects.filter(pk=chosen["who"]).first() if "who" in chosen else None
    context = {
        "form": form,
        "lines": list(zip(lines, told(line.event for line in lines), strict=True)),
        "person": person,
        "without_person": urlencode({k: v for k, v in chosen.items() if k != "who"}),
        "query": urlencode(chosen),
        "older": found[PER_PAGE - 1].pk if len(found) > PER_PAGE else None,
        "is_later_page": "na" in request.GET,
        **head(_("Audit log"), "history"),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return TemplateResponse(request, "learning/admin/audit_log.html", context, status=status)


def rows(chosen: dict[str, Any], viewer: User) -> Iterator[bytes]:
    """The file, a thousand lines at a time."""
    yield as_csv(
        [_("Line number"), _("When"), _("Who"), _("What"), _("About whom"), _("Municipality")], []
    )
    key, count = None, 0
    while count < MOST_IN_FILE:
        found = list(after(narrowed(chosen), key)[:IN_FILE_AT_ONCE])
        if not found:
            return
        lines = access_log.named(found, viewer, may_name=EVERYBODY)
        table = [
            (
                line.event.number,
                f"{timezone.localtime(line.at):%d-%m-%Y %H:%M:%S}",
                line.who,
                what,
                line.whom,
                line.municipality,
            )
            for line, what in zip(lines, told(found), strict=True)
        ]
        head, *body = table
        # Without the byte order mark that every table begins with.
        yield as_csv(head, body).removeprefix(b"\xef\xbb\xbf")
        key, count = str(found[-1].pk), count + len(found)


@never_cache
@require_admin_access
@require_safe
def report_file(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The chosen lines as CSV; that it was made is a line in the log."""
    viewer = administrator(request)
    chosen = AuditForm(request.GET).chosen
    audit.record(What.LOG_FILE, by=viewer)
    response = StreamingHttpResponse(rows(chosen, viewer), content_type=CONTENT_TYPE)
    name = file_name(_("site"), _("audit log"), today(), "csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


class AuditMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    return AuditMenuItem(
        gettext_lazy("Audit log"), reverse("audit_report"), icon_name="history", order=60
    )


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return [
        path("logboek/", report, name="audit_report"),
        path("logboek/bestand/", report_file, name="audit_report_file"),
    ]
