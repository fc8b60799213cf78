"""An editor brings questions in and takes them out: looks first, then decides."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images import get_image_model

from home.permissions import EDITORS
from learning.interchange.questions import item_of
from learning.models import Question, QuestionImport, Topic
from learning.rules.grading import Kind
from learning.rules.interchange import formats
from learning.rules.interchange.formats import Format
from learning.rules.interchange.items import Item, Option, Picture
from tests import factories
from tests.learning.interchange.items_made import PNG
from tests.learning.interchange.samples import SAMPLES

pytestmark = pytest.mark.django_db
IMPORT, EXPORT = "/beheer/vragen-importeren/", "/beheer/vragen-exporteren/"
LAW = "Gemeentewet, artikel 15 lid 3"
CHOICE = Item(
    kind=Kind.SINGLE_CHOICE,
    stem="<p>Wie is <b>voorzitter</b>?</p>",
    options=(Option("de burgemeester", True, "Juist."), Option("de griffier", False, "")),
    hint="Kijk in de Gemeentewet.",
    feedback="<p>Zo staat het er.</p>",
    topics=("Integriteit",),
    note="Nog nakijken.",
    identifier="7d0f4f0e-0f0e-4c43-8a7f-6f4b1f0e7c21",
)


@pytest.fixture
def editor(site, signed_in):
    person = factories.make_user()
    person.groups.add(Group.objects.get(name=EDITORS))
    return signed_in(person)


def upload(client, content, name="vragen.xml"):
    return client.post(
        IMPORT,
        {"file": SimpleUploadedFile(name, content), "locale": factories.locale().pk},
        follow=True,
    )


def decide(client, response, **choices):
    run = response.context["run"]
    return client.post(
        f"{IMPORT}{run.pk}/uitvoeren/",
        {"seen": response.context["plan"].digest, **choices},
        follow=True,
    )


def outcomes(response):
    return [each.outcome for each in response.context["plan"].planned]


def test_questions_become_drafts_after_a_look(editor):
    response = upload(editor, formats.write(Format.MOODLE, [CHOICE]))
    assert outcomes(response) == ["new"]
    page = response.content.decode()
    assert "Er is nog niets geïmporteerd." in page
    assert "<b>voorzitter</b>" in page
    assert not Question.objects.exists()
    response = decide(editor, response, make_topics="on")
    question = Question.objects.get()
    assert not question.live
    assert question.latest_revision is not None
    assert str(question.translation_key) == CHOICE.identifier
    assert [topic.name for topic in question.topics.all()] == ["Integriteit"]
    assert item_of(question) == CHOICE
    assert f"/beheer/snippets/learning/question/edit/{question.pk}/" in response.content.decode()
    assert QuestionImport.objects.get().file == ""


def test_what_was_imported_is_known_when_it_comes_again(editor):
    decide(editor, upload(editor, formats.write(Format.QTI_30, [CHOICE])), make_topics="on")
    changed = replace(CHOICE, hint="Een andere hint.")
    response = upload(editor, formats.write(Format.CSV, [CHOICE, replace(changed)]), "v.csv")
    assert outcomes(response) == ["same", "changed"]
    decide(editor, response)
    assert Question.objects.count() == 1
    response = upload(editor, formats.write(Format.CSV, [changed]), "v.csv")
    decide(editor, response, known="copy")
    assert Question.objects.count() == 2
    assert {question.hint for question in Question.objects.all()} == {CHOICE.hint, changed.hint}


@pytest.mark.parametrize("to", list(Format))
def test_every_kind_goes_out_and_is_the_same_when_it_comes_back(editor, to):
    response = upload(editor, formats.write(Format.MOODLE, SAMPLES))
    decide(editor, response, make_topics="on")
    assert Question.objects.count() == len(SAMPLES)
    query = f"?format={to}&locale={factories.locale().pk}"
    held = [item for item in SAMPLES if formats.reduced(to, item)[0]]
    page = editor.get(f"{EXPORT}{query}")
    assert page.context["held"] == len(held)
    file = editor.get(f"{EXPORT}bestand/{query}")
    assert "attachment" in file["Content-Disposition"]
    response = upload(editor, file.content, f"vragen.{to.extension}")
    assert outcomes(response) == ["same"] * len(held)


def test_a_second_decision_changes_nothing(editor):
    response = upload(editor, formats.write(Format.MOODLE, [CHOICE]))
    decide(editor, response)
    decide(editor, response)
    assert Question.objects.count() == 1


def test_all_or_nothing_unless_it_is_chosen_otherwise(editor):
    wrong = b"Wat vindt u? {=ja ~nee}\n\nZonder goed antwoord {~a ~b}\n"
    response = upload(editor, wrong, "vragen.txt")
    assert outcomes(response) == ["new", "wrong"]
    refused = decide(editor, response)
    assert refused.status_code == 422
    assert not Question.objects.exists()
    response = decide(editor, response, questions="good")
    assert Question.objects.count() == 1
    assert [bool(each["made"]) for each in QuestionImport.objects.get().result] == [True, False]


def test_what_our_own_rules_refuse_is_said_in_the_look(editor):
    response = upload(editor, b"Vraag {>2 ALL VERTICAL\neerst\ndan\n}", "v.txt")
    (planned,) = response.context["plan"].planned
    assert planned.outcome == "wrong"
    assert planned.lines


def test_the_bank_changed_in_the_meantime(editor):
    response = upload(editor, formats.write(Format.MOODLE, [CHOICE]))
    seen = response.context["plan"].digest
    decide(editor, response, make_topics="on")
    response = upload(editor, formats.write(Format.MOODLE, [CHOICE]))
    run = response.context["run"]
    again = editor.post(
        f"{IMPORT}{run.pk}/uitvoeren/", {"seen": seen, "known": "copy"}, follow=True
    )
    assert outcomes(again) == ["same"]
    assert Question.objects.count() == 1


def test_a_picture_comes_along_and_is_kept_once(editor):
    item = replace(CHOICE, picture=Picture("zaal.png", PNG, "De raadszaal"), title="Voorzitter")
    other = replace(item, identifier="een-ander", stem="<p>En nu?</p>")
    content = formats.write(Format.QTI_21, [item, other])
    decide(editor, upload(editor, content, "p.zip"))
    questions = Question.objects.order_by("pk")
    assert {question.image_alt for question in questions} == {"De raadszaal"}
    assert get_image_model().objects.count() == 1
    assert "Voorzitter" in questions[0].editors_note
    assert outcomes(upload(editor, content, "p.zip")) == ["changed", "changed"]  # no topic here


def test_what_only_looks_like_a_picture_is_left_out_and_said(editor):
    item = replace(CHOICE, picture=Picture("zaal.png", PNG[:40], "De raadszaal"))
    response = decide(editor, upload(editor, formats.write(Format.QTI_21, [item]), "p.zip"))
    assert Question.objects.get().image is None
    (row,) = QuestionImport.objects.get().result
    assert len(row["lines"]) >= 2
    assert response.status_code == 200


def test_nothing_runs_that_was_hidden_in_a_question(editor):
    evil = (
        b'<quiz><question type="shortanswer"><name><text>&lt;script&gt;a</text></name>'
        b'<questiontext format="html"><text><![CDATA[<p onclick="x()">Wat?<script>alert(1)'
        b'</script><a href="java&#10;script:alert(1)">k</a><img src="x" onerror="y()">'
        b"<iframe src=//x></iframe><svg onload=z()></svg></p>]]></text></questiontext>"
        b'<answer fraction="100"><text>&lt;img src=x onerror=a()&gt;</text></answer>'
        b"</question></quiz>"
    )
    response = upload(editor, evil)
    (planned,) = response.context["plan"].planned
    assert planned.item.stem == "<p>Wat?k</p>"
    said = " ".join(planned.lines)
    for name in ("onclick", "script", "href", "iframe", "svg"):
        assert name in said
    page = response.content.decode()
    assert "<script>a" not in page
    assert "<img src=x" not in page
    decide(editor, response)
    assert Question.objects.get().stem == "<p>Wat?k</p>"


def test_a_law_article_is_found_by_its_name(editor):
    article = factories.make_law_article(law="Gemeentewet", number="15 lid 3")
    item = replace(CHOICE, law=(LAW, "Onbekende wet, artikel 1"))
    response = upload(editor, formats.write(Format.GIFT, [item]), "v.txt")
    (planned,) = response.context["plan"].planned
    assert any("Onbekende wet" in line for line in planned.lines)
    decide(editor, response)
    assert list(Question.objects.get().law_articles.all()) == [article]


def test_topics_are_made_only_when_asked(editor):
    decide(editor, upload(editor, formats.write(Format.MOODLE, [CHOICE])))
    assert not Topic.objects.exists()
    assert not Question.objects.get().topics.exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        b"<quiz></quiz>",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><quiz/>",
        b"PK\x03\x04rommel",
        b"gewoon een brief",
        b"%PDF-1.7",
    ],
)
def test_a_file_that_cannot_be_read_is_said_to_be_so(editor, content):
    response = upload(editor, content)
    assert response.status_code == 422
    (error,) = response.context["form"].errors["file"]
    assert error.endswith((".", "?"))
    assert not QuestionImport.objects.exists()


def test_somebody_elses_file_is_not_there(editor, client):
    upload(editor, formats.write(Format.MOODLE, [CHOICE]))
    run = QuestionImport.objects.get()
    other = factories.make_user()
    other.groups.add(Group.objects.get(name=EDITORS))
    client.force_login(other)
    assert client.get(f"{IMPORT}{run.pk}/").status_code == 404
    assert client.post(f"{IMPORT}{run.pk}/uitvoeren/").status_code == 404
    assert client.post(f"{IMPORT}{run.pk}/weg/").status_code == 404


def test_a_file_is_dropped_when_it_is_not_wanted(editor, django_capture_on_commit_callbacks):
    upload(editor, formats.write(Format.MOODLE, [CHOICE]))
    run = QuestionImport.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(f"{IMPORT}{run.pk}/weg/")
    assert not QuestionImport.objects.exists()
    assert not run.file.storage.exists(run.file.name)


def test_the_template_is_read_without_a_single_complaint(editor):
    template = editor.get(f"{IMPORT}sjabloon.csv").content
    response = upload(editor, template, "sjabloon.csv")
    planned = response.context["plan"].planned
    assert [(each.outcome, each.lines) for each in planned] == [("new", [])] * len(Kind)


def test_the_look_asks_no_more_for_more_questions(editor, django_assert_max_num_queries):
    gift = "\n\n".join(f"Vraag {n} {{=ja{n} ~nee}}" for n in range(100)).encode()
    response = upload(editor, gift, "v.txt")
    address = f"{IMPORT}{response.context['run'].pk}/"
    with django_assert_max_num_queries(20):
        assert editor.get(address).status_code == 200


def test_the_list_leads_to_exporting_what_is_ticked(editor):
    decide(editor, upload(editor, formats.write(Format.MOODLE, SAMPLES)))
    first, second = Question.objects.order_by("pk")[:2]
    response = editor.get(
        f"/beheer/bulk/learning/question/export/?id={first.pk}&id={second.pk}&next=/beheer/",
        follow=True,
    )
    assert response.context["ids"] == [first.pk, second.pk]
    query = f"?id={first.pk}&id={second.pk}&format=gift"
    _format, reading = formats.read(editor.get(f"{EXPORT}bestand/{query}").content)
    assert len(reading.found) == 2
    menu = editor.get("/beheer/").content.decode()
    assert IMPORT in menu
    assert EXPORT in menu
