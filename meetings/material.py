"""Material for participants alone: its documents open for nobody else, by whatever address."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from accounts.models import User
from meetings.models import MeetingPage, SignUp
from meetings.organisers import organises


def may_open(document: Any, viewer: Any) -> bool:
    """Whether somebody may have a document.

    Everybody may, unless all that refers to it is material for participants of meetings; then
    who took part in one of those, who organised one, and editors.
    """
    references = ReferenceIndex.get_references_to(document)
    meetings: Any = ContentType.objects.get_for_model(MeetingPage)
    pages: Any = ContentType.objects.get_for_model(Page)
    rows = list(
        references.values_list("content_type_id", "base_content_type_id", "object_id", "model_path")
    )
    material = [
        pk
        for kind, base, pk, place in rows
        if (kind, base) == (meetings.pk, pages.pk) and place.partition(".")[0] == "material"
    ]
    if not rows or len(material) < len(rows):
        return True
    referring = list(MeetingPage.objects.filter(pk__in=material))
    if any(page.material_for == MeetingPage.Audience.EVERYBODY for page in referring):
        return True
    if not isinstance(viewer, User):
        return False
    return viewer.has_perm("wagtailadmin.access_admin") or any(
        took_part(viewer, page) for page in referring
    )


def took_part(viewer: User, page: MeetingPage) -> bool:
    has_place = SignUp.objects.with_place().filter(
        person=viewer, occasion__key=page.translation_key
    )
    return has_place.exists() or organises(viewer, page.translation_key)
