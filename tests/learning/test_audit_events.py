"""What people do is in the audit log: who, what, about whom and from which municipality."""

import json
from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import PageLogEntry

from accounts import audit
from accounts.audit_check import verify
from accounts.models import AuditEvent, User
from home.models import LawArticle, NationalSupport, Partner
from learning import access_log, invitations, joining, remarking
from learning.audit_words import told
from learning.grants import grant_monitor, withdraw_monitor
from learning.imports import applying, plans, undoing
from learning.memberships import leave
from learning.models import MonitorGrant, MunicipalitySettings, Question
from learning.requirements import end_requirement, resume_requirement
from learning.settings_form import SettingsForm
from learning.versions import pin
from tests import factories

pytestmark = pytest.mark.django_db
What = AuditEvent.What


@pytest.fixture
def utrecht():
    return factories.make_municipality("Utrecht")


@pytest.fixture
def monitor(utrecht):
    return factories.make_monitor(utrecht, name="Grietje Griffier")


@pytest.fixture
def administrator():
    return factories.make_user(is_superuser=True, is_staff=True, name="Bea Beheerder")


@pytest.fixture
def admin(administrator, signed_in, home):
    return signed_in(administrator)


@pytest.fixture
def browsers(admin, monitor, signed_in):
    """The administrator's and the monitor's."""
    return admin, signed_in(monitor)


@pytest.fixture
def since(administrator, monitor, home):
    """Lines that were added since this was made: kind, by whom, about whom, where, and more."""
    before = set(AuditEvent.objects.values_list("pk", flat=True))

    def lines(*kinds):
        found = AuditEvent.objects.exclude(pk__in=before).order_by("pk")
        return list(found.filter(what__in=kinds) if kinds else found)

    return lines


def words(lines):
    return [str(each) for each in told(lines)]


# Who serves, and who watches.


def test_memberships_that_begin_and_end(since, utrecht, monitor):
    invitation = invitations.invite(
        utrecht, by=monitor, email="anna@utrecht.example", name="Anna", role="raadslid"
    )
    anna = factories.make_user("anna@utrecht.example", name="Anna")
    invitations.accept(invitation, anna)
    membership = anna.memberships.get()
    leave(membership, by=monitor, via="monitor")
    begun, ended = since(What.MEMBERSHIP)
    for line in (begun, ended):
        assert (line.actor_key, line.subject_key) == (monitor.audit_key, anna.audit_key)
        assert line.municipality_code == utrecht.code
        assert line.details["membership"] == membership.pk
    assert words([begun, ended]) == [
        "Lidmaatschap begonnen (met een uitnodiging)",
        "Lidmaatschap beëindigd (op de pagina van de gemeente)",
    ]


def test_a_membership_that_is_there_already_begins_once(since, utrecht, monitor):
    request = joining.settle(factories.make_user(), utrecht, "raadslid", link=None)
    assert joining.decide(request, by=monitor, approved=True)
    assert not joining.decide(request, by=monitor, approved=True)
    (line,) = since(What.MEMBERSHIP)
    assert (line.actor_key, line.details["via"]) == (monitor.audit_key, "request")


def test_whoever_may_watch_and_no_longer(since, utrecht, monitor):
    other = factories.make_user()
    grant = grant_monitor(other, utrecht, by=monitor)
    grant_monitor(other, utrecht, by=monitor)
    withdraw_monitor(grant, by=monitor)
    withdraw_monitor(grant, by=monitor)
    lines = since(What.GRANTED, What.WITHDRAWN)
    assert [line.what for line in lines] == ["granted", "withdrawn"]
    assert {line.subject_key for line in lines} == {other.audit_key}
    assert words(lines)[0] == "Recht gegeven (een gemeente volgen)"


