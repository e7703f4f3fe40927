"""What people read when a file is refused: what is wrong, what was kept, what to do."""

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingkar.foundation.refusals import Refused

SENTENCES: Mapping[str, str | Promise | Callable[..., str]] = {
    "files.empty": gettext_lazy("This file is empty. Please choose it again, or choose another one."),
    "files.too_large": lambda most: (
        _("This file is larger than %(most)s MB. Please choose a smaller one.") % {"most": most}
    ),
    "files.too_many_pixels": lambda most: (
        _("This picture has more than %(most)s million pixels. Please choose a smaller one.") % {"most": most}
    ),
    "files.not_a_photo": gettext_lazy("This file is not a photo. Please choose a JPG, PNG or WebP picture."),
    "files.neither_photo_nor_pdf": gettext_lazy(
        "This file is neither a photo nor a PDF. Please choose a JPG, PNG or WebP picture, or a PDF."
    ),
    "files.no_lesson_material": gettext_lazy(
        "Lessons show pictures (JPG, PNG, WebP), PDF, audio (MP3, M4A, OGG) and video (MP4, WebM). Please choose one of"
        " these."
    ),
    "files.heic": gettext_lazy(
        "This photo is in the HEIC format of iPhones, which we cannot open. Take a screenshot of it and send that, or"
        " set the camera to “Most Compatible” (Settings › Camera › Formats)."
    ),
    "files.animated": gettext_lazy("This is a moving picture. Please choose a photo."),
    "files.broken": gettext_lazy("This file is damaged or incomplete. Please choose it again, or choose another one."),
    "files.pdf_is_active": gettext_lazy(
        "This PDF contains a program or an attached file. Print it to a new PDF and send that one."
    ),
    "files.no_room": gettext_lazy(
        "The file could not be stored because our storage is full. What you wrote is kept: please try again without"
        " the file, or later."
    ),
}
"""By refusal code. Whoever shows one adds what was kept."""


def sentence(no: Refused) -> str:
    """The sentence for a refusal of this module, in the reader's language."""
    words = SENTENCES[no.code]
    return words(**no.details) if callable(words) and not isinstance(words, Promise) else str(words)
