"""What a password may be: long, of any signs, no known word with a year behind it (ASVS 6.2)."""

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from learning.passwords import cores, is_known


@pytest.mark.parametrize(
    "password",
    [
        "elf-tekens-",
        "Utrecht2026!",
        "2026-Amersfoort",
        "Welkom01!!!!!",
        "Raadslid-2026",
        "Wachtwoord123456",
        "gemeenteraad2026",
        "Ondermijning!1",
        "G3m33nt3-2026",
        "welkomutrecht1",
        "Zomer2026Zomer",
        "qwerty123456",
        "123456123456",
        "aaaaaaaaaaaa1",
        "s-Gravenhage12",
    ],
)
def test_what_is_easy_to_guess_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password",
    [
        "paard fiets wolkenlucht stoep",
        "vier woorden zonder verband",
        "alleenmaarkleineletterszonderteken",
        "ΩμέγαΚαιΆλλα ελληνικά",
        "💶🌧️🚲🧀 en wat er nog bij hoort",
        "x7!kQ_9fd2Lm",
        "830175926461",
        "a" * 60 + "bijna honderd tekens lang mag ook gewoon",
    ],
)
def test_anything_else_of_twelve_signs_is_taken(password):
    validate_password(password)


def test_ones_own_name_is_refused():
    person = User(name="Willemijn Hoogenboom", email="w@voorbeeld.example")
    with pytest.raises(ValidationError):
        validate_password("hoogenboom1!", person)


def test_every_sign_of_a_long_password_counts():
    password = "Ü " + "lang wachtwoord dat telt " * 8
    stored = make_password(password)
    assert check_password(password, stored)
    assert not check_password(password[:-1], stored)
    assert not check_password(password.lower(), stored)


@given(st.text(max_size=200))
def test_no_password_breaks_it(password):
    assert all(isinstance(is_known(core), bool) for core in cores(password))
