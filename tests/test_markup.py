"""What people fill in comes back as words on every page, and never as markup."""

import json

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from accounts.models import User
from home.models import LawArticle, NewsIndexPage, NewsPage, Partner
from learning.models import (
    Completion,
    Invitation,
    LessonPage,
    ModulePage,
    Municipality,
    MunicipalitySettings,
    Question,
    QuizPage,
    Requirement,
    Waiver,
)
from tests import factories
from tests.forms import LINK, MARK, SHORT, WORDS, forms_in, runs
from tests.test_access import OK, TABLE, attempt, job, numbers, people

# Fixtures of the other test of every address.
__all__ = ["attempt", "job", "numbers", "people"]

pytestmark = pytest.mark.django_db

STRUCTURE = {"code_of_conduct", "slug", "url_path", "path", "code", "url", "token_hash"}
VIDEO = "https://video.voorbeeld.example/"


@pytest.fixture
def chief(people, signed_in):
    return signed_in(people["chief"])


def rich(text=WORDS, url=LINK):
    """What the rich text editor sends: words, with a link to where none may lead."""
    block = {
        "key": "a",
        "text": text,
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [{"offset": 0, "length": 8, "key": 0}],
    }
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": url}}
    return json.dumps({"blocks": [block], "entityMap": {"0": link}})


def listed(*values):
    """A list block as its form sends it."""
    children = {
        str(n): {"value": value, "order": str(n), "deleted": "", "id": ""}
        for n, value in enumerate(values)
    }
    return {"count": str(len(values)), **children}


def every_block():
    image = get_image_model().objects.create(title=WORDS, file=get_test_image_file())
    document = get_document_model().objects.create(
        title=WORDS, file=ContentFile(b"x", name="stuk.pdf")
    )
    article = factories.make_law_article()
    part = {"title": WORDS, "text": rich()}
    return [
        ("text", rich()),
        ("heading", {"text": WORDS, "level": "h2"}),
        (
            "image",
            {
                "image": str(image.pk),
                "alt_text": WORDS,
                "decorative": "",
                "caption": WORDS,
                "cut": "wide",
            },
        ),
        ("quote", {"text": WORDS, "source": WORDS}),
        ("callout", {"kind": "tip", "title": WORDS, "text": rich()}),
        ("video", {"title": WORDS, "url": VIDEO, "minutes": "2", "transcript": rich()}),
        ("accordion", {"items": listed(part)}),
        ("document", {"document": str(document.pk), "description": WORDS}),
        ("law_article", {"article": str(article.pk), "explanation": rich()}),
    ]


def published(browser, address, data):
    """Send a form of the admin's and publish what it makes."""
    response = browser.post(
        address, nested_form_data(data | {"action-publish": "1", "comments": inline_formset([])})
    )
    assert response.status_code == 302, response.context["form"].errors
    return response


def shown(browser, path):
    """A page that shows what was typed."""
    response = browser.get(path)
    assert response.status_code == 200, path
    html = response.content.decode()
    assert MARK in html, path
    assert not runs(html), path
    return html


def test_every_block_of_a_lesson_and_of_news(chief, numbers, people, signed_in):
    for model, parent, fields in (
        (
            LessonPage,
            ModulePage.objects.get(slug="eed"),
            {
                "minutes": "5",
                "introduction": WORDS,
                "source": WORDS,
                "checked_on": "2026-11-01",
                "is_example": "on",
            },
        ),
        (
            NewsPage,
            NewsIndexPage.objects.get(locale__language_code="nl"),
            {"date": "2026-11-01", "introduction": WORDS, "related_by_hand": inline_formset([])},
        ),
    ):
        blocks = every_block()
        if model is LessonPage:
            box = {"topic": "griffier", "title": WORDS, "text": rich()}
            blocks.append(("in_your_municipality", box))
        address = f"/beheer/pages/add/{model._meta.label_lower.replace('.', '/')}/{parent.pk}/"
        data = fields | {"title": WORDS, "slug": "kwaad", "body": streamfield(blocks)}
        published(chief, address, data)
        page = model.objects.get(slug="kwaad")
        assert len(page.body) == len(blocks)
        html = shown(signed_in(people["learner"]), page.url)
        assert html.count("&lt;kwaad&gt;") > len(blocks)
        shown(chief, f"/beheer/pages/{page.pk}/edit/")


def test_a_question_and_its_options(chief, numbers, people, signed_in):
    option = {"text": WORDS, "feedback": WORDS, "correct": ""}
    other = {"text": f"Anders {WORDS}", "feedback": WORDS, "correct": "on"}
    data = {
        "stem": rich(),
        "hint": WORDS,
        "feedback": rich(),
        "difficulty": "1",
        "editors_note": WORDS,
        "answers": streamfield([("single_choice", {"options": listed(option, other)})]),
    }
    published(chief, "/beheer/snippets/learning/question/add/", data)
    question = Question.objects.latest("pk")
    assert question.live
    module = ModulePage.objects.get(slug="eed")
    quiz = {
        "title": WORDS,
        "slug": "kwaad",
        "introduction": rich(),
        "minutes": "5",
        "pass_mark": "70",
        "quiz_questions": inline_formset(
            [{"question": str(question.pk), "lesson": "", "weight": "1"}]
        ),
        "draws": inline_formset([]),
        "feedback_when": "after_attempt",
        "counts": "best",
        "wait_minutes": "0",
    }
    published(chief, f"/beheer/pages/add/learning/quizpage/{module.pk}/", quiz)
    page = QuizPage.objects.get(slug="kwaad")
    learner = signed_in(people["learner"])
    shown(learner, page.url)
    (begin,) = (
        form
        for form in forms_in(learner.get(page.url).content.decode(), page.url)
        if form.method == "post" and "logout" not in form.action
    )
    asked = learner.post(begin.action, begin.fields).url
    shown(learner, asked)
    learner.post(asked, {"answer": WORDS, "next": "next"})
    overview = asked.rstrip("/").rpartition("/")[0] + "/"
    learner.post(f"{overview}inleveren/", {"sure": "1"})
    shown(learner, overview)
    shown(chief, "/beheer/snippets/learning/question/")
    shown(chief, f"/beheer/snippets/learning/question/edit/{question.pk}/")


