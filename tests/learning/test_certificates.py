"""A certificate: whose it is, what anybody with its code sees, and what never changes it."""

import threading
import time
from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse

from learning import certificates, enrolments
from learning.completions import complete_if_done, end_completion
from learning.models import Certificate, Completion
from learning.models.people import today
from learning.recognitions import recognise, withdraw
from learning.rules.certificate_codes import new_code
from tests import factories

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)
NAME = "Sanne de Vries"


@pytest.fixture
def utrecht():
    return factories.make_municipality("Utrecht")


@pytest.fixture
def module(catalogue):
    return factories.make_module("eed", title="Uw ambt en uw eed", minutes=25)


@pytest.fixture
def person(utrecht):
    return factories.make_member(utrecht, name=NAME).person


@pytest.fixture
def done(person, module):
    return factories.finish(person, module, completed_on=DAY)


@pytest.fixture
def learner(signed_in, person):
    return signed_in(person)


def own(done, name="certificate"):
    return reverse(name, args=[done.pk])


def address(done):
    return reverse("certificate_check", args=[certificates.certificate_for(done).spelled_code])


def text(response):
    return response.content.decode()


# Whose it is


def test_a_learner_downloads_the_same_file_each_time(learner, done):
    first, second = (learner.get(own(done, "certificate_file")) for _ in range(2))
    assert first.headers["Content-Type"] == "application/pdf"
    name = 'filename="certificaat-uw-ambt-en-uw-eed-2026-06-01.pdf"'
    assert name in first.headers["Content-Disposition"]
    assert "no-store" in first.headers["Cache-Control"]
    assert first.content == second.content
    assert first.content.startswith(b"%PDF")
    assert Certificate.objects.count() == 1


def test_it_stays_in_the_language_in_which_it_was_made(learner, person, done):
    before = learner.get(own(done, "certificate_file")).content
    person.language = "en"
    person.save()
    assert learner.get("/en" + own(done, "certificate_file")).content == before


def test_another_finds_nothing(client, signed_in, done):
    for name in ("certificate", "certificate_file"):
        assert signed_in(factories.make_user()).get(own(done, name)).status_code == 404
        assert client.get(own(done, name)).url.startswith("/account/login/")
    assert signed_in(factories.make_user()).post(own(done, "certificate_name")).status_code == 404
    assert not Certificate.objects.exists()
    assert not Certificate.objects.visible_to(factories.make_user()).exists()


def test_it_is_found_from_where_one_is(learner, done, module):
    for page in ("/mijn/", module.url, reverse("certificates")):
        assert own(done) in text(learner.get(page)), page
    assert address(done) in text(learner.get(own(done)))


def test_a_path_leads_to_its_certificate(learner, person, done, module):
    path = factories.make_path([module])
    again = factories.finish(person, module)
    completion = Completion.objects.get(module_key=path.translation_key)
    assert completion.minutes == again.minutes == 25
    assert own(completion) in text(learner.get(path.url))


def test_nothing_yet_says_what_comes(signed_in):
    page = text(signed_in(factories.make_user()).get(reverse("certificates")))
    assert "Rondt u een module af?" in page


def test_a_list_asks_as_much_of_the_database_however_long(
    learner, person, done, django_assert_max_num_queries
):
    for _ in range(10):
        factories.finish(person, factories.make_module())
    learner.get(reverse("certificates"))
    with django_assert_max_num_queries(5):
        learner.get(reverse("certificates"))
    learner.get(own(done))
    with django_assert_max_num_queries(6):
        learner.get(own(done))


# How long it took


def test_minutes_are_kept_with_what_was_finished(person, module, done):
    module.minutes = 90
    module.save()
    done.refresh_from_db()
    assert done.minutes == 25
    module.delete()
    assert "25 minuten" in text(Client().get(address(done)))


def test_what_was_not_followed_here_has_no_minutes(person, utrecht, module):
    monitor = factories.make_monitor(utrecht)
    members = utrecht.memberships.all()
    from learning.completions import subject_of  # noqa: PLC0415  beside the one use

    recognise(members, subject_of(module), day=DAY, evidence="Diploma", by=monitor)
    recognised = Completion.objects.get(person=person)
    assert recognised.minutes is None
    assert "Erkend" in text(Client().get(address(recognised)))
    tested = factories.finish(person, factories.make_module(), kind=Completion.Kind.TESTED_OUT)
    assert tested.minutes is None
    assert "Getoetst" in text(Client().get(address(tested)))


def test_renewing_by_the_test_is_not_following_it_again(person, module, done):
    quiz = factories.make_quiz(module)
    factories.make_lesson(module)
    enrolments.begin_again(person, module.translation_key, only_test=True)
    enrolments.finish_step(person, module, quiz.translation_key)
    renewed = complete_if_done(person, module)
    assert renewed != done
    assert (done.minutes, renewed.minutes) == (25, None)


# Checking


def test_anybody_with_the_code_sees_that_it_is_real(client, done):
    response = client.get(address(done))
    page = text(response)
    for said in ("Geldig", "Uw ambt en uw eed", "1 juni 2026", "25 minuten"):
        assert said in page
    assert NAME not in page
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert {"no-store", "private"} <= set(response.headers["Cache-Control"].split(", "))


def test_it_says_until_when(client, done):
    Completion.objects.filter(pk=done.pk).update(valid_until=today() + timedelta(days=9))
    assert "Geldig tot en met" in text(client.get(address(done)))


def test_it_says_when_it_has_lapsed(client, done):
    Completion.objects.filter(pk=done.pk).update(valid_until=today() - timedelta(days=1))
    assert "Verlopen" in text(client.get(address(done)))


