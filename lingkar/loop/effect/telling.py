"""Verdicts in words that are read in ten seconds."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from lingkar.foundation.ui.words import number
from lingkar.loop.effect.rules import Doubt, Kind, Ruling


def words_of(ruling: Ruling, *, is_ratio: bool, smallest: float | None, is_late: bool) -> str:
    """One or two sentences: what can be said, how sure it is, and what could have been found."""
    told = [_VERDICTS[ruling.kind](ruling, is_ratio)]
    if ruling.kind == Kind.CANNOT_TELL and smallest is not None:
        told.append(
            _("With so few cases a change of less than %(smallest)s would hardly be found.")
            % {"smallest": size(smallest, is_ratio=is_ratio)}
        )
    if is_late:
        told.append(_("Registered after the training had begun."))
    return " ".join(told)


def size(value: float | None, *, is_ratio: bool) -> str:
    """A size without its sign: "60%", or "0,21 points"."""
    if value is None:
        return "–"
    if is_ratio:
        return f"{number(abs(value) * 100, 0)}%"
    return _("%(points)s points") % {"points": number(abs(value), 2)}


def between(ruling: Ruling, *, is_ratio: bool) -> str:
    """The bounds in words: "between 38% and 74% fewer"; where the sides differ, each with its own."""
    if ruling.low is None or ruling.high is None:
        return ""
    return _("between %(low)s and %(high)s") % {
        "low": sided(ruling.low, is_ratio=is_ratio),
        "high": sided(ruling.high, is_ratio=is_ratio),
    }


def sided(value: float, *, is_ratio: bool) -> str:
    """A change with its side: "−60%", "+0,21 points"."""
    sign = "−" if value < 0 else "+" if value > 0 else ""
    return f"{sign}{size(value, is_ratio=is_ratio)}"


def _better(ruling: Ruling, is_ratio: bool) -> str:
    told = (
        _("Better: %(size)s fewer reports that training can cure than expected without it (%(between)s).")
        if is_ratio
        else _("Better: the score is %(size)s higher than expected without training (%(between)s).")
    )
    return told % {"size": size(ruling.change, is_ratio=is_ratio), "between": between(ruling, is_ratio=is_ratio)}


def _worse(ruling: Ruling, is_ratio: bool) -> str:
    told = (
        _("Worse: %(size)s more reports that training can cure than expected without it (%(between)s).")
        if is_ratio
        else _("Worse: the score is %(size)s lower than expected without training (%(between)s).")
    )
    return told % {"size": size(ruling.change, is_ratio=is_ratio), "between": between(ruling, is_ratio=is_ratio)}


def _no_larger(ruling: Ruling, is_ratio: bool) -> str:
    told = _("No change larger than %(bound)s (%(between)s).")
    return told % {"bound": size(ruling.bound, is_ratio=is_ratio), "between": between(ruling, is_ratio=is_ratio)}


def _cannot_tell(ruling: Ruling, is_ratio: bool) -> str:
    told = DOUBTS[ruling.doubt or Doubt.TOO_FEW]()
    return told % {"between": between(ruling, is_ratio=is_ratio)}


DOUBTS: Mapping[Doubt, Callable[[], str]] = {
    Doubt.NOTHING_TO_COMPARE: lambda: _(
        "Cannot tell: there is no unit that was trained later or not at all to compare with, or no month before."
    ),
    Doubt.NOT_YET: lambda: _("Cannot tell yet: no month after the training is over."),
    Doubt.TOO_FEW: lambda: _("Cannot tell yet: it may have become better or worse (%(between)s)."),
    Doubt.OTHERS_MOVED: lambda: _(
        "Cannot tell: reports that no training cures changed likewise, so it may be that people report more or less."
    ),
    Doubt.BEFORE_ALREADY: lambda: _(
        "Cannot tell: the trained units had already drifted away from the others before the training."
    ),
}
_VERDICTS: Mapping[Kind, Callable[[Ruling, bool], str]] = {
    Kind.BETTER: _better,
    Kind.NO_LARGER: _no_larger,
    Kind.WORSE: _worse,
    Kind.CANNOT_TELL: _cannot_tell,
}
