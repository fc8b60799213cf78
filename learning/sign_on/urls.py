"""Addresses of a municipality's sign-on: those of allauth that we use.

The addresses that a municipality fills in on its side are the same in every language
(`protocols`); the page that leads there has one for each.
"""

from allauth.socialaccount.providers.openid_connect import views as oidc
from allauth.socialaccount.views import login_cancelled, login_error
from django.urls import path

from learning.sign_on import saml, views

protocols = [
    path("oidc/<slug:provider_id>/login/", views.openid_login, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", oidc.callback, name="openid_connect_callback"),
    path("saml/<slug:organization_slug>/login/", views.saml_login, name="saml_login"),
    path("saml/<slug:organization_slug>/acs/", saml.acs, name="saml_acs"),
    path("saml/<slug:organization_slug>/acs/finish/", saml.finish_acs, name="saml_finish_acs"),
    path("saml/<slug:organization_slug>/metadata/", views.metadata, name="saml_metadata"),
    path("saml/<slug:organization_slug>/sls/", views.no_logout, name="saml_sls"),
]

urlpatterns = [
    path("gemeente/<slug:key>/", views.sign_on, name="sign_on"),
    path("3rdparty/login/cancelled/", login_cancelled, name="socialaccount_login_cancelled"),
    path("3rdparty/login/error/", login_error, name="socialaccount_login_error"),
]
