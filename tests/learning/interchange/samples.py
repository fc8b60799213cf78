"""One question of each kind, as an editor might write it."""

from decimal import Decimal

from learning.interchange.template_file import EXAMPLES
from learning.rules.grading import Kind
from learning.rules.interchange.items import Item

SAMPLES = [
    *EXAMPLES[:-4],
    Item(
        kind=Kind.NUMBER,
        stem="<p>Hoeveel?</p><ul><li>a</li><li>b &amp; c</li></ul>",
        value=Decimal("-12.5"),
        tolerance=Decimal("0.25"),
        unit="%",
        difficulty=3,
        hint='Let op: "aanhalingstekens" & <haken>',
        topics=("Geld",),
    ),
    Item(
        kind=Kind.CHOOSE_IN_TEXT,
        stem="<p>Kies.</p>",
        text="De raad is [hoofd|hulp] van de gemeente.\nHij [kiest|ontslaat] de griffier.",
        all_or_nothing=True,
    ),
    Item(
        kind=Kind.CHOOSE_IN_TEXT,
        stem="<p>Kies nog eens.</p>",
        text="De [raad|rechter] besluit.",
    ),
    *EXAMPLES[-2:],
]
