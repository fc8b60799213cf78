"""Municipalities, and how they merge."""

from collections import defaultdict
from datetime import date
from typing import Any, ClassVar, Final

from django.db import models, transaction
from django.db.models import Q
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from home.provinces import Province as Provinces
from home.publication import ChangeNumber, Kept

MERGERS: Final = ChangeNumber("mergers")
MERGED: Final = Kept[dict[int, list[tuple[int, date]]]](MERGERS)


class Municipality(models.Model):
    """A gemeente with its CBS code and its tile on the map of the Netherlands."""

    Province = Provinces

    code = models.CharField(_("CBS code"), max_length=6, help_text="GM0344")
    name = models.CharField(_("official name"), max_length=80)
    display_name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("in the address"), max_length=80)
    province = models.CharField(_("province"), max_length=20, choices=Province)
    inhabitants = models.PositiveIntegerField(_("inhabitants"))
    council_seats = models.PositiveSmallIntegerField(_("council seats"))
    seats_are_certain = models.BooleanField(_("number of seats is certain"), default=True)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    tile_col = models.PositiveSmallIntegerField(_("column on the tile map"))
    tile_row = models.PositiveSmallIntegerField(_("row on the tile map"))
    successor = models.ForeignKey(
        "self",
        verbose_name=_("successor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )
    merged_on = models.DateField(
        _("merges on"),
        null=True,
        blank=True,
        help_text=_("From this day on the successor counts its people."),
    )

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering: ClassVar = ["display_name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code"], name="one_municipality_per_code"),
            models.UniqueConstraint(fields=["slug"], name="one_municipality_per_slug"),
            # Two tiles on one spot would hide a municipality from the map.
            models.UniqueConstraint(
                fields=["tile_col", "tile_row"], name="one_municipality_per_tile"
            ),
            # A successor without a day, or a day without a successor, counts people nowhere.
            models.CheckConstraint(
                condition=Q(successor__isnull=True, merged_on__isnull=True)
                | Q(successor__isnull=False, merged_on__isnull=False),
                name="successor_and_merger_day_go_together",
            ),
            models.CheckConstraint(
                condition=~Q(successor=models.F("id")), name="no_municipality_succeeds_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it; a merger that holds by now changes the figures of both."""
        from learning.holdings import municipality_merged  # noqa: PLC0415  it needs this model
        from learning.models.figures import FigureChange  # noqa: PLC0415  likewise
        from learning.models.requirements import REQUIREMENTS  # noqa: PLC0415  likewise

        with transaction.atomic():
            super().save(*args, **kwargs)
            if self.successor_id is not None:
                FigureChange.note({self.pk, self.successor_id})
                REQUIREMENTS.announce()
                municipality_merged(self)
            MERGERS.announce()

    def get_absolute_url(self) -> str:
        return reverse("municipality", args=[self.slug])

    def has_merged(self, on: date) -> bool:
        """Whether its people are counted by its successor on that day."""
        return self.merged_on is not None and self.merged_on <= on

    def counted_ids(self, on: date) -> list[int]:
        """The municipalities whose people this one counts on a day: itself and who joined it.

        Empty for one that has itself been merged by then.
        """
        if self.has_merged(on):
            return []
        mergers = MERGED.get("all", ask_mergers)
        ids = [self.pk]
        for target in ids:  # it grows while we walk
            ids += [pk for pk, day in mergers.get(target, ()) if day <= on and pk not in ids]
        return ids


BY_SLUG: Final = Kept["Municipality | None"](MERGERS)


def municipality_at(slug: str) -> Municipality:
    """The municipality at this address. Raises Http404. Remembered: do not change it."""
    found = BY_SLUG.get(
        slug, lambda: Municipality.objects.select_related("successor").filter(slug=slug).first()
    )
    if found is None:
        raise Http404
    return found


def ask_mergers() -> dict[int, list[tuple[int, date]]]:
    """Per successor who joins it, and from which day."""
    joined: dict[int, list[tuple[int, date]]] = defaultdict(list)
    rows = Municipality.objects.filter(successor__isnull=False, merged_on__isnull=False)
    for pk, successor, day in rows.values_list("pk", "successor", "merged_on"):
        if successor is not None and day is not None:
            joined[successor].append((pk, day))
    return dict(joined)
