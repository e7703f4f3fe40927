"""The circle in words for citizens: warm, short, exact; no number without what it counts."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lingkar.foundation.ui.words import day, days, number
from lingkar.loop.scoreboard import queries
from lingkar.loop.scoreboard.queries import Chain, Effect, Facts, Said
from lingkar.loop.scoreboard.web.words import people

TOPICS = 4
CANNOT: dict[str, str | Promise] = {
    "procedure": gettext_lazy("The procedure itself must change. That takes a new rule, not a course."),
    "staffing": gettext_lazy("There are too few people at the counter or in the field."),
    "tool": gettext_lazy("Tools, material or systems were missing or broken."),
    "budget": gettext_lazy("It takes money in the budget, or work on a building."),
    "other_agency": gettext_lazy("Another agency must decide or act."),
    "information": gettext_lazy("People had not been told what they needed to know."),
}
"""Why something is not possible by training alone, by cause."""


@dataclass(frozen=True)
class Cannot:
    """Why some cases are not solved for good: in words, and how many."""

    words: str
    n: str


@dataclass(frozen=True)
class Held:
    """A training for the service as everybody reads it."""

    title: str
    note: str


@dataclass(frozen=True)
class Told:
    """Everything that the public page says of one service."""

    period: str
    said: str
    said_url: str
    topics: list[tuple[str, str]]
    ikm: str
    ikm_url: str
    done: str
    held: list[Held]
    planned: list[Held]
    changed: list[tuple[str, str]]
    cannot: list[Cannot]
    open: str
    open_url: str
    late: int
    is_silent: bool


def told(chain: Chain) -> Told:
    """The facts of a chain in words for citizens."""
    facts = chain.facts
    said, done = sum(topic.n for topic in facts.topics), sum(topic.closed for topic in facts.topics)
    listed, begun = f"{reverse('reports:public')}?layanan={chain.code}", {row.code for row in facts.held}
    return Told(
        period=_("from %(first)s to %(last)s") % {"first": day(facts.first), "last": day(facts.last)},
        said=ngettext("%(n)s published report", "%(n)s published reports", said) % {"n": number(said)} if said else "",
        said_url=listed,
        topics=[(topic.name, number(topic.n)) for topic in facts.topics[:TOPICS]],
        ikm=_ikm(facts),
        ikm_url=reverse("surveys:result", args=[chain.code]),
        done=_done(done, said),
        held=[_held(row, facts.smallest) for row in facts.held],
        planned=[_planned(row, facts.smallest) for row in facts.planned if row.is_approved and row.cohort not in begun],
        changed=[(queries.BADGES[row.kind], changed(row)) for row in facts.effects],
        cannot=_cannot(facts),
        open=_open(facts),
        open_url=f"{listed}&janji=terbuka",
        late=facts.promises.late,
        is_silent=not (said or facts.survey),
    )


def _ikm(facts: Facts) -> str:
    found = facts.survey
    if found is None:
        return ""
    words = _("%(n)s users rated it: %(index)s of 100; %(weakest)s.")
    return words % {
        "n": number(found.n),
        "index": queries.index(found),
        "weakest": queries.weakest(found),
    }


def _done(done: int, said: int) -> str:
    if not said:
        return ""
    told = _("%(done)s of these %(said)s reports were answered with proof.")
    return told % {"done": number(done), "said": number(said)}


def _held(row: queries.Held, smallest: int) -> Held:
    many = row.passed if row.is_over else row.taking_part
    who = people(many, smallest)
    words = _("%(people)s trained, %(days)s") if row.is_over else _("is running: %(people)s, until %(last)s")
    return Held(row.title, words % {"people": who, "days": days(row.first, row.last), "last": day(row.last)})


def _planned(row: queries.Planned, smallest: int) -> Held:
    told = {"people": people(row.places, smallest), "days": days(row.first, row.last)}
    return Held(row.title, _("planned: %(people)s, %(days)s") % told)


def _open(facts: Facts) -> str:
    n = facts.promises.n
    return ngettext("%(n)s promise is still open", "%(n)s promises are still open", n) % {"n": number(n)} if n else ""


def _cannot(facts: Facts) -> list[Cannot]:
    """Causes that no training cures, the most frequent first. Small ones are told together."""
    return [
        Cannot(
            " ".join(str(CANNOT[kind]) for kind in part.kinds),
            ngettext("%(n)s case", "%(n)s cases", part.n) % {"n": number(part.n)},
        )
        for part in facts.causes.others
        if part.n is not None
    ]


# --- did it help? -------------------------------------------------------------------------------------------------


def changed(found: Effect) -> str:
    """A verdict for citizens: what changed against places that were not trained yet, and how sure that is."""
    if found.kind == "better":
        return _better(found)
    if found.kind == "worse":
        return _worse(found)
    if found.kind == "no_larger_than":
        words = _("We looked for a change after the training and found none larger than %(bound)s.")
        return words % {"bound": size(found.bound, is_ratio=found.is_ratio)}
    return _("It cannot be told yet whether the training helped. %(why)s") % {"why": _doubt(found.doubt)}


def _better(found: Effect) -> str:
    words = (
        _("Since the training there are about %(size)s fewer complaints that training can cure than expected "
          "(%(between)s), compared with places that were not trained yet.")
        if found.is_ratio
        else _("Since the training users rate officers %(size)s higher than expected (%(between)s), compared with "
               "places that were not trained yet.")
    )  # fmt: skip
    return words % _sizes(found)


def _worse(found: Effect) -> str:
    words = (
        _("Since the training there are about %(size)s more complaints than expected (%(between)s).")
        if found.is_ratio
        else _("Since the training users rate officers %(size)s lower than expected (%(between)s).")
    )
    return words % _sizes(found)


def _sizes(found: Effect) -> dict[str, str]:
    ends = sorted(abs(end) for end in (found.low, found.high) if end is not None)
    told = [size(end, is_ratio=True) if found.is_ratio else number(end, 2) for end in ends]
    low, high = told if len(told) == 2 else ("–", "–")
    between = _("between %(low)s and %(high)s") % {"low": low, "high": high}
    return {"size": size(found.change, is_ratio=found.is_ratio), "between": between}


def size(value: float | None, *, is_ratio: bool) -> str:
    """A size without its sign: "60%", or "0,2 of 4 points"."""
    if value is None:
        return "–"
    if is_ratio:
        return f"{number(round(abs(value) * 100))}%"
    return _("%(points)s points (scale 1 to 4)") % {"points": number(abs(value), 2)}


def _doubt(doubt: str | None) -> str:
    return {
        "nothing_to_compare": _("There is no place without training to compare with."),
        "not_yet": _("The training is too recent."),
        "too_few": _("There are too few complaints: it may have become better or worse."),
        "others_moved": _("Other complaints changed likewise, so people may only report more or less than before."),
        "before_already": _("The trained places had already become different before the training."),
    }.get(doubt or "too_few", "")


# --- the list -----------------------------------------------------------------------------------------------------


def turned(verdict: str) -> str:
    """A verdict in few words for citizens."""
    return {
        "better": _("became better"),
        "no_larger_than": _("no change was found"),
        "worse": _("became worse"),
        "cannot_tell": _("cannot be told yet"),
        "mixed": _("differs by what is looked at"),
        "": _("not looked at yet"),
    }[verdict]


@dataclass(frozen=True)
class SaidLine:
    """A service of the public list in words."""

    url: str
    name: str
    unit: str
    said: str
    done: str
    late: str
    trained: str
    turned: str
    kind: str


def line(row: Said, smallest: int) -> SaidLine:
    """One line of the public list."""
    return SaidLine(
        url=reverse("scoreboard:public", args=[row.code]),
        name=row.name,
        unit=row.unit,
        said=ngettext("%(n)s report", "%(n)s reports", row.said) % {"n": number(row.said)} if row.said else "",
        done=_("%(n)s answered with proof") % {"n": number(row.done)} if row.done else "",
        late=_("%(n)s late") % {"n": number(row.late)} if row.late else "",
        trained=_("%(people)s trained") % {"people": people(row.passed, smallest)} if row.passed != 0 else "",
        turned=turned(row.verdict) if row.verdict else "",
        kind=queries.BADGES.get(row.verdict, ""),
    )
