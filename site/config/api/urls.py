"""`/api/v2/`: what there is, and an address for each."""

from typing import ClassVar, Final

from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe
from wagtail.api import APIField
from wagtail.api.v2.router import WagtailAPIRouter

from config.api.endpoint import SECONDS, Endpoint
from config.api.fields import SUBJECT, HtmlField, NameField
from home.models import NewsPage
from home.sharing.structured import absolute
from learning.models import ModulePage


class News(Endpoint):
    model = NewsPage
    body_fields: ClassVar = [
        *Endpoint.body_fields,
        *("date", "introduction", "is_fictional"),
        APIField("organisation", NameField()),
        *SUBJECT,
        APIField("body", HtmlField()),
    ]
    detail_only_fields: ClassVar = ["body"]
    newest_first = ("-date", "-pk")


class Modules(Endpoint):
    """What a module is about; its lessons and questions are for who follows it."""

    model = ModulePage
    body_fields: ClassVar = [
        *Endpoint.body_fields,
        *("number", "summary", "goal", "minutes", "roles", "version"),
        *SUBJECT,
    ]
    newest_first = ("number", "title", "pk")


router = WagtailAPIRouter("api")
ENDPOINTS: Final = {"news": News, "modules": Modules}
for name, endpoint in ENDPOINTS.items():
    router.register_endpoint(name, endpoint)


@require_safe
def index(request: HttpRequest) -> JsonResponse:
    """Where everything is."""
    response = JsonResponse({each: absolute(f"{request.path}{each}/") for each in ENDPOINTS})
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    return response


app_name = "api"
urlpatterns = [path("", index, name="index"), *router.get_urlpatterns()]
