"""Editors and chief editors on a site as it is set up."""

import pytest
from django.contrib.auth.models import Group

from home.models import StandardPage
from home.permissions import CHIEF_EDITORS, EDITORS
from tests import factories


def member_of(group, **fields):
    user = factories.make_user(**fields)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def home(public_site):
    return public_site


@pytest.fixture
def editor(home):
    return member_of(EDITORS)


@pytest.fixture
def chief(home):
    return member_of(CHIEF_EDITORS)


@pytest.fixture
def make_page(home):
    def make(slug="tekst", body="<p>Kort.</p>", **fields):
        fields.setdefault("title", slug.capitalize())
        blocks = body if isinstance(body, list) else [("text", body)]
        page = home.add_child(
            instance=StandardPage(slug=slug, body=blocks, locale=home.locale, **fields)
        )
        page.save_revision()
        return page

    return make
