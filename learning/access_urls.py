"""Addresses of a municipality's settings, monitors and log, and of the ways in."""

from django.urls import include, path

from learning.views import access_log, entry, joining, settings, watching

OF_A_MUNICIPALITY = [
    path("uitnodigen/", entry.invite, name="municipality_invite"),
    path(
        "uitnodigen/<int:invitation_id>/intrekken/",
        entry.withdraw_invitation,
        name="municipality_invitation_withdraw",
    ),
    path("uitnodigen/link/", entry.make_link, name="municipality_link_make"),
    path("uitnodigen/link/<int:link_id>/", entry.link_page, name="municipality_link"),
    path(
        "uitnodigen/link/<int:link_id>/intrekken/",
        entry.withdraw_link,
        name="municipality_link_withdraw",
    ),
    path("uitnodigen/aanvragen/", entry.requests, name="municipality_requests"),
    path("instellingen/", settings.settings, name="municipality_settings"),
    path("volgers/", watching.monitors, name="municipality_monitors"),
    path(
        "volgers/<int:grant_id>/intrekken/",
        watching.withdraw_grant,
        name="municipality_monitor_withdraw",
    ),
    path(
        "volgers/uitnodiging/<int:invitation_id>/intrekken/",
        watching.withdraw_monitor_invitation,
        name="municipality_monitor_invitation_withdraw",
    ),
    path("logboek/", access_log.log, name="municipality_log"),
    path("logboek.csv", access_log.log_file, name="municipality_log_file"),
]
urlpatterns = [
    path("gemeente/<slug:slug>/", include(OF_A_MUNICIPALITY)),
    path("uitnodiging/", joining.invitation, name="invitation"),
    path("meedoen/", joining.join, name="join"),
    path("meedoen/mail/", joining.mailed, name="join_mailed"),
    path("meedoen/bevestigen/", joining.confirm, name="join_confirm"),
    # Before allauth's own, which would make an account before the address is confirmed.
    path("account/signup/", joining.sign_up, name="account_signup"),
]
