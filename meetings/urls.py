"""Addresses of meetings besides their pages (config/urls.py)."""

from django.urls import path, re_path

from meetings.views import calendar_files, conversations, network, organising, taking_part

urlpatterns = [
    path("bijeenkomsten/agenda.ics", calendar_files.everything, name="meeting_feed"),
    path("bijeenkomsten/mijn-agenda.ics", calendar_files.own, name="meeting_own_feed"),
    path("bijeenkomsten/<slug:slug>/bijeenkomst.ics", calendar_files.one, name="meeting_file"),
    path("bijeenkomsten/<slug:slug>/aanmelden/", taking_part.join, name="meeting_sign_up"),
    path("bijeenkomsten/<slug:slug>/afmelden/", taking_part.leave, name="meeting_cancel"),
    path("bijeenkomsten/<slug:slug>/deelnemers/", organising.people, name="meeting_people"),
    path(
        "bijeenkomsten/<slug:slug>/deelnemers/presentielijst/",
        organising.sheet,
        name="meeting_sheet",
    ),
    re_path(
        r"^bijeenkomsten/(?P<slug>[-\w]+)/deelnemers\.(?P<kind>csv|xlsx)$",
        organising.file,
        name="meeting_people_file",
    ),
    path("mijn/bijeenkomsten/", taking_part.mine, name="own_meetings"),
    path("mijn/bijeenkomsten/agenda/", taking_part.own_calendar, name="own_calendar"),
    path("netwerk/", network.find, name="network"),
    path("netwerk/mijn/", network.mine, name="network_mine"),
    path("netwerk/<int:entry_id>/", network.write, name="peer_write"),
    path("netwerk/berichten/", conversations.overview, name="peer_conversations"),
    path(
        "netwerk/berichten/blokkade/<int:block_id>/opheffen/",
        conversations.take_back,
        name="peer_unblock",
    ),
    path("netwerk/berichten/<uuid:key>/", conversations.conversation, name="peer_conversation"),
    path("netwerk/berichten/<uuid:key>/blokkeren/", conversations.block_other, name="peer_block"),
    path(
        "netwerk/berichten/<uuid:key>/<int:message_id>/melden/",
        conversations.report_message,
        name="peer_report",
    ),
]
