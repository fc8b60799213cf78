"""Removing what translators had of something, as when whoever wrote it takes it back."""

from uuid import UUID

from wagtail.models import Page
from wagtail_localize.models import String, StringTranslation, TranslatableObject


def forget_translations(key: UUID) -> None:
    """The pages of this key that are left, in whatever language, and every text of them."""
    for page in Page.objects.filter(translation_key=key):
        page.delete()
    StringTranslation.objects.filter(context__object=key).delete()
    TranslatableObject.objects.filter(translation_key=key).delete()
    # The same text may be one of another page's. What is nobody's is of no use to anybody.
    String.objects.filter(segments=None, translations=None).delete()
