"""Sentences of allauth's that this site says in its own Dutch: to *u*, short, what to do next.

A text that is translated here wins over the translation that comes with allauth. Only what
people of this site can meet is named; allauth's English is what is looked up.
"""

from typing import Final

from django.utils.translation import gettext_noop as _

WORDS: Final = (
    _("The email address and/or password you specified are not correct."),
    _("Too many failed login attempts. Try again later."),
    _("Be patient, you are sending too many requests."),
    _("Please type your current password."),
    _("Incorrect code."),
    _("Incorrect password."),
    _("Password"),
    _("Password (again)"),
    _("Current Password"),
    _("New Password"),
    _("New Password (again)"),
    _("Authenticator code"),
    _("Email address"),
    _("This account is currently inactive."),
    _("You cannot activate two-factor authentication until you have verified your email address."),
    _("TOTP Authenticator"),
    _("WebAuthn"),
    _("You must type the same password each time."),
    _("Are you sure you want to sign out?"),
    _("You have signed out."),
    _("Successfully signed in as %(name)s."),
    _("Password Reset"),
    _("Reset My Password"),
    _(
        "Forgotten your password? Enter your email address below, and we'll send you an email "
        "allowing you to reset it."
    ),
    _("Please contact us if you have any trouble resetting your password."),
    _(
        "We have sent you an email. If you have not received it please check your spam folder. "
        "Otherwise contact us if you do not receive it in a few minutes."
    ),
    _("Your password is now changed."),
    _("Password successfully set."),
    _("Password successfully changed."),
    _("This mail can be safely ignored if you did not initiate this action."),
    _(
        "You're receiving this email because you or someone else has requested a password reset "
        "for your user account.\n"
        "It can be safely ignored if you did not request a password reset. Click the link below "
        "to reset your password."
    ),
)
