"""Addresses of a municipality's settings, monitors and log, and of the ways in."""

from django.urls import path

from learning.views import settings

urlpatterns = [
    path("gemeente/<slug:slug>/instellingen/", settings.settings, name="municipality_settings"),
]
