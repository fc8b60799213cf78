"""Downloading everything: it is whole, it is one's own, and nobody else is in it."""

import io
import json
import time
import uuid
import zipfile
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.auth.models import Group
from django.db.models import CASCADE
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Comment, CommentReply, ModelLogEntry, PageLogEntry
from wagtail.users.models import UserProfile

from accounts import audit
from accounts.models import AddressChange, AuditEvent, User
from home.models import Theme
from learning import access_log, attempts, refreshers
from learning.completions import end_completion
from learning.models import (
    Completion,
    ErasureRequest,
    ImportedChange,
    ImportRun,
    Invitation,
    Job,
    JoinRequest,
    MailPreference,
    OutgoingMail,
    Refresher,
    RefresherCard,
    Reminder,
    RequirementPerson,
    RetentionNotice,
    ScimConnection,
    ScimUser,
    Waiver,
)
from learning.models.people import today
from learning.own_data import files
from learning.own_data.collecting import LEFT_OUT, SCHEMA, collect, counts, tables
from learning.own_data.keys import KEYS
from learning.roles import Role
from meetings.models import (
    Block,
    CalendarKey,
    Conversation,
    NetworkEntry,
    Occasion,
    Organiser,
    PeerMessage,
    Report,
    SignUp,
)
from newsletter.models import Subscription
from practice.models import Submission, SubmissionQuestion
from tests import factories

pytestmark = pytest.mark.django_db

PAGE = "/mijn/gegevens/downloaden/"
FILE = f"{PAGE}bestand/"
SECRETS = ("geheime-sleutel", "session-key", "token-hash", "md5$", "pbkdf2")


def everything_about(person, mark, place, module, quiz):
    """A row in every table, with `mark` wherever something can be written."""
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    data = {"name": f"Sleutel {mark}", "credential": "geheime-sleutel"}
    Authenticator.objects.create(user=person, type="webauthn", data=data)
    AddressChange.objects.create(person=person, email=f"ander-{mark}@x.example", key="k" * 32)
    UserSession.objects.create(
        user=person, ip="192.0.2.7", user_agent=f"Lezer {mark}", session_key=f"session-key{mark}"
    )
    person.socialaccount_set.create(provider="gemeente", uid=mark, extra_data={"name": mark})
    person.groups.add(Group.objects.create(name=f"Groep {mark}"))
    factories.join(person, place, Role.COUNCIL_MEMBER)
    factories.MonitorGrant.objects.create(person=person, scope="nation")
    ErasureRequest.objects.create(person=person, due_at=timezone.now() + timedelta(days=14))
    RetentionNotice.objects.create(person=person, stage="first", sent_on=today())
    moment = {"created_at": timezone.now(), "expires_at": timezone.now()}
    JoinRequest.objects.create(
        person=person,
        municipality=place,
        role=Role.STAFF,
        status="waiting",
        name=mark,
        token_hash=f"token-hash{mark}",
        **moment,
    )
    Invitation.objects.create(
        person=person,
        municipality=place,
        purpose="member",
        role=Role.STAFF,
        name=mark,
        token_hash=f"token-hash{mark}",
        **moment,
    )
    ScimUser.objects.create(
        connection=ScimConnection.objects.get_or_create(municipality=place)[0],
        person=person,
        user_name=f"Account {mark}",
        user_name_key=mark,
        display_name=f"Naam {mark}",
        email=f"{mark}@voorbeeld.example",
    )
    run = ImportRun.objects.create(municipality=place)
    ImportedChange.objects.create(
        run=run, row=1, what="name", person=person, before={"name": f"Eerst {mark}"}
    )
    requirement = factories.make_requirement(module, place)
    RequirementPerson.objects.create(requirement=requirement, person=person)
    Waiver.objects.create(
        requirement=requirement, person=person, municipality=place, reason=f"Omdat {mark}"
    )
    answers_of(person, quiz)
    factories.finish(
        person,
        module,
        kind=Completion.Kind.RECOGNISED,
        evidence=f"Bewijs {mark}",
        recorded_by=factories.make_user(),
    )
    refreshers.subscribe(person)
    version = attempts.Attempt.objects.filter(person=person).first().items.first().version
    RefresherCard.objects.create(
        person=person,
        question_key=version.question_key,
        stability=2.5,
        difficulty=5,
        reviewed_on=today(),
        due_on=today(),
    )
    Refresher.objects.create(person=person, version=version, asked_on=today(), week=today())
    MailPreference.objects.create(person=person, rhythm="weekly")
    mail = OutgoingMail.objects.create(
        kind="due", person=person, municipality=place, dedupe_key=mark, subject=f"Mail {mark}"
    )
    mail.also.add(factories.make_municipality())
    Reminder.objects.create(
        mail=mail, person=person, requirement=requirement, municipality=place,
        moment="by_hand", on=today(),
    )  # fmt: skip
    Job.objects.create(kind="export", requested_by=person, municipality=place)
    audit.record(AuditEvent.What.SIGNED_IN, by=person, details={"mark": mark})
    UserProfile.objects.create(user=person, current_time_zone=f"Tijd/{mark}")
    comment = Comment.objects.create(
        page=module.page_ptr, user=person, text=f"Opmerking {mark}", contentpath="title"
    )
    CommentReply.objects.create(comment=comment, user=person, text=f"Antwoord {mark}")
    PageLogEntry.objects.log_action(module, "wagtail.edit", user=person)
    ModelLogEntry.objects.log_action(person, "wagtail.create", user=person)


