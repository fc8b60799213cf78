"""Words by which a name is known that its capital does not give away.

Either it was typed in small letters, or it begins a sentence, where every word has a capital. The
first names are a handful of those that are often given here: they help, and are far from whole.
"""

from typing import Final

from practice.rules.identifying_words import listed

# Somebody is spoken of: what follows is nearly always how they are called.
FORMS_OF_ADDRESS: Final = (
    *("de heer", "dhr.", "dhr", "mevrouw", "mevr.", "mevr", "mw.", "mw", "meneer", "mijnheer"),
    *("juffrouw", "familie", "fam.", "gebroeders", "gebr."),
)
# Without an article before them somebody's name follows: “wethouder jansen”, not “de wethouder”.
OFFICES: Final = (
    *("wethouder", "burgemeester", "raadslid", "oud-raadslid", "oud-wethouder", "griffier"),
    *("oud-burgemeester", "fractievoorzitter", "raadsgriffier", "commissielid", "wijkagent"),
    *("gemeentesecretaris", "agent", "inspecteur", "notaris", "advocaat", "makelaar", "aannemer"),
    *("dokter", "huisarts", "imam", "dominee", "pastoor", "buurman", "buurvrouw", "collega"),
)
# Before a name in any case.
CALLED: Final = ("heet", "heette", "genaamd", "zekere", "ene", "naam is", "naam was")
# Within a name, and in the language of today nowhere else.
SURE_PARTICLES: Final = (
    *("van den", "van der", "van 't", "van ’t", "op den", "in 't", "in ’t", "op 't", "op ’t"),
    *("von", "el", "ben", "bin", "ibn", "den"),
)
# Within a name, and elsewhere as well.
PARTICLES_LIKE_WORDS: Final = ("van de", "van het", "van", "de", "ter", "ten", "te", "la", "le")

FIRST_NAMES: Final = listed(
    """
    aart abdel abdelkader abdul abdullah achmed adam adriaan adriana agnes ahmed ahmet aicha albert
    alex alexander ali alice alida alie amber amina amir anita anja anna annelies annemarie annemiek
    annet anneke anouk anthonie anton antoon antoinette appie arend arie arjan arjen arno arnold
    arthur astrid aydin aziz barbara bart bas ben benjamin berend bernard bert berta bertus bianca
    bilal björn boudewijn bram brahim brigitte burak caroline carolien carla carlo cees cemal
    charlotte chantal chris christa christiaan christian christina claudia cornelis corrie daan
    daniel danielle danny david dennis desiree dewi diana dick diederik dilara dirk dominique dorien
    driss edwin edward eefje elif elise ellen elly elke els elsbeth emiel emine emma emre erdal erik
    eric ernst esmee esra esther eva evelien evert fadime farid fatih fatima fatma femke ferdi ferry
    fleur floor floris frank frans fred frederik freek frits gerard gerben gerda gerrit gert gertjan
    gijs gillis greetje greta guido guus hakan halil hamid hamza hanneke hannah hans harm harrie
    harry hassan hein heleen helena hendrik henk henny herman hetty hilde hugo huseyin hüseyin
    ibrahim ilse imane ineke inge ingrid irene iris irma isa ismail ivo iwan jaap jack jacob
    jacqueline jamal jan janine janneke jannie jantje jasmijn jasper jelle jeroen jessica jesse jill
    jim jip joanna joep johan johanna johannes john jolanda joop joost joris jos josé judith jules
    julia jurgen jürgen jurre karel karim karin kees kemal kevin khadija khalid kim klaas klaartje
    koen koos kristel lars laura leo leon leonie lex lianne lida lieke lies lieve linda lisa lisette
    lotte louis luc lucas ludo luuk lydia maaike maarten madelon mahmoud malika manon marcel
    margriet maria marianne marieke marije marijke marike marina mario marissa mariska marjan
    marjolein marjolijn marleen marloes martijn martin martine mathijs matthijs maurice max mehmet
    melissa menno merel michael michel michiel mieke mike milan milou mimoun mirjam miranda mohamed
    mohammed monique mourad murat mustafa myrthe nadia nancy naomi natasja nathalie nel nick nico
    nicole niels niek nienke nina noor nora noortje olaf olga omar onno orhan oscar osman otto
    patricia patrick paul paula pauline peter petra pieter piet pim priscilla quinten quirijn rachid
    ramon raymond rené rens renate renske remco reinier richard rick rik rianne ria riet rina rob
    robbert robert robin roel roeland roelof ron ronald roos rosa roxanne ruben rudolf ruud sabine
    sabrina said samira sander sandra sanne sara sarah saskia sebastiaan sem serkan sharon siem
    sietske silvia simon sjaak sjaan sjoerd sofie sonja stan stefan steven sven sylvia tamara tanja
    teun theo thijs thom thomas tim tineke tijs tjeerd tom ton toos trees trudy truus twan ulrike
    umut vera veronique victor vincent wessel wietske wilbert wilco willem willemijn willeke wim
    wouter xander yasin yasmin yasmina yasmine youssef yusuf yvette yvon yvonne zakaria zeynep zohra
    """
)
# Also an ordinary word in small letters, or a thing.
ALSO_WORDS: Final = listed(
    """
    adam amber ben bas els elke floor fleur frank iris isa jip kim leo lieve lies lex max merel nel
    noor pim roos rob rosa ron ria rens sem siem stan tom ton trees tim vera victor ferry john jack
    hein harm koos
    """
)

