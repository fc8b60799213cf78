"""What serves the goals K2, K5 and L1: instruments, partners and what partners organise."""

from collections.abc import Collection, Iterator
from uuid import UUID

from django.utils.translation import gettext
from wagtail.models import Locale

from home.main_pages import main_pages
from home.models.agenda import CalendarEntry, CalendarPage
from home.models.base import HousePage
from home.models.instruments import InstrumentPage
from home.models.partners import Partner, PartnersPage
from home.results import Result, by_goal, day_of, register_results
from home.visible import for_everybody


@register_results
def instruments_for_goals(locales: Collection[Locale]) -> Iterator[tuple[UUID, Result]]:
    """Instruments by the goal that they serve."""
    pages = for_everybody(InstrumentPage.objects.filter(locale__in=locales))
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
                locale_id=page.locale_id,
                kinds=gettext("Instruments"),
            ),
        )


@register_results
def partners_for_goals(locales: Collection[Locale]) -> Iterator[tuple[UUID, Result]]:
    """Partners by the goal that they serve."""
    addresses = addresses_of(PartnersPage)
    for goal_key, partner in by_goal(Partner.objects.filter(locale__in=locales)):
        address = addresses.get(partner.locale_id)
        if address is None:
            continue
        yield (
            goal_key,
            Result(
                partner.translation_key,
                gettext("Partner"),
                str(partner),
                f"{address}#{partner.anchor}",
                locale_id=partner.locale_id,
                kinds=gettext("Partners"),
            ),
        )


@register_results
def calendar_for_goals(locales: Collection[Locale]) -> Iterator[tuple[UUID, Result]]:
    """What partners organise, or organised, by the goal that it serves."""
    addresses = addresses_of(CalendarPage)
    entries = CalendarEntry.objects.filter(locale__in=locales, is_cancelled=False)
    for goal_key, entry in by_goal(entries):
        address = addresses.get(entry.locale_id)
        if address is None:
            continue
        day = day_of(entry.starts_at)
        yield (
            goal_key,
            Result(
                entry.translation_key,
                gettext("Calendar"),
                entry.title,
                entry.url or f"{address}#{entry.anchor}",
                day,
                locale_id=entry.locale_id,
                kinds=gettext("Calendar"),
            ),
        )


def addresses_of(model: type[HousePage]) -> dict[int, str]:
    """By language, where the page of a kind is; below the home page there is one."""
    return {
        page.locale_id: page.url
        for main in main_pages().values()
        for page in main.below
        if page.specific_class is model
    }