def test_an_import_names_everybody_whom_it_touched_and_so_does_undoing(
    since, utrecht, monitor, django_capture_on_commit_callbacks
):
    bas = factories.make_member(utrecht, email="bas@utrecht.example", name="Bas")
    rows = (
        "naam;e-mail;rol;van;tot\n"
        "Anna;anna@utrecht.example;raadslid;;\nBas Baas;bas@utrecht.example;wethouder;;\n"
    )
    run = plans.hand_in(rows.encode(), by=monitor, place=utrecht, filename="raad.csv")
    seen = plans.digest(plans.plan_for(run, monitor))
    with django_capture_on_commit_callbacks(execute=True):
        applying.decide(run, by=monitor, seen=seen, only_good=False)
    anna = User.objects.get(email="anna@utrecht.example").audit_key
    lines = since(What.MEMBERSHIP, What.IMPORTED)
    assert {line.actor_key for line in lines if line.details.get("import")} == {monitor.audit_key}
    imported = [line for line in lines if line.details.get("via") == "import"]
    assert {line.subject_key for line in imported} == {anna, bas.person.audit_key}
    assert lines[-1].details["change"] == "applied"
    with django_capture_on_commit_callbacks(execute=True):
        undoing.ask_undo(run, by=monitor)
    undone = [line for line in since(What.MEMBERSHIP) if line.details.get("via") == "undo"]
    # Also of her whose account went with it.
    assert anna in {line.subject_key for line in undone}
    assert since(What.IMPORTED)[-1].details["change"] == "undone"


# The administration.


def person_data(person, **fields):
    data = {"email": person.email, "name": person.name, "language": "nl", "is_active": "on"}
    return data | fields


def test_rights_and_fields_of_a_person_changed_in_the_administration(since, admin, administrator):
    person = factories.make_user(name="Piet Persoon")
    group = Group.objects.create(name="Redacteuren X")
    url = reverse("wagtailusers_users:edit", args=[person.pk])
    admin.post(url, person_data(person, name="Pieter", groups=[group.pk], is_superuser="on"))
    admin.post(url, person_data(person, name="Pieter"))
    admin.post(url, person_data(person, name="Pieter"))
    changed, given, taken = since(What.PERSON_CHANGED, What.GRANTED, What.WITHDRAWN)
    assert changed.details == {"fields": ["name"]}
    assert given.details == taken.details == {"groups": [group.pk], "superuser": True}
    for line in (changed, given, taken):
        assert (line.actor_key, line.subject_key) == (administrator.audit_key, person.audit_key)
    assert words([changed, given]) == [
        "Persoon toegevoegd of gewijzigd (naam)",
        "Recht gegeven (Redacteuren X, beheerder)",
    ]


def test_somebody_who_is_added_and_many_who_are_ticked(since, admin):
    password = {"password1": factories.PASSWORD, "password2": factories.PASSWORD}
    admin.post(
        reverse("wagtailusers_users:add"),
        {"email": "nieuw@x.example", "name": "Nieuw", "language": "nl"} | password,
    )
    new = User.objects.get(email="nieuw@x.example")
    (line,) = since(What.PERSON_CHANGED)
    assert line.subject_key == new.audit_key
    assert line.details["fields"] == ["email", "is_active", "name", "password"]
    group = Group.objects.create(name="Redacteuren X")
    at = reverse("wagtail_bulk_action", args=["accounts", "user", "assign_role"])
    admin.post(f"{at}?id={new.pk}", {"role": group.pk})
    assert since(What.GRANTED)[-1].details == {"groups": [group.pk]}
    at = reverse("wagtail_bulk_action", args=["accounts", "user", "set_active_state"])
    admin.post(f"{at}?id={new.pk}", {"mark_as_active": "False"})
    assert since(What.PERSON_CHANGED)[-1].details == {"fields": ["is_active"]}
    at = reverse("wagtail_bulk_action", args=["accounts", "user", "delete"])
    admin.post(f"{at}?id={new.pk}")
    assert since(What.DELETED)[-1].details == {"model": "accounts.user", "object": str(new.pk)}


