"""A module in the words of schema.org: a free course that one follows online."""

from typing import TYPE_CHECKING, Any

from home.sharing.structured import Data, absolute, organisation

if TYPE_CHECKING:
    from learning.models import ModulePage


def course_of(module: "ModulePage") -> Data:
    """What a search engine may show of a module; nothing of its lessons and questions."""
    url = absolute(module.url or "/")
    duration = f"PT{module.minutes}M"
    data: dict[str, Any] = {
        "@type": "Course",
        "@id": f"{url}#module",
        "url": url,
        "name": module.title,
        "description": module.summary,
        "inLanguage": module.locale.language_code,
        "provider": organisation(),
        "timeRequired": duration,
        "teaches": module.goal,
        "isAccessibleForFree": True,
        "audience": {"@type": "EducationalAudience", "educationalRole": module.role_labels},
        "offers": {"@type": "Offer", "category": "Free", "price": "0", "priceCurrency": "EUR"},
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "courseMode": "Online",
            "courseWorkload": duration,
            "inLanguage": module.locale.language_code,
        },
    }
    if module.last_published_at is not None:
        data["dateModified"] = module.last_published_at.isoformat()
    return data
