"""What people read when a rule of this module says no, and the names of what it counts."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingkar.foundation.refusals import Refused
from lingkar.foundation.ui.words import number
from lingkar.listen.surveys.queries import Ikm
from lingkar.listen.surveys.rules import Band, Measured, NoInterval

KINDS = {Band.A: "good", Band.B: "good", Band.C: "warn", Band.D: "bad"}
"""The colour of a badge."""


def sentence(no: Refused) -> str:
    """The sentence for a refusal."""
    if no.code == "surveys.day_ahead":
        return _("This day has not come yet.")
    if no.code == "surveys.changed":
        return _("The questionnaire has changed since this page was opened, so nothing was sent.")
    return _("Answer all questions, so that every part of the service counts the same.")


def answers(n: int) -> str:
    """How many answers, in words."""
    return ngettext("One answer", "%(n)s answers", n) % {"n": number(n)}


def value(ikm: Ikm) -> str:
    """The index with two decimals, or a dash where it is hidden."""
    return "–" if ikm.value is None else number(ikm.value, 2)


def interval(of: Measured | None, *, places: int = 2) -> str:
    """The interval of an index or a mean, or why there is none."""
    if of is None:
        return ""
    if of.low is None or of.high is None:
        return why_none(of.no_interval)
    ends = {"low": number(of.low, places), "high": number(of.high, places)}
    return _("between %(low)s and %(high)s") % ends


def why_none(why: NoInterval | None) -> str:
    """Why there is no interval."""
    if why == NoInterval.SAME:
        return _("no interval: everybody gave the same answers")
    return _("no interval")


def hidden(ikm: Ikm, *, smallest: int) -> str:
    """Why nothing is shown of a cell."""
    if ikm.n == 0:
        return _("No answers yet.")
    if ikm.n == 1:
        return _("Only one answer so far: it says nothing about others, so there is no index and no interval.")
    if ikm.n < smallest:
        return _("Fewer than %(smallest)s answers: not shown, so that nobody is recognised.") % {"smallest": smallest}
    return _("Not shown, so that a small number of answers elsewhere stays hidden.")
