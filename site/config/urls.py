"""Every address of the house (DESIGN §6). Dutch has no prefix, others have theirs: /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config import views
from home.serving import serve, serve_json_feed
from home.sharing.sitemap import sitemap
from home.sharing.views import social_card
from learning.sign_on import urls as sign_on_urls
from learning.views import attempts, help_page, jobs, mine, monitoring, nation, people
from search.views import search, search_suggestions

handler500 = "config.error_page.server_error"
handler429 = "accounts.limits.too_often"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("kaart/<int:page_id>-<slug:fingerprint>.png", social_card, name="social_card"),
    path("media/<path:path>", views.media, name="media"),
    # Wagtail's own sign-in is allauth's.
    path("beheer/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("beheer/", include(wagtailadmin_urls)),
    path("documenten/", include(wagtaildocs_urls)),
    path("api/v2/", include("config.api.urls")),
    path("scim/v2/", include("learning.scim.urls")),
    path("account/", include(sign_on_urls.protocols)),
]

urlpatterns += i18n_patterns(
    path("", include("learning.access_urls")),
    path("account/", include("accounts.urls")),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/", include("learning.sign_on.urls")),
    path("mijn/", mine.mine, name="mine"),
    path("", include("learning.own_data_urls")),
    path("", include("learning.erasing_urls")),
    path("", include("learning.certificate_urls")),
    path("", include("practice.urls")),
    path("mijn/poging/<int:attempt_id>/", attempts.overview, name="attempt"),
    path("mijn/poging/<int:attempt_id>/alles/", attempts.all_questions, name="attempt_all"),
    path("mijn/extra-tijd/", attempts.extra_time, name="extra_time"),
    path("mijn/poging/<int:attempt_id>/inleveren/", attempts.submit, name="attempt_submit"),
    path(
        "mijn/poging/<int:attempt_id>/<int:position>/",
        attempts.question,
        name="attempt_question",
    ),
    path("gemeente/<slug:slug>/", monitoring.municipality, name="municipality"),
    path("", include("learning.exports.urls")),
    path("gemeente/<slug:slug>/mensen/beeindigen/", people.end_memberships, name="people_end"),
    path("gemeente/<slug:slug>/mensen/verplichten/", people.require_people, name="people_require"),
    path("gemeente/<slug:slug>/taken/<int:job_id>/", jobs.job, name="job"),
    path("gemeente/<slug:slug>/taken/<int:job_id>/bestand/", jobs.job_file, name="job_file"),
    path("", include("learning.import_urls")),
    path("", include("learning.mail.urls")),
    path("", include("meetings.urls")),
    path("landelijk/", nation.page, name="nation"),
    path("", include("learning.requirement_urls")),
    path("landelijk/taken/<int:job_id>/", jobs.job, name="nation_job"),
    path("landelijk/taken/<int:job_id>/bestand/", jobs.job_file, name="nation_job_file"),
    path("hulp/", help_page.page, name="help"),
    path("", include("home.urls")),
    path("nieuwsbrief/", include("newsletter.urls")),
    path("zoeken/", search, name="search"),
    path("zoeken/suggesties/", search_suggestions, name="search_suggestions"),
    # Our own way to a page, at the addresses of Wagtail's.
    re_path(wagtail_urls.serve_pattern, serve),
    # A page's JSON Feed, whose name has a dot and no slash behind it.
    path("<path:path>/feed.json", serve_json_feed),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

if settings.DEBUG:
    from django.contrib.staticfiles.urls import staticfiles_urlpatterns

    urlpatterns += staticfiles_urlpatterns()
