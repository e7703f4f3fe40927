"""Numbers of law about people: dated, sourced, changed by the agency on a page."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.parameters.registry import spec

YEARS = _("years")
DOUBT = _("Taken from memory; the regulation was not read.")

YOUNGEST_PNS = spec(
    "people.youngest_pns",
    18,
    int,
    YEARS,
    _("Youngest age at which somebody becomes a civil servant (PNS)"),
    "PP 11/2017 tentang Manajemen PNS",
    date(2017, 4, 7),
    DOUBT,
    least=15,
    most=30,
)
YOUNGEST_PPPK = spec(
    "people.youngest_pppk",
    20,
    int,
    YEARS,
    _("Youngest age at which somebody becomes a contract civil servant (PPPK)"),
    "PP 49/2018 tentang Manajemen PPPK",
    date(2017, 4, 7),
    DOUBT,
    least=15,
    most=30,
)
OLDEST_START = spec(
    "people.oldest_start",
    64,
    int,
    YEARS,
    _("Oldest age at which somebody is still appointed"),
    "Pilihan Lingkar: setahun sebelum batas usia pensiun yang tertinggi untuk PPPK",
    date(2017, 4, 7),
    DOUBT,
    least=35,
    most=80,
)
AGES = (YOUNGEST_PNS, YOUNGEST_PPPK, OLDEST_START)
LONGEST_DELEGATION = spec(
    "people.longest_delegation",
    90,
    int,
    _("days"),
    _("Longest time for which a role is handed to a colleague"),
    "Pilihan Lingkar",
    date(2017, 4, 7),
    least=1,
    most=365,
)
TWO_FOR_OPERATORS = spec(
    "people.two_for_operators",
    False,
    bool,
    "",
    _("The operator's role too holds only once a second operator approves it (the inspector's always does)"),
    "Pilihan Lingkar",
    date(2017, 4, 7),
)
CORRECTION_HOURS = spec(
    "people.correction_hours",
    72,
    int,
    _("hours"),
    _("Time to answer somebody who asks for a correction of their data"),
    "UU 27/2022 Pasal 30: 3 x 24 jam",
    date(2022, 10, 17),
    DOUBT,
    least=1,
    most=720,
)
