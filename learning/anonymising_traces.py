"""Where a person's name or address stands without a field that points at them."""

from collections.abc import Callable
from typing import Any, Final

from allauth.account.models import EmailAddress
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Concat
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from accounts.models import User
from learning.imports.plans import drop
from learning.models import (
    ImportRun,
    Invitation,
    Job,
    JoinRequest,
    Mailing,
    Membership,
    MonitorGrant,
    MunicipalitySettings,
    OutgoingMail,
    QuestionImport,
)

Emails = frozenset[str]
Trace = Callable[[User, Emails], None]


def addresses_of(person: User) -> Emails:
    """All addresses by which somebody is known, in lower case."""
    others = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    return frozenset({person.email, *(each.lower() for each in others)})


def places_of(person: User) -> set[int]:
    """Every municipality that somebody ever served or watched."""
    return {
        *Membership.objects.filter(person=person).values_list("municipality", flat=True),
        *MonitorGrant.objects.filter(person=person, municipality__isnull=False).values_list(
            "municipality", flat=True
        ),
    }


def delete_file(storage: Storage, name: str | None) -> None:
    """Once it is certain that the row is gone: a file cannot be put back."""
    if name:
        transaction.on_commit(lambda: storage.delete(name))


def ways_in(_person: User, emails: Emails) -> None:
    """Invitations and requests to join by one of the addresses."""
    Invitation.objects.filter(email__in=emails).delete()
    JoinRequest.objects.filter(email__in=emails).delete()


def mails(person: User, emails: Emails) -> None:
    """What waits is called back; what went no longer says to whom."""
    state = OutgoingMail.State
    OutgoingMail.objects.filter(
        Q(person=person) | Q(address__in=emails), state__in=OutgoingMail.UNFINISHED
    ).update(state=state.CANCELLED, address="")
    # The key names the person by number; a message that is planned again goes to nobody.
    OutgoingMail.objects.filter(person=person).update(
        parameters={}, dedupe_key=Concat(Value("erased:"), Cast(F("pk"), CharField()))
    )
    for mailing in Mailing.objects.filter(municipality__in=places_of(person)).exclude(selection={}):
        chosen = mailing.selection.get("people")
        if chosen and person.pk in chosen:
            mailing.selection["people"] = [each for each in chosen if each != person.pk]
            mailing.save(update_fields=["selection"])


def files(person: User, _emails: Emails) -> None:
    """Lists of people that were made or handed in where they serve, and what they made or sent."""
    places = places_of(person)
    made = Job.objects.filter(Q(requested_by=person) | Q(municipality__in=places)).exclude(
        result=""
    )
    for job in made:
        delete_file(job.result.storage, job.result.name)
        Job.objects.filter(pk=job.pk).update(result="")
    undecided = ImportRun.objects.filter(
        Q(created_by=person) | Q(municipality__in=places), applied_at=None
    )
    for run in undecided:
        drop(run)
    for questions in QuestionImport.objects.filter(created_by=person).exclude(file=""):
        delete_file(questions.file.storage, questions.file.name)
    for profile in UserProfile.objects.filter(user=person).exclude(avatar=""):
        delete_file(profile.avatar.storage, profile.avatar.name)


def contacts(person: User, emails: Emails) -> None:
    """Where a municipality names them as its clerk or adviser, or reports to their address."""
    for settings in MunicipalitySettings.objects.all():
        changed = False
        for who in ("griffier", "adviser"):
            name, email = getattr(settings, f"{who}_name"), getattr(settings, f"{who}_email")
            if email.lower() in emails or (
                name == person.name and settings.municipality_id in places_of(person)
            ):
                for what in ("name", "email", "phone"):
                    setattr(settings, f"{who}_{what}", "")
                changed = True
        kept = [each for each in settings.report_recipients if str(each).lower() not in emails]
        if changed or kept != settings.report_recipients:
            settings.report_recipients = kept
            settings.save()


def admin_log(person: User, _emails: Emails) -> None:
    """Wagtail's log calls what was changed by its name: of a person, by theirs."""
    kind: Any = ContentType.objects.get_for_model(User)
    ModelLogEntry.objects.filter(content_type=kind, object_id=str(person.pk)).update(
        label="", data={}
    )


TRACES: Final[list[Trace]] = [ways_in, mails, files, contacts, admin_log]


def add_trace(trace: Trace) -> Trace:
    """Add where an app above keeps names or addresses: it removes those of a person."""
    TRACES.append(trace)
    return trace
