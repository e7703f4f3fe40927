"""QR codes, as drawings for pages and documents."""

from io import BytesIO

import segno


def qr_svg(text: str, *, label: str = "", mask: int | None = None) -> str:
    """A QR code of ``text`` as SVG, dark on light with its quiet zone, to be put into a page or a template.

    Correction level M: still read when a seventh of it is dirty. ``label`` says to a screen reader where it leads.
    ``mask`` (0 to 7) takes one pattern without comparing all eight, in a fifth of the time: for thousands at once.
    """
    out = BytesIO()
    segno.make(text, error="m", micro=False, mask=mask).save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=True,
        border=4,
        dark="#1C2430",
        light="#FFFFFF",
        title=label or None,
        omitsize=True,
        nl=False,
    )
    return out.getvalue().decode()
