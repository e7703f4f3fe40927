"""Numbers behind JP and IP ASN: dated, sourced, changed by the agency on a page; doubts are said."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.parameters.queries import values
from lingkar.foundation.parameters.registry import Spec, spec
from lingkar.grow.credentials.rules.hours import Table
from lingkar.grow.credentials.rules.index import Group, Numbers

SINCE = date(2018, 1, 1)
BPS = "Surat Sestama BPS B-031/BPS/2600/02/2019, kode mengikuti PerLAN 10/2018"
SAME = _("Whether the annex of PerLAN 10/2018 has the same numbers was not confirmed.")
PAIR = _("JP at home, JP abroad")

FIXED: dict[str, tuple[int, int]] = {
    "A1": (20, 20), "A2": (20, 20), "B6": (4, 6), "B7": (5, 7), "B11": (4, 6), "C1": (2, 4), "C2": (2, 4),
    "C5": (20, 24), "C7": (10, 20), "C8": (20, 24), "C11": (20, 24),
}  # fmt: skip
"""JP for one semester, day or time."""
DAILY: dict[str, tuple[int, int]] = {"C3": (3, 4), "C9": (2, 2), "C10": (2, 2)}
MONTHLY: dict[str, int] = {"C1": 2, "C2": 2}


def _fixed(code: str, pair: tuple[int, int]) -> Spec[tuple[int, ...]]:
    label = format_lazy("{}: {}", code, _("JP for one semester, day or time"))
    return spec(f"credentials.jp_{code.lower()}", pair, tuple, PAIR, label, BPS, SINCE, SAME, least=0, most=100)


def _daily(code: str, pair: tuple[int, int]) -> Spec[tuple[int, ...]]:
    label = format_lazy("{}: {}", code, _("most JP in a day"))
    return spec(f"credentials.jp_{code.lower()}_daily", pair, tuple, PAIR, label, BPS, SINCE, SAME, least=0, most=24)


def _monthly(code: str, times: int) -> Spec[int]:
    label = format_lazy("{}: {}", code, _("how often in a month"))
    unit = _("times")
    return spec(f"credentials.jp_{code.lower()}_monthly", times, int, unit, label, BPS, SINCE, SAME, least=0, most=31)


FIXED_SPECS = {code: _fixed(code, pair) for code, pair in FIXED.items()}
DAILY_SPECS = {code: _daily(code, pair) for code, pair in DAILY.items()}
MONTHLY_SPECS = {code: _monthly(code, times) for code, times in MONTHLY.items()}
SURCHARGE = spec(
    "credentials.jp_abroad",
    20,
    int,
    _("percent"),
    _("By how much actual hours abroad count more"),
    BPS,
    SINCE,
    _("The table says “20%”; that it means JP plus 20 percent is our reading."),
    least=0,
    most=100,
)
TARGET = spec(
    "credentials.jp_target",
    20,
    int,
    _("JP a year"),
    _("Target of a PNS"),
    "PP 11/2017 jo PP 17/2020 Pasal 203",
    SINCE,
    least=0,
    most=200,
)
CAP = spec(
    "credentials.jp_cap",
    24,
    int,
    _("JP in one contract"),
    _("Most JP of a PPPK in one contract"),
    "PerLAN 15/2020",
    SINCE,
    _("It is a cap, not a target; many applications have it the other way round."),
    least=0,
    most=200,
)
CONTRACT_YEARS = spec(
    "credentials.contract_years",
    5,
    int,
    _("years"),
    _("Length of a contract of a PPPK, from the year in the NI PPPK"),
    "Pilihan Lingkar",
    SINCE,
    _("Contracts differ (one to five years) and are not recorded here; set the usual one of your agency."),
    least=1,
    most=5,
)
HOURS_SPECS: tuple[Spec[Any], ...] = (
    *FIXED_SPECS.values(), *DAILY_SPECS.values(), *MONTHLY_SPECS.values(), SURCHARGE
)  # fmt: skip
YEAR_SPECS: tuple[Spec[Any], ...] = (TARGET, CAP, CONTRACT_YEARS)

IP = "PermenPANRB 38/2018, Peraturan BKN 8/2019"
LOOK_BACK = _("The look-back windows are quoted from memory; confirm them against the regulation.")
TENTHS = _("tenths of a point: training (diklat), 20 JP, seminar")
QUALIFICATION = spec(
    "credentials.ip_qualification", (25, 20, 15, 10, 5, 1), tuple, _("points: S3, S2, S1/D4, D3, D2–SMA, below"),
    _("IP ASN: qualification"), IP, SINCE, least=0, most=25,
)  # fmt: skip
TRAINING: dict[Group, Spec[tuple[int, ...]]] = {
    Group.STRUCTURAL: spec(
        "credentials.ip_structural", (150, 150, 100), tuple, TENTHS, _("IP ASN: competence, structural positions"),
        IP, SINCE, least=0, most=400,
    ),
    Group.FUNCTIONAL: spec(
        "credentials.ip_functional", (150, 150, 100), tuple, TENTHS, _("IP ASN: competence, functional positions"),
        IP, SINCE, _("Some functional positions are credited with functional training by themselves; that differs."),
        least=0, most=400,
    ),
    Group.EXECUTIVE: spec(
        "credentials.ip_executive", (0, 225, 175), tuple, TENTHS, _("IP ASN: competence, executives (pelaksana)"),
        IP, SINCE, least=0, most=400,
    ),
}  # fmt: skip
PERFORMANCE = spec(
    "credentials.ip_performance", (30, 25, 15, 5, 1), tuple,
    _("points: very good, good, needs improvement, poor, very poor"), _("IP ASN: performance"), IP, SINCE,
    least=0, most=30,
)  # fmt: skip
DISCIPLINE = spec(
    "credentials.ip_discipline", (5, 3, 2, 1), tuple, _("points: never, light, moderate, severe"),
    _("IP ASN: discipline"), IP, SINCE, least=0, most=5,
)  # fmt: skip
BANDS = spec(
    "credentials.ip_bands", (91, 81, 71, 61), tuple, _("points from which: very high, high, medium, low"),
    _("IP ASN: bands"), IP, SINCE,
    _("The printed bands leave gaps (90.5 stands in none); a value in a gap belongs to the lower band here."),
    least=1, most=100,
)  # fmt: skip
HOURS = spec(
    "credentials.ip_hours", 20, int, "JP", _("IP ASN: hours of learning that give their points"), IP, SINCE,
    least=1, most=200,
)  # fmt: skip
PRORATED = spec(
    "credentials.ip_prorated", False, bool, _("yes or no"), _("IP ASN: fewer hours give a share of the points"), IP,
    SINCE, _("Whether 20 JP is pro-rated was not confirmed."),
)  # fmt: skip
HOURS_YEARS = spec(
    "credentials.ip_hours_years", 1, int, _("years"), _("IP ASN: hours of learning count for so long"), IP, SINCE,
    LOOK_BACK, least=1, most=10,
)  # fmt: skip
SEMINAR_YEARS = spec(
    "credentials.ip_seminar_years", 2, int, _("years"), _("IP ASN: a seminar counts for so long"), IP, SINCE,
    LOOK_BACK, least=1, most=10,
)  # fmt: skip
DISCIPLINE_YEARS = spec(
    "credentials.ip_discipline_years", 5, int, _("years"), _("IP ASN: a punishment counts for so long"), IP, SINCE,
    LOOK_BACK, least=1, most=20,
)  # fmt: skip
INDEX_SPECS: tuple[Spec[Any], ...] = (
    QUALIFICATION, *TRAINING.values(), PERFORMANCE, DISCIPLINE, BANDS, HOURS, PRORATED, HOURS_YEARS, SEMINAR_YEARS,
    DISCIPLINE_YEARS,
)  # fmt: skip


def table_on(agency: UUID, day: date) -> Table:
    """The table of forms in force on a day. One query."""
    told = values(HOURS_SPECS, agency=agency, on=day)
    return Table(
        fixed={code: _pair(told[item.key]) for code, item in FIXED_SPECS.items()},
        surcharge=told[SURCHARGE.key],
        daily={code: _pair(told[item.key]) for code, item in DAILY_SPECS.items()},
        monthly={code: told[item.key] for code, item in MONTHLY_SPECS.items()},
    )


def _pair(pair: tuple[int, ...]) -> tuple[int, int]:
    return pair[0], pair[-1]


def numbers_of(told: dict[str, Any]) -> Numbers:
    """The numbers of the IP ASN from the values of ``INDEX_SPECS``."""
    return Numbers(
        qualification=told[QUALIFICATION.key],
        training={group: _points(told[item.key]) for group, item in TRAINING.items()},
        performance=told[PERFORMANCE.key],
        discipline=told[DISCIPLINE.key],
        bands=told[BANDS.key],
        hours=told[HOURS.key],
        prorated=told[PRORATED.key],
    )


def _points(tenths: tuple[int, ...]) -> Any:
    return tuple(Decimal(part) / 10 for part in tenths)
