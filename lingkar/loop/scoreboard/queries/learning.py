"""What people need to learn for a service, what is planned, what they learned, and whether it helped."""

from dataclasses import asdict, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from lingkar.foundation.ui.words import amount, day, days, number, when
from lingkar.loop.effect.models import Outcome
from lingkar.loop.effect.queries import verdict_of
from lingkar.loop.scoreboard.queries.addresses import Addresses
from lingkar.loop.scoreboard.queries.saying import Row, Statement, few_yet, joined
from lingkar.loop.scoreboard.rules import Effect, Facts, Station


def need(facts: Facts, to: Addresses) -> Statement:
    bare = Statement("need.top", Station.NEED, _("Largest need"), _("complaints, survey and assessments, joined"))
    period = when(facts.needs_at)
    if not facts.needs:
        why = _("Nothing points to a need, or too few spoke to tell.") if facts.needs_at else _("Not computed yet.")
        return replace(bare, why_not=why, period=period)
    top = facts.needs[0]
    rows = tuple(
        Row(
            f"{row.competency} · {row.unit}",
            _("cannot be told") if row.size is None else number(round(100 * row.size)),
            _need_why(row.cases, row.rate, row.lack),
            to.need(row.need),
        )
        for row in facts.needs
    )
    note = _need_why(top.cases, top.rate, top.lack)
    place = _("place %(rank)s in the agency") % {"rank": number(top.rank)}
    return replace(
        bare,
        value=top.competency,
        note=joined(place, note),
        n=top.cases,
        period=period,
        address=to.need(top.need),
        rows=rows,
    )


def _need_why(cases: int | None, rate: float | None, lack: float | None) -> str:
    told = []
    if cases is not None and rate is not None:
        words = _("%(n)s complaints that learning can cure, %(rate)s in 1,000 uses")
        told.append(words % {"n": number(cases), "rate": number(round(rate, 1), 1)})
    if lack is not None:
        told.append(_("those who serve lack %(lack)s levels on average") % {"lack": number(round(lack, 1), 1)})
    else:
        told.append(_("what those who serve lack is not known"))
    return ", ".join(told)


def lacks(facts: Facts, to: Addresses) -> Statement:
    bare = Statement(
        "need.gaps",
        Station.NEED,
        _("Largest gap of those who serve"),
        _("assessments against the standard of their positions"),
    )
    if not facts.lacks:
        why = _("Not known: nobody is named as serving.") if not facts.staff else few_yet(facts)
        return replace(bare, why_not=why, n=facts.staff or None, period=day(facts.last))
    top = facts.lacks[0]
    rows = tuple(
        Row(
            row.competency,
            _("%(levels)s levels") % {"levels": number(row.mean, 2)},
            _("%(assessed)s of %(people)s assessed") % {"assessed": row.assessed, "people": row.people},
        )
        for row in facts.lacks
    )
    return replace(
        bare,
        value=f"{top.competency}: {rows[0].value}",
        note=rows[0].note,
        n=top.assessed,
        period=day(facts.last),
        address=to.needs(),
        rows=rows,
    )


# --- planned, trained, proven -------------------------------------------------------------------------------------


def planned(facts: Facts, to: Addresses) -> Statement:
    years = f"{facts.last.year}–{facts.last.year + 1}"
    bare = Statement("planned.runs", Station.PLANNED, pgettext("circle", "In the plan"), _("plans of training"))
    if not facts.planned:
        return replace(bare, value=_("no training yet"), n=0, period=years)
    rows = tuple(
        Row(
            row.title,
            _people(row.places, facts.smallest),
            joined(
                days(row.first, row.last),
                _("plan approved") if row.is_approved else _("waits for approval"),
            ),
            to.run(row.year, row.run),
        )
        for row in facts.planned
    )
    waits = sum(not row.is_approved for row in facts.planned)
    note = ngettext("%(n)s training waits for approval", "%(n)s trainings wait for approval", waits) % {"n": waits}
    return replace(
        bare,
        value=_people(facts.going, facts.smallest),
        note=note if waits else "",
        n=facts.going,
        period=years,
        address=rows[0].address,
        rows=rows,
    )


def _people(n: int | None, smallest: int) -> str:
    if n is None:
        return _("fewer than %(smallest)s people") % {"smallest": smallest}
    return ngettext("%(n)s person", "%(n)s people", n) % {"n": number(n)}


def held(facts: Facts, to: Addresses) -> Statement:
    bare = Statement("trained.held", Station.TRAINED, _("Trained for this service"), _("minutes of pass meetings"))
    if not facts.held:
        return replace(bare, value=_("nobody yet"), n=0, period=day(facts.last))
    rows = tuple(
        Row(
            row.title,
            _people(row.passed if row.is_over else row.taking_part, facts.smallest),
            joined(
                days(row.first, row.last),
                _("%(hours)s JP each") % {"hours": amount(row.hours)} if row.hours else "",
                "" if row.is_over else _("is running"),
            ),
            to.cohort(row.code),
        )
        for row in facts.held
    )
    first = min(row.first for row in facts.held)
    over = sum(row.is_over for row in facts.held)
    return replace(
        bare,
        value=_("%(people)s passed") % {"people": _people(facts.passed, facts.smallest)},
        note=ngettext("%(n)s training held", "%(n)s trainings held", over) % {"n": over},
        n=facts.passed,
        period=days(first, facts.last),
        address=rows[0].address if len(rows) == 1 else "",
        rows=rows,
    )


BADGES = {"better": "good", "no_larger_than": "info", "worse": "bad", "cannot_tell": "warn", "mixed": "info"}


VERDICTS = {
    "better": gettext_lazy("Better"),
    "no_larger_than": gettext_lazy("No larger change"),
    "worse": gettext_lazy("Worse"),
    "cannot_tell": gettext_lazy("Cannot tell yet"),
    "mixed": gettext_lazy("Differs by outcome"),
    "": gettext_lazy("Not studied"),
}


def verdict_name(kind: str) -> str:
    """A verdict in two words."""
    return str(VERDICTS[kind])


def verdict_words(found: Effect) -> str:
    """The verdict in its own words."""
    told = asdict(found)
    return verdict_of(**{name: told[name] for name in told if name not in {"study", "outcome", "on"}}).words


def helped(facts: Facts, to: Addresses) -> Statement:
    bare = Statement(
        "proven.effect", Station.PROVEN, _("Did training help?"), _("studies of effects, against units not trained yet")
    )
    if not facts.effects:
        return replace(bare, why_not=_("Not known: no study was registered."), period=day(facts.last))
    rows = tuple(
        Row(
            str(Outcome(row.outcome).label),
            verdict_name(row.kind),
            joined(verdict_words(row), "" if row.kind == "cannot_tell" else f"n = {number(row.n)}"),
            to.study(row.study),
            BADGES[row.kind],
        )
        for row in facts.effects
    )
    return replace(
        bare,
        value=verdict_name(facts.verdict),
        note=verdict_words(facts.effects[0]) if len(rows) == 1 else "",
        n=sum(row.n for row in facts.effects),
        period=day(max(row.on for row in facts.effects)),
        address=rows[0].address if len(rows) == 1 else "",
        kind=BADGES[facts.verdict],
        rows=rows,
    )
