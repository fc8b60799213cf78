"""The demo's form: a question to who runs the site, at `/contact/`, in two languages."""

from typing import Any, Final

from wagtail.models import Locale

from home.models import FormField, FormPage, HomePage, SiteFrame

FIELDS: Final = (
    ("singleline", "Uw naam", "Your name", "", ""),
    (
        "email",
        "Uw e-mailadres",
        "Your e-mail address",
        "Hier komt ons antwoord.",
        "For our answer.",
    ),
    (
        "radio",
        "Waar gaat het over?",
        "What is it about?",
        "",
        "",
    ),
    (
        "multiline",
        "Uw vraag of opmerking",
        "Your question or remark",
        "Schrijf geen gegevens van anderen op. Bij druk of dreiging: kijk bij “Hulp nodig?”.",
        "Write nothing about others. Under pressure or threatened? See “Need help?”.",
    ),
)
SUBJECTS: Final = {
    "nl": "De modules\nDeze site\nEen bijeenkomst\nIets anders",
    "en": "The modules\nThis site\nA meeting\nSomething else",
}
TEXTS: Final[dict[str, dict[str, Any]]] = {
    "nl": {
        "title": "Contact",
        "introduction": "Hebt u een vraag of een opmerking? Dit is een voorbeeldsite: er komt geen "
        "antwoord.",
        "consent_text": "Ik vind het goed dat u mijn naam, adres en vraag 30 dagen bewaart om mij "
        "te antwoorden.",
        "thanks": "Op een echte site krijgt u nu binnen vijf werkdagen antwoord.",
        "button": "Versturen",
        "search_description": "Stel een vraag of geef een opmerking door over de modules, deze "
        "site of een bijeenkomst.",
    },
    "en": {
        "title": "Contact",
        "introduction": "Do you have a question or a remark? This is an example site: no answer "
        "will come.",
        "consent_text": "I agree that you keep my name, address and question for 30 days to answer "
        "me.",
        "thanks": "On a real site you would get an answer within five working days.",
        "button": "Send",
        "search_description": "Ask a question or make a remark about the modules, this site or a "
        "meeting.",
    },
}
CONTACT: Final = {
    "organisation": "Voorbeeldorganisatie (verzonnen)",
    "address": "Voorbeeldplein 1\n1234 AB Voorbeeldstad",
    "email": "contact@voorbeeld.example",
}
KEPT: Final = 30


def load_contact() -> None:
    """The form in each language, and the contact data; what is there is left as it is."""
    for number, code in enumerate(TEXTS):
        locale = Locale.objects.filter(language_code=code).first()
        home = HomePage.objects.filter(locale=locale).first()
        if locale is None or home is None:
            continue
        frame = SiteFrame.objects.filter(locale=locale).first()
        if frame is not None and not any(getattr(frame, name) for name in CONTACT):
            for name, value in CONTACT.items():
                setattr(frame, name, value)
            frame.save()
        if FormPage.objects.child_of(home).filter(slug="contact").exists():
            continue
        page = FormPage(
            slug="contact",
            locale=locale,
            show_in_menus=True,
            shows_contact=True,
            keep_days=KEPT,
            **TEXTS[code],
        )
        original = FormPage.objects.filter(slug="contact").first()
        if original is not None:
            page.translation_key = original.translation_key
        home.add_child(instance=page)
        for order, (kind, *words) in enumerate(FIELDS):
            page.form_fields.add(
                FormField(
                    sort_order=order,
                    field_type=kind,
                    label=words[number],
                    help_text=words[2 + number],
                    choices=SUBJECTS[code] if kind == "radio" else "",
                )
            )
        page.save_revision().publish()
