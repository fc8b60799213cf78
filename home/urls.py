"""Addresses of files beside Wagtail's pages (home/views.py)."""

from django.urls import path

from home import views

urlpatterns = [
    path("visiedocument/visiedocument.pdf", views.vision_pdf, name="vision_pdf"),
    path("agenda/agenda.ics", views.calendar_feed, name="calendar_feed"),
]
