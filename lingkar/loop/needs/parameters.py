"""What evidence weighs: dated, changed by the agency on a page."""

from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.parameters.registry import Spec, spec
from lingkar.grow.competence.queries import CODES

OURS = "Pilihan Lingkar"
SINCE = date(2017, 1, 1)
DAYS = _("days")
NONE = "none"
"""What stands for no competency."""

HALF_LIFE = spec(
    "needs.half_life", 180, int, DAYS, _("After how many days a case counts half"), OURS, SINCE, least=7, most=3650
)
WINDOW = spec("needs.window", 365, int, DAYS, _("Days of cases and answers"), OURS, SINCE, least=30, most=3650)
SMALLEST = spec(
    "needs.smallest_cell", 5, int, _("cases, answers or people"), _("Fewest that are shown"), OURS, SINCE, least=5,
    most=100,
)  # fmt: skip

MAPPED = {
    "U1": "communication",
    "U2": "results",
    "U3": "results",
    "U4": NONE,
    "U5": "results",
    "U6": "public_service",
    "U7": "public_service",
    "U8": "communication",
    "U9": NONE,
}
"""What ships: the competency that an element of the survey tells something of."""


def _mapped(unsur: str, competency: str) -> Spec[str]:
    label = format_lazy("{}: {}", _("Competency that this element of the survey tells of"), unsur)
    doubt = _("A choice: no regulation says which element tells of which competency.")
    return spec(
        f"needs.unsur.{unsur.lower()}", competency, str, _("competency"), label, OURS, SINCE, doubt,
        choices=(NONE, *CODES),
    )  # fmt: skip


UNSUR = {unsur: _mapped(unsur, competency) for unsur, competency in MAPPED.items()}
