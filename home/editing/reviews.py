"""What somebody has to look at again: pages whose day has come, and what was checked too long ago.

Other apps add what is theirs (`register_reviews`), and say what else is written down when
somebody has looked at a page (`register_looked_at`).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.apps import apps
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Site
from wagtail.permission_policies.pages import PagePermissionPolicy

from accounts.models import User
from home.checked import HOLDS_FOR
from home.models import InstrumentPage, LawArticle, Support
from home.models.base import HousePage
from home.publication import PUBLICATION

# So many days ahead the list looks.
AHEAD: Final = 60
LOOKED_AT: Final = "home.looked_at"


@dataclass(frozen=True, slots=True)
class Review:
    """One thing to look at. `due_on` is None for what nobody ever checked."""

    kind: str
    title: str
    due_on: date | None
    edit_url: str
    language: str = ""
    why: str = ""
    # Set where "looked at today" can be said of it by one press.
    page: int | None = None

    def is_due(self, day: date) -> bool:
        return self.due_on is None or self.due_on <= day


Source = Callable[[date], Iterable[Review]]
_sources: list[Source] = []
# By kind of page, what else is stored when somebody looked at it on a day.
_looked_at: dict[type[Page], Callable[[date], dict[str, Any]]] = {}


def register_reviews(source: Source) -> Source:
    """Add a source: given the last day to look ahead to, it yields what is due by then."""
    _sources.append(source)
    return source


def register_looked_at(model: type[Page], fields: Callable[[date], dict[str, Any]]) -> None:
    """Say which fields of a kind of page change too when somebody has looked at it."""
    _looked_at[model] = fields


def house_pages() -> list[type[HousePage]]:
    """Every kind of page."""
    models: list[Any] = list(apps.get_models())
    return [model for model in models if issubclass(model, HousePage)]


def reviews(until: date, user: User) -> list[Review]:
    """All there is up to a day that this person may change: the longest overdue first."""
    found = [review for source in _sources for review in source(until)]
    pages = {review.page for review in found if review.page is not None}
    allowed = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    may = set(allowed.filter(pk__in=pages).values_list("pk", flat=True)) if pages else set()
    unique: dict[Any, Review] = {}
    for review in found:
        if review.page is None or review.page in may:
            key = review.page or (review.kind, review.title, review.edit_url)
            known = unique.get(key)
            if known is None or (review.due_on or date.min) < (known.due_on or date.min):
                unique[key] = review
    return sorted(unique.values(), key=lambda each: (each.due_on or date.min, each.title))


@register_reviews
def pages_by_their_own_day(until: date) -> Iterator[Review]:
    """Published pages of every kind: what is no longer shown misleads nobody."""
    for model in house_pages():
        rows = model._default_manager.filter(live=True, review_on__lte=until)
        name = str(model._meta.verbose_name)
        for pk, title, day, code in rows.values_list(
            "pk", "title", "review_on", "locale__language_code"
        ):
            yield Review(
                kind=name,
                title=title,
                due_on=day,
                edit_url=reverse("wagtailadmin_pages:edit", args=[pk]),
                language=code,
                page=pk,
            )


@register_reviews
def law_articles(until: date) -> Iterator[Review]:
    """A year after somebody last looked whether it still stands so."""
    since = until - timedelta(days=HOLDS_FOR)
    for article in LawArticle.objects.filter(checked_on__lt=since).select_related("locale"):
        yield Review(
            kind=str(LawArticle._meta.verbose_name),
            title=str(article),
            due_on=article.checked_on + timedelta(days=HOLDS_FOR),
            edit_url=reverse("wagtailsnippets_home_lawarticle:edit", args=[article.pk]),
            language=article.locale.language_code,
            why=_("last checked a year ago"),
        )


@register_reviews
def national_support(until: date) -> Iterator[Review]:
    """Numbers that people in need call."""
    since = until - timedelta(days=HOLDS_FOR)
    site = Site.objects.filter(is_default_site=True).first()
    for support in Support.objects.select_related("setting"):
        if support.checked_on is not None and support.checked_on >= since:
            continue
        number = support.setting.site_id or (site.pk if site else 0)
        yield Review(
            kind=str(Support._meta.verbose_name),
            title=support.name,
            due_on=support.checked_on and support.checked_on + timedelta(days=HOLDS_FOR),
            edit_url=reverse("wagtailsettings:edit", args=["home", "nationalsupport", number]),
            why=_("call the number, then fill in the day") if support.phone else "",
        )


@register_reviews
def instruments(until: date) -> Iterator[Review]:
    """Documents and tools whose last day has come: is there a newer one?"""
    rows = InstrumentPage.objects.live().overdue(until + timedelta(days=1))
    for pk, title, day, code in rows.values_list(
        "pk", "title", "valid_until", "locale__language_code"
    ):
        yield Review(
            kind=str(InstrumentPage._meta.verbose_name),
            title=title,
            due_on=day,
            edit_url=reverse("wagtailadmin_pages:edit", args=[pk]),
            language=code,
            why=_("valid until that day: is there a newer one?"),
            # Looking at it does not make it valid: its last day has to be changed.
        )


def year_after(day: date) -> date:
    """The same day a year on; of 29 February the first of March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)


def looked_at(page: Page, *, by: User, day: date) -> date:
    """Somebody has looked at a page: again in a year. Returns that day; doing it twice is once.

    The draft that somebody is working on gets the day too, so that publishing it does not undo
    this.
    """
    model = type(page.specific)
    extra = _looked_at.get(model)
    again = year_after(day)
    fields: dict[str, Any] = {"review_on": again, **(extra(day) if extra else {})}
    with transaction.atomic():
        stored = model._default_manager.select_for_update(of=("self",)).get(pk=page.pk)
        if all(getattr(stored, name) == value for name, value in fields.items()):
            return again
        model._default_manager.filter(pk=page.pk).update(**fields)
        draft = stored.get_latest_revision()
        if draft is not None:
            draft.content.update({name: f"{value}" for name, value in fields.items()})
            draft.save(update_fields=["content"])
        log(instance=stored, action=LOOKED_AT, user=by, data={"again": f"{again}"})
        if extra:
            PUBLICATION.announce()
    return again
