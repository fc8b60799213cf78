"""Bytes that make no sense, and files that did until something was changed in them.

Whatever is tried, the readers answer with questions or with one kind of error. With
FUZZ_EXAMPLES in the environment so many are tried of each.
"""

import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from learning.interchange.texts import said, why_unreadable
from learning.rules.interchange import formats
from learning.rules.interchange.formats import Format
from learning.rules.interchange.items import UnreadableError
from tests.learning.interchange.samples import SAMPLES

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "60"))
FUZZ = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None
)
FILES = sorted((Path(__file__).parent / "files").iterdir())
SEEDS = {
    **{f"own {to}": formats.write(to, SAMPLES) for to in Format},
    **{path.name: path.read_bytes() for path in FILES if path.is_file()},
}
PIECES = [
    *(b"<", b">", b"&", b"&#0;", b"&x;", b"]]>", b"<![CDATA[", b"<!--", b"<!DOCTYPE x>", b"\x00"),
    *(b"{", b"}", b"=", b"~", b"#", b"->", b"\\", b"::", b"%", b"%-200%", b"1e99", b"####", b">5"),
    *(b'"', b"'", b";", b"\r\n", b"\n\n", b"\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"[[9]]"),
    *(b'type="matching"', b'type="cloze"', b"{1:MC:=a~b}", b"{1:SA:=}", b"[a|b]", b"[|]"),
    *(b"qti-", b"identifier", b"<value>", b"</value>", b"soort", b"waar", b"|" * 40, b"9" * 400),
]


def answers(content: bytes) -> None:
    """Whatever it is, there is an answer, in words."""
    try:
        _format, reading = formats.read(content)
    except UnreadableError as error:
        why_unreadable(error)
        return
    for each in (*reading.problems, *(one for found in reading.found for one in found.problems)):
        assert said(each)
    items = [found.item for found in reading.found if found.item is not None]
    for to in Format:
        # What could be read can be written.
        formats.write(to, items)


@st.composite
def changed(draw, content):
    """A few places are cut out, doubled, turned or filled with what means something."""
    found = bytearray(content)
    for _number in range(draw(st.integers(1, 5))):
        if not found:
            break
        at = draw(st.integers(0, len(found) - 1))
        end = min(len(found), at + draw(st.integers(0, 40)))
        match draw(st.integers(0, 4)):
            case 0:
                del found[at:end]
            case 1:
                found[at:at] = found[at:end]
            case 2:
                found[at] ^= 1 << draw(st.integers(0, 7))
            case 3:
                found[at:end] = draw(st.sampled_from(PIECES))
            case _:
                other = draw(st.integers(0, len(found) - 1))
                found[at:end] = found[other : other + 40]
    return bytes(found)


@FUZZ
@given(st.binary(max_size=400))
def test_bytes(content):
    answers(content)


@FUZZ
@given(st.lists(st.sampled_from(PIECES), max_size=30).map(b"".join))
def test_pieces_of_syntax(content):
    answers(content)
    answers(b"Vraag {" + content + b"}")
    answers(b"soort;vraag;goed;antwoord 1\n" + content)


@pytest.mark.parametrize("name", SEEDS)
def test_changed_files(name):
    @FUZZ
    @given(changed(SEEDS[name]))
    def check(content):
        answers(content)

    check()


def packed(files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, content in files.items():
            package.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize("to", [Format.QTI_21, Format.QTI_30])
def test_packages_with_a_changed_file_in_them(to):
    with zipfile.ZipFile(io.BytesIO(SEEDS[f"own {to}"])) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}

    @FUZZ
    @given(st.data(), st.sampled_from(sorted(files)))
    def check(data, name):
        answers(packed(files | {name: data.draw(changed(files[name]))}))

    check()
