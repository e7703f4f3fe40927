"""How small a number may be that is told. An agency changes it on a page."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.parameters.registry import spec

SMALLEST = spec(
    "scoreboard.smallest_cell", 5, int, _("cases or people"), _("Fewest that the circle tells"), "Pilihan Lingkar",
    date(2017, 1, 1), least=3, most=100,
)  # fmt: skip
