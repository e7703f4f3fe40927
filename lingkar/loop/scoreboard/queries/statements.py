"""The numbers of a circle in words. Each says what it counts, of how many, over which days, where it comes from and
where its rows are; or why it cannot be told.
"""

from dataclasses import asdict, dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from lingkar.foundation.ui.words import day, number, when
from lingkar.listen.reports.queries import What
from lingkar.listen.surveys.queries import BANDS, UNSUR
from lingkar.loop.causes.models import CauseKind
from lingkar.loop.causes.queries import competencies
from lingkar.loop.effect.models import Outcome
from lingkar.loop.effect.queries import verdict_of
from lingkar.loop.scoreboard.queries.addresses import Addresses, survey
from lingkar.loop.scoreboard.rules import Effect, Facts, Part, Share, Station
from lingkar.loop.scoreboard.rules import Survey as Index


@dataclass(frozen=True)
class Row:
    """One of the rows that a statement is made of."""

    label: str
    value: str
    note: str = ""
    address: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Statement:
    """One number of a circle in words. ``value`` is "" where it cannot be told; ``why_not`` then says why.

    ``n``: how many stand behind it. ``kind``: the colour of a badge.
    """

    key: str
    station: Station
    label: str
    source: str
    value: str = ""
    note: str = ""
    n: int | None = None
    period: str = ""
    address: str = ""
    why_not: str = ""
    kind: str = ""
    rows: tuple[Row, ...] = ()


def statements(facts: Facts, to: Addresses) -> tuple[Statement, ...]:
    """Everything that is known of one service, in the order of the circle."""
    return (
        _reports(facts, to),
        _in_time(facts, to),
        _rating(facts, to),
        _survey(facts, to),
        _promises(facts, to),
        _causes(facts, to),
        _need(facts, to),
        _lacks(facts, to),
        _planned(facts, to),
        _held(facts, to),
        _effects(facts, to),
    )


def count(n: int | None, smallest: int) -> str:
    """A number, or that it is too small to be told."""
    return number(n) if n is not None else _("fewer than %(smallest)s") % {"smallest": smallest}


def between(low: float | None, high: float | None, places: int) -> str:
    """The bounds of a number, "" where there are none."""
    if low is None or high is None:
        return ""
    return _("between %(low)s and %(high)s") % {"low": number(low, places), "high": number(high, places)}


def competency_name(code: str) -> str:
    return competencies().get(code, code)


def _year(facts: Facts) -> str:
    return f"{day(facts.first)} – {day(facts.last)}"


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _few_yet(facts: Facts) -> str:
    return _("Cannot be told: fewer than %(smallest)s.") % _smallest(facts)


def _smallest(facts: Facts) -> dict[str, int]:
    return {"smallest": facts.smallest}


# --- heard --------------------------------------------------------------------------------------------------------


def _reports(facts: Facts, to: Addresses) -> Statement:
    heard = facts.heard
    before = _("the year before: %(n)s") % {"n": count(heard.before, facts.smallest)}
    return Statement(
        "heard.reports",
        Station.HEARD,
        _("Reports that name this service"),
        _("reports of citizens, without sealed cases"),
        value=count(heard.reports, facts.smallest),
        note=before,
        n=heard.reports,
        period=_year(facts),
        address=to.reports(),
        rows=(
            Row(_year(facts), count(heard.reports, facts.smallest), address=to.reports()),
            Row(
                f"{day(facts.before_first)} – {day(facts.before_last)}",
                count(heard.before, facts.smallest),
                address=to.reports(before=True) if to.sees_all_reports else "",
            ),
        ),
    )


def _in_time(facts: Facts, to: Addresses) -> Statement:
    heard = facts.heard
    bare = Statement(
        "heard.in_time",
        Station.HEARD,
        _("First answer in time"),
        _("promised dates of reports that were never reopened"),
        period=_year(facts),
        address=to.reports(What.DECIDED),
    )
    if not heard.decided or heard.kept is None:
        return replace(bare, why_not=_few_yet(facts))
    share = Share(heard.kept, heard.decided)
    low, high = share.interval
    note = _("between %(low)s%% and %(high)s%%") % {"low": low, "high": high}
    return replace(bare, value=f"{share.percent}%", note=note, n=share.whole)