def test_it_says_that_another_took_its_place(client, person, module, done):
    factories.finish(person, module)
    assert "Vervangen" in text(client.get(address(done)))


def test_one_that_is_asked_again_is_not_called_withdrawn(client, done):
    Completion.objects.filter(pk=done.pk).update(
        ended_on=today(), ended_because="De module is veranderd.", is_asked_again=True
    )
    page = text(client.get(address(done)))
    assert "Verlopen" in page
    assert "Ingetrokken" not in page


def test_a_withdrawn_one_gives_no_file_and_says_why(client, learner, utrecht, done):
    learner.get(own(done, "certificate_file"))
    monitor = factories.make_monitor(utrecht)
    withdraw(done, municipality=utrecht, because="De toets was van een ander.", by=monitor)
    assert learner.get(own(done, "certificate_file")).url == own(done)
    page = text(learner.get(own(done)))
    assert "De toets was van een ander." in page
    assert own(done, "certificate_file") not in page
    assert "Ingetrokken" in text(learner.get(reverse("certificates")))
    checked = text(client.get(address(done)))
    assert "Ingetrokken" in checked
    assert "van een ander" not in checked


def test_the_name_is_shown_as_the_learner_allows_and_that_can_be_undone(client, learner, done):
    assert NAME not in text(client.get(address(done)))
    page = learner.post(own(done, "certificate_name"), {"shown": "yes"}, follow=True)
    assert "Maak ongedaan" in text(page)
    assert NAME in text(client.get(address(done)))
    # Once more is the same, and undoing it too.
    learner.post(own(done, "certificate_name"), {"shown": "yes"})
    learner.post(own(done, "certificate_name"), {"shown": "no"})
    assert NAME not in text(client.get(address(done)))
    assert learner.get(own(done, "certificate_name")).status_code == 405


@pytest.mark.parametrize("typed", ["small", "spaces", "bare", "look-alikes"])
def test_a_code_may_be_typed_as_it_comes(client, done, typed):
    code = certificates.certificate_for(done).spelled_code
    shown = {
        "small": code.lower(),
        "spaces": f" {code.replace('-', ' ')} ",
        "bare": code.replace("-", ""),
        "look-alikes": code.replace("0", "O").replace("1", "l"),
    }[typed]
    assert client.get("/certificaat/", {"code": shown}).url == address(done)
    assert client.get(f"/certificaat/{shown}/").status_code == 200


@pytest.mark.parametrize("typed", ["", "ABC", "UUUU-UUUU-UUUU-UUUU-UUUU", "<script>", "é" * 60])
def test_what_is_no_code_is_said_beside_the_field(client, home, typed):
    response = client.get("/certificaat/", {"code": typed})
    assert response.status_code == 422
    assert 'id="id_code_error"' in text(response)


def test_an_unknown_code_is_a_calm_page_and_costs_as_much(client, done, django_assert_num_queries):
    codes = {"known": address(done), "unknown": f"/certificaat/{new_code()}/"}
    codes |= {"wrong": "/certificaat/ABCD/", "long": f"/certificaat/{'A' * 500}/"}
    client.get(codes["known"])
    found = {}
    for kind, path in codes.items():
        with django_assert_num_queries(1):
            found[kind] = client.get(path)
    assert found["known"].status_code == 200
    for kind in ("unknown", "wrong", "long"):
        assert found[kind].status_code == 404
        assert "Deze code kennen wij niet." in text(found[kind])
        assert "no-store" in found[kind].headers["Cache-Control"]


def test_somebody_who_keeps_trying_has_to_wait(client, done, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "certificate": "3/h/ip"}
    path = address(done)
    assert [client.get(path).status_code for _ in range(4)] == [200, 200, 200, 429]


# What the database guarantees


def test_a_completion_has_one_certificate(done):
    first = certificates.certificate_for(done)
    assert certificates.certificate_for(done) == first
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(completion=done, code=new_code(), language="nl")


def test_a_code_leads_to_one_certificate(person, done):
    first = certificates.certificate_for(done)
    other = factories.finish(person, factories.make_module())
    with (
        patch("learning.certificates.new_code", return_value=first.code),
        pytest.raises(IntegrityError),
        transaction.atomic(),
    ):
        certificates.certificate_for(other)
    assert certificates.certificate_for(other).code != first.code


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_get_one_certificate():
    done = factories.finish(factories.make_user(), factories.make_module())
    start, codes, failures = threading.Barrier(4), [], []

    def certificate():
        """A database in memory does not wait for a lock, as one in a file does: ask again."""
        for _time in range(500):
            try:
                completion = Completion.objects.select_related("person").get(pk=done.pk)
                return certificates.certificate_for(completion)
            except OperationalError:
                if connection.vendor != "sqlite":
                    raise
                time.sleep(0.01)
        raise TimeoutError

    def open_it():
        try:
            start.wait(10)
            codes.append(certificate().code)
        except Exception as error:  # noqa: BLE001  told by the test
            failures.append(error)
        finally:
            connection.close()

    windows = [threading.Thread(target=open_it) for _ in range(4)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert failures == []
    assert len(codes) == 4
    assert len(set(codes)) == 1


def test_erasing_a_person_leaves_no_certificate(client, person, done):
    path = address(done)
    person.delete()
    assert client.get(path).status_code == 404


def test_ending_what_was_finished_twice_changes_nothing(client, done):
    end_completion(done, because="Vergissing", by=None)
    before = text(client.get(address(done)))
    end_completion(done, because="Nog eens", by=None)
    assert text(client.get(address(done))) == before
