"""The kawung ring, the mark of Lingkar: eight ovals, each laid over the one before, that close a circle."""

from functools import cache
from math import ceil, cos, radians, sin

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

COUNT = 8
TOP = (13.99, 6.03), (15.4, 1.78)
"""Where the outline of the oval at twelve o'clock turns, on a 24 × 24 canvas: it is cut by an even gap where the next
one lies over it.
"""


def closed(share: float) -> int:
    """How many ovals are closed at ``share``: one as soon as anything is done, all only when all is done."""
    return max(int(share * COUNT + 1e-9), ceil(min(share, 1 / COUNT)))


def ovals(share: float) -> SafeString:
    """The ring with its first ovals closed, clockwise; the golden one at the top closes last."""
    return _ring(closed(max(0.0, min(1.0, share))))


@cache
def _ring(done: int) -> SafeString:
    """One path for all ovals of a state: half the letters of one for each."""
    found: dict[str, str] = {}
    for number in range(1, COUNT + 1):
        state = "open" if number > done else "closing" if number == COUNT else "closed"
        found[state] = found.get(state, "") + _oval(number * 360 // COUNT)
    return format_html_join("", '<path class="{}" d="{}"/>', found.items())


def _oval(turn: int) -> str:
    """The outline of an oval, turned clockwise around the middle."""
    (ax, ay), (bx, by) = (_turned(x, y, turn) for x, y in TOP)
    return f"M{ax} {ay}A4.6 2.7 {turn % 180} 1 1 {bx} {by}A5.2 3.3 {(45 + turn) % 180} 0 0 {ax} {ay}Z"


def _turned(x: float, y: float, turn: int) -> tuple[str, str]:
    angle = radians(turn)
    across, down = x - 12, y - 12
    return _short(12 + across * cos(angle) - down * sin(angle)), _short(12 + across * sin(angle) + down * cos(angle))


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
