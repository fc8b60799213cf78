"""The first words of a new site: true, short, and meant to be replaced by editors."""

from datetime import date
from typing import Any, Final

HOME: Final[dict[str, Any]] = {
    "title": "Raadsleden & Veiligheid",
    "hero_title": "Sta sterk in het lokaal bestuur",
    "hero_text": (
        "Leer in korte modules hoe u druk herkent, een grens stelt en hulp zoekt. "
        "Voor raadsleden, bestuurders en medewerkers van gemeenten."
    ),
    "search_description": (
        "Korte modules over integriteit en weerbaarheid voor raadsleden, bestuurders en "
        "medewerkers van gemeenten."
    ),
}

TRANSLATED_HOMES: Final[dict[str, dict[str, Any]]] = {
    "en": {
        "title": "Council Members & Safety",
        "hero_title": "Stand firm in local government",
        "hero_text": (
            "Short modules on how to recognise pressure, draw a line and find help. "
            "For council members, aldermen and municipal staff."
        ),
        "search_description": (
            "Short modules on integrity and resilience for council members, aldermen and "
            "municipal staff."
        ),
    },
    "fy": {
        "title": "Riedsleden & Feilichheid",
        "hero_title": "Stean sterk yn it lokaal bestjoer",
        "hero_text": (
            "Lear yn koarte modules hoe’t jo druk werkenne, in grins stelle en help sykje. "
            "Foar riedsleden, bestjoerders en meiwurkers fan gemeenten."
        ),
        "search_description": (
            "Koarte modules oer yntegriteit en wjerberens foar riedsleden, bestjoerders en "
            "meiwurkers fan gemeenten."
        ),
    },
}

PAGES: Final[dict[str, dict[str, Any]]] = {
    "visiedocument": {
        "title": "Visiedocument Ondermijning",
        "show_in_menus": True,
        "written_on": date(2017, 10, 17),
        "introduction": (
            "<p>Welke rol heeft de VNG in de aanpak van ondermijning? "
            "Het visiedocument uit 2017 geeft antwoord.</p>"
        ),
        "occasion": (
            "<p>Welke rol hebben gemeenten en andere partijen bij de aanpak van ondermijning? "
            "En wat betekent dat voor de VNG? Daarvoor is het visiedocument geschreven.</p>"
        ),
        "outcome": (
            "<p>Gemeenten en partners zien de VNG vooral als aanjager: zij brengt "
            "bewustwording op gang.</p>"
        ),
        "cooperation": (
            "<p>De VNG werkt samen met onder meer het Bureau Regioburgemeesters, het LIEC, "
            "de RIEC’s, het CCV en ministeries.</p>"
        ),
    },
    "nieuws": {
        "title": "Nieuws",
        "show_in_menus": True,
        "introduction": "Wat er gebeurt in de aanpak van ondermijning.",
    },
    "partners": {
        "title": "Partners",
        "show_in_menus": True,
        "introduction": "Met deze partijen werkt de VNG samen volgens het visiedocument.",
    },
    "instrumenten": {
        "title": "Instrumenten",
        "show_in_menus": True,
        "introduction": (
            "Checklists, handreikingen en modelregelingen. Zij helpen om te voorkomen dat "
            "criminelen binnenkomen in het lokaal bestuur."
        ),
    },
    "agenda": {
        "title": "Agenda",
        "show_in_menus": True,
        "introduction": "Wat wij en onze partners organiseren.",
    },
    "toegankelijkheid": {
        "title": "Toegankelijkheid",
        "introduction": "Iedereen moet deze site kunnen gebruiken.",
        "body": [
            (
                "text",
                (
                    "<p>Deze site is gemaakt om te voldoen aan de eisen voor toegankelijkheid van "
                    "de overheid (WCAG 2.2, niveau AA). De site is nog niet onderzocht door een "
                    "onafhankelijke partij.</p><p>Lukt iets niet? Vertel het de beheerder van "
                    "deze site.</p>"
                ),
            )
        ],
    },
    "privacy": {
        "title": "Privacy",
        "introduction": "Wij bewaren zo weinig mogelijk van u.",
        "body": [
            (
                "text",
                (
                    "<p>Leest u alleen? Dan bewaren wij niets over u.</p><p>Logt u in? Dan bewaren "
                    "wij uw naam, uw e-mailadres, uw taal, de extra tijd die u bij toetsen vroeg, "
                    "bij welke gemeente u hoort en wat u geleerd hebt. Vraagt u om één vraag per "
                    "week per e-mail, dan ook wat u daarop "
                    "antwoordt: alleen u ziet dat. Vraagt u om de nieuwsbrief, dan bewaren wij "
                    "daarvoor uw adres tot u stopt. Uw gemeente ziet of u een module hebt afgerond "
                    "en wanneer. Uw gemeente ziet nooit uw antwoorden of uw score. "
                    "Wie gegevens van mensen bekijkt of downloadt, staat een jaar lang in een "
                    "logboek.</p><p>Wie de code van uw certificaat heeft, ziet of het geldig is, "
                    "de titel, de dag, de omvang en tot wanneer. Uw naam staat er alleen bij als "
                    "u dat aanzet.</p>"
                ),
            )
        ],
    },
}
