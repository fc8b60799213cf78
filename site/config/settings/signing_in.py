"""How people sign in, and how often somebody may try."""

from config.settings.environment import env

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "learning.passwords.GuessableValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "mine"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "accounts.adapter.HouseAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "accounts.models.display_name"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
# How long a session lasts is said in accounts/session_rules.py.
ACCOUNT_SESSION_REMEMBER = True
# All others end when a password or another way of signing in changes (accounts/signal_handlers.py).
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
# A link for another password works for a day.
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
# The way in for most: a mailed code, and a link that fills it in.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
# Besides allauth's own. A whole council signs in or scans one code behind one address of the
# network, hence the many; to one address of mail we write seldom.
# Codes of certificates cannot be guessed: their limit spares the site who tries all the same.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "30/m/ip,5/300s/key",
    "request_login_code": "3/m/key,12/h/key",
    "reset_password": "20/m/ip,3/m/key,12/h/key",
    "manage_email": "5/h/user",
    "join": "300/h/ip",
    "join_mail": "4/h/key",
    "invite": "60/h/user",
    # A council may do it together; one address gets few mails of it.
    "newsletter": "120/h/ip",
    "newsletter_mail": "3/h/key,6/d/key",
    "certificate": "300/h/ip",
    "own_data": "10/h/user",
    "meeting": "60/h/user",
    "peer": "30/h/user",
    # Calendars ask by themselves, many from one address of an office.
    "calendar": "600/h/ip",
    # Forms that editors made, for a whole council behind one address.
    "form": "30/h/ip",
    # Beginning and sending a case from practice count both.
    "case": "30/d/user",
    # What was typed by who turned out to be signed out is kept for an hour (practice/unsent.py).
    "unsent": "60/h/ip",
    # Answers of a municipality's sign-on, whose people all come from one address.
    "saml": "300/10m/ip",
    # What a municipality's own system may ask with its key, and how often somebody may try one.
    "scim": "250/5s/key",
    "scim_refused": "30/10m/ip",
}
# How many proxies stand in front: their X-Forwarded-For is believed, nobody else's.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("ALLAUTH_TRUSTED_PROXY_COUNT", default=0)

ACCOUNT_FORMS = {"reset_password": "accounts.forms.ForgottenForm"}
MFA_ADAPTER = "accounts.adapter.HouseMFAAdapter"
MFA_FORMS = {
    "add_webauthn": "accounts.forms.NewPasskeyForm",
    "edit_webauthn": "accounts.forms.PasskeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A passkey is two steps in one: the device, and a finger, face or PIN.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RATE_LIMITS = {"webauthn_login": "120/m/ip"}
# Clocks of phones differ: the code before and the one after are right as well.
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Raadsleden & Veiligheid"
MFA_RECOVERY_CODE_COUNT = 10

# A municipality's own sign-on (learning/sign_on). One presses a link that says where it leads.
SOCIALACCOUNT_ADAPTER = "learning.sign_on.adapter.HouseSocialAccountAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True
# Never in production: addresses of sign-ons may then lead to this machine itself.
SIGN_ON_ON_LOOPBACK = False
