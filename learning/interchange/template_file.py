"""The table to fill in: a row of each kind, to change or to throw away."""

from decimal import Decimal
from typing import Final

from learning.rules.grading import Kind
from learning.rules.interchange import table
from learning.rules.interchange.items import Item, Option, Pair

COLUMNS: Final = (
    *("id", "tekst", "goed", "marge", "eenheid", "tikfout", "geheel", "hint", "uitleg"),
    *("onderwerpen", "moeilijkheid", "wet", "notitie"),
    *(f"{name} {n}" for n in range(1, 5) for name in table.NUMBERED),
)
# The examples are content, not words of the screen: the columns are Dutch too.
EXAMPLES: Final = (
    Item(
        Kind.SINGLE_CHOICE,
        "<p>Wie is voorzitter van de raad?</p>",
        options=(
            Option("de burgemeester", correct=True, feedback="Zo staat het in de Gemeentewet."),
            Option("de griffier", feedback="De griffier ondersteunt de raad."),
            Option("de oudste wethouder"),
        ),
        feedback="<p>De burgemeester zit de raad voor en stemt niet mee.</p>",
        difficulty=1,
    ),
    Item(
        Kind.MULTIPLE_RESPONSE,
        "<p>Welke van deze horen bij het gemeentebestuur?</p>",
        options=(
            Option("de raad", correct=True),
            Option("het college", correct=True),
            Option("de provincie"),
        ),
    ),
    Item(
        Kind.TRUE_FALSE,
        "<p>Een raadslid mag een geschenk altijd houden.</p>",
        options=(
            Option("true", feedback="Kijk in de gedragscode van uw gemeente."),
            Option("false", correct=True, feedback="Dat klopt."),
        ),
    ),
    Item(
        Kind.MATCHING,
        "<p>Wie doet wat?</p>",
        pairs=(Pair("de raad", "stelt de begroting vast"), Pair("het college", "voert haar uit")),
        decoys=("spreekt recht",),
    ),
    Item(
        Kind.ORDERING,
        "<p>Zet op volgorde.</p>",
        lines=("verkiezing", "eed of belofte", "eerste vergadering"),
    ),
    Item(
        Kind.FILL_IN,
        "<p>Hoe heet wie de raad ondersteunt?</p>",
        lines=("griffier", "raadsgriffier"),
        typo_allowed=True,
    ),
    Item(
        Kind.NUMBER,
        "<p>Hoeveel leden heeft een raad ten minste?</p>",
        value=Decimal(9),
        unit="leden",
    ),
    Item(
        Kind.CHOOSE_IN_TEXT,
        "<p>Kies wat past.</p>",
        text="De raad stelt de [gedragscode|notulen van de politie] vast.",
    ),
    Item(
        Kind.MARK_SENTENCES,
        "<p>Markeer wat een signaal is.</p>",
        options=(
            Option("Hij vroeg naar de agenda."),
            Option("Hij bood geld voor een stem.", correct=True),
        ),
    ),
    Item(
        Kind.REFLECTION,
        "<p>Wat zou u doen?</p>",
        text="Ik zou het bespreken met de griffier.",
    ),
)


def template_csv() -> bytes:
    return table.write(EXAMPLES, columns=COLUMNS)
