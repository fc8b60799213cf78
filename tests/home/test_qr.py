"""A QR code as a drawing."""

import re

import segno

from home.qr import QUIET, draw


def test_it_draws_every_dark_module_once():
    text = "https://raadsleden.example/meedoen/?c=0123456789abcdef0123456789"
    qr = draw(text)
    matrix = [list(row) for row in segno.make(text, error="m", micro=False).matrix]
    drawn = [[0] * len(matrix) for _ in matrix]
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", qr.path):
        for n in range(int(length)):
            drawn[int(y) - QUIET][int(x) - QUIET + n] += 1
    assert drawn == matrix
    assert qr.size == len(matrix) + 2 * QUIET


def test_two_texts_look_different():
    assert draw("a").path != draw("b").path
