"""Who looked at people's data, and the ways in: invitations, join links and requests to join."""

from datetime import timedelta
from typing import Any, ClassVar, Final, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.models.places import Municipality

LOG_KEPT: Final = timedelta(days=365)


class AccessLogQuerySet(models.QuerySet["AccessLog"]):
    """Only added to, and read. What is too old goes as a whole (`expired`)."""

    def update(self, **_kwargs: Any) -> int:
        raise TypeError("The access log is never changed.")

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> int:
        raise TypeError("The access log is never changed.")

    def of(self, municipality: Municipality) -> Self:
        """What happened at a municipality, and at those that have merged into it."""
        day = timezone.localdate()
        return self.filter(municipality__in=municipality.counted_ids(day))

    def kept(self) -> Self:
        """What is not too old to be shown."""
        return self.filter(at__gt=timezone.now() - LOG_KEPT)

    def expired(self) -> Self:
        return self.filter(at__lte=timezone.now() - LOG_KEPT)


class AccessLog(models.Model):
    """Somebody looked at people's data of a municipality, or took it away.

    It holds no name and nothing that was typed: who looked and whose page it was are
    references, which go empty when that person is erased. Rows are only ever added.
    """

    class What(models.TextChoices):
        """Kinds of looking. Those in `ONCE_AN_HOUR` are kept once per viewer and hour."""

        PEOPLE = "people", _("list of people looked at")
        SEARCH = "search", _("name looked for")
        PERSON = "person", _("somebody’s page looked at")
        EXPORT = "export", _("people’s data downloaded")
        IMPORT = "import", _("import of people looked at")
        ENTRY = "entry", _("invitations and requests looked at")
        MAIL = "mail", _("log of mails looked at")

    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    # Without `choices`: a new kind of view is a line above, not a migration.
    what = models.CharField(max_length=20)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    # The hour in which a list was looked at; empty for what is kept every time.
    hour = models.DateTimeField(null=True)

    objects = AccessLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("access log")
        verbose_name_plural = _("access log")
        constraints: ClassVar = [
            # Leafing through a list is one look at it, in two windows at once as well.
            models.UniqueConstraint(
                fields=["viewer", "municipality", "what", "hour"],
                name="one_look_at_a_list_per_hour",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["municipality", "-at"], name="access_log_by_municipality"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("The access log is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("The access log is never changed.")

    @property
    def label(self) -> str:
        """What happened, as it is called on screen."""
        return str(self.What(self.what).label) if self.what in self.What.values else self.what


ONCE_AN_HOUR: Final = frozenset(
    {
        AccessLog.What.PEOPLE,
        AccessLog.What.SEARCH,
        AccessLog.What.IMPORT,
        AccessLog.What.ENTRY,
        AccessLog.What.MAIL,
    }
)
