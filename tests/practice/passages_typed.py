"""More passages, as people really type them: in small letters, in capitals, with hidden addresses.

`TELLING` came first and the rules were made with them; `TELLING_LATER` shows whether they hold for
what they were not made with (48 of 51 when it was first tried, 25 with the rules before).
`ORDINARY` and `ORDINARY_LATER` are sentences in which nothing is to be found. What is known to be
missed or found for nothing stays in: it is counted.
"""

TELLING: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Na afloop kwam Jan van der Meer nog even langs.", ("Jan van der Meer",)),
    ("Ik vroeg het aan Pieter in ’t Veld.", ("Pieter in ’t Veld",)),
    ("Mevrouw Van ’t Hof-Jansen was erbij.", ("Van ’t Hof-Jansen",)),
    ("Het was Annemarie op den Kamp die het zag.", ("Annemarie op den Kamp",)),
    ("Volgens Saskia von Hohenstein klopt dat.", ("Saskia von Hohenstein",)),
    ("Wij spraken met mevrouw el Khatib.", ("el Khatib",)),
    ("Raadslid Uit den Bogaard stelde vragen.", ("Uit den Bogaard",)),
    ("De heer Van der Velde-Ter Horst tekende bezwaar aan.", ("Van der Velde-Ter Horst",)),
    ("Het plan kwam van D’Angelo en Van den Broek.", ("D’Angelo", "Van den Broek")),
    ("Een vriend van Rutger ter Haar belde.", ("Rutger ter Haar",)),
    ("mevrouw jansen kwam elke week langs", ("jansen",)),
    ("volgens wethouder de vries was het geregeld", ("de vries",)),
    ("de heer van den berg bood een etentje aan", ("van den berg",)),
    ("dhr. pietersen wilde een vergunning", ("pietersen",)),
    ("mw. bakker heeft het gemeld", ("bakker",)),
    ("burgemeester van dijk wist het al", ("van dijk",)),
    ("ik heb meneer el amrani gesproken", ("el amrani",)),
    ("meneer j. de wit belde mij", ("j. de wit",)),
    ("familie kuipers woont naast ons", ("kuipers",)),
    ("mevr. smit-de boer kwam op het spreekuur", ("smit-de boer",)),
    ("raadslid hendriks vroeg om geheimhouding", ("hendriks",)),
    ("toen zei griffier mulder dat het niet mocht", ("mulder",)),
    ("jan de vries heeft het gedaan", ("jan de vries",)),
    ("ik sprak met piet bakker over de loods", ("piet bakker",)),
    ("fatima el idrissi belde de griffie", ("fatima el idrissi",)),
    ("de eigenaar heet mohammed yilmaz", ("mohammed yilmaz",)),
    ("zijn naam is kees", ("kees",)),
    ("WETHOUDER JANSEN BELDE MIJ", ("JANSEN",)),
    ("MEVROUW VAN DER VEEN WAS ERBIJ", ("VAN DER VEEN",)),
    ("Ton (de griffier) zei het ook.", ("Ton",)),
    ("Ahmed, een collega, had het gezien.", ("Ahmed",)),
    ("Sanne heeft alles opgeschreven.", ("Sanne",)),
    ("Willem was boos.", ("Willem",)),
    ("Kees zou het regelen.", ("Kees",)),
    ("Wij kennen hem als Dikke Henk.", ("Dikke Henk",)),
    ("Een zekere De Groot hing aan de lijn.", ("De Groot",)),
    ("Zij heet Nguyen Thi Lan.", ("Nguyen Thi Lan",)),
    ("Wethouder mr. dr. A.J. van Lier-Schreurs tekende.", ("A.J. van Lier-Schreurs",)),
    ("De broers Özdemir waren er ook.", ("Özdemir",)),
    ("De auto had kenteken AB-12-34.", ("AB-12-34",)),
    ("Kenteken 12-34-AB.", ("12-34-AB",)),
    ("Het was 12-AB-34.", ("12-AB-34",)),
    ("Genoteerd: AB-12-CD.", ("AB-12-CD",)),
    ("Genoteerd: AB-CD-12.", ("AB-CD-12",)),
    ("Genoteerd: 12-AB-CD.", ("12-AB-CD",)),
    ("Genoteerd: 12-ABC-3.", ("12-ABC-3",)),
    ("Genoteerd: 1-ABC-23.", ("1-ABC-23",)),
    ("Genoteerd: AB-123-C.", ("AB-123-C",)),
    ("Genoteerd: A-123-BC.", ("A-123-BC",)),
    ("Genoteerd: ABC-12-D.", ("ABC-12-D",)),
    ("Genoteerd: A-12-BCD.", ("A-12-BCD",)),
    ("Genoteerd: 1-AB-234.", ("1-AB-234",)),
    ("Genoteerd: 123-AB-4.", ("123-AB-4",)),
    ("Genoteerd: AA-12-34, een auto van het hof.", ("AA-12-34",)),
    ("Genoteerd: CD-12-34.", ("CD-12-34",)),
    ("in de straat stond gz-123-b", ("gz-123-b",)),
    ("een zwarte bmw, 12-abc-3, reed weg", ("12-abc-3",)),
    ("een zwarte bmw met kenteken tx 123 k reed weg", ("tx 123 k",)),
    ("Een Audi (GZ 123 B) stond er.", ("GZ 123 B",)),
    ("Het Duitse kenteken was KLE-AB 1234.", ("KLE-AB 1234",)),
    ("Een Belgische plaat: 1-ABC-234.", ("1-ABC-234",)),
    ("Zijn plaat is GZ–123–B.", ("GZ–123–B",)),
    ("Bel 0612345678.", ("0612345678",)),
    ("Bel 06 12 34 56 78.", ("06 12 34 56 78",)),
    ("Bel 06-12 34 56 78.", ("06-12 34 56 78",)),
    ("Bel +31612345678.", ("+31612345678",)),
    ("Bel +31 (0)6 12345678.", ("+31 (0)6 12345678",)),
    ("Bel 0031612345678.", ("0031612345678",)),
    ("Bel 06‑12345678.", ("06‑12345678",)),
    ("Bel 06 – 1234 5678.", ("06 – 1234 5678",)),
    ("Bel (0342) 41 23 45.", ("(0342) 41 23 45",)),
    ("Bel 0342-412345.", ("0342-412345",)),
    ("Bel 0342 41 23 45.", ("0342 41 23 45",)),
    ("Bel 06.1234.5678.", ("06.1234.5678",)),
    ("Bel 06_12345678.", ("06_12345678",)),
    ("Bel +32 470 12 34 56.", ("+32 470 12 34 56",)),
    ("Bel +49 (0)170 1234567.", ("+49 (0)170 1234567",)),
    ("tel:0612345678", ("0612345678",)),
    ("mob. 6-12345678", ("6-12345678",)),
    ("Bel 088 123 4567 en vraag naar het meldpunt.", ("088 123 4567",)),
    ("Mail jan(at)voorbeeld.nl.", ("jan(at)voorbeeld.nl",)),
    ("Mail jan [at] voorbeeld [dot] nl.", ("jan [at] voorbeeld [dot] nl",)),
    (
        "Mail jan.bakker apenstaartje voorbeeld punt nl.",
        ("jan.bakker apenstaartje voorbeeld punt nl",),
    ),
    ("Mail jan AT voorbeeld DOT nl.", ("jan AT voorbeeld DOT nl",)),
    ("Mail jan @ voorbeeld.nl.", ("jan @ voorbeeld.nl",)),
    ("Mail jan＠voorbeeld.nl.", ("jan＠voorbeeld.nl",)),
    ("Mail j.o’hara@voorbeeld.nl.", ("j.o’hara@voorbeeld.nl",)),
    ("Mail naar piet@xn--brgerhaus-o9a.example.", ("piet@xn--brgerhaus-o9a.example",)),
    ("Kijk op instagram.com/kees_b84.", ("instagram.com/kees_b84",)),
    ("Zijn kanaal is t.me/kees84.", ("t.me/kees84",)),
    ("Zie linkedin.com/in/jan-de-vries-12345.", ("linkedin.com/in/jan-de-vries-12345",)),
    ("Hij woont op 3511EP.", ("3511EP",)),
    ("Hij woont op 3511 EP 12.", ("3511 EP",)),
    ("hij woont op 3511ep 12", ("3511ep",)),
    ("het pand 1234 ab 56 staat leeg", ("1234 ab",)),
    ("BSN: 123456782", ("123456782",)),
    ("Zijn bsn 1234 56 782 stond erin.", ("1234 56 782",)),
    ("burgerservicenummer: 987654321", ("987654321",)),
    ("NL91ABNA0417164300 is zijn rekening.", ("NL91ABNA0417164300",)),
    ("rekening nl91 abna 0417 1643 00", ("nl91 abna 0417 1643 00",)),
    ("rekening NL91.ABNA.0417.1643.00", ("NL91.ABNA.0417.1643.00",)),
    ("Op rekeningnummer 41.71.64.300 stond geld.", ("41.71.64.300",)),
    ("Zijn KvK-nummer is 12345678.", ("12345678",)),
    ("Hij woont in Ospel en werkt elders.", ("Ospel",)),
    ("In Kockengen stond een loods.", ("Kockengen",)),
    ("Een boer uit Rouveen kwam naar ons toe.", ("Rouveen",)),
    ("De loods in Zoeterwoude-Dorp brandde af.", ("Zoeterwoude-Dorp",)),
    ("ik woon in het dorp lutjebroek", ("lutjebroek",)),
    ("in de wijk kanaleneiland gebeurde het", ("kanaleneiland",)),
    ("De wijk Schilderswijk kent dit.", ("Schilderswijk",)),
    ("Het buurthuis in Overvecht ging dicht.", ("Overvecht",)),
    ("Vlak bij Giethoorn ligt een vakantiepark.", ("Giethoorn",)),
    ("De kermis in Tuk werd afgelast.", ("Tuk",)),
    ("Op de hoek van de Breestraat en de Lange Brugstraat.", ("Breestraat", "Lange Brugstraat")),
    ("Het pand aan de Oude Delft 12.", ("Oude Delft 12",)),
    ("In het Achterom 5 zat een drugslab.", ("Achterom 5",)),
    ("Zij woont aan ’t Zand 3.", ("’t Zand 3",)),
    ("De loods aan Bedrijvenweg 7a.", ("Bedrijvenweg 7a",)),
    ("Vakantiepark De Zeven Heuvels was het toneel.", ("De Zeven Heuvels",)),
    ("Café De Gouden Leeuw moest sluiten.", ("De Gouden Leeuw",)),
    ("Aannemersbedrijf Van Wijk BV kreeg de klus.", ("Van Wijk BV",)),
)

