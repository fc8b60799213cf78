"""Which words of a search may be counted: none that may be somebody's name, number or address."""

import re
from collections.abc import Iterable
from typing import Final

from search.rules.stems import WORD, fold

SHORTEST: Final = 3
# A name in an address of mail or the web: voorbeeld.nl, linkedin.com/in/somebody.
WEB: Final = re.compile(r"[^\W_][./:]{1,3}[^\W_]")
STREETS: Final = (
    "straat",
    "laan",
    "plein",
    "gracht",
    "kade",
    "singel",
    "steeg",
    "dreef",
    "plantsoen",
)
LONGEST: Final = 30

# The commonest names in the Netherlands, for who types without capitals.
NAMES: Final = """
    aad ad adam ahmed albert alex ali amber amir andre angela anita anja anke ann anna anne
    annemarie annette annie anouk anton antoine arie arjan arjen astrid bart bas bastiaan bea
    ben bernard bert bianca björn bob bram brigitte caroline carla casper cees chantal charlotte
    chris christiaan christine claudia cor corine cornelis daan daniel danielle david debbie
    dennis desiree diana dick dirk dorien edwin eline elisabeth elise ellen els emma erik erwin
    esther eva evelien evert femke ferdinand floor floris frank frans fred frederik geert gerard
    gerda gerrit gert gijs greet guus hannah hans harry hassan heleen henk henny henri herman
    hugo ilse inge ingrid irene iris isabel jaap jacob jacqueline jan jasper jelle jeroen jessica
    job johan johanna johannes john jolanda joost jordy joris jos josé judith julia karel karin
    kees kevin kim klaas koen laura lars leo leonie lies liesbeth linda lisa loes lotte louis luc
    lucas luuk maaike maarten manon marc marcel margriet maria marianne marieke marijke marion
    mark marloes martijn martin martine mathijs maud max melissa menno merel michael michel
    michiel mieke milou mirjam mohamed mohammed monique myrthe nadia nancy natasja nicole niels
    nienke noor olga oscar patricia patrick paul pauline peter petra pien piet pieter pim quinten
    rachel ralph ramon renate rene richard rick rik rob robert robin roel roger roland ron ronald
    roos rosa ruben rudolf ruud sam samira sander sandra sanne sara sarah saskia sebastiaan sem
    sharon silvia simon simone sjaak sjoerd sofie sophie stefan stephanie steven suzanne sven sylvia
    tamara teun theo thea thijs thomas tim tineke tom toon trudy ursula vera veronique victor
    vincent wendy werner wesley wilco willem willemijn wilma wim wouter yara yusuf yvonne
    bakker beek berg boer bos bosch bruijn brouwer dekker dijk dijkstra graaf groot haan heuvel
    hendriks hermans hoekstra hofman huisman jacobs jansen janssen jong klein koning kok koster
    kramer kuiper kuipers leeuwen linden maas martens meer meijer meulen mol molenaar mulder
    peeters peters pietersen post postma prins schouten scholten schipper smeets smit smits
    timmermans veen veenstra velde verbeek verhoeven vermeulen visser vliet vos vries wal willems
    wit wolf yilmaz"""
FOLDED: Final = frozenset(fold(name) for name in NAMES.split())


def may_be_kept(text: str, unknown: Iterable[str]) -> list[str]:
    """Of the words that a site does not know, those that tell nothing of anybody.

    Left out are all words of a text with an address or number in it, words with a capital (but
    for the first, which a telephone writes by itself), streets, and the commonest names. With one
    name in it, the words beside that may be one as well.
    """
    # Also as a telephone from elsewhere writes it, with an @ of another width.
    plain = fold(text)
    if "@" in plain or "(at)" in plain or "[at]" in plain or WEB.search(plain):
        return []
    if any(letter.isdigit() for letter in plain):
        return []
    written = WORD.findall(text)
    capitals = {fold(word) for word in written[1:] if word[:1].isupper()}
    if capitals or any(fold(word) in FOLDED for word in written):
        return []
    kept = [word for word in unknown if SHORTEST <= len(word) <= LONGEST and word.isalpha()]
    return [word for word in dict.fromkeys(kept) if not word.endswith(STREETS)]
