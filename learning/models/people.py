"""Who serves where, and who may watch."""

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from learning.models.figures import FigureChange
from learning.models.places import Municipality
from learning.roles import Role


def today() -> date:
    """The day in the Netherlands: deadlines and memberships change at midnight there."""
    return timezone.localdate()


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: date) -> Self:
        """Those that hold on a day; both the first and the last day count."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    def current(self) -> Self:
        return self.on(today())

    def of(self, municipality: Municipality, *, on: date | None = None) -> Self:
        """The people whom a municipality counts on a day (today), mergers included."""
        day = on or today()
        return self.on(day).filter(municipality__in=municipality.counted_ids(day))

    def visible_to(self, viewer: Any, *, watched: list[int] | None = None) -> Self:
        """The gate (DESIGN §4.6): one's own, and those of municipalities that one watches.

        A national monitor has no business with single people, nor has an administrator
        without a grant. `watched` is what `watched_ids` said, if it was asked a moment ago.
        """
        if not viewer.is_authenticated:
            return self.none()
        watched = watched_ids(viewer) if watched is None else watched
        return self.filter(Q(person=viewer) | Q(municipality__in=watched))


class Membership(models.Model):
    """A person serves a municipality in a role, from a day through a day or still."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("through"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar = [
            # An import that is repeated, or two monitors at once, must not count one seat twice.
            models.UniqueConstraint(
                fields=["person", "municipality", "role"],
                condition=Q(ends_on__isnull=True),
                name="one_open_membership_per_role",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="membership_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="membership_has_a_known_role"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["municipality", "role", "person"], name="membership_by_municipality"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.municipality}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it, and say whose figures change: of the old municipality too if it moved.

        What the person finished before counts at once for what the municipality asks itself.
        """
        from learning.holdings import members_joined  # noqa: PLC0415  it needs these models

        with transaction.atomic():
            before = Membership.objects.filter(pk=self.pk).values_list("municipality", flat=True)
            concerned = {*(before if self.pk else ()), self.municipality_id}
            is_new_here = self._state.adding or len(concerned) > 1
            super().save(*args, **kwargs)
            if is_new_here:
                members_joined(self.municipality, [self.person_id])
            FigureChange.note(concerned)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            FigureChange.note({self.municipality_id})
            return super().delete(*args, **kwargs)


class MonitorGrantQuerySet(models.QuerySet["MonitorGrant"]):
    def active(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


class MonitorGrant(models.Model):
    """Somebody may watch a municipality's progress, or the nation's totals."""

    class Scope(models.TextChoices):
        MUNICIPALITY = "municipality", _("a municipality")
        NATION = "nation", _("the nation")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="monitor_grants",
    )
    scope = models.CharField(_("what"), max_length=20, choices=Scope)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="monitor_grants",
    )
    granted_at = models.DateTimeField(_("granted"), default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = MonitorGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("monitor")
        verbose_name_plural = _("monitors")
        constraints: ClassVar = [
            # A grant for nowhere in particular would be a grant for everywhere.
            models.CheckConstraint(
                condition=Q(scope="municipality", municipality__isnull=False)
                | Q(scope="nation", municipality__isnull=True),
                name="grant_names_a_municipality_or_the_nation",
            ),
            models.UniqueConstraint(
                fields=["person", "municipality"],
                condition=Q(withdrawn_at__isnull=True, scope="municipality"),
                name="one_active_grant_per_municipality",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(withdrawn_at__isnull=True, scope="nation"),
                name="one_active_grant_for_the_nation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.municipality or self.get_scope_display()}"


def watched_ids(viewer: User) -> list[int]:
    """The municipalities that somebody may watch today, with those that have merged into them."""
    day = today()
    grants = MonitorGrant.objects.active().filter(
        person=viewer, scope=MonitorGrant.Scope.MUNICIPALITY, person__is_active=True
    )
    return [
        pk
        for grant in grants.select_related("municipality")
        if grant.municipality is not None
        for pk in grant.municipality.counted_ids(day)
    ]


def watches_nation(viewer: User) -> bool:
    """Whether somebody may see the nation's totals."""
    return (
        MonitorGrant.objects.active()
        .filter(person=viewer, scope=MonitorGrant.Scope.NATION, person__is_active=True)
        .exists()
    )