TELLING_LATER: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Op een avond stond Henk-Jan van den Bosch voor mijn deur.", ("Henk-Jan van den Bosch",)),
    ("Het appje kwam van Samira Ait Ben Haddou.", ("Samira Ait Ben Haddou",)),
    ("ons raadslid had contact met dennis de groot", ("dennis de groot",)),
    ("dhr van leeuwen belde elke dag", ("van leeuwen",)),
    ("mw de haan was heel boos", ("de haan",)),
    ("ik kreeg een mail van mevrouw van de ven", ("van de ven",)),
    ("toen heeft wethouder koopmans ingegrepen", ("koopmans",)),
    ("burgemeester ter horst sloot het pand", ("ter horst",)),
    ("de heer ten cate is projectontwikkelaar", ("ten cate",)),
    ("notaris dijkstra heeft getekend", ("dijkstra",)),
    ("de dader heet kevin", ("kevin",)),
    ("mijn buurman gerrit zag het", ("gerrit",)),
    ("Marloes zou de notulen maken.", ("Marloes",)),
    ("Rachid, mijn fractiegenoot, hoorde dit.", ("Rachid",)),
    ("fam. hoekstra is verhuisd", ("hoekstra",)),
    ("Ik belde Dhr. Wiersma.", ("Wiersma",)),
    ("Volgens Ouderling Post mocht dat.", ("Post",)),
    ("Ondernemer Sjakie Veldhuis kwam binnen.", ("Sjakie Veldhuis",)),
    ("De vader van Lotte ter Beek wist het.", ("Lotte ter Beek",)),
    ("BURGEMEESTER VAN DEN BERG KREEG POST", ("VAN DEN BERG",)),
    ("Bel me op nul zes: 06 - 98 76 54 32.", ("06 - 98 76 54 32",)),
    ("zijn nummer: 06/98765432", ("06/98765432",)),
    ("whatsapp naar +31-6-98765432", ("+31-6-98765432",)),
    ("kantoor 013 – 590 12 34", ("013 – 590 12 34",)),
    ("tel. 6 98765432", ("6 98765432",)),
    ("mail mij: henk.jansen[at]voorbeeld.nl", ("henk.jansen[at]voorbeeld.nl",)),
    ("mail: henk apenstaartje voorbeeld.nl", ("henk apenstaartje voorbeeld.nl",)),
    ("henk(at)voorbeeld(punt)nl", ("henk(at)voorbeeld(punt)nl",)),
    ("Ik schreef naar info@bouwbedrijf-x.example.", ("info@bouwbedrijf-x.example",)),
    ("een witte bus met kenteken vx-990-l", ("vx-990-l",)),
    ("Zwarte Golf, 99-XTB-4, twee mannen.", ("99-XTB-4",)),
    ("Nummerbord R 888 SK stond op foto.", ("R 888 SK",)),
    ("plaat PGL 22 R", ("PGL 22 R",)),
    ("Poolse kentekenplaat WA 12345 gezien.", ("WA 12345",)),
    ("het huis op 5038 ck 14", ("5038 ck",)),
    ("Adres: Stationsplein 3, 5038CK", ("Stationsplein 3", "5038CK")),
    ("woont in de kerkstraat 14", ("kerkstraat 14",)),
    ("Het zit aan de Nieuwe Markt 2b.", ("Nieuwe Markt 2b",)),
    ("sofinummer 111222333", ("111222333",)),
    ("rekeningnummer NL20INGB0001234567", ("NL20INGB0001234567",)),
    ("KvK 87654321 hoort bij dat bedrijf", ("87654321",)),
    ("btw-nummer NL123456789B01", ("NL123456789B01",)),
    ("een loods in het dorp haarsteeg", ("haarsteeg",)),
    ("Uit Someren-Eind kwamen klachten.", ("Someren-Eind",)),
    ("Bij Nieuw-Vennep ligt een terrein.", ("Nieuw-Vennep",)),
    ("De wethouder van Tytsjerksteradiel zweeg.", ("Tytsjerksteradiel",)),
    ("Haar dochter Fleur zit op die school.", ("Fleur",)),
    ("raadslid mohammed el haddadi kreeg een dreigbrief", ("mohammed el haddadi",)),
    ("De heer Öztürk-Van Dam nam afscheid.", ("Öztürk-Van Dam",)),
    ("Collega Bea kwam ook.", ("Bea",)),
)

