"""Wagtail: its admin, files, search and read API."""

from config.search_backends import search_backends
from config.settings.environment import BASE_URL, env
from config.settings.signing_in import ALLAUTH_TRUSTED_PROXY_COUNT

# Behind Wagtail's choosers and wagtail-localize: for who has a session, and as JSON alone. By
# default a password in a header would do, which a second factor does not guard.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    # What anybody may ask of /api/v2/, by address of the network (config/api).
    "DEFAULT_THROTTLE_RATES": {"api": "120/min"},
    "NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT,
}

WAGTAILAPI_BASE_URL = BASE_URL
WAGTAILAPI_LIMIT_MAX = 100
WAGTAIL_SITE_NAME = "Raadsleden & Veiligheid"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "/account/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# In the admin people choose the language that they read.
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
# No pictures of people from a third party.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# No question to wagtail.org whether there is an update.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# A photograph is then little more than half as large as in WebP, and looks as good (ADR 0040).
WAGTAILIMAGES_AVIF_QUALITY = 55
# What is approved is published, but for a page of a module's next version.
WAGTAIL_FINISH_WORKFLOW_ACTION = "learning.approving.publish_approved"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 8 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.image_form.HouseImageForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "pdf", "pptx", "txt", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_FORM_BASE = "home.document_form.HouseDocumentForm"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# No document is shown as a page of ours, not even a PDF: the browser saves it.
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILSEARCH_BACKENDS = search_backends(env.str("SEARCH_URL", default=""))
