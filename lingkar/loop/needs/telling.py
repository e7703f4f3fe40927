"""Why a need stands where it stands, in one or two sentences. No number stands alone."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lingkar.foundation.ui.words import number
from lingkar.listen.surveys.queries import UNSUR


def decimal(value: float, digits: int = 1) -> str:
    return number(round(value, digits))


@dataclass(frozen=True)
class Reason:
    """What a need stands on: numbers that may be kept elsewhere (as data), and told again in any language.

    See ``models.Need`` for units and ranges.
    """

    unit: str
    cases: int | None
    rate: float | None
    rate_of_all: float | None
    unsur: str
    answers: int | None
    score: float | None
    lack: float | None
    measured: int
    people: int
    is_pooled: bool

    @property
    def words(self) -> str:
        """What citizens show, then what people lack."""
        return " ".join(part for part in (self._cases(), self._survey(), self._lack()) if part)

    def _cases(self) -> str:
        if self.cases is None or self.rate is None:
            return ""
        words = _("%(n)s complaints that learning can cure: %(rate)s in 1,000 uses, %(all)s in all units.")
        return words % {"n": number(self.cases), "rate": decimal(self.rate), "all": decimal(self.rate_of_all or 0)}

    def _survey(self) -> str:
        if self.score is None or self.answers is None:
            return ""
        words = _("Survey %(unsur)s: %(score)s of 4 (%(n)s answers).")
        name = f"{self.unsur} “{UNSUR[self.unsur]}”"
        return words % {"unsur": name, "score": decimal(self.score, 2), "n": number(self.answers)}

    def _lack(self) -> str:
        if self.lack is None:
            return _("Too few of those who serve were assessed: what they lack cannot be told.")
        told = {"lack": decimal(self.lack), "measured": number(self.measured), "people": number(self.people)}
        if self.is_pooled:
            return (
                _("Those who serve, at all units together, lack %(lack)s levels (%(measured)s of %(people)s assessed).")
                % told
            )
        return _("Those who serve lack %(lack)s levels on average (%(measured)s of %(people)s assessed).") % told
