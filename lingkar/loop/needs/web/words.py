"""Each part of a need in words. No number stands alone."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lingkar.foundation.ui.words import number
from lingkar.loop.needs.queries import Line
from lingkar.loop.needs.telling import decimal


@dataclass(frozen=True)
class Part:
    """One part with its working."""

    name: str
    value: str
    working: str


def parts(need: Line) -> list[Part]:
    """Everything that the need was made of, also what is not known."""
    return [_cases_part(need), _survey_part(need), _lack_part(need)]


def _cases_part(need: Line) -> Part:
    name = _("Complaints that learning can cure")
    if need.cases is None or need.rate is None:
        return Part(name, _("cannot be told"), _("Too few cases, or no transactions were counted for this service."))
    working = _(
        "%(n)s cases on %(uses)s uses; 95 %% interval %(low)s to %(high)s. Drawn towards all units: %(shrunk)s."
    ) % {
        "n": number(need.cases),
        "uses": number(need.transactions or 0),
        "low": decimal(need.rate_low or 0),
        "high": decimal(need.rate_high or 0),
        "shrunk": decimal(need.rate_shrunk or 0),
    }
    return Part(name, _("%(rate)s in 1,000 uses") % {"rate": decimal(need.rate)}, working)


def _survey_part(need: Line) -> Part:
    name = _("Survey of satisfaction (SKM)")
    if need.score is None:
        return Part(
            name, _("cannot be told"), _("Too few answers at this unit, or no element tells of this competency.")
        )
    told = {"unsur": need.unsur, "n": number(need.answers or 0), "shrunk": decimal(need.score_shrunk or 0, 2)}
    if need.score_low is None or need.score_high is None:
        working = _("Element %(unsur)s, n = %(n)s, no interval. Drawn towards all units: %(shrunk)s.") % told
    else:
        told |= {"low": decimal(need.score_low, 2), "high": decimal(need.score_high, 2)}
        working = (
            _("Element %(unsur)s, n = %(n)s, 95 %% interval %(low)s to %(high)s. Drawn towards all units: %(shrunk)s.")
            % told
        )
    return Part(name, _("%(score)s of 4") % {"score": decimal(need.score, 2)}, working)


def _lack_part(need: Line) -> Part:
    name = _("What those who serve lack")
    told = {"measured": number(need.measured), "people": number(need.people)}
    if need.lack is None:
        return Part(name, _("cannot be told"), _("%(measured)s of %(people)s were assessed.") % told)
    working = _("Mean gap to the standard of their positions; %(measured)s of %(people)s were assessed.") % told
    if need.is_pooled:
        working += " " + _("People of all units of the service: at this unit alone they are too few.")
    return Part(name, _("%(lack)s levels") % {"lack": decimal(need.lack)}, working)


def share(value: float | None) -> str:
    """A share of the largest in the agency, as a number from 0 to 100."""
    return _("cannot be told") if value is None else number(round(100 * value))
