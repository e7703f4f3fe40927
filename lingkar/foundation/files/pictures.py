"""Turn whatever picture was sent into one of ours: upright, at most 2000 pixels wide or high, and nothing but pixels.

A plain JPEG every time: phones, office programs and browsers all read it, and it costs a third of the CPU of WebP
(docs/decisions/0030).
"""

import io
import threading
from dataclasses import dataclass

from PIL import Image, ImageOps

from lingkar.foundation.files import rules
from lingkar.foundation.refusals import Refused

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
STILL = ("JPEG", "MPO")
"""Formats whose further pictures are previews or depth maps, not an animation."""
AT_ONCE = threading.BoundedSemaphore(2)
"""Decoding 50 million pixels takes 200 MB: two at a time per process, the others wait."""


@dataclass(frozen=True)
class Picture:
    """A picture as it is stored: the full size and the small one, both JPEG."""

    content: bytes
    small: bytes
    width: int
    height: int


def remade(content: bytes) -> Picture:
    """The picture that ``content`` shows, re-encoded without a byte of what was sent.

    Refused when it is animated, would unfold too large or cannot be read to its end.
    """
    with AT_ONCE:
        try:
            pixels = _pixels(content)
        except Refused:
            raise
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise Refused("files.too_many_pixels", most=rules.MOST_PIXELS // 1_000_000) from None
        except Exception:  # a decoder fed with hostile bytes may raise anything; the answer is one and the same
            raise Refused("files.broken") from None
        small = pixels.copy()
        small.thumbnail((rules.SMALL_SIDE, rules.SMALL_SIDE))
        return Picture(_jpeg(pixels), _jpeg(small), *pixels.size)


def _pixels(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content), formats=FORMATS) as sent:
        rules.check_pixels(*sent.size)
        if getattr(sent, "n_frames", 1) > 1 and sent.format not in STILL:
            raise Refused("files.animated")
        sent.draft("RGB", (rules.LONGEST_SIDE, rules.LONGEST_SIDE))
        sent.load()
        upright = _upright(sent)
        upright.thumbnail((rules.LONGEST_SIDE, rules.LONGEST_SIDE), Image.Resampling.LANCZOS)
        return _on_white(upright)


def _upright(image: Image.Image) -> Image.Image:
    """Turned as the camera was held; a photo whose EXIF is broken is taken as it lies."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:
        return image.copy()


def _on_white(image: Image.Image) -> Image.Image:
    """The same pixels on a new, opaque canvas: no profile, comment or other baggage comes along."""
    canvas = Image.new("RGB", image.size, "white")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        canvas.paste(layer, mask=layer.getchannel("A"))
    else:
        canvas.paste(image.convert("RGB"))
    return canvas


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return out.getvalue()
