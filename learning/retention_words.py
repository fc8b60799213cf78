"""The table of retention in words, for `/privacy/` (learning/rules/retention.py)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learning.rules.retention import LINES, How, Law, Line

YEAR: Final = 365
MONTH: Final = 30


@dataclass(frozen=True, slots=True)
class Words:
    """What a line is about, and why it is kept that long."""

    what: Any
    why: Any


WORDS: Final[dict[str, Words]] = {
    "account": Words(
        gettext_lazy("Your name, e-mail address, language, choices and ways of signing in"),
        gettext_lazy("Without these you cannot sign in and learn."),
    ),
    "membership": Words(
        gettext_lazy("Which municipality you serve or served, in which role and from when"),
        gettext_lazy("A municipality must know how far its people are, also on an earlier day."),
    ),
    "completion": Words(
        gettext_lazy("What you finished, with the day, and your certificates"),
        gettext_lazy("It is your proof, also at another municipality."),
    ),
    "learning": Words(
        gettext_lazy("Where you are in a module, your marks and your exemptions"),
        gettext_lazy("So that you go on where you were."),
    ),
    "answers": Words(
        gettext_lazy("What you answered in a test that you handed in"),
        gettext_lazy(
            "So that you can look back and a wrong question can be marked again. After that the "
            "mark is enough."
        ),
    ),
    "refreshers": Words(
        gettext_lazy("Your questions of the week and what you answered"),
        gettext_lazy("So that a question comes back when you need it. You choose to get them."),
    ),
    "quiet_accounts": Words(
        gettext_lazy("An account without a municipality that nobody uses"),
        gettext_lazy("We keep no data that nobody needs. You get two mails first."),
    ),
    "erasures": Words(
        gettext_lazy("Your account after you asked to erase it"),
        gettext_lazy("So that you can undo it."),
    ),
    "erasures_undone": Words(
        gettext_lazy("That you asked to erase your account, and undid it"),
        gettext_lazy("So that you can see it if it was not you."),
    ),
    "departures": Words(
        gettext_lazy("That you left a municipality by yourself"),
        gettext_lazy("So that you can undo it."),
    ),
    "log": Words(
        gettext_lazy("Who signed in, looked at data of people, or changed something, and when"),
        gettext_lazy("So that abuse is found, and you can see who looked at your data."),
    ),
    "sessions": Words(
        gettext_lazy("Where you are signed in: device and browser"),
        gettext_lazy("So that you can see and end it. It goes when you are signed out."),
    ),
    "confirmations": Words(
        gettext_lazy("Links by which you confirm an e-mail address"),
        gettext_lazy("So that we know that the address is yours."),
    ),
    "entry_unanswered": Words(
        gettext_lazy("Name and e-mail address in an invitation that has expired"),
        gettext_lazy("Who does not answer need not be known here."),
    ),
    "entry_unconfirmed": Words(
        gettext_lazy("Name and e-mail address of who asked to join and did not confirm it"),
        gettext_lazy("Then we do not know that the address is theirs. The link works for a day."),
    ),
    "entry": Words(
        gettext_lazy("Invitations, links to join and requests to join"),
        gettext_lazy("So that a municipality can see who came in and how."),
    ),
    "import_undecided": Words(
        gettext_lazy("A list of people that was handed in and not decided on"),
        gettext_lazy("So that whoever handed it in can look at it first."),
    ),
    "import": Words(
        gettext_lazy("What an import of people changed"),
        gettext_lazy("So that a municipality can undo a mistake."),
    ),
    "mail": Words(
        gettext_lazy("Which mails you got, and when"),
        gettext_lazy("So that nobody is reminded twice."),
    ),
    "mail_drafts": Words(
        gettext_lazy("A reminder that was written and not sent"),
        gettext_lazy("So that it can be finished."),
    ),
    "meeting_sign_ups": Words(
        gettext_lazy("For which meetings you signed up, and whether you were there"),
        gettext_lazy(
            "So that there is a place for you and your attendance can be put right. "
            "What it counted for is kept as something that you finished."
        ),
    ),
    "newsletter": Words(
        gettext_lazy("Your address for the newsletter, how often you get it and about what"),
        gettext_lazy("You ask for it yourself. Every newsletter has a link to stop."),
    ),
    "newsletter_unconfirmed": Words(
        gettext_lazy("An address for the newsletter that was not confirmed"),
        gettext_lazy("Then we do not know whose it is. The link in the mail works as long."),
    ),
    "network": Words(
        gettext_lazy("What you let peers know in the network, and whom you blocked"),
        gettext_lazy("You choose it yourself. When you stop, it goes at once."),
    ),
    "network_messages": Words(
        gettext_lazy("What you and a peer wrote to each other on the site"),
        gettext_lazy("So that you can answer, and report what is wrong."),
    ),
    "network_reports": Words(
        gettext_lazy("A message that was reported, and by whom"),
        gettext_lazy("So that abuse of the network can be stopped."),
    ),
    "files": Words(
        gettext_lazy("Files that were made to download, such as a list of people"),
        gettext_lazy("Long enough to fetch them."),
    ),
    "missed_words": Words(
        gettext_lazy("Words that were searched and not found, counted by day, without who"),
        gettext_lazy("So that editors can write what people look for."),
    ),
    "jobs": Words(
        gettext_lazy("That somebody had a file made or a list imported"),
        gettext_lazy("So that it can be seen how it ended."),
    ),
    "form_entries": Words(
        gettext_lazy("What you send with a form of this site"),
        gettext_lazy(
            "So that it can be answered. Each form says after how many days it goes; never later "
            "than this. It is not tied to your account, so it is not among your data."
        ),
    ),
    "practice": Words(
        gettext_lazy("That you handed in an example from practice, and what you agreed to"),
        gettext_lazy("So that you can follow it and take your consent back."),
    ),
    "practice_drafts": Words(
        gettext_lazy("An example from practice that you began and did not hand in"),
        gettext_lazy("So that you can finish it. It goes when you do not look at it any more."),
    ),
    "practice_declined": Words(
        gettext_lazy("An example from practice that is not on the site, or no longer"),
        gettext_lazy("So that you can read why."),
    ),
    "practice_questions": Words(
        gettext_lazy("Questions of editors about your example, and your answers"),
        gettext_lazy("After it is decided on nobody needs them any more."),
    ),
    "content": Words(
        gettext_lazy("Who wrote or changed a page or a question"),
        gettext_lazy("So that editors can work together. When you are erased, it goes."),
    ),
}

LAWS: Final[dict[Law, Any]] = {
    Law.PUBLIC_TASK: gettext_lazy("GDPR article 6(1)(e): a task in the public interest"),
    Law.CONSENT: gettext_lazy("GDPR article 6(1)(a): you choose it yourself"),
    Law.SECURITY: gettext_lazy("GDPR articles 5(2) and 32: security, and being able to show it"),
    Law.STORAGE_LIMIT: gettext_lazy("GDPR article 5(1)(e): not longer than needed"),
}
HOWS: Final[dict[How, Any]] = {
    How.DELETED: gettext_lazy("is deleted"),
    How.ANSWERS_REMOVED: gettext_lazy("the answers are deleted, the mark stays"),
    How.ANONYMISED: gettext_lazy("everything about you is erased, counts stay"),
    How.WITH_ACCOUNT: gettext_lazy("is erased with your account, counts stay"),
    How.UNTIL_LEFT: gettext_lazy("is deleted at once"),
    How.WITH_CONTENT: gettext_lazy("stays with the page, without your name"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line as a reader sees it."""

    what: str
    how_long: str
    then: str
    why: str
    law: str


def rows() -> list[Row]:
    """The whole table in the language that is active now."""
    return [
        Row(
            what=str(WORDS[line.key].what),
            how_long=how_long(line),
            then=str(HOWS[line.how]),
            why=str(WORDS[line.key].why),
            law=str(LAWS[line.law]),
        )
        for line in LINES
    ]


def how_long(line: Line) -> str:
    """A period as people say it."""
    if line.how is How.WITH_CONTENT:
        return _("as long as the page is there")
    if line.how is How.UNTIL_LEFT:
        return _("until you stop it")
    if line.period is None:
        return _("as long as you have an account")
    return spoken(line.period)


def spoken(period: timedelta) -> str:
    days = period.days
    if not days:
        return _("until it has ended or expired")
    if days % YEAR == 0:
        months = 12 * days // YEAR
        return ngettext("%(number)d month", "%(number)d months", months) % {"number": months}
    return ngettext("%(number)d day", "%(number)d days", days) % {"number": days}
