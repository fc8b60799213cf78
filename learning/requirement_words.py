"""What a requirement asks, in sentences that everybody reads the same."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning.models import ModulePage, Requirement
from learning.rules.validity import ValidityKind


def due_words(requirement: Requirement) -> str:
    """By when it must be finished."""
    if requirement.due_on:
        return _("Finished by %(day)s") % {"day": date_format(requirement.due_on)}
    if requirement.due_days:
        return ngettext(
            "Finished within %(days)s day after somebody begins to serve",
            "Finished within %(days)s days after somebody begins to serve",
            requirement.due_days,
        ) % {"days": requirement.due_days}
    return _("No date: nobody is too late")


def validity_words(requirement: Requirement) -> str:
    """How long a completion counts."""
    kind = ValidityKind(requirement.validity)
    months = requirement.valid_months or 0
    if kind is ValidityKind.FOR_GOOD:
        return _("Valid for good")
    texts = {
        ValidityKind.FROM_COMPLETION: ngettext(
            "Valid for %(months)s month from the day of completion",
            "Valid for %(months)s months from the day of completion",
            months,
        ),
        ValidityKind.FROM_PREVIOUS_END: ngettext(
            "Valid for %(months)s month; who renews early loses nothing",
            "Valid for %(months)s months; who renews early loses nothing",
            months,
        ),
        ValidityKind.CALENDAR: ngettext(
            "Valid through the end of a fixed period of %(months)s month",
            "Valid through the end of a fixed period of %(months)s months",
            months,
        ),
    }
    return texts[kind] % {"months": months}


def renewal_words(requirement: Requirement) -> str:
    """How and when it is renewed; empty where it never is."""
    if requirement.validity == ValidityKind.FOR_GOOD:
        return ""
    how = {
        Requirement.Renewal.WHOLE: _("by doing all of it again"),
        Requirement.Renewal.TEST: _("by the test alone"),
        Requirement.Renewal.OTHER: _("by “%(module)s”") % {"module": renewal_title(requirement)},
    }[Requirement.Renewal(requirement.renewal_by)]
    return ngettext(
        "Renewal opens %(days)s day before the end, %(how)s",
        "Renewal opens %(days)s days before the end, %(how)s",
        requirement.renewal_days,
    ) % {"days": requirement.renewal_days, "how": how}


def renewal_title(requirement: Requirement) -> str:
    if requirement.renewal_by != Requirement.Renewal.OTHER:
        return ""
    module = ModulePage.objects.source().filter(translation_key=requirement.renewal_key).first()
    return module.title if module else _("a module that is no longer there")


def period_words(requirement: Requirement) -> str:
    """From when, and through when if that is known."""
    days = {
        "start": date_format(requirement.starts_on),
        "end": date_format(requirement.ends_on) if requirement.ends_on else "",
    }
    if requirement.ends_on:
        return _("From %(start)s through %(end)s") % days
    return _("From %(start)s") % days


def earlier_words(requirement: Requirement) -> str:
    if requirement.accepts_earlier:
        return _("What was finished earlier counts")
    return _("Only what is finished from %(day)s on counts") % {
        "day": date_format(requirement.starts_on)
    }


def roles_words(requirement: Requirement) -> str:
    return ", ".join(requirement.role_labels)


def all_words(requirement: Requirement) -> list[tuple[str, str]]:
    """Everything that it says, each with what it is about."""
    rows = [
        (_("What"), requirement.subject_title),
        (_("For whom"), roles_words(requirement)),
        (_("From when"), period_words(requirement)),
        (_("By when"), due_words(requirement)),
        (_("How long valid"), validity_words(requirement)),
        (_("Renewal"), renewal_words(requirement)),
        (_("Earlier completions"), earlier_words(requirement)),
    ]
    return [(label, text) for label, text in rows if text]


def changes(old: Requirement, new: Requirement) -> list[tuple[str, str, str]]:
    """What would read otherwise: about what, as it is, as it would be."""
    before, after = dict(all_words(old)), dict(all_words(new))
    nothing = _("nothing")
    return [
        (label, before.get(label, nothing), after.get(label, nothing))
        for label in {**before, **after}
        if before.get(label) != after.get(label)
    ]
