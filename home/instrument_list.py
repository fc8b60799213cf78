"""The library of instruments, narrowed by kind, theme and owner."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from home.filters import Filter
from home.models.instruments import InstrumentPage, InstrumentQuerySet
from home.models.partners import Partner
from home.models.themes import Theme


def chosen(
    instruments: InstrumentQuerySet, data: Mapping[str, Any]
) -> tuple[Filter, InstrumentQuerySet]:
    """The form with what there is to choose, and the instruments that fit the choice."""
    kinds = set(instruments.order_by().values_list("kind", flat=True).distinct())
    mine = instruments.order_by().values("pk")
    themes = Theme.objects.filter(
        pk__in=InstrumentPage.themes.through.objects.filter(instrumentpage__in=mine).values("theme")
    )
    owners = Partner.objects.filter(instruments__in=mine).distinct()
    form = Filter(
        data,
        {
            "soort": (
                _("Kind"),
                [(kind, str(kind.label)) for kind in InstrumentPage.Kind if kind in kinds],
            ),
            "thema": (pgettext("pages", "Theme"), [(each.slug, each.name) for each in themes]),
            "eigenaar": (_("Owner"), [(str(each.pk), str(each)) for each in owners]),
        },
    )
    if kind := form.value("soort"):
        instruments = instruments.of_kind(kind)
    if theme := form.value("thema"):
        instruments = instruments.about(theme)
    if owner := form.value("eigenaar"):
        instruments = instruments.owned_by(int(owner))
    return form, instruments