def test_memberships_and_monitors_set_in_the_administration(since, admin, utrecht, monitor):
    person = factories.make_user()
    admin.post(
        reverse("membership:add"),
        {"person": person.pk, "municipality": utrecht.pk, "role": "griffie"}
        | {"starts_on": "2026-04-01", "ends_on": ""},
    )
    membership = person.memberships.get()
    admin.post(
        reverse("membership:edit", args=[membership.pk]),
        {"person": person.pk, "municipality": utrecht.pk, "role": "griffie"}
        | {"starts_on": "2026-04-01", "ends_on": "2026-05-01"},
    )
    assert [line.details["change"] for line in since(What.MEMBERSHIP)] == ["begun", "ended"]
    admin.post(
        reverse("monitorgrant:add"),
        {"person": person.pk, "scope": "nation", "municipality": "", "withdrawn_at": ""},
    )
    grant = MonitorGrant.objects.get(person=person)
    at = reverse("monitorgrant:edit", args=[grant.pk])
    data = {"person": person.pk, "scope": "nation", "municipality": ""}
    admin.post(at, data | {"withdrawn_at": "2026-05-01 12:00"})
    admin.post(at, data | {"withdrawn_at": ""})
    admin.post(at, data | {"person": monitor.pk, "withdrawn_at": ""})
    assert [
        (line.what, line.subject_key == person.audit_key)
        for line in since(What.GRANTED, What.WITHDRAWN)
    ] == [
        ("granted", True),
        ("withdrawn", True),
        ("granted", True),
        ("withdrawn", True),
        ("granted", False),
    ]


def test_the_facts_of_a_municipality_and_what_it_set_itself(since, admin, utrecht, monitor):
    stored = MunicipalitySettings.of(utrecht)
    data = {"griffier_name": "Grietje Griffier", "still_right": "on"}
    form = SettingsForm(data, instance=stored)
    assert form.is_valid(), form.errors
    form.save_for(monitor)
    (line,) = since(What.SETTINGS)
    assert (line.actor_key, line.municipality_code) == (monitor.audit_key, utrecht.code)
    assert line.details["fields"] == ["automatic_reminders", "griffier_name", "still_right"]
    assert "Grietje" not in json.dumps(line.details)
    assert words([line])[0].startswith("Instellingen gewijzigd – ")
    assert words([line])[0].endswith("gecontroleerd)")


# Requirements, content and marks.


def test_requirements_are_set_changed_ended_and_asked_again(since, utrecht, monitor):
    requirement = factories.make_requirement(municipality=utrecht)
    end_requirement(requirement, ends_on=date(2026, 12, 31), by=monitor)
    resume_requirement(requirement, by=monitor)
    lines = since(What.REQUIREMENT)
    assert [line.details["change"] for line in lines] == ["created", "ended", "resumed"]
    assert lines[1].actor_key == monitor.audit_key
    assert words(lines)[1] == f"Verplichting beëindigd: {requirement.subject_title}"
    # What a municipality asks itself is not for administrators to open.
    assert told(lines)[1].url == ""


def test_pages_that_are_published_taken_off_and_deleted(since, admin, administrator):
    module = factories.make_module(title="De eed")
    module.save_revision(user=administrator).publish(user=administrator)
    assert [line.details["page"] for line in since(What.PUBLISHED)] == [module.pk]
    (published,) = told(since(What.PUBLISHED))
    assert str(published) == "Gepubliceerd – module: De eed"
    assert published.url == reverse("wagtailadmin_pages:edit", args=[module.pk])
    admin.post(reverse("wagtailadmin_pages:unpublish", args=[module.pk]))
    admin.post(reverse("wagtailadmin_pages:delete", args=[module.pk]))
    assert [line.what for line in since(What.UNPUBLISHED, What.DELETED)] == [
        "unpublished",
        "deleted",
    ]
    assert {line.actor_key for line in since(What.DELETED)} == {administrator.audit_key}
    # It is gone: told by its kind alone, without a link.
    assert [(str(each), each.url) for each in told(since(What.DELETED))] == [
        ("Verwijderd – module", "")
    ]


def test_a_draft_is_nobody_s_business(since, administrator):
    module = factories.make_module()
    module.save_revision(user=administrator, log_action=True)
    assert PageLogEntry.objects.filter(action="wagtail.edit").exists()
    assert since(What.PUBLISHED, What.SETTINGS) == []


