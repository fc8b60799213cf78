"""Translations in `/beheer/`: how they stand, out as PO files and in again, and kinder failures."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, ClassVar, Final

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import JavaScriptCatalog
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import Locale
from wagtail_localize.models import Translation
from wagtail_localize.views import edit_translation

from accounts.models import User
from home.admin_heads import head
from home.editing.waiting import Waiting, register_waiting
from home.translating import po
from home.translating.machine import MachineFailed
from home.translating.standing import Standing, State, standings
from home.translating.updating import UpdateAsAllowed

MAY_TRANSLATE: Final = "wagtail_localize.submit_translation"
PER_PAGE: Final = 50
may_translate = permission_required(MAY_TRANSLATE, raise_exception=True)


def person_of(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101  the admin saw to it
    return request.user


def chosen(request: HttpRequest, found: list[Standing]) -> tuple[list[Standing], dict[str, str]]:
    """What is asked for, and by which filters; nonsense filters nothing."""
    wanted = {
        "taal": request.GET.get("taal", ""),
        "staat": request.GET.get("staat", ""),
        "soort": request.GET.get("soort", ""),
    }
    if wanted["taal"] not in {each.locale.language_code for each in found}:
        wanted["taal"] = ""
    if wanted["staat"] not in State.values:
        wanted["staat"] = ""
    if wanted["soort"] not in {each.kind for each in found}:
        wanted["soort"] = ""
    rows = [
        each
        for each in found
        if wanted["taal"] in ("", each.locale.language_code)
        and wanted["staat"] in ("", each.state)
        and wanted["soort"] in ("", each.kind)
    ]
    return rows, wanted


@never_cache
@require_safe
@may_translate
def overview(request: HttpRequest) -> HttpResponse:
    """Every translation and how it stands, the most urgent first."""
    return show(request)


def show(request: HttpRequest, outcomes: list[po.Outcome] | None = None) -> HttpResponse:
    found = standings()
    rows, wanted = chosen(request, found)
    query = urlencode({name: value for name, value in wanted.items() if value})
    context = {
        "outcomes": outcomes,
        "page_obj": Paginator(rows, PER_PAGE).get_page(request.GET.get("p")),
        "query": f"{query}&" if query else "",
        "wanted": wanted,
        "states": [(state, sum(each.state == state for each in rows)) for state in State],
        "locales": Locale.objects.all(),
        "kinds": sorted({each.kind for each in found}),
        "can_export": any(each.translation_pk and each.open_texts for each in rows),
        "export_query": query,
        **head(_("Translations"), "wagtail-localize-language"),
    }
    return TemplateResponse(request, "home/translating/overview.html", context)


@never_cache
@require_safe
@may_translate
def export(request: HttpRequest) -> HttpResponse:
    """A zip of all that has texts to translate, by the same filters."""
    rows, _wanted = chosen(request, standings())
    wanting = po.behind([each for each in rows if each.open_texts], person_of(request))
    if not wanting:
        messages.info(request, _("There is nothing to translate here."))
        return redirect("translations")
    response = HttpResponse(po.zipped(wanting), content_type="application/zip")
    name = f"vertalingen-{localdate():%Y-%m-%d}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@never_cache
@require_POST
@may_translate
def bring_in(request: HttpRequest) -> HttpResponse:
    """Read a PO file or a zip, and say of each file what became of it."""
    sent = request.FILES.get("file")
    if sent is None:
        messages.error(request, _("Choose a PO file, or a zip with PO files."))
        return redirect("translations")
    if (sent.size or 0) > po.LARGEST:
        return show(
            request, [po.Outcome(str(sent.name), _("The file is too large: at most 10 MB."))]
        )
    return show(request, po.bring_in_all(str(sent.name), sent.read(), by=person_of(request)))


def back(request: HttpRequest) -> HttpResponse:
    """To the page that the button stood on."""
    return redirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_home"))


@require_POST
def upload_pofile(request: HttpRequest, translation_id: int) -> HttpResponse:
    """As wagtail-localize's own, where no file and a file of something else are told in words."""
    translation = get_object_or_404(Translation, pk=translation_id)
    if not po.may_edit(person_of(request), translation):
        raise Http404
    sent = request.FILES.get("file")
    if sent is None or (sent.size or 0) > po.LARGEST:
        messages.error(request, _("Choose a PO file of at most 10 MB."))
        return back(request)
    outcome = po.bring_in(sent.read(), by=person_of(request), name=str(sent.name), only=translation)
    (messages.error if outcome.problem else messages.success)(request, outcome.words)
    return back(request)


def failing_in_words(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A machine that gives no translation leaves everything as it was, and says so."""

    @wraps(view)
    def careful(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except MachineFailed:
            messages.error(
                request,
                _(
                    "The machine that translates gave no answer that we can use. Nothing was "
                    "changed. Try again later, or translate by hand."
                ),
            )
            return back(request)

    return careful


class Words(JavaScriptCatalog):
    """The words of the screen in which one translates, with ours where its Dutch lacks a space."""

    OURS: ClassVar = {
        "Publish in ": gettext_lazy("Publish in "),
        "Translate with ": gettext_lazy("Translate with "),
        "Translate all missing strings with ": gettext_lazy("Translate all missing strings with "),
        "Stop Synced translation": gettext_lazy("Stop Synced translation"),
    }

    def get_catalog(self) -> dict[str, Any]:
        ours = {english: str(words) for english, words in self.OURS.items()}
        changed = {english: words for english, words in ours.items() if words != english}
        return super().get_catalog() | changed


def urls() -> list[Any]:
    return [
        path("vertalingen/", overview, name="translations"),
        path("vertalingen/bestanden/", export, name="translations_export"),
        path("vertalingen/inlezen/", bring_in, name="translations_import"),
        # In front of wagtail-localize's own, at its addresses.
        path("localize/jsi18n/", Words.as_view(packages=["wagtail_localize"])),
        path("localize/translate/<int:translation_id>/pofile/upload/", upload_pofile),
        path(
            "localize/translate/<int:translation_id>/machine_translate/",
            failing_in_words(edit_translation.machine_translate),
        ),
        path(
            "localize/update/<int:translation_source_id>/",
            failing_in_words(UpdateAsAllowed.as_view()),
        ),
    ]


class TranslationsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(MAY_TRANSLATE))


def menu_item() -> MenuItem:
    return TranslationsItem(
        _("Translations"),
        reverse("translations"),
        name="translations",
        icon_name="wagtail-localize-language",
        order=350,
    )


def without_the_other_list(request: HttpRequest, items: list[Any]) -> None:
    """wagtail-localize's own report knows nothing of what is missing or written by hand."""
    other = reverse("wagtail_localize:translations_report")
    items[:] = [item for item in items if item.url != other]


@register_waiting
def translations_behind(user: User) -> Iterable[Waiting]:
    """On the start page: what visitors read in another language and is no longer so."""
    if user.has_perm(MAY_TRANSLATE):
        count = sum(each.state is State.BEHIND for each in standings())
        link = f"{reverse('translations')}?staat={State.BEHIND}"
        yield Waiting(_("Translations that are behind"), count, link, order=70)


def connect() -> None:
    hooks.register("register_admin_urls", urls, order=-1)
    hooks.register("register_admin_menu_item", menu_item)
    hooks.register("construct_reports_menu", without_the_other_list)
