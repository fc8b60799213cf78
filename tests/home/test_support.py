"""National support: who may keep it, and what it says of itself."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils import timezone

from home.checked import needs_checking
from home.models import NationalSupport, Support
from home.permissions import CHIEF_EDITORS, EDITORS
from tests import factories

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("checked_on", "expected"),
    [(None, True), (DAY, False), (DAY - timedelta(days=365), False), (date(2025, 11, 24), True)],
)
def test_what_was_not_looked_at_for_a_year_needs_checking(checked_on, expected):
    assert needs_checking(checked_on, DAY) is expected


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", "bel mij"),
        ("phone", "112\n<script>"),
        ("url", "http://hulp.example/"),
        ("url", "javascript:alert(1)"),
        ("checked_on", timezone.localdate() + timedelta(days=1)),
    ],
)
def test_what_cannot_be_right_is_refused(field, value):
    support = Support(name="Hulp", what_for="Voor steun.", **{field: value})
    with pytest.raises(ValidationError) as refused:
        support.clean_fields(exclude=["setting"])
    assert list(refused.value.message_dict) == [field]


@pytest.mark.parametrize("phone", ["112", "14 030", "0900 8844", "+31 70 123 45 67", ""])
def test_a_number_is_written_as_people_write_it(phone):
    Support(name="Hulp", what_for="Voor steun.", phone=phone).clean_fields(exclude=["setting"])


def test_english_words_where_there_are_some():
    support = Support(what_for="Steun.", what_for_english="Support.")
    assert support.words_in("en") == ("Support.", "en")
    assert support.words_in("nl") == ("Steun.", "nl")
    assert Support(what_for="Steun.").words_in("en") == ("Steun.", "nl")


@pytest.mark.parametrize(("group", "status"), [(EDITORS, 200), (CHIEF_EDITORS, 200), (None, 302)])
def test_editors_keep_the_list(public_site, signed_in, group, status):
    person = factories.make_user()
    if group:
        person.groups.add(Group.objects.get(name=group))
    site = factories.make_home().get_site()
    browser = signed_in(person)
    address = f"/beheer/settings/home/nationalsupport/{site.pk}/"
    assert browser.get(address).status_code == status
    form = {
        "supports-TOTAL_FORMS": "1",
        "supports-INITIAL_FORMS": "0",
        "supports-MIN_NUM_FORMS": "0",
        "supports-MAX_NUM_FORMS": "1000",
        "supports-0-name": "Steunpunt",
        "supports-0-what_for": "Voor een gesprek.",
        "supports-0-phone": "0800 1234",
        "supports-0-checked_on": "",
        "supports-0-ORDER": "1",
    }
    before = browser.get("/hulp/").content.decode()
    browser.post(address, form)
    after = browser.get("/hulp/").content.decode()
    assert "Steunpunt" not in before
    assert ("Steunpunt" in after) is (group is not None)
    assert NationalSupport.objects.filter(supports__name="Steunpunt").exists() is bool(group)
