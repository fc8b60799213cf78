"""Addresses below `/nieuwsbrief/`."""

from django.urls import path

from newsletter import views

urlpatterns = [
    path("", views.subscribe, name="newsletter"),
    path("mail/", views.mailed, name="newsletter_mailed"),
    path("bevestigen/", views.confirm, name="newsletter_confirm"),
    path("aangemeld/", views.confirmed, name="newsletter_confirmed"),
    path("stoppen/<str:token>/", views.stop, name="newsletter_stop"),
    path("keuze/<str:token>/", views.choose, name="newsletter_choose"),
]
