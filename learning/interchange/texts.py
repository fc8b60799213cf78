"""What reading and writing questions has to say, in words: what is left out, and what to do."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from learning.rules.interchange.formats import Format
from learning.rules.interchange.items import Problem, Trouble, UnreadableError

Words = str | Promise

LEFT_OUT: Final = _("The image could not be taken over:")
FORMATS: Final[Mapping[Format, Words]] = {
    Format.MOODLE: "Moodle XML",
    Format.GIFT: "GIFT",
    Format.QTI_21: "QTI 2.1",
    Format.QTI_22: "QTI 2.2",
    Format.QTI_30: "QTI 3.0",
    Format.CSV: _("table for Excel (CSV)"),
}

OUTCOMES: Final[Mapping[str, Words]] = {
    "new": pgettext_lazy("question in a file", "new"),
    "same": pgettext_lazy("question in a file", "in the bank, the same"),
    "changed": pgettext_lazy("question in a file", "in the bank, and differs"),
    "wrong": pgettext_lazy("question in a file", "cannot be imported"),
}

FILE_FAULTS: Final[Mapping[Trouble, Words]] = {
    Trouble.EMPTY: _("This file is empty. Choose the file with your questions in it."),
    Trouble.TOO_LARGE: _("This file is too large. Split it in smaller files."),
    Trouble.TOO_MANY: _("There are more than 500 questions in this file. Split it."),
    Trouble.UNKNOWN_FORMAT: _(
        "This is XML, but no Moodle XML and no QTI. Export your questions in one of these forms."
    ),
    Trouble.OLD_QTI: _(
        "This is QTI 1.2, which we do not read. Export your questions as QTI 2.1, 2.2 or 3.0."
    ),
    Trouble.BACKUP: _(
        "This is a backup of Moodle. In Moodle, choose “Export” in the question bank, and then "
        "“Moodle XML”."
    ),
    Trouble.NO_TEXT: _(
        "We cannot read this file. Choose Moodle XML, GIFT, a QTI package (.zip) or a table."
    ),
    Trouble.DAMAGED_XML: _("The XML in this file is damaged. Export your questions again."),
    Trouble.DOCTYPE: _(
        "This file has a document type (DOCTYPE) in it. That is not safe, so we do not read it."
    ),
    Trouble.TOO_DEEP: _("This file is nested far deeper than questions are. We do not read it."),
    Trouble.DAMAGED_ZIP: _("This package is damaged. Export your questions again."),
    Trouble.PROTECTED: _("This file has a password. Remove it and choose the file again."),
    Trouble.UNFOLDS: _(
        "There is far more in this package than questions and images. We do not unpack it."
    ),
    Trouble.TOO_MANY_FILES: _("There are too many files in this package. Split it."),
    Trouble.UNSAFE_NAME: _(
        "A file in this package has a name that points outside it. We do not unpack it."
    ),
    Trouble.LINK: _("There is a link to another file in this package. We do not unpack it."),
    Trouble.NO_MANIFEST: _("We find no questions in this package: imsmanifest.xml is missing."),
    Trouble.NO_QUESTIONS: _("We find no questions in this file."),
    Trouble.DAMAGED_TABLE: _(
        "We cannot read this table. Save it in Excel as “CSV UTF-8” or as a workbook (.xlsx)."
    ),
    Trouble.NO_COLUMNS: _(
        "We find no row with headings. Put at least the words soort and vraag above the columns."
    ),
}

REFUSALS: Final[Mapping[Trouble, Words]] = {
    Trouble.UNKNOWN_KIND: _("We have no question of this kind: %(details)s."),
    Trouble.NO_QUESTION: _("This is no question."),
    Trouble.DESCRIPTION: _("This is a text without a question to answer."),
    Trouble.NO_STEM: _("The question itself is missing."),
    Trouble.NO_RIGHT: _("It does not say which answer is right."),
    Trouble.FEW_OPTIONS: _("There are too few answers."),
    Trouble.ALL_RIGHT: _("All answers are right, so there is nothing to choose."),
    Trouble.NOT_A_NUMBER: _("This is no number that we can ask for: %(details)s."),
    Trouble.SEVERAL_PARTS: _("It asks several things at once. Make a question of each."),
    Trouble.BROKEN: _("The question is not written as its format asks."),
    Trouble.TEXT_TOO_LONG: _("A text in it is longer than 20,000 characters."),
    Trouble.TOO_MANY_PARTS: _("It has more than 200 answers."),
    Trouble.MISSING_FILE: _("This file is named in the package and is not there: %(details)s."),
    Trouble.BRACKETS: _("There is a [, ] or | in a word to choose, which we cannot have there."),
}

LEFT: Final[Mapping[Trouble, Words]] = {
    Trouble.PARTIAL: _("Some answers were worth a part of the points: only right or wrong stays."),
    Trouble.WRONG_VARIANTS: _("Left out, since it is not wholly right: “%(details)s”."),
    Trouble.WILDCARD: _("The star in “%(details)s” stood for anything. Here it is a star."),
    Trouble.CASE: _("Capitals counted. Here they do not."),
    Trouble.OUTCOME_FEEDBACK: _("Left out, what was said to who is right or wrong: “%(details)s”."),
    Trouble.OPTION_FEEDBACK: _("Left out, what was said about one answer: “%(details)s”."),
    Trouble.MORE_HINTS: _("Only the first hint stays."),
    Trouble.PENALTY: _("The penalty for trying again is left out: %(details)s."),
    Trouble.WEIGHT: _("How heavily it counts is left out: %(details)s. Set that in the quiz."),
    Trouble.MARKUP: _("Layout that is left out: %(details)s."),
    Trouble.MARKUP_LOST: _("Bold, links and lists are left out where only words can be."),
    Trouble.PICTURE: _("This image is not taken over: %(details)s."),
    Trouble.PICTURE_TYPE: _("This image is no PNG, JPEG, GIF or WebP, so it goes: %(details)s."),
    Trouble.PICTURES: _("Only the first image stays."),
    Trouble.SCORING: _("The points were counted in another way. Here our own rules count."),
    Trouble.TEXT_AROUND: _("The text between the sentences is left out: “%(details)s”."),
    Trouble.TEST: _("The package also holds a test. Only its questions are taken over."),
    Trouble.MORE_NUMBERS: _("Only the first number that is wholly right stays."),
    Trouble.UNIT: _("Only the first unit stays."),
    Trouble.SETTINGS: _("This is left out: %(details)s."),
    Trouble.COLUMNS: _("These columns are not used: %(details)s."),
}

LOST: Final[Mapping[Trouble, Words]] = {
    Trouble.KIND_LOST: _("This kind of question cannot be in this file, so it is left out."),
    Trouble.HINT_LOST: _("the hint"),
    Trouble.NOTE_LOST: _("the note among editors"),
    Trouble.EXAMPLE_LOST: _("the example"),
    Trouble.PICTURE_LOST: _("the image"),
    Trouble.PAIR_FEEDBACK_LOST: _("the feedback of the pairs"),
}

ALL: Final[Mapping[Trouble, Words]] = {**FILE_FAULTS, **REFUSALS, **LEFT, **LOST}


def said(problem: Problem) -> str:
    """A problem in words."""
    return str(ALL[problem.trouble]) % {"details": ", ".join(problem.details)}


def why_unreadable(error: UnreadableError) -> str:
    """Why a file cannot be read, and what to do."""
    return str(ALL[error.trouble]) % {"details": ", ".join(error.details)}
