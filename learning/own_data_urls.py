"""Addresses of one's own page; each form of it has one."""

from django.urls import path

from learning.views import own_data

urlpatterns = [
    path("mijn/gegevens/", own_data.page, name="own_data"),
    path("mijn/gegevens/naam/", own_data.name, name="own_data_name"),
    path("mijn/gegevens/berichten/", own_data.mail, name="own_data_mail"),
    path("mijn/gegevens/weergave/", own_data.display, name="own_data_display"),
    path("mijn/gegevens/downloaden/", own_data.everything, name="own_data_everything"),
    path(
        "mijn/gegevens/downloaden/bestand/",
        own_data.everything_download,
        name="own_data_download",
    ),
    path("mijn/gegevens/opnieuw-aanmelden/", own_data.sign_in_again, name="own_data_again"),
]
