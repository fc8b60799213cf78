"""What the head of a page says to search engines and to who shares it."""

from dataclasses import dataclass, field
from typing import Any, Final

from django.http import HttpRequest, QueryDict
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import Page

from home.models import HomePage
from home.models.base import HousePage
from home.sharing import cards, structured

# Views without a page of Wagtail's that anybody may read and search engines may show.
# Of a search only its first page counts: results have the canonical address without words.
INDEXED_VIEWS: Final = {"help", "search"}
SHOWN_WITH_PICTURE: Final = {"NewsArticle", "Article", "Course", "Event"}
LOCALES: Final = {"nl": "nl_NL", "en": "en_GB", "fy": "fy_NL"}
DEPTH_BELOW_HOME: Final = 3


@dataclass(frozen=True, slots=True)
class SocialImage:
    """The picture that is shown with a shared address."""

    url: str
    alt: str
    kind: str = "image/png"


@dataclass(frozen=True, slots=True)
class Head:
    """As components/sharing_head.html writes it."""

    canonical: str = ""
    alternates: list[tuple[str, str]] = field(default_factory=list)
    locale: str = ""
    other_locales: list[str] = field(default_factory=list)
    kind: str = "website"
    is_indexed: bool = False
    image: "SocialImage | None" = None
    data: SafeString = field(default_factory=SafeString)


def page_of(request: HttpRequest | None) -> Page | None:
    """The page of Wagtail's that is shown at its address; none in a preview."""
    if request is None or getattr(request, "is_preview", False):
        return None
    route = getattr(request, "_wagtail_route_for_request", None)
    return None if route is None else route.page


def head_of(request: HttpRequest, house: Any, *, title: str, page_obj: Any = None) -> Head:
    """What to say of what is shown to this request."""
    page = page_of(request)
    if not may_be_indexed(request, page):
        return Head()
    code: str = house.language
    canonical = structured.absolute(request.path)
    number = numbered(request.GET, page_obj)
    image = image_of(page, title=title)
    data = [with_picture(each, image) for each in data_for(request, page, house, title=title)]
    return Head(
        canonical=f"{canonical}?p={number}" if number > 1 else canonical,
        # The second leaf of a list is not the second of its translation.
        alternates=[] if number > 1 else house.alternates,
        locale=LOCALES.get(code, code),
        other_locales=[
            LOCALES.get(other, other) for other, _url in house.alternates if other != code
        ],
        kind="article"
        if any(str(item["@type"]).endswith("Article") for item in data)
        else "website",
        is_indexed=True,
        image=image,
        data=structured.script(data),
    )


def with_picture(data: structured.Data, image: SocialImage) -> structured.Data:
    """What search engines show with a picture has that of the page, unless it says another."""
    return data if data["@type"] not in SHOWN_WITH_PICTURE else {"image": [image.url], **data}


def image_of(page: Page | None, *, title: str) -> SocialImage:
    """A page's own picture, or its card, or the site's."""
    if page is None or not cards.has_card(page):
        return SocialImage(structured.absolute(static("social-card.png")), structured.SITE_NAME)
    own: Any = page.social_image
    if own is not None:
        try:
            rendition = own.get_rendition(f"fill-{cards.WIDTH}x{cards.HEIGHT}-c100|format-jpeg")
        except OSError:
            pass  # Its file is gone.
        else:
            return SocialImage(structured.absolute(rendition.url), title, "image/jpeg")
    return SocialImage(
        structured.absolute(cards.address_of(page)), f"{title} – {structured.SITE_NAME}"
    )


def may_be_indexed(request: HttpRequest, page: Page | None) -> bool:
    if page is not None:
        return page.is_indexed if isinstance(page, HousePage) else bool(page.live)
    match = getattr(request, "resolver_match", None)
    return match is not None and match.view_name in INDEXED_VIEWS


def numbered(query: QueryDict, page_obj: Any) -> int:
    """Which leaf of a list this is, when nothing but that was asked: filters make no new page."""
    if page_obj is None or set(query) != {"p"}:
        return 1
    return int(page_obj.number)


def data_for(
    request: HttpRequest, page: Page | None, house: Any, *, title: str
) -> list[structured.Data]:
    """The structured data of what is shown."""
    if isinstance(page, HomePage):
        name = house.frame.organisation
        return [
            structured.organisation(name),
            structured.website(house.language, house.home_url, house.description),
            *structured.data_of(page, request),
        ]
    here = (title, request.path)
    if page is None:
        return [structured.breadcrumbs([(_("Home"), house.home_url), here])]
    places = places_above(page)
    if request.path == page.url:
        here = (page.title, request.path)
    else:
        places = [*places, (page.title, page.url)]
    found = structured.data_of(page, request) if isinstance(page, HousePage) else []
    return [structured.breadcrumbs([(_("Home"), house.home_url), *places, here]), *found]


def places_above(page: Page) -> list[tuple[str, str]]:
    """The pages between the home page and this one, which were passed on the way to it."""
    above: list[tuple[str, str]] = []
    while page.depth > DEPTH_BELOW_HOME:
        page = page.get_parent()
        above.insert(0, (page.title, page.url))
    return above