def _rating(facts: Facts, to: Addresses) -> Statement:
    heard = facts.heard
    bare = Statement(
        "heard.rating",
        Station.HEARD,
        _("Rating by reporters"),
        _("reporters who rated the answer; silence counts for nothing"),
        period=_year(facts),
        address=to.reports(What.RATED),
    )
    if heard.rating is None:
        return replace(bare, why_not=_few_yet(facts))
    value = _("%(mean)s of 5") % {"mean": number(heard.rating, 1)}
    return replace(bare, value=value, note=between(heard.rating_low, heard.rating_high, 1), n=heard.rated)


def _survey(facts: Facts, to: Addresses) -> Statement:
    bare = Statement(
        "heard.ikm",
        Station.HEARD,
        _("Satisfaction of users (IKM)"),
        _("survey of satisfaction (SKM), nine elements"),
        period=_year(facts),
        address=survey(to.code),
    )
    found = facts.survey
    if found is None:
        why = _few_yet(facts) if facts.answers_few else _("Not known: nobody answered the survey in this year.")
        return replace(bare, why_not=why)
    return replace(
        bare,
        value=index(found),
        note=_joined(between(found.low, found.high, 2), weakest(found), _before(facts.survey_before)),
        n=found.n,
    )


def index(found: Index) -> str:
    """The index with its band: "72,34 (C, kurang baik)"."""
    bands = {str(band): name for band, name in BANDS.items()}
    return f"{number(found.value, 2)} ({bands[found.band]})"


def weakest(found: Index) -> str:
    """The element that stands lowest, with its mean."""
    names = {str(unsur): name for unsur, name in UNSUR.items()}
    mean = number(found.weakest_mean, 2)
    return _("weakest: %(name)s, %(mean)s of 4") % {"name": str(names[found.weakest]).lower(), "mean": mean}


def _before(found: Index | None) -> str:
    return "" if found is None else _("the year before: %(n)s") % {"n": number(found.value, 2)}


def _promises(facts: Facts, to: Addresses) -> Statement:
    found = facts.promises
    late = ngettext("%(n)s late", "%(n)s late", found.late) % {"n": number(found.late)} if found.late else ""
    due = _("nearest date: %(day)s") % {"day": day(found.next_due)} if found.next_due else ""
    return Statement(
        "heard.promises",
        Station.HEARD,
        _("Promises still open"),
        _("published reports without a whole answer yet"),
        value=number(found.n),
        note=_joined(late, due),
        n=found.n,
        period=day(facts.last),
        address=to.open_reports(),
        kind="bad" if found.late else "",
    )


# --- why ----------------------------------------------------------------------------------------------------------


def cause_names(kinds: tuple[str, ...]) -> str:
    """One cause, or several that are told together."""
    names = [str(CauseKind(kind).label) for kind in kinds]
    return "; ".join(names)


def _cause_row(part: Part, facts: Facts, to: Addresses) -> Row:
    return Row(cause_names(part.kinds), count(part.n, facts.smallest), address=to.cases(part.kinds))


def _causes(facts: Facts, to: Addresses) -> Statement:
    found = facts.causes
    bare = Statement(
        "why.causes",
        Station.WHY,
        _("Cases that training can cure"),
        _("what units said when they closed a case, also of cases that did not name the service"),
        period=_year(facts),
        address=to.cases(),
    )
    if not found.is_known:
        return replace(bare, why_not=_few_yet(facts))
    rows = tuple(_cause_row(part, facts, to) for part in (*found.trainable, *found.others))
    few = "" if found.is_whole else _("causes with fewer than %(smallest)s cases are left out") % _smallest(facts)
    value = _("%(part)s of %(n)s") % {"part": count(found.curable, facts.smallest), "n": number(found.n)}
    return replace(bare, value=value, note=_joined(_("cases whose cause is known"), few), n=found.n, rows=rows)


# --- need ---------------------------------------------------------------------------------------------------------


