"""An administrator sets what the whole country must do; an editor makes a learning path."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from home.permissions import CHIEF_EDITORS, EDITORS
from learning.figures import figures_of
from learning.models import CataloguePage, LearningPath, Municipality, Requirement
from learning.models.people import today
from tests import factories

pytestmark = pytest.mark.django_db

INDEX = "/beheer/requirement/"


@pytest.fixture
def administrator(site, signed_in):
    return signed_in(factories.make_user(is_superuser=True, is_staff=True, name="Bea Beheerder"))


@pytest.fixture
def utrecht(site):
    return Municipality.objects.get(slug="utrecht")


def filled(requirement, **changes):
    data = {
        "roles": requirement.roles,
        "starts_on": "2026-04-01",
        "due": "on",
        "due_on": "2026-10-01",
        "validity": "for_good",
        "renewal_days": "60",
        "renewal_by": "whole",
        "accepts_earlier": "on",
    }
    return data | changes


def test_what_a_module_brought_is_looked_at_changed_and_ended(administrator, utrecht):
    done = factories.make_member(utrecht).person
    factories.make_member(utrecht)
    module = factories.make_module()
    factories.finish(done, module)
    requirement = Requirement.objects.get()
    assert module.title in administrator.get(INDEX).content.decode()
    address = f"{INDEX}edit/{requirement.pk}/"
    assert administrator.get(address).status_code == 200
    page = administrator.post(address, filled(requirement, action="look"))
    total = page.context["effect"].total
    assert (total.people, total.finished, total.overdue) == (2, 1, 1)
    assert "te weinig mensen" in page.content.decode()
    assert Requirement.objects.get().due_on is None
    assert administrator.post(address, filled(requirement, action="save")).url == INDEX
    requirement.refresh_from_db()
    assert (requirement.due_on, requirement.follows_module) == (date(2026, 10, 1), False)
    assert figures_of(utrecht, [requirement])[requirement.pk, ""].overdue == 1

    end = f"{INDEX}end/{requirement.pk}/"
    assert "2 mensen" in administrator.get(end).content.decode()
    assert administrator.post(end).url == INDEX
    requirement.refresh_from_db()
    assert requirement.ends_on == today() - timedelta(days=1)


def test_a_new_one_for_a_learning_path(administrator):
    path = factories.make_path([factories.make_module()])
    data = filled(path, subject=str(path.translation_key), action="save")
    assert administrator.get(f"{INDEX}new/").status_code == 200
    response = administrator.post(f"{INDEX}new/", data)
    assert response.status_code == 302
    stored = Requirement.objects.get(is_path=True)
    assert (stored.municipality, stored.set_by.name) == (None, "Bea Beheerder")


def test_what_a_module_brought_is_not_doubled(administrator):
    module = factories.make_module()
    data = filled(module, subject=str(module.translation_key), action="save")
    response = administrator.post(f"{INDEX}new/", data)
    assert response.status_code == 422
    assert "subject" in response.context["form"].errors


def test_nothing_is_deleted_and_what_is_wrong_is_told(administrator):
    requirement = factories.make_requirement()
    response = administrator.post(f"{INDEX}delete/{requirement.pk}/")
    assert response.status_code in {302, 403}
    data = filled(requirement, due_on="", action="save")
    response = administrator.post(f"{INDEX}edit/{requirement.pk}/", data)
    assert response.status_code == 422
    assert Requirement.objects.get().due_on is None


def test_what_a_municipality_asks_itself_is_not_here(administrator, utrecht):
    own = factories.make_requirement(factories.make_module(), utrecht, subject_title="Van Utrecht")
    assert "Van Utrecht" not in administrator.get(INDEX).content.decode()
    for address in (f"edit/{own.pk}/", f"end/{own.pk}/"):
        assert administrator.get(INDEX + address).status_code == 404


@pytest.mark.parametrize("group", [EDITORS, CHIEF_EDITORS])
def test_editors_do_not_come_here(site, signed_in, group):
    person = factories.make_user()
    person.groups.add(Group.objects.get(name=group))
    requirement = factories.make_requirement()
    client = signed_in(person)
    for address in ("", "new/", f"edit/{requirement.pk}/", f"end/{requirement.pk}/"):
        assert client.get(INDEX + address).status_code in {302, 403}
    client.post(f"{INDEX}end/{requirement.pk}/")
    assert Requirement.objects.get().ends_on is None


def test_an_editor_makes_a_learning_path_and_looks_at_it(site, signed_in):
    editor = factories.make_user()
    editor.groups.add(Group.objects.get(name=EDITORS))
    client = signed_in(editor)
    catalogue = CataloguePage.objects.get(locale__language_code="nl")
    module = factories.make_module()
    data = nested_form_data(
        {
            "title": "Eerste honderd dagen",
            "slug": "eerste-honderd-dagen",
            "summary": "Wat u in het begin leert.",
            "number": "1",
            "path_modules": inline_formset([{"module": str(module.pk)}]),
            "comments": inline_formset([]),
        }
    ) | {"roles": ["raadslid"]}
    address = f"/beheer/pages/add/learning/learningpath/{catalogue.pk}/"
    form = client.get(address).content.decode()
    # The chooser offers modules and nothing else.
    assert "learning.modulepage" in form
    preview = f"/beheer/pages/add/learning/learningpath/{catalogue.pk}/preview/"
    assert client.post(preview, data).json()["is_valid"]
    assert client.get(preview).status_code == 200
    response = client.post(address, data)
    assert response.status_code == 302, response.context["form"].errors
    path = LearningPath.objects.get()
    assert not path.live
    assert path.get_latest_revision_as_object().module_keys() == [module.translation_key]
    path.get_latest_revision().publish()
    path = LearningPath.objects.get()
    english = path.copy_for_translation(factories.locale("en"), copy_parents=True)
    english.save_revision().publish()
    assert english.module_keys() == [module.translation_key]
    assert client.get(path.url).status_code == 200