# What follows a title and is no name. Verbs by their ending are told apart by rule.
AFTER_TITLES: Final = listed(
    """
    had heeft hebt heb is was ben bent zijn waren wordt werd worden geworden geweest kan kon kunnen
    mag mocht moet moest mogen moeten wil wilde zal zou zullen gaat ging gaan doet deed doen staat
    stond ziet zag zien komt kwam komen krijgt kreeg krijgen vindt vond denkt dacht zegt zei zeggen
    vraagt vroeg weet wist laat liet blijft bleef blijven neemt nam geeft gaf houdt hield ligt lag
    zit zat loopt liep leest las spreekt sprak schrijft schreef trekt trok vertrekt vertrok belt
    belde kent werkt woont leeft hoort legt leidt lijkt leek kijkt keek koopt kocht biedt bood
    brengt bracht begint begon begreep begrijpt besloot besluit beslist bleek blijkt draagt droeg
    ontving ontvangt ontstond opent sluit sloot stapt steunt stelt stemt stuurt tekent trad treedt
    valt viel vangt ving verbiedt verbood verdween verdwijnt vergat vergeet verlaat verliet verloor
    verscheen verschijnt verbleef vertelt verwees verwijst verzocht verzoekt voelt volgt wees wijst
    wint won zoekt zocht zweeg zwijgt riep roept reed rijdt slaat sloeg schrok schrikt sliep slaapt
    sterft stierf at eet dronk drinkt droomt heet heette gunt hangt hing helpt hielp koos kiest
    kreeg meldt meent merkt noemt past praat presenteert raakt regelt schorst speelt spelen spoort
    stopt toont twijfelt verdient verhuist verklaart vermoedt vertrouwt verwacht vreest wacht
    weigert zet zorgt bezoekt bezocht ontkent erkent bedankt zonder zelf zelfs zichzelf zich elkaar
    mee samen alleen allebei allemaal ook nog al toch wel niet nooit altijd vaak soms weer even
    eerst later nu toen dan daar hier er via per tegen tegenover wegens namens ondanks inzake
    betreffende binnen buiten boven onder naast achter tijdens sinds vanaf vanuit rond rondom
    richting langs omdat doordat zodat zodra terwijl hoewel voordat nadat totdat mits tenzij want
    maar doch dus die dat wie wat welke welk waar waarvan waarmee waarom wanneer hoe als alsof dan
    of en ofwel mijn uw zijn haar ons onze hun jouw deze dit elk elke ieder iedere iedereen iemand
    niemand ik jij je u hij zij ze wij we jullie hen hem mij me men een het de geen veel weinig meer
    minder genoeg beide twee drie vier vijf zes zeven acht negen tien elf twaalf aan bij door in met
    na naar om op over te tot tegelijk uit van voor zo raadsleden ambtenaren bestuurders wethouders
    burgemeesters griffiers kinderen vrienden leden bezwaar bouwen cultuur domein economie financiën
    jeugd milieu mobiliteit ruimte sociaal sport onderwijs verkeer wonen zorg natuur toerisme
    energie dienstverlening personeel organisatie justitie recherche politie veiligheid lid
    plaatsvervanger waarnemer kandidaat fractie partij water licht nieuw oud nieuwe oude eerste
    tweede eigen andere goed goede lief beste anoniem overal nergens ergens liever graag misschien
    opnieuw direct meteen gisteren vandaag morgen zaken vrijdag maandag dinsdag woensdag donderdag
    zaterdag zondag weg thuis bang boos blij tijde onrechte slotte aanzien koste gevolge opzichte
    minste behoeve gunste laste dele prooi plaatse zitting zake sprake inzage beschikking tafel
    discussie gelegenheid kennis hoogte wereld stede wille plekke aarde voorzitter raad burgemeester
    wethouder griffier secretaris lidmaat huizes stad gemeente buurt wijk straat overkant hoofdrol
    oppositie coalitie commissie dorp staan slaan ad interim des der mr dr ir ing drs prof kwamen
    gingen kregen zaten stonden lagen vonden dachten zeiden partijen groep bank club vereniging
    stichting kerk school bedrijf koning krant dag avond week ander anderen zaak kant zoon dochter
    man vrouw vader moeder broer zus
    """
)
# Verbs, adverbs, and what somebody has in hand.
ORDINARY_ENDINGS: Final = (
    *("de", "te", "den", "lijk", "lijke", "isch", "ische", "ing", "heid", "end", "ende", "zaken"),
    *("orde", "zorg", "beheer", "schap", "tie", "teit", "ment"),
)
# And yet a surname.
NAMES_ALL_THE_SAME: Final = listed(
    """
    linde velde heide zande beemde horde weide ende lind bende brande poorte gracht wieringa wissing
    reuring harting rutte witte prinsenbeek vente korte bonte groote hoogte vonte oude
    """
)
# Surnames after “de”, where a title and “de” alone say little: “mevrouw de voorzitter”.
AFTER_DE: Final = listed(
    """
    vries jong boer wit groot haan bruin bruijn graaf koning ruiter lange leeuw haas waal wilde
    zeeuw rooij rooy roos vos jager kok bont beer bree grave gier goede groen heer hoop jonge kleijn
    klerk korte kort lang leede man mol nijs pauw raad ridder rijk rijke ruijter smet smit swart
    vaan visser vreede waard weerd winter witte wolf zwart backer bakker mos laat gans hond
    """
)
# After “van de”, “ter” and “ten”, which lead to ordinary words as well: “ter plaatse”.
AFTER_OTHERS: Final = listed(
    """
    avest beek berg bosch braak brink broeke burg cate geijn graaf griend haar have horst hove kamp
    kate kerkhof laak laar loo napel pas pol sande steeg steege velde ven vijver vondervoort vorst
    water weerd wetering wiel woude zande
    """
)
