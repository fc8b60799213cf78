"""Words by which a text is looked through for names (practice/rules/identifying.py).

No list of people's names: those would be long, and never whole. What is listed is what stands
before a name, what stands within one, and what is written with a capital and is no name.
"""

from typing import Final


def listed(text: str) -> frozenset[str]:
    """Words with spaces between them: a list that is read at a glance."""
    return frozenset(text.split())


# Before a surname; a capital after it makes it certain.
PARTICLES: Final = (
    *("van de", "van den", "van der", "van het", "van 't", "van ’t", "van"),
    *("de la", "de", "den", "der", "del", "della", "di", "da", "dos", "du", "la", "le"),
    *("ter", "ten", "te", "op de", "op den", "op het", "op 't", "op ’t", "in 't", "in ’t"),
    *("in de", "in het", "aan de", "uit de", "bij de", "onder de", "tot", "el", "al", "ben"),
    *("bin", "ibn", "abu", "von", "zu", "zum", "'t", "’t"),
)
# Before a name: how somebody is addressed, and what they are.
TITLES: Final = (
    *("de heer", "dhr.", "dhr", "heer", "mevrouw", "mevr.", "mevr", "mw.", "mw", "meneer"),
    *("mijnheer", "juffrouw", "meester", "familie", "fam.", "gebroeders", "gebr.", "broer"),
    *("zus", "zoon", "dochter", "neef", "nicht", "echtgenoot", "partner", "collega", "buurman"),
    *("buurvrouw", "vriend", "vriendin", "wethouder", "burgemeester", "raadslid", "oud-raadslid"),
    *("oud-wethouder", "oud-burgemeester", "fractievoorzitter", "fractiegenoot", "raadsgriffier"),
    *("griffier", "commissielid", "gemeentesecretaris", "secretaris", "voorzitter", "ambtenaar"),
    *("boa", "wijkagent", "agent", "inspecteur", "commissaris", "officier", "rechter", "notaris"),
    *("advocaat", "makelaar", "aannemer", "ondernemer", "projectontwikkelaar", "directeur"),
    *("eigenaar", "uitbater", "journalist", "dokter", "huisarts", "imam", "dominee", "pastoor"),
    *("mr.", "drs.", "dr.", "ing.", "ir.", "prof."),
)
# With a capital at the beginning of a sentence; none of them is a name.
BEGINNINGS: Final = listed(
    """
    aan achter achteraf al alle allen alles allebei als alsof altijd ander andere anderen
    behalve beide beiden bij bijna binnen boven bovendien buiten daar daarbij daardoor daarin
    daarmee daarna daarnaast daarom daarop daarover daarvoor dan dat de deze dezelfde die diezelfde
    dit doch door doordat dus een eén één eens eerder eerst eigenlijk elk elke en enige enkele er
    ergens erna ervoor even gedurende geen gelukkig ging gisteren had hadden haar hebben heeft
    helaas hem hen het hier hierdoor hierna hij hoe hoewel hun ieder iedereen iemand iets ik in
    indien inmiddels intussen is ja jaren je jij jullie juist kan kon konden kunnen later maar
    maand maanden men met mijn misschien moest na naar naast nadat nee nergens niemand niet niets
    nog nooit nu of omdat om omgekeerd onder ondertussen ons onze ook op opeens over overigens
    precies rond samen sinds sindsdien snel sommige sommigen soms steeds straks tegelijk tegen ten
    tenslotte terwijl tijdens toch toen tot totdat tussen twee drie vier vijf zes zeven acht negen
    tien uit uiteindelijk van vanaf vandaag vanwege veel veelal verder via volgens voor voordat
    vooraf vooral waar waarom waarschijnlijk wanneer waren was wat we weer wel welke werd wie wij
    wilde wil wist worden wordt wou zal ze zelf zelfs zij zijn zo zoals zodra zodat zonder zou
    zouden zulke u uw beste goed fout gek volgende vorig vorige gewoon geachte let dank hallo
    bovendien kortom mocht stel vraag vragen wees ga doe spreek zeg meld bespreek maak zorg
    alleen groet hoeveel morgen thuis vroeger avonds
    """
)
# What somebody does: after a word at the beginning of a sentence, that word is who did it.
DEEDS: Final = (
    *("zei", "zegt", "belde", "belt", "mailde", "appte", "schreef", "vroeg", "vraagt", "vertelde"),
    *("antwoordde", "bood", "bedreigde", "dreigde", "wees", "kwam", "woont", "woonde", "werkte"),
    *("werkt", "stuurde", "weigerde", "betaalde", "sprak", "dacht", "vond", "wist", "stond"),
)
# With a capital anywhere, and no name of a person: bodies, laws, days, products, languages.
KNOWN: Final = listed(
    """
    aivd algemene awb afghanistan amerika april arabisch augustus autoriteit avg azië
    belgië belgische belastingdienst bibob bureau china college commissie concern corona
    december donderdag drenthe duits duitse duitsland
    eerste engels engelse europa europees europese excel
    facebook februari fiod flevoland fractie frankrijk frans franse fries friesland friese fryslân
    gelderland gemeentewet ggd google grondwet griffie groenlinks god
    halt hoge huis
    instagram internet integriteit iraaks israël italiaans italië
    januari juli juni justitie
    kadaster kamer kamerlid kerst kerstmis koning koningsdag koninklijke koophandel
    landelijk landelijke limburg linkedin luxemburg
    maandag maart marechaussee marokko marokkaans marokkaanse mei microsoft ministerie moslim
    nationale nederland nederlander nederlanders nederlands nederlandse november
    oktober omgevingsdienst omgevingswet ombudsman onderwijs openbaar openbare opiumwet overijssel
    partij pasen pinksteren politie politiewet polen pools poolse programma provincie provinciale
    raad ramadan rekenkamer riec rijk rijksoverheid rijkswaterstaat roemeens roemenië rusland
    russisch
    september signal sinterklaas spaans spanje staat staten stichting suriname
    surinaams syrië
    teams telegram tiktok turkije turks turkse tweede twitter
    unie universiteit
    veiligheid veiligheidshuis veiligheidsregio vereniging vlaams vng volkskrant vrijdag
    waterschap wet whatsapp woensdag woo wmo woningwet
    youtube
    zaterdag zeeland zondag
    ondermijning visiedocument gedragscode gemeente gemeenten raadsleden meldpunt vertrouwenspersoon
    burgemeester wethouder griffier raadslid nvt
    bezwaar bouwen cultuur domein economie financiën jeugd milieu mobiliteit ordening ruimte
    ruimtelijke sociaal sport veiligheid verkeer wonen zorg
    bestuur binnenlands expertisecentra expertisecentrum gedeputeerde handreiking informatie
    klokkenluiders monitor ondersteuningsteam platform regioburgemeesters
    christenunie coronacrisis gemeentehuis kerk marktplaats noordzee pvda raadhuis stadhuis state
    strafrecht telegraaf waddenzee wetboek
    aangifte advies anoniem begroting besluit bond burgers buitengebied coalitie dagelijks
    griffiers inwoners integraal jaarrekening kadernota kanaal meld misdaad motie nieuwsuur
    oppositie persoonsgegevens presidium rekeningcommissie verordening vrijwilligers wethouders
    audi bmw ford mercedes opel peugeot porsche renault tesla toyota volkswagen
    carnaval gerechtshof kabinet lions minister ministers nieuw oud rechtbank rotary team trouw zoom
    bitcoin chatgpt gmail hotmail linkedin outlook tikkie twitter
    """
)
# Parts of words that make them bodies, laws or places rather than people.
KNOWN_ENDINGS: Final = (
    *("wet", "dienst", "ministerie", "bureau", "raad", "kamer", "code", "dag", "commissie"),
    *("akkoord", "recherche", "belangen", "verordening", "college", "gemeente", "beleid", "nummer"),
    *("overleg", "fractie", "griffie", "politie", "leden", "loket", "meldpunt", "gebied"),
)
# Acronyms after a year, which look like a postcode.
ACRONYMS: Final = listed(
    "OM VN EU OR BV NV AB DB IT HR ZO EN IN OP TE OF ER IS WE ZE AL DE JE ME NA NU OM UW WO"
)
# Streets end so, as a word with a capital or with a number behind it.
STREETS: Final = (
    *("straat", "straatje", "laan", "weg", "plein", "gracht", "kade", "dijk", "singel", "steeg"),
    *("dreef", "hof", "hofje", "plantsoen", "boulevard", "markt", "wal", "burcht", "hoek", "veld"),
    *("park", "pad", "kamp", "erf", "akker", "baan", "haven", "poort", "brink", "ring", "oord"),
)
# Streets by these are told apart from words such as “Ziekenhuis” only with a number behind them.
STREETS_ALONE: Final = (
    *("straat", "straatje", "laan", "plein", "gracht", "kade", "singel", "steeg", "dreef"),
    *("plantsoen", "dijk", "weg"),
)
NO_STREETS: Final = listed(
    """
    snelweg omweg uitweg rijksweg gemeenteweg onderweg doodlopende rechtsweg vaarweg spoorweg
    fietspad vliegveld werkveld gerechtshof speelveld sportpark
    supermarkt weekmarkt huizenmarkt arbeidsmarkt woningmarkt bedrijventerrein dorpsplein
    hoofdweg buurtweg
    """
)
# Municipalities whose names are ordinary words: at the beginning of a sentence, or in small
# letters, they are those.
PLACES_LIKE_WORDS: Final = listed(
    """
    assen beek bergen best buren duiven echt elst haren hoorn houten huizen hulst kampen leek
    leiden losser putten sluis waterland weert west
    """
)
# After the name of one place, where an ordinary word would have other words between or a plural.
DONE_BY_A_PLACE: Final = listed(
    """
    besloot deed doet had heeft is kan kiest koos kreeg krijgt kwam lag ligt maakte moest stelde
    vond was weet wil wilde wist werd wordt zag zei zocht
    """
)
# What is of a place, or who lives there, when the name itself is no longer in it.
CALLED_OTHERWISE: Final = listed(
    """
    Haagse Hagenaar Hagenaars Hagenees Hagenezen Bossche Bosschenaar Bosschenaren Goudse Gouwenaar
    Gouwenaars Nijmeegse Zwolse Zwollenaar Zwollenaren Almeerse Dordtse Dordtenaar Dordtenaren
    Zaanse Zaankanter Zaankanters Leidenaar Leidenaren Venlose Hengelose Bredase Amelandse
    Eindhovenaar
    """
)
