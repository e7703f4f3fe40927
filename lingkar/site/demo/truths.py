"""What is planted in the demo city, in numbers: an analysis must find these back. Plain data, no Django.

Told to people in ``docs/demo-truths.md``. The product never reads this: only what makes the city does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

YEARS = 2
DAYS = 365 * YEARS
REPORTS = 2451
"""Made-up reports at scale 1; with the 49 that are told by hand there are 2,500."""

GROWTH = 0.30
"""Reports grow by so much over the two years, in every unit alike: people learn that reporting helps."""

SERVICE_GROWTH = 0.05
"""Use of the services grows by so much over the two years: far less than reports do."""

MONTH = 30.4


@dataclass(frozen=True)
class Training:
    """Units of one service that were, or were not, trained on different days, and what it did to their complaints.

    ``rate``: trainable complaints a month in each unit before. ``ratio``: what is left of them ``delay`` days after the
    training. ``trained``: unit → days before today.
    """

    code: str
    service: str
    trained: dict[str, int | None]
    rate: float
    ratio: float
    delay: int = 0

    def left(self, unit: str, day: date, today: date) -> float:
        """The share of its complaints that ``unit`` still has on ``day``."""
        ago = self.trained[unit]
        if ago is None or day < today - timedelta(days=ago - self.delay):
            return 1.0
        return self.ratio


HELPS = Training(
    "puskesmas-trained",
    "rawat-jalan",
    {
        "puskesmas-hilir": 460,
        "puskesmas-bandar": 365,
        "puskesmas-rengas": 275,
        "puskesmas-kuala": 180,
        "puskesmas-hulu": None,
        "puskesmas-talang": None,
    },
    rate=2.2,
    ratio=0.4,
)
OTHER_CAUSES = Training("puskesmas-other", "rawat-jalan", dict.fromkeys(HELPS.trained), rate=0.8, ratio=1.0)
"""The same units' complaints that no training cures: medicine, staff, equipment."""

NO_EFFECT = Training(
    "kecamatan-no-effect",
    "surat-kelurahan",
    {"kec-kawung-hilir": 430, "kec-tanjung-rengas": 300, "kec-seberang-kuala": 160, "kec-kawung-hulu": None},
    rate=1.5,
    ratio=1.0,
)
DELAYED = Training("permits-delayed", "izin-usaha", {"dpmptsp": 330}, rate=5.0, ratio=0.45, delay=90)
TRAININGS = {row.code: row for row in (HELPS, OTHER_CAUSES, NO_EFFECT, DELAYED)}

CURABLE = frozenset({"knowledge", "conduct"})
"""Causes that training can do something about."""

SEASONS: dict[str, dict[int, float]] = {
    "rain": {11: 2.0, 12: 2.2, 1: 2.0, 2: 1.3, 3: 1.1, 6: 0.6, 7: 0.5, 8: 0.5, 9: 0.7},
    "flood": {11: 3.2, 12: 4.2, 1: 4.0, 2: 1.6, 3: 1.0, 4: 0.7, 5: 0.5, 6: 0.25, 7: 0.2, 8: 0.2, 9: 0.4},
    "wind": {11: 2.0, 12: 2.4, 1: 2.2, 2: 1.5},
    "dry": {7: 2.6, 8: 3.4, 9: 3.2, 10: 2.0, 11: 0.4, 12: 0.25, 1: 0.25, 2: 0.3, 3: 0.4},
    "enrolment": {6: 7.0, 7: 8.0, **dict.fromkeys((1, 2, 3, 4, 8, 9, 10, 11, 12), 0.12), 5: 0.6},
    "school": {6: 0.4, 7: 1.8, 8: 1.6, 12: 0.6},
    "tax": {8: 3.0, 9: 4.5, 10: 1.6, 3: 1.4, **dict.fromkeys((11, 12, 1, 2), 0.4)},
}
"""How much busier than usual a month is."""

LEBARAN_RUBBISH = 3.5
"""Rubbish reports in the ten days after Idulfitri, times the usual."""

MONDAYS = 1.35
WEEKENDS = 0.72
NIGHT_WEEKENDS = 2.3
"""Noise is reported on Fridays to Sundays, times the usual."""


@dataclass(frozen=True)
class Temper:
    """How a unit answers: working days until it takes up a case and until it is done; shares of 1.

    ``ignored``: never taken up, or only after months. ``late_months``: months in which everything takes ``late`` times
    as long. ``rating``: mean of what reporters give.
    """

    first: float
    done: float
    ignored: float = 0.02
    publishes: float = 0.6
    rating: float = 3.9
    late: float = 1.0
    late_months: tuple[int, ...] = ()


