"""Addresses under /scim/v2/: without a language, without a slash at the end (RFC 7644 §3.2)."""

from django.urls import path, re_path

from learning.scim import views
from learning.scim.web import endpoint

urlpatterns = [
    path("ServiceProviderConfig", endpoint(GET=views.config), name="scim_config"),
    path("ResourceTypes", endpoint(GET=views.list_types), name="scim_types"),
    path("ResourceTypes/<str:pk>", endpoint(GET=views.get_type), name="scim_type"),
    path("Schemas", endpoint(GET=views.list_schemas), name="scim_schemas"),
    path("Schemas/<str:pk>", endpoint(GET=views.get_schema), name="scim_schema"),
    path("Users", views.user_list, name="scim_users"),
    path("Users/.search", endpoint(POST=views.search_users), name="scim_users_search"),
    path("Users/<str:pk>", views.user_one, name="scim_user"),
    path("Groups", views.group_list, name="scim_groups"),
    path("Groups/.search", endpoint(POST=views.search_groups), name="scim_groups_search"),
    path("Groups/<str:pk>", views.group_one, name="scim_group"),
    path(".search", endpoint(POST=views.search_all), name="scim_search"),
    re_path(r"^.*$", views.elsewhere, name="scim_nothing"),
]
