"""Every pair of colours that is used, computed (WCAG 2.2: 4.5 for text, 3 for shapes)."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

PALETTE = Path(__file__).parents[2] / "site/frontend/css/palette.css"
TEXT_PAIRS = [
    ("ink", "paper"),
    ("ink", "surface"),
    ("muted", "paper"),
    ("muted", "surface"),
    ("petrol", "paper"),
    ("petrol", "surface"),
    ("petrol", "petrol-soft"),
    ("petrol-strong", "paper"),
    ("on-brass", "brass"),
    ("on-brass", "brass-strong"),
    ("on-hall", "hall"),
    ("good", "paper"),
    ("good", "good-soft"),
    ("wrong", "paper"),
    ("wrong", "wrong-soft"),
    ("ink", "warm-soft"),
    ("ink", "good-soft"),
    ("ink", "wrong-soft"),
    ("focus", "focus-halo"),
]
SHAPE_PAIRS = [
    ("edge", "paper"),
    ("edge", "surface"),
    ("seat-completed", "paper"),
    ("seat-completed", "seat-under-way"),
    ("brass-line", "warm-soft"),
    ("brass", "hall"),
    ("on-step-low", "step-1"),
    ("on-step-low", "step-2"),
    ("on-step-high", "step-3"),
    ("on-step-high", "step-4"),
    ("on-step-high", "step-5"),
    ("ink", "warm-soft"),
    ("petrol", "paper"),
    ("brass-line", "paper"),
    ("muted", "paper"),
    ("wrong", "paper"),
]


def colours(mode: str, over: dict[str, str] | None = None) -> dict[str, str]:
    """Our own names as hexadecimal colours, in a mode; `over` is what takes their place."""
    css = PALETTE.read_text(encoding="utf-8")
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    names = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", light))
    if mode == "dark":
        names |= dict(re.findall(r"(--[\w-]+):\s*([^;]+);", dark))
    names |= over or {}

    def resolve(value: str) -> str:
        found = re.fullmatch(r"var\((--[\w-]+)\)", value.strip())
        return resolve(names[found[1]]) if found else value.strip()

    return {
        name.removeprefix("--rv-"): resolve(value)
        for name, value in names.items()
        if name.startswith("--rv-")
    }


CONTRAST = PALETTE.with_name("contrast.css")
# What lies on what is muted, soft or petrol must be read by who sees little (WCAG 2.2 AAA).
HIGH = 7.0


def lists_of_high_contrast() -> list[dict[str, str]]:
    """The four lists: chosen and by the device in light, then both in dark."""
    css = CONTRAST.read_text(encoding="utf-8")
    return [
        dict(re.findall(r"(--[\w-]+):\s*([^;]+);", block))
        for block in re.findall(r":root[^{]*\{([^}]*)\}", css)
    ]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2, definition)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(
    ("front", "back", "least"),
    [(*pair, 4.5) for pair in TEXT_PAIRS] + [(*pair, 3.0) for pair in SHAPE_PAIRS],
)
def test_a_pair_can_be_told_apart(mode, front, back, least):
    palette = colours(mode)
    assert contrast(palette[front], palette[back]) >= least


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_steps_of_the_map_differ_in_lightness(mode):
    """Whoever sees no colours still sees five steps, and in one order."""
    palette = colours(mode)
    steps = [palette[f"step-{number}"] for number in range(1, 6)]
    light = [luminance(step) for step in steps]
    assert light in (sorted(light), sorted(light, reverse=True))
    assert all(contrast(one, other) >= 1.5 for one, other in pairwise(steps))


def test_high_contrast_is_the_same_by_choice_and_by_device():
    chosen, device, chosen_dark, device_dark = lists_of_high_contrast()
    assert chosen == device
    assert chosen_dark == device_dark
    assert chosen.keys() == chosen_dark.keys()


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("pair", [pair for pair in TEXT_PAIRS if "focus" not in pair])
def test_high_contrast_is_high(mode, pair):
    palette = colours(mode, lists_of_high_contrast()[2 if mode == "dark" else 0])
    least = 4.5 if "brass" in pair[1] else HIGH
    assert contrast(palette[pair[0]], palette[pair[1]]) >= least


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("pair", SHAPE_PAIRS)
def test_shapes_hold_in_high_contrast(mode, pair):
    palette = colours(mode, lists_of_high_contrast()[2 if mode == "dark" else 0])
    assert contrast(palette[pair[0]], palette[pair[1]]) >= 3


def test_the_measure_itself():
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
