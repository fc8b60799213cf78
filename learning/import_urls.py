"""Addresses of importing people, below a municipality's own."""

from django.urls import include, path

from learning.views import imports

urlpatterns = [
    path(
        "gemeente/<slug:slug>/importeren/",
        include(
            [
                path("", imports.imports, name="imports"),
                path("sjabloon.xlsx", imports.template_xlsx, name="import_template_xlsx"),
                path("sjabloon.csv", imports.template_csv, name="import_template_csv"),
                path("<int:run_id>/", imports.run, name="import_run"),
                path("<int:run_id>/mensen/", imports.absent, name="import_absent"),
                path("<int:run_id>/uitvoeren/", imports.decide, name="import_decide"),
                path("<int:run_id>/weg/", imports.drop, name="import_drop"),
                path("<int:run_id>/ongedaan/", imports.undo, name="import_undo"),
            ]
        ),
    )
]
