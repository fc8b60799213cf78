"""Addresses of mail: where it leads, what somebody wants of it, and a municipality's reminders."""

from django.urls import path

from learning.views import mail, refreshers, reminders

urlpatterns = [
    path("mijn/verder/<uuid:key>/", mail.resume, name="resume"),
    path("mijn/herinneringen/", mail.preference, name="mail_preference"),
    path("mijn/opfrissen/", refreshers.choose, name="refreshers"),
    path("opfrissen/<str:token>/", refreshers.refresher, name="refresher"),
    path("mail/stoppen/<str:token>/", mail.stop, name="mail_stop"),
    path(
        "gemeente/<slug:slug>/herinneringen/",
        reminders.reminders,
        name="municipality_reminders",
    ),
    path("gemeente/<slug:slug>/herinneringen/nieuw/", reminders.new, name="reminder_new"),
    path("gemeente/<slug:slug>/herinneringen/<int:mailing_id>/", reminders.mailing, name="mailing"),
    path(
        "gemeente/<slug:slug>/herinneringen/<int:mailing_id>/aanpassen/",
        reminders.edit,
        name="mailing_edit",
    ),
    path(
        "gemeente/<slug:slug>/herinneringen/<int:mailing_id>/voorbeeld/",
        reminders.mailing_preview,
        name="mailing_preview",
    ),
    path(
        "gemeente/<slug:slug>/herinneringen/<int:mailing_id>/versturen/",
        reminders.mailing_send,
        name="mailing_send",
    ),
]
