"""`/beheer/nieuwsbrief/`: how many want it, what went out, a look at the next one and its
introduction. Editors look, chief editors write; nobody sees an address."""

from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.auth import require_admin_access

from accounts.models import User
from home.admin_heads import head
from learning.mail.messages import greeting, render
from learning.views.reminders import MAIL_POLICY
from newsletter import overview
from newsletter.forms import IntroductionForm
from newsletter.models import Edition, Rhythm
from newsletter.setup import MAY_LOOK, MAY_WRITE

MOST_EDITIONS: Final = 50
may_look = permission_required(MAY_LOOK, raise_exception=True)


@never_cache
@require_admin_access
@may_look
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """What is next, with its introduction, and what went out."""
    may_write = request.user.has_perm(MAY_WRITE)
    coming = overview.coming()
    asked = request.POST.get("rhythm")
    forms = [
        IntroductionForm(
            request.POST if asked == each.rhythm else None, rhythm=each.rhythm, texts=each.texts
        )
        for each in coming
    ]
    if request.method == "POST":
        if not may_write or not isinstance(request.user, User):
            raise PermissionDenied
        for each, form in zip(coming, forms, strict=True):
            if form.is_bound and form.is_valid():
                overview.introduce(each.rhythm, form.texts, by=request.user)
                messages.success(request, _("The introduction is stored."))
                return redirect("newsletter_admin")
    context = {
        "coming": list(zip(coming, forms, strict=True)),
        "subscribers": sum(each.subscribers for each in coming),
        "languages": settings.LANGUAGES,
        "editions": Edition.objects.all()[:MOST_EDITIONS],
        "may_write": may_write,
        **head(_("Newsletter"), "mail"),
    }
    status = 422 if any(form.errors for form in forms) else 200
    return TemplateResponse(request, "newsletter/admin/page.html", context, status=status)


@never_cache
@require_admin_access
@may_look
@require_safe
def preview(request: HttpRequest, rhythm: str, language: str) -> HttpResponse:
    """The next newsletter as it would leave now."""
    if rhythm not in Rhythm.values or language not in dict(settings.LANGUAGES):
        raise Http404
    # Nobody's own link stands in it.
    message = overview.preview(Rhythm(rhythm), language, stop=reverse("newsletter"))
    if message is None:
        messages.info(request, _("There is no news for it yet. Without news nothing is sent."))
        return redirect("newsletter_admin")
    with translation.override(language):
        response = HttpResponse(render(message, greeting(None), in_frame=True)[1])
    response._csp_replace = MAIL_POLICY  # type: ignore[attr-defined]  # noqa: SLF001  as django-csp's decorators do
    return response


URLS: Final[list[Any]] = [
    path("nieuwsbrief/", page, name="newsletter_admin"),
    path("nieuwsbrief/voorbeeld/<str:rhythm>/<str:language>/", preview, name="newsletter_preview"),
]
