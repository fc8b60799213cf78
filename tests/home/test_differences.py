"""What changed between two texts: nothing is lost, nothing is made up."""

from hypothesis import given
from hypothesis import strategies as st

from home.differences import (
    LEFT_OUT,
    Change,
    Piece,
    differences,
    has_changed,
    shortened,
)
from home.rich_text_parts import as_data, as_text, parts_of

WORDS = st.lists(st.sampled_from(["de", "raad", "gemeente", "helpt", "niet,", "wel.", "🙂"]))
TEXTS = st.one_of(st.text(), WORDS.map(" ".join), WORDS.map("\n".join))


def words_of(pieces, *changes):
    return " ".join(piece.text for piece in pieces if piece.change in changes).split()


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_back(old, new):
    pieces = differences(old, new)
    assert words_of(pieces, Change.SAME, Change.REMOVED) == old.split()
    assert words_of(pieces, Change.SAME, Change.ADDED) == new.split()
    assert has_changed(pieces) == (old.split() != new.split())


@given(TEXTS, TEXTS)
def test_shortening_hides_no_change(old, new):
    pieces = differences(old, new)
    short = shortened(pieces, around=2)
    assert [p for p in short if p.change is not Change.SAME] == [
        p for p in pieces if p.change is not Change.SAME
    ]
    assert len(short) == len(pieces)


def test_a_long_stretch_keeps_the_words_beside_the_change():
    old = " ".join(f"w{n}" for n in range(40))
    pieces = shortened(differences(f"{old} einde", f"{old} slot"), around=3)
    assert pieces[0] == Piece(Change.SAME, f"{LEFT_OUT}w37 w38 w39 ")
    assert [(p.change, p.text.strip()) for p in pieces[1:]] == [
        (Change.REMOVED, "einde"),
        (Change.ADDED, "slot"),
    ]


def test_a_word_that_is_followed_by_more_is_no_change():
    assert [p.change for p in differences("Dit is alles.", "Dit is alles. Nu meer.")] == [
        Change.SAME,
        Change.ADDED,
    ]


def test_rich_text_as_lines():
    html = (
        "<p>Een <b>vet</b> en <i>schuin</i> woord &amp; meer.</p><ul><li>een</li>"
        '<li><a href="/x/">twee</a></li></ul><p></p><p>slot<br/>regel</p>'
    )
    assert as_text(html) == "Een vet en schuin woord & meer.\n• een\n• twee\nslot\nregel"
    parts = parts_of(html)
    assert [part.kind for part in parts] == ["p", "ul", "p", "p"]
    assert parts[1].items[1][0].href == "/x/"
    assert [run.bold for run in parts[0].items[0]] == [False, True, False, False, False]
    assert as_data("<ol><li>x</li></ol>") == [
        {
            "kind": "ol",
            "items": [[{"text": "x", "bold": False, "italic": False, "href": ""}]],
        }
    ]


@given(st.text(alphabet="<>/pbuliaoh =\"'&;x \n"))
def test_whatever_stands_in_a_text_is_read(html):
    assert isinstance(as_text(html), str)
    assert all(part.items for part in parts_of(html))
