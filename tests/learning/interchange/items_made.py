"""Questions of every kind with words that no format likes, for Hypothesis."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from learning.rules.grading import Kind
from learning.rules.interchange import markup
from learning.rules.interchange.items import Item, Option, Pair, Picture, lines_of, one_line

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
NASTY = [
    *("~", "=", "#", "{", "}", ":", "\\", "->", "####", "//", "::", "$CATEGORY: x", "%50%"),
    *("<b>", "</p>", "&amp;", "&", "<", ">", '"', "'", "]]>", "<![CDATA[", "<!--", "-->"),
    *("[html]", "[[1]]", "{1:MC:=a~b}", "\\n", "\\=", ";", "|", "||", "=1+1", "@x", "-x", "'=x"),
    *("é", "ﬁ", "\u00a0", "\u200b", "🏛️", "ij", "Ĳ", "\u202e", "\u3000", "T", "FALSE", "ALL"),
]
SIGNS = st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"))
WORDS = st.lists(
    st.one_of(
        st.sampled_from(NASTY), st.text(SIGNS, max_size=8), st.sampled_from([" ", "de", "raad"])
    ),
    min_size=1,
    max_size=6,
).map("".join)
LINE = WORDS.map(one_line).filter(bool)
MAYBE = st.one_of(st.just(""), LINE)
LINES = st.lists(LINE, min_size=1, max_size=3).map("\n".join).map(lines_of).filter(bool)
INLINE = st.lists(
    st.one_of(
        LINE.map(markup.escape),
        LINE.map(lambda text: f"<b>{markup.escape(text)}</b>"),
        LINE.map(lambda text: f"<i><b>{markup.escape(text)}</b></i>"),
        LINE.map(
            lambda text: f'<a href="https://x.example/?a=1&amp;b=2">{markup.escape(text)}</a>'
        ),
        st.just("<br/>"),
        st.just(" "),
    ),
    min_size=1,
    max_size=4,
).map("".join)
PARAGRAPH = INLINE.map(lambda html: f"<p>{html}</p>")
LIST = st.lists(INLINE, min_size=1, max_size=3).map(
    lambda items: "<ul>" + "".join(f"<li>{each}</li>" for each in items) + "</ul>"
)
NESTED = st.tuples(LINE, LINE).map(
    lambda two: (
        f"<ol><li>{markup.escape(two[0])}<ul><li>{markup.escape(two[1])}</li></ul></li></ol>"
    )
)


def tidied(html):
    return markup.tidy(html).html


STEM = (
    st.lists(st.one_of(PARAGRAPH, LIST, NESTED), min_size=1, max_size=3)
    .map("".join)
    .map(tidied)
    .filter(bool)
)
SHORT = st.one_of(
    st.just(""),
    st.lists(PARAGRAPH, min_size=1, max_size=2).map("".join).map(tidied),
)
# A bracket or a bar would end a gap, and the blocks refuse it.
IN_GAP = LINE.map(lambda text: one_line(text.translate(str.maketrans("", "", "[]|")))).filter(bool)
GAP = st.lists(IN_GAP, min_size=2, max_size=4, unique=True).map(
    lambda words: f"[{'|'.join(words)}]"
)
OUTSIDE = st.one_of(st.just(" "), st.just("\n"), IN_GAP.map(lambda text: f" {text} "))
NUMBERS = st.decimals(min_value=-(10**6), max_value=10**6, places=3).map(
    lambda value: Decimal(f"{value.normalize():f}") if value else Decimal(0)
)
DISTINCT = st.lists(LINE, min_size=3, max_size=5, unique_by=lambda text: text.casefold())


@st.composite
def texts_with_gaps(draw, most=3):
    parts = [draw(OUTSIDE)]
    for _number in range(draw(st.integers(1, most))):
        parts += [draw(GAP), draw(OUTSIDE)]
    return lines_of("".join(parts))


@st.composite
def options(draw, *, right=None):
    texts = draw(DISTINCT)
    count = right or draw(st.integers(1, len(texts) - 1))
    order = draw(st.permutations(range(len(texts))))
    chosen = set(order[:count])
    return tuple(Option(text, n in chosen, draw(MAYBE)) for n, text in enumerate(texts))


@st.composite
def pairs(draw):
    rights = draw(DISTINCT)
    cut = draw(st.integers(2, len(rights)))
    made = tuple(Pair(draw(LINE), right, draw(MAYBE)) for right in rights[:cut])
    return {"pairs": made, "decoys": tuple(rights[cut:])}


@st.composite
def truth(draw):
    is_true = draw(st.booleans())
    said = draw(MAYBE), draw(MAYBE)
    return {"options": (Option("true", is_true, said[0]), Option("false", not is_true, said[1]))}


OF_KIND = {
    Kind.SINGLE_CHOICE: st.fixed_dictionaries({"options": options(right=1)}),
    Kind.MULTIPLE_RESPONSE: st.fixed_dictionaries({"options": options()}),
    Kind.TRUE_FALSE: truth(),
    Kind.MATCHING: pairs(),
    Kind.ORDERING: st.fixed_dictionaries({"lines": DISTINCT.map(tuple)}),
    Kind.FILL_IN: st.fixed_dictionaries(
        {"lines": DISTINCT.map(tuple).filter(lambda lines: "*" not in lines)}
        | {"typo_allowed": st.booleans()}
    ),
    Kind.NUMBER: st.fixed_dictionaries(
        {"value": NUMBERS, "tolerance": NUMBERS.map(abs), "unit": MAYBE}
    ),
    Kind.CHOOSE_IN_TEXT: st.fixed_dictionaries({"text": texts_with_gaps()}),
    Kind.MARK_SENTENCES: st.fixed_dictionaries({"options": options()}),
    Kind.REFLECTION: st.fixed_dictionaries({"text": LINES}),
}


@st.composite
def items(draw, kinds=tuple(Kind)):
    kind = draw(st.sampled_from(kinds))
    labels = st.lists(LINE.filter(lambda text: not text.startswith("rv:")), max_size=2, unique=True)
    item = Item(
        kind=kind,
        stem=draw(STEM),
        hint=draw(MAYBE),
        feedback=draw(SHORT),
        topics=tuple(draw(labels)),
        difficulty=draw(st.sampled_from([1, 2, 3])),
        all_or_nothing=draw(st.booleans()),
        note=draw(st.one_of(st.just(""), LINES)),
        law=tuple(draw(labels)),
        identifier=draw(st.one_of(st.just(""), st.uuids().map(str), LINE)),
        title=draw(MAYBE)[:60].strip(),
        **draw(OF_KIND[kind]),
    )
    if draw(st.booleans()):
        item = replace(item, picture=Picture("foto.png", PNG, draw(MAYBE)))
    if item.title == markup.short_title(item.stem):
        item = replace(item, title="")
    return item