def answers_of(person, quiz):
    """An attempt with an answer to each kind of question, handed in."""
    attempt = attempts.start_attempt(person, quiz)
    for item in attempt.items.all():
        best = item.version.marking_key.best
        given = best if isinstance(best, dict) else list(best)
        attempts.save_answer(attempt, item, given or ["Wat ik dacht"])
    attempts.submit_attempt(attempt)


def sections_about(person, mark):
    """The same in the tables of the newsletter, meetings, the network and practice."""
    theme = Theme.objects.create(name=f"Thema {mark}", slug=mark, locale=factories.locale())
    Subscription.objects.create(email=person.email).themes.add(theme)
    meeting = factories.make_meeting(title=f"Avond {mark}", slug=f"avond-{mark}")
    occasion = Occasion.objects.get(key=meeting.translation_key)
    SignUp.objects.create(occasion=occasion, person=person, seat=1)
    Organiser.objects.create(occasion=occasion, person=person)
    CalendarKey.objects.create(person=person, token_hash=f"token-hash-{mark}")
    NetworkEntry.objects.create(person=person, question=f"Vraag {mark}").themes.add(theme)
    peer = factories.make_user(name=f"Gelijke {mark}")
    conversation = Conversation.objects.create(first=person, second=peer, started_by_first=True)
    written = {"conversation": conversation, "form_key": uuid.uuid4()}
    message = PeerMessage.objects.create(sender=peer, body=f"Bericht {mark}", **written)
    Block.objects.create(blocker=person, blocked=peer)
    Report.objects.create(message=message, reporter=person, about=peer, body="B", why=mark)
    case = Submission.objects.create(sender=person, title=f"Voorbeeld {mark}", happened=mark)
    SubmissionQuestion.objects.create(submission=case, text=f"Vraag over {mark}", answer=mark)


@pytest.fixture
def two(home):
    """Two people with something in every table, at one municipality."""
    place = factories.make_municipality("Voorbeeldstad")
    module = factories.make_module(title="Een module")
    kinds = [factories.make_question(factories.answers_of(kind)) for kind in factories.ANSWERS]
    quiz = factories.make_quiz(module, kinds)
    both = [
        factories.make_user(f"{mark}@voorbeeld.example", name=f"Naam {mark}")
        for mark in ("mijnmerk", "andersmerk")
    ]
    for person in both:
        everything_about(person, person.name.split()[1], place, module, quiz)
        sections_about(person, person.name.split()[1])
    monitor = factories.make_monitor(place, name="Griet Griffier")
    for person in both:
        access_log.record(monitor, place, AuditEvent.What.PERSON, person=person)
    return both


@pytest.fixture
def person(home):
    return factories.make_user("anna@voorbeeld.example", name="Anna van der Veen")


def show_again(browser, *, ago=0):
    """As after asking once more for the password."""
    session = browser.session
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [
        *records,
        {"method": "password", "at": time.time() - ago, "reauthenticated": True},
    ]
    session.save()


