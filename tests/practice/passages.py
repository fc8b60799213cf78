"""Passages as people type them, with what in them tells who or where it is about.

Written by hand before the rules were tried on them. `found` are pieces of the text that must be
marked, each with its kind; nothing else may be. `misses` and `alarms` are where the rules are
known to fall short: they are counted, and a rule that gets better fails the test until the table
says so.
"""

from dataclasses import dataclass, field

PLACES = (
    *("Utrecht", "Zwolle", "Best", "Bergen (NH)", "'s-Hertogenbosch", "Den Haag", "Groningen"),
    *("Houten", "Rijssen-Holten", "Horst aan de Maas", "Súdwest-Fryslân", "Amsterdam", "Ede"),
    *("Kampen", "Buren", "Nuenen, Gerwen en Nederwetten", "Tilburg", "Urk", "Almere"),
)


@dataclass(frozen=True)
class Told:
    text: str
    found: tuple[tuple[str, str], ...] = ()
    misses: tuple[tuple[str, str], ...] = ()
    alarms: tuple[tuple[str, str], ...] = field(default=())


TABLE = (
    # People
    Told("Wethouder Jansen bood aan om het op te lossen.", (("name", "Jansen"),)),
    Told("Ik sprak met de heer J. van den Berg.", (("name", "J. van den Berg"),)),
    Told("Mevrouw De Vries-Bakker belde mij.", (("name", "De Vries-Bakker"),)),
    Told("Mw. A.M.C. Ouali is de griffier.", (("name", "A.M.C. Ouali"),)),
    Told("Toen kwam Anna van der Veen binnen.", (("name", "Anna van der Veen"),)),
    Told("Karim El Bakkali wist het eerder.", (("name", "Karim El Bakkali"),)),
    Told("De eigenaar heet Jan-Willem de Boer.", (("name", "Jan-Willem de Boer"),)),
    Told("Het bedrijf is van Mehmet Yildiz en zijn broer.", (("name", "Mehmet Yildiz"),)),
    Told("Dat zei burgemeester Van Zanen ook.", (("name", "Van Zanen"),)),
    Told("Fatima vroeg of ik wilde helpen.", (("name", "Fatima"),)),
    Told("Daarna belde Fatima nog een keer.", (("name", "Fatima"),)),
    Told("Hij heet Ten Have. Ten Have zweeg.", (("name", "Ten Have"), ("name", "Ten Have"))),
    Told("Raadslid ’t Hooft stapte op.", (("name", "’t Hooft"),)),
    Told("Mijn buurman Piet zag alles.", (("name", "Piet"),)),
    Told("Familie De Wit woont er al jaren.", (("name", "De Wit"),)),
    Told("Het ging om Marieke B. uit ons dorp.", (("name", "Marieke B."),)),
    Told("Prof. dr. H. Jonker schreef het rapport.", (("name", "H. Jonker"),)),
    Told(
        "Youssef, Sanne en Koen stemden tegen.",
        (("name", "Youssef"), ("name", "Sanne"), ("name", "Koen")),
    ),
    Told("jan de vries heeft het gedaan", (("name", "jan de vries"),)),
    Told("WETHOUDER JANSEN BELDE MIJ", (("name", "JANSEN"),)),
    Told("Toen belde Jan van Houten de griffier.", (("name", "Jan van Houten"),)),
    Told(
        "Mevrouw Almere en meneer Van Buren wonen in Almere.",
        (("name", "Almere"), ("name", "Van Buren"), ("place", "Almere")),
    ),
    Told("Ook Šarić en Łukasz Wójcik kwamen.", (("name", "Šarić"), ("name", "Łukasz Wójcik"))),
    Told(
        "Burgemeester Van der Berg van Tilburg en Jan Bakker van Ede kwamen.",
        (("name", "Van der Berg"), ("place", "Tilburg"), ("name", "Jan Bakker"), ("place", "Ede")),
    ),
    Told(
        "WETHOUDER DE VRIES KWAM LANGS MET KENTEKEN gz-123-b.",
        (("name", "DE VRIES"), ("plate", "gz-123-b")),
    ),
    Told("Het OM, het RIEC en de VNG spraken met de AIVD."),
    Told("Ton (de griffier) zei het ook.", (("name", "Ton"),)),
    Told("Xan (de griffier) zei het ook.", misses=(("name", "Xan"),)),
    # No people
    Told("De Raad van State vroeg het. Een lid van de VVD-fractie ook."),
    Told("Het Wetboek van Strafrecht en het Bibob-onderzoek zijn duidelijk."),
    Told("Wethouder Financiën en Wonen was er niet bij, met Pasen. Rond Kerst wel."),
    Told("Boeren en burgers klaagden over de herrie. Agenten en BOA’s kwamen."),
    Told("De raad sprak met het Openbaar Ministerie."),
    Told("Op dinsdag belde de griffier de politie."),
    Told("In de Gemeentewet en de Wet Bibob staat hoe het moet."),
    Told("De burgemeester heeft het met de Tweede Kamer besproken."),
    Told("Wij appten in WhatsApp en keken in Excel."),
    Told("Het college vroeg de VNG en het RIEC om raad."),
    Told("Een ambtenaar zei: “Dat doen wij niet.” Niemand vroeg verder."),
    Told("Na Koningsdag begon de Nederlandse politie."),
    Told("Deze fractie wilde geen ruzie. Wij ook niet."),
    Told("De Kamer van Koophandel wist van niets."),
    Told("Het bedrijf Bouwlust wilde bouwen.", alarms=(("name", "Bouwlust"),)),
    # Telephone, mail, numbers
    Told("Bel 06-12345678 als u meer weet.", (("phone", "06-12345678"),)),
    Told("Mijn nummer is 06 1234 5678.", (("phone", "06 1234 5678"),)),
    Told("Of +31 6 12 34 56 78, ook ’s avonds.", (("phone", "+31 6 12 34 56 78"),)),
    Told("Het kantoor: 030-2345678.", (("phone", "030-2345678"),)),
    Told("Tel. (030) 234 56 78.", (("phone", "(030) 234 56 78"),)),
    Told(
        "Mail naar jan.de.vries@voorbeeld.example.", (("email", "jan.de.vries@voorbeeld.example"),)
    ),
    Told("Zijn BSN is 123456782.", (("bsn", "123456782"),)),
    Told("Er stond 111222333 op de envelop.", (("bsn", "111222333"),)),
    Told("burgerservicenummer 1234.56.789", (("bsn", "1234.56.789"),)),
    Told("Stort op NL91 ABNA 0417 1643 00.", (("iban", "NL91 ABNA 0417 1643 00"),)),
    Told("Van rekening BE68539007547034 kwam geld.", (("iban", "BE68539007547034"),)),
    Told("Wij betaalden 12.345.678 euro voor de grond."),
    Told("De vergadering was op 12-11-2026 om 19.30 uur."),
    Told("Het dossier heet 2026-0012345 en telt 350 bladzijden."),
    Told("Bel 112 als er haast is, of 14 030."),
    Told("Het nummer is 010 - 123 45 67.", (("phone", "010 - 123 45 67"),)),
    Told(
        "Bel 06/12345678 of 06.12.34.56.78.",
        (("phone", "06/12345678"), ("phone", "06.12.34.56.78")),
    ),
    Told("Of 0031 (0)6-12345678.", (("phone", "0031 (0)6-12345678"),)),
    Told("Op Instagram heet hij @kees_b84.", (("web", "@kees_b84"),)),
    Told(
        "Zie www.bouwlust.example, of bouwlust.nl/over.",
        (("web", "www.bouwlust.example"), ("web", "bouwlust.nl/over")),
    ),
    Told("Het besluit is 2023/145 en kostte 1.250.000,00 euro, zie artikel 2:4."),
    # Plates
    Told("Er stond een busje met kenteken GZ-123-B.", (("plate", "GZ-123-B"),)),
    Told("Het was VZ-123-X. Mail ons.", (("plate", "VZ-123-X"),)),
    Told("Wij zagen 12-ABC-3 twee keer langs rijden.", (("plate", "12-ABC-3"),)),
    Told("Kenteken: xx 99 yy, een grijze auto.", (("plate", "xx 99 yy"),)),
    Told("Het nummerbord was G001BB.", (("plate", "G001BB"),)),
    Told("De winkel is open van 12-en-13 uur."),
    # Addresses and postcodes
    Told("Het pand aan de Dorpsstraat 12 stond leeg.", (("address", "Dorpsstraat 12"),)),
    Told(
        "In de Lange Nieuwstraat 106-bis brandde licht.",
        (("address", "Lange Nieuwstraat 106-bis"),),
    ),
    Told("Zij woont op de Laan van Meerdervoort 100.", (("address", "Laan van Meerdervoort 100"),)),
    Told("Aan de Kerkgracht is een café.", (("address", "Kerkgracht"),)),
    Told("het huis op kerkweg 4 is van hem", (("address", "kerkweg 4"),)),
    Told(
        "Stuur het naar Postbus 200, 3500 GC.",
        (("address", "Postbus 200"), ("postcode", "3500 GC")),
    ),
    Told("Het is kerkstraat 14, 3511 ep", (("address", "kerkstraat 14"), ("postcode", "3511 ep"))),
    Told("Stuur naar 3511 ep Utrecht.", (("postcode", "3511 ep"), ("place", "Utrecht"))),
    Told("Het woog 1500 gr en het was 1990 rl geleden."),
    Told("Postcode 3511 ep, het hoekhuis.", (("postcode", "3511 ep"),)),
    Told("Langs de snelweg A12 staat een loods."),
    Told("In 2022 OM en politie gevraagd om te helpen."),
    Told("Het kostte 1500 EUR en duurde 3 jaar."),
    Told(
        "Het pand Van Goghlaan 3-B, 1234AB.",
        (("address", "Van Goghlaan 3-B"), ("postcode", "1234AB")),
    ),
    Told(
        "Zij woont aan Burgemeester de Vlugtlaan 125 III.",
        (("address", "Burgemeester de Vlugtlaan 125 III"),),
    ),
    Told("Het café aan Markt 1 bleef open.", (("address", "Markt 1"),)),
    Told("Op de markt 1 keer per week, en KERKSTRAAT 12.", (("address", "KERKSTRAAT 12"),)),
    # Municipalities
    Told("Bergen koos anders. Best wist niets.", (("place", "Bergen"), ("place", "Best"))),
    Told("Ede besloot dat, en de Burense raad ook.", (("place", "Ede"), ("place", "Burense"))),
    Told("ik woon in ede, in de gemeente best", (("place", "ede"), ("place", "best"))),
    Told("De Haagse raad en de Kamper politie.", (("place", "Haagse"), ("place", "Kamper"))),
    Told("In Nuenen en in ’s-Hertogenbosch.", (("place", "Nuenen"), ("place", "’s-Hertogenbosch"))),
    Told("Best had ik het anders gedaan. De burgemeester weert hen."),
    Told("Huizen stonden leeg. Dat kan leiden tot brand. Buren klaagden."),
    Told("In Utrecht ging het net zo.", (("place", "Utrecht"),)),
    Told("De Utrechtse raad wist van niets.", (("place", "Utrechtse"),)),
    Told("Ik woon in zwolle.", (("place", "zwolle"),)),
    Told("Best veel mensen in Best weten het.", (("place", "Best"),)),
    Told("Houten schuren zijn daar gewoon. In Houten ook.", (("place", "Houten"),)),
    Told("Wij kampen met buren die klagen."),
    Told("De gemeente 's-Hertogenbosch deed niets.", (("place", "'s-Hertogenbosch"),)),
    Told("Burgemeester van Horst aan de Maas was hij.", (("place", "Horst aan de Maas"),)),
    Told("Een collega uit Bergen zag het ook.", (("place", "Bergen"),)),
    Told("Hij is een echte Amsterdammer.", (("place", "Amsterdammer"),)),
    # All together
    Told(
        "Op 3 mei 2026 belde dhr. P. Smit (06-87654321) uit Tilburg mij thuis.",
        (("name", "P. Smit"), ("phone", "06-87654321"), ("place", "Tilburg")),
    ),
    Told("Er was een pakket. Een raadslid zei het in zijn fractie. De griffier schreef het op."),
)
