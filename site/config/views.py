"""Pages of no app: health, and what to say when a form could not be trusted."""

from datetime import timedelta
from pathlib import PurePosixPath

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.static import serve


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Nothing else is asked, so a slow database restarts nobody."""
    return HttpResponse("ok\n", content_type="text/plain")


_migrated = False


def migrations_are_missing() -> bool:
    """Whether the database lags behind the code. Once it does not, a process never asks again."""
    global _migrated  # noqa: PLW0603  reading all migrations takes a fifth of a second
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return not _migrated


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and has every migration: traffic may come."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        waiting = migrations_are_missing()
    except DatabaseError:
        return HttpResponse("database\n", content_type="text/plain", status=503)
    if waiting:
        return HttpResponse("migrations\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from a page that was open too long, or from elsewhere: say what to do."""
    return render(request, "403_csrf.html", status=403)


# What Wagtail stores: pictures that it has read and written anew, so an image is an image.
MEDIA_FOLDERS = frozenset({"images", "original_images", "avatar_images"})
MEDIA_IMAGE_SUFFIXES = frozenset({".gif", ".jpg", ".jpeg", ".png", ".webp", ".avif"})


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Uploaded images. What is none is given as a file to save, never shown as a page.

    In production a web server may serve /media/ itself (README); documents always go through
    Wagtail, which knows who may have them.
    """
    # Two ways to write one address (./, //) must not be a way round the first part of it.
    parts = path.split("/")
    if parts[0] not in MEDIA_FOLDERS or {"", ".", ".."} & set(parts):
        raise Http404
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response.headers["X-Content-Type-Options"] = "nosniff"
    if PurePosixPath(path).suffix.lower() not in MEDIA_IMAGE_SUFFIXES:
        response.headers["Content-Disposition"] = "attachment"
    elif response.status_code == 200:
        # The name holds a fingerprint of the picture and its size: it never changes.
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines need not visit, in any language; the sitemap names nothing of it."""
    lines = ["User-agent: *"]
    places = ("account", "beheer", "mijn", "gemeente", "landelijk")
    prefixes = ("", *(f"/{code}" for code, _name in settings.LANGUAGES[1:]))
    lines += [f"Disallow: {prefix}/{place}/" for prefix in prefixes for place in places]
    lines += ["", f"Sitemap: {settings.BASE_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness (RFC 9116). It is valid for half a year from today."""
    expires = (timezone.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: mailto:{settings.SECURITY_CONTACT}",
        f"Expires: {expires}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.BASE_URL}{reverse('security_txt')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
