"""What serves the goals K2, K5 and L1: instruments, partners and what partners organise."""

from collections.abc import Iterator
from typing import Final
from uuid import UUID

from django.utils.translation import gettext
from wagtail.models import Locale, Page

from home.models.agenda import CalendarEntry, CalendarPage
from home.models.base import HousePage
from home.models.instruments import InstrumentPage
from home.models.partners import Partner, PartnersPage
from home.publication import Kept
from home.results import Result, by_goal, day_of, register_results
from home.visible import for_everybody

ADDRESSES: Final = Kept[dict[str, str]]()


@register_results
def instruments_for_goals(locale: Locale) -> Iterator[tuple[UUID, Result]]:
    """Instruments by the goal that they serve."""
    pages = for_everybody(InstrumentPage.objects.filter(locale=locale))
    for goal_key, page in by_goal(pages):
        yield (
            goal_key,
            Result(
                page.translation_key,
                gettext("Instrument"),
                page.title,
                page.url,
                page.dated_on,
                changed_on=day_of(page.last_published_at),
                kinds=gettext("Instruments"),
            ),
        )


@register_results
def partners_for_goals(locale: Locale) -> Iterator[tuple[UUID, Result]]:
    """Partners by the goal that they serve."""
    partners = list(by_goal(Partner.objects.filter(locale=locale)))
    address = address_of(PartnersPage, locale) if partners else ""
    for goal_key, partner in partners if address else ():
        yield (
            goal_key,
            Result(
                partner.translation_key,
                gettext("Partner"),
                str(partner),
                f"{address}#{partner.anchor}",
                kinds=gettext("Partners"),
            ),
        )


@register_results
def calendar_for_goals(locale: Locale) -> Iterator[tuple[UUID, Result]]:
    """What partners organise, or organised, by the goal that it serves."""
    entries = list(by_goal(CalendarEntry.objects.filter(locale=locale, is_cancelled=False)))
    address = address_of(CalendarPage, locale) if entries else ""
    for goal_key, entry in entries if address else ():
        day = day_of(entry.starts_at)
        yield (
            goal_key,
            Result(
                entry.translation_key,
                gettext("Calendar"),
                entry.title,
                entry.url or f"{address}#{entry.anchor}",
                day,
                kinds=gettext("Calendar"),
            ),
        )


def address_of(model: type[HousePage], locale: Locale) -> str:
    """Where the page of a kind is in a language; empty when it is not there."""
    return ADDRESSES.get(locale.pk, lambda: addresses_in(locale)).get(model._meta.label, "")


def addresses_in(locale: Locale) -> dict[str, str]:
    """The pages on which what serves a goal stands with much else, by kind."""
    pages = for_everybody(Page.objects.filter(locale=locale).type(PartnersPage, CalendarPage))
    return {page.specific_class._meta.label: page.url for page in pages}
