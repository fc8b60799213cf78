"""Rich text as an editor wrote it: each line and each point of a list by itself."""

from home.editing.markup import parts_of_markup
from home.rules.quality import Heading, Place, Prose

HERE = Place("Tekst")


def test_lines_of_an_address_and_points_of_a_list_are_no_one_sentence():
    html = "<p>VNG<br/>Nassaulaan 12<br/>Den Haag</p><ul><li>een</li><li>twee</li></ul>"
    assert parts_of_markup(html, HERE) == [
        Prose(HERE, ("VNG", "Nassaulaan 12", "Den Haag", "een", "twee"))
    ]


def test_a_heading_of_two_lines_is_one_heading():
    assert parts_of_markup("<h2>De<br/>eed</h2>", HERE) == [Heading(HERE, 2, "De eed")]
