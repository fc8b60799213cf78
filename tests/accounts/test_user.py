"""A person is an e-mail address and a name."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from tests import factories

pytestmark = pytest.mark.django_db


def test_an_address_is_one_person_however_typed():
    factories.make_user("Iemand@Voorbeeld.Example")
    assert User.objects.get().email == "iemand@voorbeeld.example"
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.make_user("IEMAND@voorbeeld.example")


def test_an_address_in_capitals_written_past_the_model_is_refused_too():
    factories.make_user("iemand@voorbeeld.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="IEMAND@voorbeeld.example", name="X")])


def test_a_person_needs_an_address():
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user("")


def test_names():
    person = User(email="a@voorbeeld.example", name="Anna van der Veen")
    assert str(person) == person.get_full_name() == "Anna van der Veen"
    assert person.get_short_name() == "Anna"
    assert str(User(email="a@voorbeeld.example")) == "a@voorbeeld.example"


def test_no_more_is_known_of_a_person_than_agreed():
    fields = {field.name for field in User._meta.get_fields() if field.concrete}
    assert fields == {
        "id", "email", "name", "language", "password", "last_login", "date_joined",
        "audit_key", "extra_time", "is_active", "is_staff", "is_superuser", "groups",
        "user_permissions", "text_size", "contrast", "erase_after", "passkey_was_offered",
    }  # fmt: skip
