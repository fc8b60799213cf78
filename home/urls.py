"""Addresses of files beside Wagtail's pages (home/views.py)."""

from django.urls import path

from home import closing, views

urlpatterns = [
    path("mededelingen/<slug:version>/sluiten/", closing.close_banner, name="close_banner"),
    path("visiedocument/visiedocument.pdf", views.vision_pdf, name="vision_pdf"),
    path("agenda/agenda.ics", views.calendar_feed, name="calendar_feed"),
]
