"""Who may see how somebody stands: the monitors of the municipalities that they serve, by name."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from accounts.models import User
from learning.models import Membership, MonitorGrant, Municipality, ScimToken, SignOn
from learning.models.people import today


@dataclass(slots=True)
class Serving:
    """A membership, and who watches it now. Nobody does before it begins and after it ends."""

    membership: Membership
    is_current: bool
    monitors: list[User] = field(default_factory=list)
    # A system of the municipality's own says here who serves there.
    has_own_system: bool = False
    # It has a sign-on of its own.
    has_sign_on: bool = False


def servings_of(person: User) -> list[Serving]:
    """All memberships of somebody, those of today first, each with its monitors of now.

    As many questions for one monitor as for a hundred.
    """
    day = today()
    memberships = list(
        Membership.objects.filter(person=person)
        .select_related("municipality__successor", "departure")
        .order_by("-starts_on", "pk")
    )
    current = {
        each.pk
        for each in memberships
        if each.starts_on <= day and (each.ends_on is None or each.ends_on >= day)
    }
    servings = [Serving(each, each.pk in current) for each in memberships]
    add_monitors([each for each in servings if each.is_current])
    add_systems([each for each in servings if each.is_current])
    return sorted(servings, key=lambda each: not each.is_current)


def add_monitors(servings: Sequence[Serving]) -> None:
    """A monitor watches also whom their municipality took over (`Municipality.counted_ids`)."""
    places = {pk for each in servings for pk in might_count(each.membership.municipality)}
    if not places:
        return
    grants = MonitorGrant.objects.active().filter(
        scope=MonitorGrant.Scope.MUNICIPALITY, municipality__in=places, person__is_active=True
    )
    day = today()
    counted: dict[int, list[int]] = {}
    for grant in grants.select_related("person", "municipality").order_by("person__name", "pk"):
        place = grant.municipality
        if place is None:
            continue
        ids = counted.setdefault(place.pk, place.counted_ids(day))
        for each in servings:
            if each.membership.municipality_id in ids and grant.person not in each.monitors:
                each.monitors.append(grant.person)


def add_systems(servings: Sequence[Serving]) -> None:
    """Which of these municipalities have such a system, with a key that works, or a sign-on."""
    places = {each.membership.municipality_id for each in servings}
    if not places:
        return
    keys = ScimToken.objects.valid().filter(connection__municipality__in=places)
    connected = set(keys.values_list("connection__municipality", flat=True))
    sign_ons = SignOn.objects.active().filter(municipality__in=places)
    signing_on = set(sign_ons.values_list("municipality", flat=True))
    for each in servings:
        each.has_own_system = each.membership.municipality_id in connected
        each.has_sign_on = each.membership.municipality_id in signing_on


def might_count(place: Municipality) -> list[int]:
    """A municipality and whatever it became."""
    found = [place.pk]
    while place.successor is not None and place.successor.pk not in found:
        place = place.successor
        found.append(place.pk)
    return found