def opened(response):
    assert response.status_code == 200
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    assert archive.testzip() is None
    return archive


def test_every_reference_to_a_person_is_told_or_left_out_with_a_reason():
    """Whoever makes a model that points at people decides here what becomes of it."""
    told = {each for table in tables().values() for each in table.covers}
    found = set()
    models = apps.get_models(include_auto_created=True)
    for model in models:
        for field in model._meta.get_fields(include_hidden=True):
            if field.is_relation and not field.auto_created and field.related_model is User:
                found.add(f"{field.model._meta.label}.{field.name}")
        for field in model._meta.concrete_fields:
            # The audit log, and whatever else names a person by `User.audit_key`.
            if field.name in {"actor_key", "subject_key"} and model._meta.app_label == "accounts":
                found.add(f"{model._meta.label}.{field.name}")
    # What hangs on a row of theirs is theirs as well.
    own = {told_field.rpartition(".")[0] for told_field in told}
    for model in models:
        for field in model._meta.concrete_fields:
            target = getattr(field.related_model, "_meta", None)
            if target is None or target.label not in own or field.related_model is User:
                continue
            if field.remote_field.on_delete is CASCADE and not field.remote_field.parent_link:
                found.add(f"{model._meta.label}.{field.name}")
    assert found - told - set(LEFT_OUT) == set()
    assert (told | set(LEFT_OUT)) - found == set(), "it is not there any more"
    assert told & set(LEFT_OUT) == set()
    assert all(LEFT_OUT.values())


def test_all_is_in_it_and_nothing_of_anybody_else(two):
    mine, other = two
    for person, own, strange in (
        (mine, "mijnmerk", "andersmerk"),
        (other, "andersmerk", "mijnmerk"),
    ):
        collected = collect(person)
        assert all(collected.values()), [key for key, rows in collected.items() if not rows]
        for text in (files.as_json(collected), files.as_html(collected)):
            assert strange not in text
            assert not any(secret in text for secret in SECRETS)
            # In every table where something can be written.
            assert text.count(own) >= 17
    assert counts(mine) == {key: len(rows) for key, rows in collect(mine).items()}


def test_what_is_in_it_is_what_is_stored(two):
    mine = two[0]
    with translation.override("nl"):
        data = collect(mine)
    assert data["profile"][0]["email"] == mine.email
    membership = mine.memberships.get()
    assert data["memberships"] == [
        {
            "municipality": "Voorbeeldstad",
            "role": "raadslid",
            "from": membership.starts_on,
            "through": None,
            "left_at": None,
        }
    ]
    attempt = data["attempts"][0]
    stored = mine.attempts.get()
    assert (attempt["score_percent"], attempt["passed"]) == (stored.percentage, stored.passed)
    answers = {row["question"]: row for row in attempt["questions"]}
    assert len(answers) == len(factories.ANSWERS)
    assert all(row["answer"] and row["answered_at"] for row in answers.values())
    words = " ".join(row["answer"] for row in answers.values())
    for expected in ("Antwoord 1", "Gemeentewet 14: De eed", "gedragscode", "45", "Wat ik dacht"):
        assert expected in words
    assert data["looks"][0]["who"] == "Griet Griffier"
    assert {row["evidence"] for row in data["completions"]} == {"", "Bewijs mijnmerk"}


def test_every_key_is_explained(two):
    def keys_in(value):
        if isinstance(value, dict):
            yield from value
            for inner in value.values():
                yield from keys_in(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from keys_in(inner)

    used = {key for rows in collect(two[0]).values() for key in keys_in(rows)}
    assert used == set(KEYS)


class Reader(HTMLParser):
    """What a file asks of elsewhere, and whether its tags are closed."""

    VOID = frozenset({"meta", "link", "br", "img", "input", "hr"})

    def __init__(self):
        super().__init__()
        self.open, self.links, self.ids, self.tags = [], [], [], set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in {"href", "src", "action"}]
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_in_it_reads_by_itself(two, language):
    with translation.override(language):
        html = files.as_html(collect(two[0]))
    reader = Reader()
    reader.feed(html)
    assert reader.open == []
    assert reader.links
    assert all(link.startswith("#") and link[1:] in reader.ids for link in reader.links)
    assert len(reader.ids) == len(set(reader.ids))
    assert not reader.tags & {"script", "img", "iframe", "form", "link"}
    assert f'<html lang="{language}">' in html
    assert "default-src &#x27;none&#x27;" in html or "default-src 'none'" in html
    assert ("Wie u hier bent" if language == "nl" else "Who you are here") in html


