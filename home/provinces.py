"""The provinces of the Netherlands, by which municipalities and partners are found."""

from django.db import models


class Province(models.TextChoices):
    """Their names are the same in every language of the site.

    Where the name in the code says it otherwise, the label is said too: Django makes it of that.
    """

    DRENTHE = "Drenthe"
    FLEVOLAND = "Flevoland"
    FRYSLAN = "Fryslân", "Fryslân"
    GELDERLAND = "Gelderland"
    GRONINGEN = "Groningen"
    LIMBURG = "Limburg"
    NOORD_BRABANT = "Noord-Brabant", "Noord-Brabant"
    NOORD_HOLLAND = "Noord-Holland", "Noord-Holland"
    OVERIJSSEL = "Overijssel"
    UTRECHT = "Utrecht"
    ZEELAND = "Zeeland"
    ZUID_HOLLAND = "Zuid-Holland", "Zuid-Holland"
