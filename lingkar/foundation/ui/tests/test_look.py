"""Every pair of text and background of the palette can be read, in light and dark, and the style sheet stays small."""

import gzip
import re
from pathlib import Path

import pytest

UI = Path(__file__).resolve().parent.parent
SHEET = (UI / "static" / "ui" / "ui.css").read_text()
PAGES = ("paper", "surface", "sunken")
TEXTS = [
    *((ink, page) for ink in ("ink", "muted", "laut", "laut-strong") for page in PAGES),
    *((ink, page) for ink in ("bata-ink", "daun-ink", "kunyit-ink") for page in PAGES),
    *(("ink", soft) for soft in ("laut-soft", "daun-soft", "kunyit-soft", "bata-soft")),
    ("laut", "laut-soft"),
    ("daun-ink", "daun-soft"),
    ("kunyit-ink", "kunyit-soft"),
    ("bata-ink", "bata-soft"),
    ("muted", "laut-soft"),
    *(("on-fill", ground) for ground in ("fill", "fill-strong", "alarm", "alarm-strong")),
    ("paper", "ink"),
]
SHAPES = [
    *(("edge", page) for page in PAGES),
    *(("focus", page) for page in PAGES),
    ("laut", "line"),
    ("bata", "paper"),
]


def palette(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9A-Fa-f]{3,6})\b", block))


LIGHT = palette(SHEET.split("@media (prefers-color-scheme: dark)")[0])
DARK = LIGHT | palette(SHEET.split("@media (prefers-color-scheme: dark)")[1].split("@font-face")[0])


def luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_can_be_read(theme, text, ground):
    assert contrast(theme[text], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_edges_and_focus_can_be_seen(theme, shape, ground):
    assert contrast(theme[shape], theme[ground]) >= 3


def test_both_themes_name_every_colour_they_need():
    assert {name for pair in TEXTS + SHAPES for name in pair} <= LIGHT.keys()
    assert LIGHT != DARK


def test_kunyit_is_never_a_text_colour():
    assert not re.search(r"[{;]\s*color: var\(--kunyit\)", SHEET)


def test_directions_are_logical():
    assert not re.search(r"(margin|padding|border)-(left|right|top|bottom)\b", SHEET)


def test_the_sheet_is_small():
    assert len(gzip.compress(SHEET.encode())) <= 12 * 1024


def test_class_names_live_in_the_interface_alone():
    ours, house = UI / "templates", UI.parent.parent
    others = [path for path in house.rglob("*.html") if not path.is_relative_to(ours)]
    assert others
    assert [path for path in others if re.search(r"\s(class|style)=", path.read_text())] == []


def test_every_element_is_shown_in_the_gallery_or_by_another():
    names = {path.stem.replace("_", "-") for path in (UI / "templates" / "elements").glob("*.html")}
    shown = " ".join(path.read_text() for path in (UI / "templates").rglob("*.html"))
    assert {name for name in names if not re.search(rf"<c-{name}[\s>]", shown)} == set()
