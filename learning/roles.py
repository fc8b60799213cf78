"""The roles in which a person serves a municipality."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    """DESIGN §3. The values are the Dutch words that municipalities use in their own files."""

    COUNCIL_MEMBER = "raadslid", pgettext_lazy("role", "council member")
    COMMITTEE_MEMBER = "commissielid", pgettext_lazy("role", "committee member")
    ALDERMAN = "wethouder", pgettext_lazy("role", "alderman")
    MAYOR = "burgemeester", pgettext_lazy("role", "mayor")
    CLERK = "griffie", pgettext_lazy("role", "council clerk's office")
    STAFF = "medewerker", pgettext_lazy("role", "member of staff")
