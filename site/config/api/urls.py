"""`/api/v2/`: what there is, and an address for each."""

import json
from pathlib import Path
from typing import Any, ClassVar, Final

from django.conf import settings
from django.db.models import Case, Exists, F, OuterRef, Value, When
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe
from wagtail.api import APIField
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.query import PageQuerySet

from config.api.endpoint import SECONDS, Endpoint
from config.api.fields import (
    SUBJECT,
    HtmlField,
    LessonsField,
    NameField,
    RichTextField,
    TitlesField,
    WordsField,
)
from home.models import NewsPage
from home.sharing.structured import absolute
from learning.models import ModulePage
from practice.models import CasePage, Submission

PARTS: Final = ("happened", "done", "outcome", "learned")


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


class Cases(Endpoint):
    """What went well or wrong somewhere. Who handed it in is nowhere in it."""

    model = CasePage
    filters: ClassVar = {**Endpoint.filters, "kind": "kind", "lesson": "lessons__slug"}
    related: ClassVar = (*Endpoint.related, "lessons", "aspects")
    body_fields: ClassVar = [
        *Endpoint.body_fields,
        *("kind", "day", "introduction", "is_fictional", "roles", "source"),
        APIField("municipality", NameField(source="agreed_municipality")),
        APIField("lessons", LessonsField()),
        APIField("aspects", TitlesField()),
        *SUBJECT,
        *(APIField(name, RichTextField()) for name in PARTS),
        APIField("questions", WordsField()),
    ]
    detail_only_fields: ClassVar = [*PARTS, "questions"]
    newest_first = (F("day").desc(nulls_last=True), "-pk")

    @classmethod
    def choices(cls) -> dict[str, list[str]]:
        return super().choices() | {"kind": CasePage.Kind.values}

    def get_queryset(self) -> PageQuerySet[Any]:
        """What whoever handed it in agrees to now, should its page still say more than that."""
        handed_in = Submission.objects.filter(page__translation_key=OuterRef("translation_key"))
        unnamed = handed_in.exclude(may_name_municipality=True)
        return (
            super()
            .get_queryset()
            .exclude(Exists(handed_in.exclude(may_publish=True)))
            .annotate(
                agreed_municipality=Case(
                    When(Exists(unnamed), then=Value("")), default=F("municipality")
                )
            )
        )


router = WagtailAPIRouter("api")
ENDPOINTS: Final = {"news": News, "modules": Modules, "cases": Cases}
for name, endpoint in ENDPOINTS.items():
    router.register_endpoint(name, endpoint)


DESCRIPTION: Final = Path(settings.BASE_DIR) / "docs" / "api" / "content.json"


@require_safe
def index(request: HttpRequest) -> JsonResponse:
    """Where everything is; its description by the link that machines know (RFC 8631)."""
    response = JsonResponse({each: absolute(f"{request.path}{each}/") for each in ENDPOINTS})
    response.headers["Link"] = f'<{absolute(reverse("api:description"))}>; rel="service-desc"'
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    return response


@require_safe
def description(_request: HttpRequest) -> HttpResponse:
    """What there is (OpenAPI 3.1), with the address of this site in it."""
    told = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    response = JsonResponse(told | {"servers": [{"url": settings.BASE_URL}]})
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    return response


app_name = "api"
urlpatterns = [
    path("", index, name="index"),
    path("openapi.json", description, name="description"),
    *router.get_urlpatterns(),
]