def test_snippets_questions_and_settings_of_the_site(since, admin, administrator):
    question = factories.make_question(stem="<p>Wanneer begint u?</p>")
    question.save_revision(user=administrator).publish(user=administrator)
    line = since(What.PUBLISHED)[-1]
    assert line.details == {"model": "learning.question", "object": str(question.pk)}
    assert told([line])[0].url == reverse(
        Question.snippet_viewset.get_url_name("edit"), args=[question.pk]
    )
    article = factories.make_law_article()
    for model in (LawArticle, Partner, NationalSupport):
        assert model._meta.label_lower.startswith("home.")
    admin.post(reverse(LawArticle.snippet_viewset.get_url_name("delete"), args=[article.pk]))
    assert since(What.DELETED)[-1].details["model"] == "home.lawarticle"
    group = Group.objects.create(name="Meelezers")
    admin.post(reverse("wagtailusers_groups:delete", args=[group.pk]))
    assert since(What.DELETED)[-1].details["model"] == "auth.group"


def test_marking_anew_leads_to_its_own_log(since, administrator):
    question = factories.make_question()
    pin(question.translation_key)
    done = remarking.remark(question.translation_key, by=administrator, reason="De wet.")
    (line,) = since(What.REMARKED)
    assert line.details == {"question": str(question.translation_key), "remarking": done.pk}
    assert told([line])[0].url == reverse("remark_question", args=[question.translation_key])


def test_the_nation_s_figures_that_leave(since, signed_in, home):
    factories.make_requirement()
    nation = factories.make_monitor()
    assert signed_in(nation).get("/landelijk/cijfers.csv").status_code == 200
    (line,) = since(What.FIGURES)
    assert (line.actor_key, line.municipality_code) == (nation.audit_key, "")


# What no line may hold.


def test_no_line_holds_anything_of_a_person(
    since, browsers, utrecht, monitor, django_capture_on_commit_callbacks
):
    """Everything above and more, with names that would be recognised anywhere."""
    anna = factories.make_user("zonneklaar@herkenbaar.example", name="Zonneklaar Herkenbaar")
    invitation = invitations.invite(
        utrecht, by=monitor, email=anna.email, name=anna.name, role="raadslid"
    )
    invitations.accept(invitation, anna)
    rows = "naam;e-mail;rol;van;tot\nQuirijn Opvallend;quirijn@herkenbaar.example;raadslid;;\n"
    run = plans.hand_in(rows.encode(), by=monitor, place=utrecht, filename="herkenbaar.csv")
    with django_capture_on_commit_callbacks(execute=True):
        seen = plans.digest(plans.plan_for(run, monitor))
        applying.decide(run, by=monitor, seen=seen, only_good=False)
    data = {"griffier_name": "Zonneklaar Herkenbaar", "griffier_email": anna.email}
    form = SettingsForm(data, instance=MunicipalitySettings.of(utrecht))
    assert form.is_valid(), form.errors
    form.save_for(monitor)
    admin, browser = browsers
    factories.make_requirement()
    browser.post("/gemeente/utrecht/", {"name": "Zonneklaar"})
    browser.get("/gemeente/utrecht/personen.csv")
    browser.get(f"/gemeente/utrecht/mensen/{anna.memberships.get().pk}/")
    browser.get("/gemeente/utrecht/logboek.csv")
    edit = reverse("wagtailusers_users:edit", args=[anna.pk])
    admin.post(edit, person_data(anna, name="Quirijn Opvallend", is_superuser="on"))
    admin.post(reverse("wagtailusers_users:delete", args=[anna.pk]))
    kinds = {line.what for line in since()}
    assert kinds >= {"membership", "imported", "settings", "search", "export", "person"}
    assert kinds >= {"person_changed", "granted", "deleted", "log_file", "requirement"}
    stored = str(list(AuditEvent.objects.values())).lower()
    for name, email in User.objects.values_list("name", "email"):
        assert name.lower() not in stored
        assert email not in stored
    for trace in ("zonneklaar", "herkenbaar", "opvallend", "quirijn", "@"):
        assert trace not in stored
    audit.seal_all()
    assert verify().is_whole


def test_every_kind_has_words_in_dutch(utrecht, monitor):
    lines = [AuditEvent(what=what, details={}) for what in [*What.values, "from the future"]]
    for line, text in zip(lines, told(lines), strict=True):
        assert text.text[0].isupper()
        assert line.what == "from the future" or text.text.lower() != line.what
    assert {each.value for each in access_log.OF_A_MUNICIPALITY} <= set(What.values)