def test_words_of_a_person_are_never_markup(person):
    person.name = "</title><script>kwaad()</script>"
    person.save()
    assert "<script>" not in files.as_html(collect(person))


def test_the_zip(two, signed_in):
    mine = two[0]
    browser = signed_in(mine)
    show_again(browser)
    response = browser.post(FILE)
    archive = opened(response)
    names = archive.namelist()
    assert names[:2] == ["mijn-gegevens.json", "mijn-gegevens.html"]
    assert len(names) == 2 + Completion.objects.filter(person=mine).count()
    for name in names[2:]:
        assert name.startswith("certificaten/een-module-")
        assert archive.read(name).startswith(b"%PDF")
    read = json.loads(archive.read("mijn-gegevens.json"))
    assert (read["schema"], read["language"]) == (SCHEMA, "nl")
    assert list(read["data"]) == list(read["tables"]) == list(tables())
    name = f'attachment; filename="mijn-gegevens-{today():%Y-%m-%d}.zip"'
    assert response.headers["Content-Disposition"] == name
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    event = AuditEvent.objects.get(what=AuditEvent.What.OWN_DATA)
    assert (event.actor_key, event.subject_key) == (mine.audit_key, mine.audit_key)


def test_no_certificate_of_what_was_withdrawn(person):
    done = factories.finish(person, factories.make_module())
    assert len(files.certificates_of(person)) == 1
    end_completion(done, because="Vergissing.", by=None)
    assert files.certificates_of(person) == []


def test_who_one_is_is_asked_again_first(person, signed_in):
    browser = signed_in(person)
    for response in (browser.get(PAGE), browser.post(FILE)):
        assert response.status_code == 302
        assert response.url.startswith(reverse("account_reauthenticate"))
    assert not AuditEvent.objects.filter(what=AuditEvent.What.OWN_DATA).exists()
    show_again(browser, ago=3600)
    assert browser.post(FILE).status_code == 302
    show_again(browser)
    assert "Het bestand maken en downloaden" in browser.get(PAGE).content.decode()


def test_who_has_no_password_signs_in_once_more(person, signed_in):
    person.set_unusable_password()
    person.save()
    browser = signed_in(person)
    assert "Het bestand maken" in browser.get(PAGE).content.decode()
    session = browser.session
    session["account_authentication_methods"] = [{"method": "code", "at": time.time() - 3600}]
    session.save()
    page = browser.get(PAGE).content.decode()
    assert "Log nog een keer in" in page
    assert "Log nog een keer in" in browser.post(FILE).content.decode()
    response = browser.post("/mijn/gegevens/opnieuw-aanmelden/")
    assert response.url == "/account/login/?next=%2Fmijn%2Fgegevens%2Fdownloaden%2F"
    assert browser.get("/mijn/").status_code == 302


def test_ten_files_an_hour(person, signed_in):
    browser = signed_in(person)
    show_again(browser)
    assert [browser.post(FILE).status_code for _each in range(11)] == [200] * 10 + [429]


def test_a_file_that_cannot_be_made_is_said(person, signed_in, monkeypatch):
    def full(*_args):
        raise OSError

    monkeypatch.setattr("zipfile.ZipFile.writestr", full)
    browser = signed_in(person)
    show_again(browser)
    response = browser.post(FILE)
    assert response.status_code == 503
    assert "Probeer het over een paar minuten opnieuw" in response.content.decode()
    assert not AuditEvent.objects.filter(what=AuditEvent.What.OWN_DATA).exists()


def test_more_of_everything_asks_no_more_questions(two, django_assert_max_num_queries):
    mine = two[0]
    with django_assert_max_num_queries(70) as few:
        collect(mine)
    for _each in range(3):
        module = factories.make_module()
        answers_of(mine, factories.make_quiz(module))
        factories.finish(mine, module)
        audit.record(AuditEvent.What.SIGNED_IN, by=mine)
    with django_assert_max_num_queries(70) as many:
        collect(mine)
    assert len(many) == len(few)
