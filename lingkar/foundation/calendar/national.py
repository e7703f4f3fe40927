"""National holidays and joint leave (cuti bersama), as the package ``holidays`` knows them."""

from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

import holidays

GUESSED = " (perkiraan)"
SOURCE = f"SKB tiga menteri, menurut pustaka holidays {version('holidays')}"
SOURCE_OF_ESTIMATE = f"Perkiraan pustaka holidays {version('holidays')}; SKB belum ada"


@dataclass(frozen=True)
class NationalDay:
    """One day off of the whole country. ``is_estimate``: no decree (SKB) for that year is known to the package."""

    date: date
    name: str
    is_joint_leave: bool
    is_estimate: bool

    @property
    def source(self) -> str:
        return SOURCE_OF_ESTIMATE if self.is_estimate else SOURCE


def national_days(year: int) -> list[NationalDay]:
    """Days off of ``year`` by date, with Indonesian names.

    A year without joint leave has no decree yet: all its movable days are estimates.
    """
    public = _days(year, "public")
    leave = {day: name for day, name in _days(year, "government").items() if day not in public}
    return [
        NationalDay(
            date=day,
            name=name.removesuffix(GUESSED),
            is_joint_leave=day in leave,
            is_estimate=name.endswith(GUESSED) or not leave,
        )
        for day, name in sorted((public | leave).items())
    ]


def _days(year: int, category: str) -> dict[date, str]:
    return dict(holidays.country_holidays("ID", years=year, categories=(category,), language="id"))