def test_partners_and_law_articles(chief, numbers, client):
    data = {
        "name": WORDS,
        "abbreviation": SHORT,
        "kind": "network",
        "description": rich(),
        "url": LINK,
    }
    address = "/beheer/snippets/home/partner/add/"
    refused = chief.post(address, nested_form_data(data))
    assert refused.context["form"].errors.keys() == {"url"}
    assert not runs(refused.content.decode())
    published(chief, address, data | {"url": ""})
    assert Partner.objects.filter(name=WORDS).exists()
    shown(client, "/partners/")
    law = {
        "law": WORDS,
        "number": SHORT,
        "title": WORDS,
        "summary": WORDS,
        "url": "",
        "checked_on": "2026-11-01",
    }
    published(chief, "/beheer/snippets/home/lawarticle/add/", law)
    article = LawArticle.objects.get(law=WORDS)
    shown(chief, f"/beheer/snippets/home/lawarticle/edit/{article.pk}/")
    shown(chief, "/beheer/snippets/home/lawarticle/")


def is_text(field):
    """Whether a model's field is a line or a text that may hold anything."""
    return (
        isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, RichTextField | models.GenericIPAddressField)
        and not field.choices
        and field.name not in STRUCTURE
    )


def fill(model):
    """Write it in every line and text that these rows have."""
    fields = [field for field in model._meta.get_fields() if is_text(field)]
    for number, row in enumerate(model._default_manager.all()):
        for field in fields:
            room = field.max_length or 1000
            value = WORDS if room > len(WORDS) + 4 else SHORT[:room]
            setattr(row, field.name, f"{number}{value}" if field.unique else value)
        model._default_manager.filter(pk=row.pk).update(
            **{field.name: getattr(row, field.name) for field in fields}
        )


def test_what_people_are_called_and_what_was_said_of_them(people, numbers, signed_in, client):
    """Straight into the database, past every form; then every page as who sees it."""
    utrecht = Municipality.objects.get(slug="utrecht")
    clerk, learner = people["monitor"], people["learner"]
    requirement = Requirement.objects.get(pk=numbers["requirement"])
    factories.finish(learner, ModulePage.objects.get(slug="eed"), recorded_by=clerk, evidence=WORDS)
    Waiver.objects.create(
        person=learner,
        requirement=requirement,
        municipality=utrecht,
        reason=WORDS,
        granted_by=clerk,
    )
    MunicipalitySettings.objects.create(
        municipality=utrecht, email_domains=[WORDS], report_recipients=[WORDS]
    )
    factories.make_path([ModulePage.objects.get(slug="eed")])
    for model in (
        Completion,
        Invitation,
        Municipality,
        MunicipalitySettings,
        Page,
        ModulePage,
        Requirement,
        User,
    ):
        fill(model)
    browsers = {who: signed_in(person) for who, person in people.items()} | {"visitor": client}
    wrong, seen = [], 0
    for path, row in TABLE.items():
        for who in ("visitor", "learner", "monitor", "nation", "administrator"):
            if row[who] != OK or path.endswith((".pdf", ".xlsx", ".csv")):
                continue
            if who == "administrator" and not path.startswith("/beheer/"):
                continue
            response = browsers[who].get(path.format(**numbers))
            # What no browser shows as a page runs nothing: it holds the words as they are.
            if "json" in response["Content-Type"] or "text/calendar" in response["Content-Type"]:
                continue
            html = response.content.decode(errors="replace")
            seen += MARK in html
            wrong += [(who, path)] if runs(html) else []
    assert wrong == []
    assert seen > 30


def test_a_file_with_people(people, numbers, signed_in):
    monitor = signed_in(people["monitor"])
    rows = (
        f"Naam;E-mail;Rol;Begindatum;{WORDS.replace(';', '')}\n"
        '"{name}";nieuw@utrecht.example;raadslid;1-4-2026;x\n'
        '"{name}";{name};{name};{name};x\n'
    ).format(name=WORDS.replace('"', '""').replace(";", ""))
    file = SimpleUploadedFile(f"{WORDS.replace('/', '')}.csv", rows.encode())
    address = "/gemeente/utrecht/importeren/"
    response = monitor.post(address, {"file": file}, follow=True)
    assert response.redirect_chain, response.content.decode()
    html = response.content.decode()
    assert MARK in html
    assert not runs(html)
    shown(monitor, response.redirect_chain[-1][0])
