"""The kawung ring, the mark of Lingkar: eight ovals, each laid over the one before, that close a circle."""

from math import ceil

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

COUNT = 8
OVAL = "M13.99 6.03A4.6 2.7 0 1 1 15.4 1.78A5.2 3.3 45 0 0 13.99 6.03Z"
"""The oval at twelve o'clock on a 24 × 24 canvas, cut by an even gap where the next one lies over it."""


def closed(share: float) -> int:
    """How many ovals are closed at ``share``: one as soon as anything is done, all only when all is done."""
    return max(int(share * COUNT + 1e-9), ceil(min(share, 1 / COUNT)))


def ovals(share: float) -> SafeString:
    """The ring with its first ovals closed, clockwise; the golden one at the top closes last."""
    done = closed(max(0.0, min(1.0, share)))
    return format_html_join(
        "",
        '<path class="{}" d="{}" transform="rotate({} 12 12)"/>',
        ((_state(i, done), OVAL, i * 360 // COUNT) for i in range(1, COUNT + 1)),
    )


def _state(oval: int, done: int) -> str:
    return "open" if oval > done else "closing" if oval == COUNT else "closed"
