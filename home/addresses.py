"""Addresses that editors write, to elsewhere or to what is no page of ours: `/netwerk/`.

Addresses within the site are resolved, never fetched.
"""

from typing import Any, Final
from urllib.parse import unquote, urlsplit, urlunsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.http import Http404, HttpRequest
from django.urls import Resolver404, ResolverMatch, resolve, translate_url
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import get_dummy_request
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from home.serving import serve

ELSEWHERE: Final = URLValidator(
    schemes=["https"],
    message=_("Begin with https://, or with a / for an address of this site, such as /zoeken/."),
)
HELP: Final = _(
    "Of another site: begins with https://. Of what is no page on this site, such as the network "
    "or the search: from the first slash on, as in /netwerk/."
)
# Where nobody but editors comes.
CLOSED: Final = "/beheer/"


def link_address(value: str) -> None:
    """Of another site it is whole and safe."""
    if own_path(value) is None:
        ELSEWHERE(value)


class LinkAddressField(models.CharField):  # type: ignore[type-arg]  # as Django's own fields are
    """An address elsewhere, or one of ours that is no page. Whose model has it calls `settle`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 300)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("validators", [link_address])
        kwargs.setdefault("help_text", HELP)
        super().__init__(*args, **kwargs)


def settle(link: Any) -> None:
    """See that the `url` of a link of ours leads somewhere; a page is chosen as such.

    So a link that somebody copied from the browser follows its page as one that was chosen does.
    """
    path = own_path(link.url)
    if path is None:
        return
    page = page_at(path)
    if page is not None:
        link.page, link.url = page, ""
    elif leads_somewhere(path):
        link.url = path
    else:
        raise ValidationError(
            {"url": gettext("Nothing that visitors can see is at this address of the site.")}
        )


def own_path(address: str) -> str | None:
    """What an address says within this site; None when it is another's, or none at all."""
    parts = urlsplit(address)
    if parts.netloc not in own_hosts() if parts.netloc else not address.startswith("/"):
        return None
    return urlunsplit(("", "", parts.path or "/", parts.query, parts.fragment))


def own_hosts() -> set[str]:
    hosts = {urlsplit(site.root_url).netloc for site in Site.objects.all()}
    return hosts | {urlsplit(settings.BASE_URL).netloc}


def page_at(path: str) -> Page | None:
    """The page whose own address this is, and not that of a place or a list on it."""
    parts = urlsplit(path)
    if parts.query or parts.fragment:
        return None
    request = get_dummy_request()
    with translation.override(language_of(path)):
        try:
            match = resolve(unquote(parts.path))
        except Resolver404:
            return None
        found = routed(match, request) if match.func is serve else None
    page = getattr(found, "page", None)
    return page if page is not None and page.get_url(request) == parts.path else None


def leads_somewhere(path: str) -> bool:
    """Whether visitors find something at an address of this site."""
    bare = unquote(urlsplit(path).path)
    if bare.startswith(CLOSED):
        return False
    document = document_at(bare)
    if document is not None:
        return get_document_model().objects.filter(pk=document).exists()
    return answers(bare, get_dummy_request())


def in_language(path: str, code: str) -> str:
    """The same in another language: `/en/netwerk/`. A page's is left: it may have another name."""
    if not path.startswith("/"):
        return path
    with translation.override(language_of(path)):
        try:
            match = resolve(unquote(urlsplit(path).path))
        except Resolver404:
            return path
        return path if match.func is serve else str(translate_url(path, code))


def language_of(path: str) -> str:
    """The language in which an address is written."""
    return translation.get_language_from_path(path) or settings.LANGUAGE_CODE


def answers(path: str, request: HttpRequest) -> bool:
    """Whether a view of ours, or a page, stands at an address. Nothing is served."""
    if path.startswith((settings.STATIC_URL, settings.MEDIA_URL)):
        return True
    with translation.override(language_of(path)):
        try:
            match = resolve(path)
        except Resolver404:
            # Django adds the slash that people forget.
            return not path.endswith("/") and answers(f"{path}/", request)
        return match.func is not serve or routed(match, request) is not None


def routed(match: ResolverMatch, request: HttpRequest) -> Any:
    """What Wagtail has at an address, in the language that is active; None for nothing."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    slugs = [slug for slug in first_of(match).split("/") if slug]
    try:
        return site.root_page.localized.specific.route(request, slugs)
    except Http404:
        return None


def document_at(path: str) -> int | None:
    """The number of the document that an address hands out; None when it hands out none."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return int(first_of(match)) if match.view_name == "wagtaildocs_serve" else None


def first_of(match: ResolverMatch) -> str:
    """What an address says first, named by its pattern or not."""
    return str(next(iter([*match.args, *match.kwargs.values()]), ""))
