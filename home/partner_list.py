"""Partners, narrowed by sector, theme and region, with the sectors explained."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext

from home.filters import Filter
from home.models.partners import Partner, PartnersPage, Sector
from home.provinces import Province

NATIONAL: Final = "landelijk"


@dataclass(frozen=True, slots=True)
class SectorRow:
    """A sector and how many of the partners work in it."""

    sector: Sector
    count: int


def partner_list(page: PartnersPage, data: Mapping[str, Any]) -> dict[str, Any]:
    """What the partners page shows for a choice. The list is short: it is narrowed in memory."""
    partners = page.partners
    sectors = list(Sector.objects.filter(locale=page.locale))
    form = form_for(partners, sectors, data)
    found = [partner for partner in partners if fits(partner, form)]
    return {
        "filter": form,
        "partners": found,
        "groups": groups_of(found),
        "count": len(found),
        "sectors": [
            SectorRow(each, sum(each in partner.sectors.all() for partner in partners))
            for each in sectors
        ],
    }


def form_for(
    partners: Iterable[Partner], sectors: Iterable[Sector], data: Mapping[str, Any]
) -> Filter:
    """Selects of the sectors, themes and regions that occur."""
    used = {sector.pk for partner in partners for sector in partner.sectors.all()}
    themes = {theme.slug: theme.name for partner in partners for theme in partner.themes.all()}
    places = {place for partner in partners for place in partner.provinces}
    regions = [(NATIONAL, gettext("In the whole country"))]
    regions += [(value, label) for value, label in Province.choices if value in places]
    return Filter(
        data,
        {
            "branche": (
                gettext("Sector"),
                [(each.slug, each.name) for each in sectors if each.pk in used],
            ),
            "thema": (
                pgettext("pages", "Theme"),
                sorted(themes.items(), key=lambda item: item[1]),
            ),
            "regio": (gettext("Region"), regions),
        },
    )


def fits(partner: Partner, form: Filter) -> bool:
    """Whether a partner is of this choice. Who works in the whole country works in each part."""
    sector, theme, region = (form.value(name) for name in ("branche", "thema", "regio"))
    return (
        (not sector or any(each.slug == sector for each in partner.sectors.all()))
        and (not theme or any(each.slug == theme for each in partner.themes.all()))
        and (not region or partner.is_national or region in partner.provinces)
    )


def groups_of(partners: Iterable[Partner]) -> list[tuple[str, list[Partner]]]:
    """The same by kind of organisation, in the order in which the kinds are named."""
    groups: dict[str, list[Partner]] = {value: [] for value in Partner.Kind.values}
    for partner in partners:
        groups[partner.kind].append(partner)
    return [
        (capfirst(str(Partner.Kind(kind).label)), found) for kind, found in groups.items() if found
    ]
