"""Numbers of law that a programme is decided by: dated, sourced, changed by the agency on a page."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.parameters.registry import spec

BANDS = spec(
    "programmes.bands",
    (90, 80, 70, 60),
    tuple,
    _("four marks from the top; each band begins above its mark"),
    _("Bands of the final mark"),
    "Keputusan Kepala LAN 13/K.1/PDP.07/2022 (Pelatihan Dasar CPNS)",
    date(2022, 1, 1),
    _("The bands of basic training (Latsar); that PKTBT takes the same ones is the agency's choice."),
    least=1,
    most=99,
)
HOUR = spec(
    "programmes.minutes_of_jp",
    45,
    int,
    _("minutes"),
    _("Length of one hour of learning (JP)"),
    "PerLAN 10/2018",
    date(2018, 1, 1),
    least=30,
    most=60,
)
