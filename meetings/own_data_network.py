"""What the network of peers holds of a person, as own data tells it."""

from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy

from accounts.models import User
from learning.own_data.collecting import Found, Row, table
from meetings.models import Block, Conversation, NetworkEntry, Report
from meetings.network import theme_names
from meetings.words import called


@table(
    "network",
    gettext_lazy("What you let peers know in the network"),
    kept="network",
    covers=("meetings.NetworkEntry.person", "meetings.NetworkEntry_themes.networkentry"),
)
def entry(person: User) -> Found:
    def tell(row: NetworkEntry) -> Row:
        names = theme_names(get_language())
        return {
            "found_by": row.get_found_by_display(),
            "can_help_with": [
                names.get(each.translation_key, each.name) for each in row.themes.all()
            ],
            "would_like_to_discuss": row.question,
            "since": row.listed_at,
        }

    rows = NetworkEntry.objects.filter(person=person).prefetch_related("themes")
    return Found(rows.order_by("pk"), tell)


@table(
    "network_conversations",
    gettext_lazy("What you and peers wrote to each other"),
    kept="network_messages",
    covers=(
        "meetings.Conversation.first",
        "meetings.Conversation.second",
        "meetings.PeerMessage.sender",
        "meetings.PeerMessage.conversation",
    ),
)
def conversations(person: User) -> Found:
    def tell(row: Conversation) -> Row:
        return {
            "with": called(row.other(person)),
            "messages": [
                {
                    "written_by_you": message.sender_id == person.pk,
                    "sent_at": message.sent_at,
                    "message": message.body,
                }
                for message in row.messages.all()
            ],
        }

    rows = Conversation.objects.filter(Q(first=person) | Q(second=person))
    rows = rows.select_related("first", "second").prefetch_related("messages")
    return Found(rows.order_by("started_at", "pk"), tell)


@table(
    "network_blocks",
    gettext_lazy("Whom you blocked in the network"),
    kept="network",
    covers=("meetings.Block.blocker",),
)
def blocks(person: User) -> Found:
    rows = Block.objects.filter(blocker=person).select_related("blocked").order_by("pk")
    return Found(rows, lambda row: {"who": called(row.blocked), "since": row.made_at})


@table(
    "network_reports",
    gettext_lazy("Messages that you reported"),
    kept="network_reports",
    covers=("meetings.Report.reporter",),
)
def reports(person: User) -> Found:
    rows = Report.objects.filter(reporter=person).order_by("made_at", "pk")
    return Found(
        rows,
        lambda row: {
            "reported_at": row.made_at,
            "message": row.body,
            "why": row.why,
            "is_handled": row.is_handled,
        },
    )