ORDINARY = """
Het ging om B. te V. en zijn neef.
Bel 0800-1234.
De raad besloot het voorstel aan te houden.
Een raadslid kreeg een envelop met geld.
De wethouder wilde er niets over zeggen.
De wethouder van wonen heeft het voorstel ingetrokken.
mevrouw de voorzitter, ik heb een vraag
mevrouw zei dat zij niets wist
de heer die binnenkwam zei niets
de heer des huizes was er niet
meneer wilde meteen een antwoord
de wethouder en de burgemeester waren het eens
wethouder financiën was er niet bij
wethouder van financiën en wonen was afwezig
burgemeester en wethouders namen een besluit
burgemeester en raad spraken elkaar
een raadslid van de oppositie stelde vragen
raadslid zijn is een bijbaan
het raadslid dacht dat het mocht
de burgemeester van de stad belde
de burgemeester van een buurgemeente belde
een griffier met ervaring had dit gezien
griffier en raadslid moeten elkaar kunnen vertrouwen
de familie van het raadslid werd bedreigd
de familie wilde verhuizen
familie en vrienden werden ook lastiggevallen
een vriend van vroeger vroeg om een gunst
een vriend uit het dorp vroeg om een gunst
de partner van het raadslid werkt bij het bedrijf
mijn partner en ik waren bang
de directeur van het bedrijf bood een reis aan
de directeur bood kaartjes aan
een ondernemer uit de buurt wilde een vergunning
de ondernemer vroeg of het sneller kon
de ambtenaar heeft het gemeld bij de vertrouwenspersoon
ambtenaar en raadslid kenden elkaar van de voetbal
de voorzitter van de commissie schorste de vergadering
voorzitter, dank u wel
de agent nam een verklaring op
de notaris weigerde de akte
collega raadsleden vroegen ernaar
mijn collega vertelde het later
de eigenaar van het café was een bekende
de makelaar belde drie keer op een dag
DE RAAD VERGADERT OP DONDERDAG
LET OP: DIT IS VERTROUWELIJK
NIET DOORSTUREN AAN DERDEN
De Raad heeft het Besluit genomen volgens de Verordening.
De Commissie Ruimte vergaderde op woensdag.
Het Presidium sprak erover in maart.
De Gedragscode Integriteit is opnieuw vastgesteld.
De gemeenteraad vroeg het College van burgemeester en wethouders om uitleg.
Wij meldden het bij Meld Misdaad Anoniem.
Het Huis voor Klokkenluiders gaf raad.
De Autoriteit Persoonsgegevens werd gebeld.
De Rijksrecherche deed onderzoek.
Het RIEC en de Belastingdienst deelden informatie.
De Wet open overheid gaf de doorslag.
Het Landelijk Bureau Bibob bracht advies uit.
In 2023 kwam er een nieuwe raad.
Het ging om 1500 euro per maand.
Artikel 2:59 van de APV geldt hier.
Zie artikel 15 van de Gemeentewet.
Het bestemmingsplan Buitengebied werd gewijzigd.
Het Kanaal 12 van de portofoon was druk.
Om 19.30 uur begon de vergadering in de raadzaal.
Op 12 mei 2024 kwam de eerste brief.
De brief had nummer 2024-001234.
Dossiernummer 24.0123 is gesloten.
Zaaknummer 20240012345 werd gesloten.
De begroting was 12.500.000 euro.
Wij betaalden 061234 euro te veel.
De rekening was 1.234.567,89 euro.
Bel 112 bij spoed en 0900-8844 als er geen spoed is.
Bel 0800-7000 om anoniem te melden.
Kijk op de site van de VNG.
Er stonden 12 auto’s op de parkeerplaats.
De fractie van het CDA stemde voor.
D66 en VVD stemden tegen.
GroenLinks-PvdA was verdeeld.
De SP-fractie stelde vragen.
Leefbaar was de grootste partij.
Gemeentebelangen en Lokaal Sterk vormden een coalitie.
Wij vroegen advies aan de Vereniging van Griffiers.
Het Openbaar Ministerie seponeerde de zaak.
Een Poolse arbeider huurde een kamper.
De Nederlandse Bond voor Vrijwilligers hielp.
In de zomer van 2021 was het stil.
Met Sinterklaas kwam er een pakket.
Op Hemelvaartsdag stond er iemand voor de deur.
Op eerste kerstdag werd er gebeld.
Hij reed in een zwarte Mercedes met getinte ramen.
Zij stuurde een appje via Signal.
Een bericht op X en op Facebook ging rond.
Via Marktplaats werd een auto aangeboden.
Ze betaalden met bitcoin en met Tikkie.
De Telegraaf schreef erover.
Nieuwsuur besteedde er aandacht aan.
Het was een avond in november.
“Doe je mee?” vroeg hij.
“Nee,” zei ik. “Dat doe ik niet.”
‘Waarom niet?’ vroeg de man.
– Wie belt u als eerste?
1. Meld het bij de burgemeester.
2. Schrijf op wat er gebeurde.
a) Bespreek het met de griffier.
Lessen: meld het meteen, en praat erover.
Conclusie: Wees op tijd.
Vooraf was er een gesprek. Achteraf niet.
Bestuurders krijgen vaker te maken met druk.
Criminelen zoeken een zwakke plek.
Ondernemers en inwoners voelden zich onveilig.
Inwoners kwamen naar het spreekuur.
Bedreigingen kwamen per post.
Vergunningen worden niet zomaar gegeven.
Geld was nooit het probleem, zeiden ze.
Niemand had er iets van gezegd, ook de fractie niet.
Voetbalclub en kerk zijn hier belangrijk.
Politie kwam snel ter plaatse.
Beveiliging werd meteen geregeld.
Vertrouwen is belangrijk in de raad.
Tijdens de verkiezingen van 2022 ging het mis.
Achter de schermen werd er gelobbyd.
Bouwen mag daar niet.
Stemmen is een recht.
Zwijgen was geen optie.
Werken in de raad is mooi.
Roddels gingen door het dorp.
De vergunning voor het evenement was te laat.
Een bekende voetballer opende de zaak.
Het bedrijf wilde een stuk grond kopen van de gemeente.
Iemand bood aan de verbouwing van de keuken te betalen.
We hebben de Wet Bibob toegepast, en de Opiumwet artikel 13b.
De Burgemeester sloot het pand voor drie maanden.
De Wethouder trad af.
Als Raadslid weet je dat niet altijd.
In het Coalitieakkoord stond er niets over.
De Rekenkamercommissie deed onderzoek.
Onze Griffie hielp goed.
Uit Angst zei hij niets.
Het Dagelijks Bestuur vergaderde.
De Omgevingsdienst controleerde.
Er lag een A4 op tafel, en een USB-stick.
Kamer 12 was leeg.
Bijlage 3A en tabel 2-B-1 zijn geheim.
De N201 en de A2 waren dicht.
De raad telt 39 leden, van wie 12 nieuw.
Het is vier-en-twintig uur later.
Wij gingen van 10-12 uur naar het gemeentehuis.
Sindsdien gaan we met z’n tweeën naar zulke afspraken.
Volgens mij klopt dat niet.
in de gemeente was veel te doen
in het dorp wist iedereen het
in de wijk is het nu rustig
de man at mee in het restaurant. nl. omdat hij trek had
hij at een punt taart
er punt nl. nog iets uit
heet water stond klaar
hij heet ons welkom
zijn naam is bekend bij de politie
zij noemde geen namen
de eigenaar heet iedereen welkom
wij heten hem welkom
hans en grietje is een sprookje
het roer ging om
mijn beste vriend is raadslid
een oud-wethouder is nu adviseur
een oud-wethouder kreeg een baan bij het bedrijf
de wethouder kreeg een baan bij het bedrijf
mevrouw kreeg bloemen
de heer en mevrouw kwamen samen
burgemeester zijn is niet altijd makkelijk
raadslid worden was een droom
boa's en agenten werkten samen
de agent in de wijk kent iedereen
wijkagent en jongerenwerker spraken met ons
""".strip().splitlines()

