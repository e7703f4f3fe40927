"""The kawung ring: ovals that touch tip to tip and close a circle. Drawn once, here."""

from math import ceil

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

COUNT = 8


def petals(share: float) -> SafeString:
    """Eight ovals on a 24 × 24 canvas; the first ``share`` of them are closed, at least one as soon as share > 0."""
    closed = ceil(max(0.0, min(1.0, share)) * COUNT - 1e-9)
    return format_html_join(
        "",
        '<path class="{}" d="M12 1.2c2.6 1.1 4 2.3 4 3.3s-1.4 2.2-4 3.3c-2.6-1.1-4-2.3-4-3.3s1.4-2.2 4-3.3z" '
        'transform="rotate({} 12 12)"/>',
        (("on" if i < closed else "off", f"{i * 360 / COUNT:g}") for i in range(COUNT)),
    )
