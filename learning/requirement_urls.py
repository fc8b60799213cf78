"""Addresses of what a municipality requires, and of what it records of one person."""

from django.urls import path

from learning.views import person, recognition_import, requirements

BASE = "gemeente/<slug:slug>/verplichtingen/"
PEOPLE = "gemeente/<slug:slug>/mensen/"
PERSON = f"{PEOPLE}<int:membership_id>/"

urlpatterns = [
    path(BASE, requirements.overview, name="requirements"),
    path(f"{BASE}nieuw/", requirements.new, name="requirement_new"),
    path(f"{BASE}<int:requirement_id>/", requirements.change, name="requirement_change"),
    path(f"{BASE}<int:requirement_id>/beeindigen/", requirements.end, name="requirement_end"),
    path(f"{BASE}<int:requirement_id>/hervatten/", requirements.resume, name="requirement_resume"),
    path(f"{PEOPLE}erkennen/", person.recognise_people, name="people_recognise"),
    path(f"{PEOPLE}vrijstellen/", person.waive_people, name="people_waive"),
    path(
        "gemeente/<slug:slug>/erkenningen/inlezen/",
        recognition_import.read_in,
        name="recognition_import",
    ),
    path(PERSON, person.person, name="municipality_person"),
    path(f"{PERSON}beeindigen/", person.end_membership, name="person_end"),
    path(
        f"{PERSON}intrekken/<int:completion_id>/",
        person.withdraw_completion,
        name="person_withdraw",
    ),
    path(
        f"{PERSON}vrijstelling/<int:waiver_id>/beeindigen/",
        person.take_back_waiver,
        name="person_waiver_end",
    ),
]