ORDINARY_LATER = """
wij kregen een brief van een advocaat uit de stad
een advocaat met veel ervaring stond ons bij
de makelaar kende de verkoper
de aannemer vroeg om een aanbetaling
collega’s uit de fractie wisten ervan
mijn collega gaf mij gelijk
de burgemeester gaf een verklaring
burgemeester gaf geen antwoord
wethouder trok het voorstel in
raadslid bezocht de ondernemer thuis
griffier las de brief voor
mevrouw begon te huilen
mevrouw barstte in tranen uit
meneer hing op
familie kwam op bezoek
de familie trok zich terug
de heer naast mij fluisterde iets
de dokter schreef rust voor
de agent noteerde alles
agent nam alles op
notaris had twijfels
de imam sprak in de moskee
de dominee hield een preek
een raadslid per partij mocht mee
burgemeester per direct ontslagen
wethouder ad interim nam het over
wethouder jeugdzorg wist van niets
wethouder verkeer en vervoer zweeg
wethouder duurzaamheid sprak met bewoners
raadslid namens de lokale partij
commissielid zonder stemrecht
fractievoorzitter geworden in 2018
buurman en buurvrouw hielpen
buurvrouw hoorde geschreeuw
dokter bellen hielp niet
een collega bracht bloemen
hij is als raadslid kwetsbaar
zij werd als wethouder bedreigd
als burgemeester sta je alleen
het pand staat in de wijk achter het station
in het dorp heerste onrust
in het dorp hoorde je er veel over
in de wijk stonden vaak dure auto’s
uit de wijk kwamen klachten
van het dorp bleef niets heel
1-mrt-24 was de eerste melding
van 10-12 en van 13-15 uur
de cijfers 2020–2024 zijn openbaar
Een bedrag van 2500 in contanten.
Het besluit van 2021 is ingetrokken.
In 2019 en 2020 gebeurde er niets.
Nummer 12345678 van de nota ontbrak.
Factuur 20231234 werd betaald.
Er kwamen 1200 mensen op af.
Om 9.00 uur waren wij er.
We gaven het een 7 op een schaal van 10.
Hij at een broodje. Nl. met kaas.
De punt nl is weg.
iedereen at mee op de barbecue van het bedrijf
Aan het eind van de avond bood hij een lift aan.
Achter de bar stond een bekende ondernemer.
Bewoners klaagden over overlast.
Contant geld lag op tafel.
Drugs werden gevonden in een schuur.
Een Kamerlid stelde vragen aan de minister.
De Minister van Justitie gaf antwoord.
Het Kabinet nam maatregelen.
De Provincie gaf subsidie.
Het Waterschap deed aangifte.
De Officier van Justitie eiste straf.
De Rechtbank sprak hem vrij.
Het Gerechtshof oordeelde anders.
De Nationale Politie onderzocht het.
Het Team Ondermijning kwam langs.
De Commissaris van de Koning belde.
De Ombudsman schreef een rapport.
De Woo en de Awb gelden hier.
De Kadernota werd besproken.
Hij droeg een Rolex.
Wij gebruikten Teams en Zoom.
Het stond in het AD en in Trouw.
Vitaal Vakantiepark was het plan.
In Spanje werd een huis gekocht.
Met Oud en Nieuw was het onrustig.
Op Bevrijdingsdag was er een optreden.
Tijdens Carnaval werd er gedronken.
Ons raadslid is lid van de Rotary en de Lions.
Meld M. is anoniem.
Een kilo of ton, dat maakte niet uit.
Er zat een roos bij de brief.
Het bos was donker, en niemand hielp ons.
Het was koud in januari, op 12 jan. om precies te zijn.
Wil je dit melden? Dan kan dat.
Mark is een munt van vroeger.
Fleur je dorp op, heette de actie.
Max. drie keer per jaar.
Eva en adam zijn bekend.
""".strip().splitlines()