def _need(facts: Facts, to: Addresses) -> Statement:
    bare = Statement("need.top", Station.NEED, _("Largest need"), _("complaints, survey and assessments, joined"))
    period = when(facts.needs_at)
    if not facts.needs:
        why = _("Nothing points to a need, or too few spoke to tell.") if facts.needs_at else _("Not computed yet.")
        return replace(bare, why_not=why, period=period)
    top = facts.needs[0]
    rows = tuple(
        Row(
            f"{competency_name(row.competency)} · {row.unit}",
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
        value=competency_name(top.competency),
        note=_joined(place, note),
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


def _lacks(facts: Facts, to: Addresses) -> Statement:
    bare = Statement(
        "need.gaps",
        Station.NEED,
        _("Largest gap of those who serve"),
        _("assessments against the standard of their positions"),
    )
    if not facts.lacks:
        why = _("Not known: nobody is named as serving.") if not facts.staff else _few_yet(facts)
        return replace(bare, why_not=why, n=facts.staff or None, period=day(facts.last))
    top = facts.lacks[0]
    rows = tuple(
        Row(
            competency_name(row.competency),
            _("%(levels)s levels") % {"levels": number(row.mean, 2)},
            _("%(assessed)s of %(people)s assessed") % {"assessed": row.assessed, "people": row.people},
        )
        for row in facts.lacks
    )
    return replace(
        bare,
        value=f"{competency_name(top.competency)}: {rows[0].value}",
        note=rows[0].note,
        n=top.assessed,
        period=day(facts.last),
        address=to.needs(),
        rows=rows,
    )


# --- planned, trained, proven -------------------------------------------------------------------------------------


def _planned(facts: Facts, to: Addresses) -> Statement:
    years = f"{facts.last.year}–{facts.last.year + 1}"
    bare = Statement("planned.runs", Station.PLANNED, pgettext("circle", "In the plan"), _("plans of training"))
    if not facts.planned:
        return replace(bare, value=_("no training yet"), n=0, period=years)
    rows = tuple(
        Row(
            row.title,
            _people(row.places, facts.smallest),
            _joined(
                f"{day(row.first)} – {day(row.last)}",
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


def _held(facts: Facts, to: Addresses) -> Statement:
    bare = Statement("trained.held", Station.TRAINED, _("Trained for this service"), _("minutes of pass meetings"))
    if not facts.held:
        return replace(bare, value=_("nobody yet"), n=0, period=day(facts.last))
    rows = tuple(
        Row(
            row.title,
            _people(row.passed if row.is_over else row.taking_part, facts.smallest),
            _joined(
                f"{day(row.first)} – {day(row.last)}",
                _("%(hours)s JP each") % {"hours": number(row.hours)} if row.hours else "",
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
        period=f"{day(first)} – {day(facts.last)}",
        address=rows[0].address if len(rows) == 1 else "",
        rows=rows,
    )


BADGES = {"better": "good", "no_larger_than": "info", "worse": "bad", "cannot_tell": "warn", "mixed": "info"}


def verdict_name(kind: str) -> str:
    """A verdict in two words."""
    return {
        "better": _("Better"),
        "no_larger_than": _("No larger change"),
        "worse": _("Worse"),
        "cannot_tell": _("Cannot tell yet"),
        "mixed": _("Differs by outcome"),
        "": _("Not studied"),
    }[kind]


def verdict_words(found: Effect) -> str:
    """The verdict in its own words."""
    told = asdict(found)
    return verdict_of(**{name: told[name] for name in told if name not in {"study", "outcome", "on"}}).words


def _effects(facts: Facts, to: Addresses) -> Statement:
    bare = Statement(
        "proven.effect", Station.PROVEN, _("Did training help?"), _("studies of effects, against units not trained yet")
    )
    if not facts.effects:
        return replace(bare, why_not=_("Not known: no study was registered."), period=day(facts.last))
    rows = tuple(
        Row(
            str(Outcome(row.outcome).label),
            verdict_name(row.kind),
            _joined(verdict_words(row), "" if row.kind == "cannot_tell" else f"n = {number(row.n)}"),
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
