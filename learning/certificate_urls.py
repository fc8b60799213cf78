"""Addresses of certificates: one's own, and where anybody checks one."""

from django.urls import path

from learning.views import certificates

urlpatterns = [
    path("mijn/certificaten/", certificates.certificate_list, name="certificates"),
    path("mijn/certificaat/<int:completion_id>/", certificates.certificate, name="certificate"),
    path(
        "mijn/certificaat/<int:completion_id>/certificaat.pdf",
        certificates.certificate_file,
        name="certificate_file",
    ),
    path(
        "mijn/certificaat/<int:completion_id>/naam/",
        certificates.certificate_name,
        name="certificate_name",
    ),
    path("certificaat/", certificates.check_form, name="certificate_form"),
    path("certificaat/<str:code>/", certificates.check, name="certificate_check"),
]
