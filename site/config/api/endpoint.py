"""What all endpoints share: only what is named is shown, only what is named may be asked."""

from typing import Any, ClassVar

from django.conf import settings
from django.db.models.expressions import OrderBy
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, set_response_etag
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView
from wagtail.api import APIField
from wagtail.api.v2.serializers import PageSerializer
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import BaseAPIViewSet
from wagtail.query import PageQuerySet

from home.visible import for_everybody

# How long somebody else may keep an answer without asking again.
SECONDS = 60
LONGEST_WORD = 60


class Throttle(SimpleRateThrottle):
    """So often from one address of the network, whoever asks: nobody signs in here."""

    scope = "api"

    def get_cache_key(self, request: Any, view: APIView) -> str:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


class Endpoint(BaseAPIViewSet):
    """Live pages of one type that anybody may read."""

    base_serializer_class = PageSerializer
    authentication_classes: ClassVar[list[Any]] = []
    permission_classes: ClassVar = [AllowAny]
    renderer_classes: ClassVar = [JSONRenderer]
    throttle_classes: ClassVar = [Throttle]
    # What may be asked of all, and by what field of the page; an endpoint adds its own.
    filters: ClassVar[dict[str, str]] = {
        "locale": "locale__language_code",
        "theme": "themes__slug",
        "goal": "goals__code__iexact",
    }
    related: ClassVar[tuple[str, ...]] = ("themes", "goals")
    find_query_parameters: ClassVar[frozenset[str]] = frozenset()
    body_fields: ClassVar[list[str | APIField]] = ["id", "title"]
    meta_fields: ClassVar[list[str]] = [
        *("detail_url", "html_url", "locale", "first_published_at", "last_published_at")
    ]
    nested_default_fields: ClassVar[list[str]] = ["id"]
    newest_first: ClassVar[tuple[str | OrderBy, ...]] = ("-first_published_at", "-pk")

    def get_queryset(self) -> PageQuerySet[Any]:
        """What may be shown at all. Raises BadRequestError for a filter that is none."""
        found: PageQuerySet[Any] = for_everybody(self.model.objects.all())
        for name, lookup in self.filters.items():
            if name in self.request.GET:
                found = found.filter(**{lookup: self.word(name)})
        return (
            found.select_related("locale")
            .prefetch_related(*self.related)
            .order_by(*self.newest_first)
            .distinct()
        )

    def word(self, name: str) -> str:
        value = str(self.request.GET[name])
        if not value or len(value) > LONGEST_WORD or "\x00" in value:
            message = f"{name} must be a word of at most {LONGEST_WORD} characters"
            raise BadRequestError(message)
        known = self.choices().get(name)
        if known is not None and value not in known:
            message = f"{name} must be one of: {', '.join(known)}"
            raise BadRequestError(message)
        return value

    @classmethod
    def choices(cls) -> dict[str, list[str]]:
        """What there is to choose from, for parameters of which that is little."""
        return {"locale": [code for code, _name in settings.LANGUAGES]}

    @classmethod
    def get_body_fields(cls, model: Any) -> list[APIField]:
        """What is named here, and nothing that a model says of itself."""
        fields: list[APIField] = cls._convert_api_fields(cls.body_fields)
        return fields

    @classmethod
    def get_meta_fields(cls, model: Any) -> list[APIField]:
        fields: list[APIField] = cls._convert_api_fields(cls.meta_fields)
        return fields

    @classmethod
    def get_listing_default_fields(cls, model: Any) -> list[str]:
        return [
            name for name in cls.get_available_fields(model) if name not in cls.detail_only_fields
        ]

    def check_query_parameters(self, queryset: Any) -> None:
        """Raises BadRequestError for what is no parameter of ours, not even a field's name."""
        known = {"limit", "offset", "fields", *self.filters}
        unknown = set(self.request.GET) - known
        if unknown:
            # Not with the words that were sent: an answer says only what we wrote.
            message = f"unknown parameter; there are: {', '.join(sorted(known))}"
            raise BadRequestError(message)

    @classmethod
    def get_urlpatterns(cls) -> list[Any]:
        """The list and one of them; not Wagtail's finding by whatever."""
        found = [each for each in super().get_urlpatterns() if each.name != "find"]
        for each in found:
            # Nothing is written here, so nothing need be let through without a token.
            each.callback.csrf_exempt = False
        return found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().dispatch(request, *args, **kwargs)
        response.render()
        if response.status_code != 200:
            response.headers["Cache-Control"] = "no-store"
            return response
        response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
        set_response_etag(response)
        answer = get_conditional_response(request, etag=response.headers["ETag"], response=response)
        assert answer is not None  # noqa: S101  there is a response to fall back on
        return answer
