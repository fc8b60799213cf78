"""Addresses of leaving: a municipality, or altogether."""

from django.urls import path

from learning.views import erasing

urlpatterns = [
    path("mijn/gegevens/verlaten/<int:membership_id>/", erasing.leave, name="leave_municipality"),
    path(
        "mijn/gegevens/verlaten/<int:membership_id>/ongedaan/",
        erasing.come_back,
        name="leave_undo",
    ),
    path("mijn/gegevens/wissen/", erasing.erase, name="erase_account"),
    path("mijn/gegevens/wissen/ongedaan/", erasing.keep, name="erase_undo"),
    # By the link in the mail, without signing in.
    path("account-behouden/<str:token>/", erasing.keep_by_link, name="erasing_undo"),
]
