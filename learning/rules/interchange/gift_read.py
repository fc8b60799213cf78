"""GIFT, as Moodle reads it: its whole documented syntax, tags and id numbers in comments too."""

import re
from decimal import Decimal
from typing import Final

from learning.rules.grading import Kind
from learning.rules.interchange import drafts, markup
from learning.rules.interchange.drafts import BLANK, Draft
from learning.rules.interchange.items import (
    MOST_QUESTIONS,
    Found,
    Option,
    Pair,
    Reading,
    RefusedError,
    Trouble,
    UnreadableError,
    fit,
    gap,
    lines_of,
    number,
    one_line,
    outside,
)

# Signs with a backslash before them stand for themselves: they hide here while the rest is read.
HIDDEN: Final = {sign: chr(0xE010 + n) for n, sign in enumerate("~=#{}:\n\\")}
SHOWN: Final = {hidden: sign for sign, hidden in HIDDEN.items()}
ESCAPE: Final = re.compile(r"\\([~=#{}:n\\])")
FORMAT: Final = re.compile(r"\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
WEIGHT: Final = re.compile(r"%(-?\d{1,3}(?:\.\d{0,7})?)%")
TRUTH: Final = re.compile(r"(T|TRUE|F|FALSE)\s*(#.*)?", re.DOTALL)
IN_COMMENT: Final = re.compile(r"\[(id|tag):((?:\\[\]\\]|[^\]\x00-\x1f])+)\]")
CATEGORY: Final = "$CATEGORY:"
HOLE: Final = "\ue000"
# Not all that Python takes for blank: what somebody typed stays.
BLANKS: Final = " \t\n"
OWN_TEXT: Final = '<p class="rv-text">'
ORDER: Final = re.compile(
    r">\s*\d*(?:[ \t]+(?:ALL|EXACT|RANDOM|REL|CONTIGUOUS|CONTIG|VERTICAL|HORIZONTAL|VERT|HORI|V|H"
    r"|ALL_OR_NOTHING|ABSOLUTE_POSITION|ABSOLUTE|ABS|RELATIVE\w*|LONGEST\w*|SHOW|HIDE|TRUE|FALSE"
    r"|YES|NO|none|123|abc|ABCD|iii|IIII|\d))*[ \t]*\n"
)


def read(text: str) -> Reading:
    """All questions. Raises UnreadableError when there is none, or too many."""
    found: list[Found] = []
    category = ""
    for block in blocks(fit(text)):
        comments = "\n".join(line for line in block if line.startswith("//"))
        body = "\n".join(line for line in block if not line.startswith("//")).strip(BLANKS)
        if body.startswith(CATEGORY):
            named, _end, body = body.partition("\n")
            category = last_part(named.removeprefix(CATEGORY))
        if not body.strip(BLANKS):
            continue
        if len(found) >= MOST_QUESTIONS:
            raise UnreadableError(Trouble.TOO_MANY)
        found.append(read_question(body.strip(BLANKS), comments, len(found) + 1, category))
    if not found or "{" not in text:
        raise UnreadableError(Trouble.NO_QUESTIONS)
    return Reading(found)


def blocks(text: str) -> list[list[str]]:
    """Questions stand apart by an empty line; answers may not have one, but some have."""
    found: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip(BLANKS):
            bare = line.strip(BLANKS)
            found[-1].append(bare if bare.startswith("//") else line)
        elif found[-1]:
            found.append([])
    return [block for block in found if block]


def last_part(path: str) -> str:
    last = one_line(path).rstrip("/").rpartition("/")[2].strip(BLANKS)
    return "" if last == "top" or last.startswith("$") else last


def read_question(text: str, comments: str, position: int, category: str) -> Found:
    draft = Draft()
    for kind, written in IN_COMMENT.findall(comments):
        value = re.sub(r"\\([\]\\])", r"\1", written)
        if kind == "id":
            draft.set(identifier=one_line(value))
        else:
            draft.tags.append(value)
    if category and not draft.tags:
        draft.tags.append(category)
    label = one_line(text)[:60]
    return drafts.found(f"{position}: {label}", draft, lambda each: fill(each, text))


def hide(text: str) -> str:
    for sign in SHOWN:
        text = text.replace(sign, "")
    return ESCAPE.sub(lambda match: HIDDEN["\n" if match[1] == "n" else match[1]], text)


def show(text: str) -> str:
    for hidden, sign in SHOWN.items():
        text = text.replace(hidden, sign)
    return text


def html(text: str, default: str) -> tuple[str, str]:
    """A text as HTML, and its format: as it says itself, or else as the question is."""
    text = text.strip(BLANKS)
    written = default
    if match := FORMAT.match(text):
        written, text = match[1].lower(), text[match.end() :]
    text = show(text).strip(BLANKS)
    if written in ("html", "moodle") and (written == "html" or re.search("<[a-zA-Z/]", text)):
        return text, written
    return markup.paragraphs(text), written


class Question:
    """The parts of a question: above, within and behind the braces."""

    def __init__(self, text: str) -> None:
        text = hide(text)
        self.title = ""
        if text.startswith("::") and "::" in text[2:]:
            self.title, _end, text = text[2:].partition("::")
            text = text.strip(BLANKS)
        begin, end = text.find("{"), text.find("}")
        if begin < 0 and end < 0:
            raise RefusedError(Trouble.DESCRIPTION)
        if begin < 0 or end < begin or "{" in text[begin + 1 : end] or "{" in text[end:]:
            raise RefusedError(Trouble.BROKEN)
        self.before, self.answers, self.after = text[:begin], text[begin + 1 : end], text[end + 1 :]
        self.answers, mark, general = self.answers.rpartition("####")
        if not mark:
            self.answers, general = general, ""
        self.general = general
        self.answers = self.answers.strip(BLANKS)
        self.format = html(self.before, "moodle")[1]

    def words(self, draft: Draft, text: str) -> str:
        return draft.line(html(text, self.format)[0])

    def parts(self, draft: Draft, answer: str) -> tuple[str, str]:
        """An answer, and the feedback behind it."""
        text, _mark, feedback = answer.partition("#")
        return self.words(draft, text), self.words(draft, feedback)


def fill(draft: Draft, text: str) -> None:
    question = Question(text)
    draft.set(title=one_line(show(question.title)))
    blank = BLANK if question.after.strip(BLANKS) else ""
    draft.stem(html(f"{question.before}{blank}{question.after}", "moodle")[0])
    draft.set(feedback=draft.rich(html(question.general, question.format)[0]))
    if question.format == "markdown":
        draft.leave(Trouble.MARKUP, "markdown")
    answers = question.answers
    if not answers:
        draft.set(kind=Kind.REFLECTION)
    elif answers.startswith("#"):
        read_number(draft, question)
    elif answers.startswith(">"):
        read_ordering(draft, question)
    elif "~" in answers:
        read_choice(draft, question)
    elif "=" in answers and "->" in answers:
        read_matching(draft, question)
    elif TRUTH.fullmatch(answers):
        read_true_false(draft, question)
    else:
        read_short(draft, question)


def weight(text: str, default: Decimal) -> tuple[Decimal, str]:
    if match := WEIGHT.match(text):
        return Decimal(match[1]) / 100, text[match.end() :].strip(BLANKS)
    return default, text


def read_choice(draft: Draft, question: Question) -> None:
    written = [each.strip(BLANKS) for each in question.answers.replace("=", "~=").split("~")]
    several = "=" not in question.answers
    options, weights = [], []
    for each in written:
        if not each:
            continue
        right = each.startswith("=")
        share, text = weight(each.removeprefix("=").strip(BLANKS), Decimal(int(right)))
        words, feedback = question.parts(draft, text)
        options.append(Option(words, correct=share > 0, feedback=feedback))
        weights.append(share)
    drafts.shares(draft, weights)
    if not several and sum(option.correct for option in options) > 1:
        draft.leave(Trouble.PARTIAL)
        best = max(weights)
        options = [
            Option(option.text, correct=share == best, feedback=option.feedback)
            for option, share in zip(options, weights, strict=True)
        ]
    kind = drafts.right_or_wrong(options, several=several, tagged=draft.tagged_kind)
    if kind == Kind.SINGLE_CHOICE and is_gap(draft, question, options):
        read_gap(draft, question, options)
        return
    draft.set(kind=kind, options=tuple(options))


def is_gap(draft: Draft, question: Question, options: list[Option]) -> bool:
    """A word that is missing from a sentence; one with feedback stays a choice below it."""
    if draft.tagged_kind == Kind.CHOOSE_IN_TEXT:
        return True
    return bool(question.after.strip(BLANKS)) and not any(
        option.feedback or set(option.text) & set("[]|") for option in options
    )


def read_gap(draft: Draft, question: Question, options: list[Option]) -> None:
    """The paragraph around the gap is the text; what stands above it is the question."""
    right = [option.text for option in options if option.correct]
    wrong = [option.text for option in options if not option.correct]
    before, after = question.before.lstrip(BLANKS), show(question.after)
    if match := FORMAT.match(before):
        before = before[match.end() :]
    before = show(before).replace(HOLE, "")
    above, mark, opening = before.rpartition(OWN_TEXT)
    if not mark:
        above, opening = "", before
    text = f"{opening}{HOLE}{after.replace(HOLE, '')}"
    if question.format == "html" or re.search("<[a-zA-Z/]", text):
        text = draft.lines(text)
    if text.count(HOLE) != 1:
        # It stood within what does not come along: a comment, a script, an address.
        raise RefusedError(Trouble.BROKEN)
    draft.stem(above)
    choices = gap(list(dict.fromkeys([right[0], *wrong])))
    draft.set(kind=Kind.CHOOSE_IN_TEXT, text=outside(lines_of(text)).replace(HOLE, choices))


def read_true_false(draft: Draft, question: Question) -> None:
    """After the answer: first what is said to who is wrong, then to who is right."""
    answer, *feedback = question.answers.split("#", 2)
    wrong, right = (question.words(draft, each) for each in [*feedback, "", ""][:2])
    is_true = answer.strip(BLANKS) in ("T", "TRUE")
    draft.set(
        kind=Kind.TRUE_FALSE,
        options=(
            Option("true", correct=is_true, feedback=right if is_true else wrong),
            Option("false", correct=not is_true, feedback=wrong if is_true else right),
        ),
    )


def read_matching(draft: Draft, question: Question) -> None:
    pairs = []
    for each in question.answers.split("="):
        if not each.strip(BLANKS):
            continue
        left, arrow, right = each.partition("->")
        if not arrow:
            raise RefusedError(Trouble.BROKEN)
        pairs.append(Pair(question.words(draft, left), one_line(show(right))))
    drafts.matching(draft, pairs)


def read_ordering(draft: Draft, question: Question) -> None:
    """The plug-in for putting in order: a line for each."""
    match = ORDER.match(question.answers)
    if match is None:
        raise RefusedError(Trouble.BROKEN)
    rows = question.answers[match.end() :].split("\n")
    drafts.ordering(draft, [question.words(draft, row) for row in rows if row.strip(BLANKS)])


def read_short(draft: Draft, question: Question) -> None:
    answers = []
    for each in question.answers.split("="):
        if not each.strip(BLANKS):
            continue
        share, text = weight(each.strip(BLANKS), Decimal(1))
        words, feedback = question.parts(draft, text)
        answers.append((words, share, feedback))
    drafts.accepted(draft, answers, wildcards=True)


def read_number(draft: Draft, question: Question) -> None:
    """#3, #3:2, #1..5, or several of those with shares: the first that is wholly right counts."""
    written, _mark, wrong = question.answers.removeprefix("#").partition("~")
    if wrong:
        draft.leave(Trouble.OPTION_FEEDBACK, show(wrong.lstrip("#")))
    answers = [each.strip(BLANKS) for each in written.split("=") if each.strip(BLANKS)]
    if len(answers) > 1:
        draft.leave(Trouble.MORE_NUMBERS)
    for answer in answers:
        share, text = weight(answer, Decimal(1))
        if share != 1:
            continue
        bare, _mark, feedback = text.partition("#")
        if feedback.strip(BLANKS):
            draft.leave(Trouble.OPTION_FEEDBACK, show(feedback))
        value, tolerance = measure(show(bare))
        draft.set(kind=Kind.NUMBER, value=value, tolerance=tolerance)
        return
    raise RefusedError(Trouble.NO_RIGHT)


def measure(text: str) -> tuple[Decimal, Decimal]:
    if ".." in text:
        low, high = (number(each) for each in text.split("..", 1))
        return number(f"{(low + high) / 2:f}"), number(f"{abs(high - low) / 2:f}")
    value, _colon, tolerance = text.partition(":")
    return number(value), abs(number(tolerance or "0"))
