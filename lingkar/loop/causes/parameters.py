"""What is counted of citizens' words outside of their cases: dated, changed by the agency on a page."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.parameters.registry import spec

SMALLEST = spec(
    "causes.smallest_cell",
    5,
    int,
    _("reports"),
    _("Fewest reports of a village that are counted by subject"),
    "Pilihan Lingkar",
    date(2017, 1, 1),
    least=5,
    most=100,
)
