"""What a newsletter says: the news since the last one, written when the mail leaves."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.models import NewsIndexPage, NewsPage
from learning.mail.messages import Item as MailItem
from learning.mail.messages import Message, composes
from learning.models import OutgoingMail
from newsletter import rules
from newsletter.models import Choices, Edition, Rhythm, Subscription
from newsletter.subscribing import stop_path


def news_since(moment: datetime) -> list[rules.Item]:
    """All public news of which any language appeared after a moment, in all languages."""
    public = NewsPage.objects.live().public()
    fresh = public.filter(first_published_at__gt=moment).values("translation_key")
    pages = public.filter(translation_key__in=fresh, first_published_at__isnull=False)
    found = pages.select_related("locale").prefetch_related("themes").defer_streamfields()
    return [
        rules.Item(
            pk=page.pk,
            key=page.translation_key,
            language=page.locale.language_code,
            appeared_at=page.first_published_at,
            themes=frozenset(theme.translation_key for theme in page.themes.all()),
        )
        for page in found
    ]


def reader_of(choices: Choices) -> rules.Reader:
    themes = frozenset(theme.translation_key for theme in choices.themes.all())
    return rules.Reader(choices.language, themes)


def news_of(
    reader: rules.Reader, items: Sequence[rules.Item], *, since: datetime, until: datetime
) -> list[int]:
    return rules.news_for(
        reader, items, since=since, until=until, first_language=settings.LANGUAGE_CODE
    )


@composes(OutgoingMail.Kind.NEWSLETTER)
def newsletter(mail: OutgoingMail) -> Message | None:
    """None when they left, or when all of it was taken off the site in the meantime."""
    told = mail.parameters
    subscription = Subscription.objects.filter(pk=told["subscription"]).first()
    edition = Edition.objects.filter(pk=told["edition"]).first()
    if subscription is None or edition is None:
        return None
    since, until = (datetime.fromisoformat(told[name]) for name in ("since", "until"))
    keys = news_of(reader_of(subscription), news_since(since), since=since, until=until)
    if not keys:
        return None
    return write(
        keys,
        rhythm=Rhythm(edition.rhythm),
        introduction=edition.introduction.get(mail.language, ""),
        stop=stop_path(subscription),
    )


def write(keys: Sequence[int], *, rhythm: Rhythm, introduction: str, stop: str) -> Message:
    """A newsletter with these items, in this order, in the active language."""
    pages = NewsPage.objects.for_cards().in_bulk(keys)
    items = [pages[key] for key in keys if key in pages]
    index = NewsIndexPage.objects.live().filter(
        locale__language_code__in=(translation.get_language(), settings.LANGUAGE_CODE)
    )
    places = {each.locale.language_code: each for each in index.select_related("locale")}
    place = places.get(translation.get_language() or "") or places.get(settings.LANGUAGE_CODE)
    return Message(
        subject=subject_of(items),
        paragraphs=tuple(part for part in introduction.split("\n\n") if part.strip())
        or (_("This is what is new on our site."),),
        items=tuple(told(item) for item in items),
        button=_("All news"),
        path=place.url if place is not None else "/",
        reason=reason_of(rhythm),
        stop_path=stop,
    )


def subject_of(items: Sequence[NewsPage]) -> str:
    first, others = items[0].title, len(items) - 1
    if not others:
        return _("News: %(title)s") % {"title": first}
    return ngettext(
        "News: %(title)s, and %(count)d other item",
        "News: %(title)s, and %(count)d other items",
        others,
    ) % {"title": first, "count": others}


def told(item: NewsPage) -> MailItem:
    """An item in the mail; it says when it is in another language than the mail."""
    details = [date_format(item.date, "j F Y")]
    language = item.locale.language_code
    if language != translation.get_language():
        names = dict(settings.LANGUAGES)
        details.append(_("in %(language)s") % {"language": names.get(language, language)})
    if item.is_fictional:
        details.append(_("invented example"))
    return MailItem(item.title, f"{', '.join(details)}. {item.introduction}", item.url)


def reason_of(rhythm: Rhythm) -> str:
    if rhythm is Rhythm.WEEKLY:
        return _("You get this mail because you asked for our newsletter every week.")
    return _("You get this mail because you asked for our newsletter every month.")