TEMPERS = {
    "dlh": Temper(0.6, 3, 0.01, 0.75, 4.3, late=1.6, late_months=(4,)),
    "satpolpp": Temper(0.8, 4, 0.02, 0.5, 4.0),
    "bpbd": Temper(0.3, 3, 0.0, 0.8, 4.5),
    "diskominfo": Temper(0.9, 2, 0.01, 0.6, 4.2),
    "dukcapil": Temper(1.6, 6, 0.02, 0.55, 3.5),
    "pupr": Temper(2.6, 11, 0.04, 0.65, 3.4, late=2.2, late_months=(11, 12, 1)),
    "dinkes": Temper(1.4, 6, 0.02, 0.5, 3.9),
    "rsud": Temper(2.4, 9, 0.03, 0.45, 3.3),
    "disdik": Temper(3.0, 10, 0.04, 0.45, 3.4, late=2.6, late_months=(7,)),
    "dishub": Temper(4.4, 13, 0.07, 0.55, 2.9),
    "dinsos": Temper(2.2, 8, 0.03, 0.4, 3.6),
    "dpmptsp": Temper(2.6, 9, 0.03, 0.4, 3.4),
    "bapenda": Temper(3.2, 11, 0.05, 0.35, 3.2, late=1.8, late_months=(9,)),
    "setda": Temper(2.0, 6, 0.03, 0.5, 3.7),
    "kec-kawung-hulu": Temper(5.0, 14, 0.34, 0.3, 2.7),
    "kec-kawung-hilir": Temper(1.2, 5, 0.02, 0.5, 4.0),
    "kec-tanjung-rengas": Temper(1.8, 6, 0.03, 0.5, 3.8),
    "kec-seberang-kuala": Temper(2.2, 7, 0.04, 0.5, 3.7),
    "inspektorat": Temper(1.4, 26, 0.0, 0.0, 3.9),
}
"""Quick (DLH, BPBD), slow (Dishub), drowned by the season (PUPR, Disdik) and silent (Kecamatan Kawung Hulu)."""

RATED = 0.34
"""Of 100 answers so many are rated; silence is no satisfaction."""
REOPENED_OF_BAD = 0.6
"""Of ratings of 1 or 2 so many come with a reopening."""

COPIES = 14
"""Texts that were sent again word for word by somebody else: a chain message of the neighbourhood."""


@dataclass(frozen=True)
class Happening:
    """Something that many report at once: ``count`` reports of one topic at one spot within ``hours``."""

    topic: str
    village: str
    days_ago: int
    count: int
    hours: int


HAPPENINGS = (
    Happening("banjir", "Muara Kawung", 683, 11, 30),
    Happening("banjir", "Kampung Nelayan", 681, 8, 40),
    Happening("banjir", "Kuala Dalam", 322, 12, 36),
    Happening("banjir", "Muara Kawung", 318, 9, 24),
    Happening("jembatan", "Rengas Barat", 505, 7, 60),
    Happening("lampu", "Rengas Timur", 214, 6, 72),
    Happening("sampah", "Pasar Lama", 120, 8, 70),
    Happening("kebakaran", "Talang Damar", 92, 7, 30),
    Happening("lubang", "Simpang Tiga", 61, 6, 80),
    Happening("banjir", "Muara Kawung", 9, 10, 28),
)
"""One event, many reports: what joining duplicates must find."""


# --- satisfaction (SKM) -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Satisfaction:
    """How users answer about a service: answers a month at each unit, and the unsur whose mean is not the usual one."""

    month: float = 7
    differs: Mapping[str, float] = field(default_factory=dict)

    def means(self, *, is_free: bool) -> dict[str, float]:
        cost = {"U4": 3.95} if is_free else {}
        return SKM_USUAL | cost | dict(self.differs)


SKM_USUAL = {
    "U1": 3.15, "U2": 3.1, "U3": 2.95, "U4": 2.9, "U5": 3.2, "U6": 3.15, "U7": 3.2, "U8": 2.85, "U9": 3.0,
}  # fmt: skip
SKM = {
    "rawat-jalan": Satisfaction(16, {"U3": 2.7, "U6": 2.75, "U7": 2.7}),
    "surat-kelurahan": Satisfaction(12, {"U6": 2.8, "U7": 2.75}),
    "izin-usaha": Satisfaction(24, {"U3": 2.6, "U6": 2.7, "U7": 2.8}),
    "ktp-el": Satisfaction(32, {"U1": 2.2, "U2": 2.35, "U3": 2.6, "U6": 2.4}),
    "kursi-roda": Satisfaction(0.4),
    "informasi-publik": Satisfaction(0.06),
}
"""``kursi-roda`` has few answers, ``informasi-publik`` hardly any: what is hidden, and what is uncertain."""
SKM_LIFT = {"U6": 0.5, "U7": 0.4}
"""What a training that helps adds to the latent mean of these two; scores of 1 to 4 show a little less of it."""
SKM_PLANS = {plan.service: plan for plan in (HELPS, NO_EFFECT, DELAYED)}


# --- causes -------------------------------------------------------------------------------------------------------

CODED = 0.9
"""Of the closed cases so many have a cause; of those closed in the last two weeks half as many."""
MISTAKEN = 0.07
"""Of all causes so many are another one than the truth: officers are people."""
