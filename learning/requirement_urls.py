"""Addresses of what a municipality requires."""

from django.urls import path

from learning.views import requirements

BASE = "gemeente/<slug:slug>/verplichtingen/"

urlpatterns = [
    path(BASE, requirements.overview, name="requirements"),
    path(f"{BASE}nieuw/", requirements.new, name="requirement_new"),
    path(f"{BASE}<int:requirement_id>/", requirements.change, name="requirement_change"),
    path(f"{BASE}<int:requirement_id>/beeindigen/", requirements.end, name="requirement_end"),
    path(f"{BASE}<int:requirement_id>/hervatten/", requirements.resume, name="requirement_resume"),
]
