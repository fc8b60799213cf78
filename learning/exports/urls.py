"""Addresses of files to take away, and of the page that leads to them."""

from django.urls import path, re_path

from learning.views import exports

KIND = r"(?P<kind>csv|xlsx)"
urlpatterns = [
    path("gemeente/<slug:slug>/export/", exports.export, name="municipality_export"),
    # Others fetch this one by its address.
    path("gemeente/<slug:slug>/personen.csv", exports.people_csv, name="municipality_csv"),
    re_path(
        rf"^gemeente/(?P<slug>[-\w]+)/cijfers\.{KIND}$",
        exports.figures,
        name="municipality_figures",
    ),
    path("gemeente/<slug:slug>/verslag.pdf", exports.report, name="municipality_report"),
    re_path(rf"^landelijk/cijfers\.{KIND}$", exports.nation, name="nation_figures_file"),
]
