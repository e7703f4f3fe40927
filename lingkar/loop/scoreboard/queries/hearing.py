"""What citizens said of a service, and why: reports, answers, promises, causes."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingkar.foundation.ui.words import day, number
from lingkar.listen.reports.queries import What
from lingkar.listen.surveys.queries import BANDS, UNSUR
from lingkar.loop.causes.models import CauseKind
from lingkar.loop.scoreboard.queries.addresses import Addresses, survey
from lingkar.loop.scoreboard.queries.saying import Row, Statement, between, count, few_yet, joined, smallest, year
from lingkar.loop.scoreboard.rules import Facts, Part, Share, Station
from lingkar.loop.scoreboard.rules import Survey as Index


def reports(facts: Facts, to: Addresses) -> Statement:
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
        period=year(facts),
        address=to.reports(),
        rows=(
            Row(year(facts), count(heard.reports, facts.smallest), address=to.reports()),
            Row(
                f"{day(facts.before_first)} – {day(facts.before_last)}",
                count(heard.before, facts.smallest),
                address=to.reports(before=True) if to.sees_all_reports else "",
            ),
        ),
    )


def in_time(facts: Facts, to: Addresses) -> Statement:
    heard = facts.heard
    bare = Statement(
        "heard.in_time",
        Station.HEARD,
        _("First answer in time"),
        _("promised dates of reports that were never reopened"),
        period=year(facts),
        address=to.reports(What.DECIDED),
    )
    if not heard.decided or heard.kept is None:
        return replace(bare, why_not=few_yet(facts))
    share = Share(heard.kept, heard.decided)
    low, high = share.interval
    note = _("between %(low)s%% and %(high)s%%") % {"low": low, "high": high}
    return replace(bare, value=f"{share.percent}%", note=note, n=share.whole)


def rating(facts: Facts, to: Addresses) -> Statement:
    heard = facts.heard
    bare = Statement(
        "heard.rating",
        Station.HEARD,
        _("Rating by reporters"),
        _("reporters who rated the answer; silence counts for nothing"),
        period=year(facts),
        address=to.reports(What.RATED),
    )
    if heard.rating is None:
        return replace(bare, why_not=few_yet(facts))
    value = _("%(mean)s of 5") % {"mean": number(heard.rating, 1)}
    return replace(bare, value=value, note=between(heard.rating_low, heard.rating_high, 1), n=heard.rated)


def satisfaction(facts: Facts, to: Addresses) -> Statement:
    bare = Statement(
        "heard.ikm",
        Station.HEARD,
        _("Satisfaction of users (IKM)"),
        _("survey of satisfaction (SKM), nine elements"),
        period=year(facts),
        address=survey(to.code),
    )
    found = facts.survey
    if found is None:
        why = few_yet(facts) if facts.answers_few else _("Not known: nobody answered the survey in this year.")
        return replace(bare, why_not=why)
    return replace(
        bare,
        value=index(found),
        note=joined(between(found.low, found.high, 2), weakest(found), _before(facts.survey_before)),
        n=found.n,
        period=f"{day(found.first)} – {day(facts.last)}" if found.first else bare.period,
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


def promises(facts: Facts, to: Addresses) -> Statement:
    found = facts.promises
    late = ngettext("%(n)s late", "%(n)s late", found.late) % {"n": number(found.late)} if found.late else ""
    due = _("nearest date: %(day)s") % {"day": day(found.next_due)} if found.next_due else ""
    return Statement(
        "heard.promises",
        Station.HEARD,
        _("Promises still open"),
        _("published reports without a whole answer yet"),
        value=number(found.n),
        note=joined(late, due),
        n=found.n,
        period=day(facts.last),
        address=to.open_reports(),
        kind="bad" if found.late else "",
    )


def cause_names(kinds: tuple[str, ...]) -> str:
    """One cause, or several that are told together."""
    names = [str(CauseKind(kind).label) for kind in kinds]
    return "; ".join(names)


def _cause_row(part: Part, facts: Facts, to: Addresses) -> Row:
    return Row(cause_names(part.kinds), count(part.n, facts.smallest), address=to.cases(part.kinds))


def why(facts: Facts, to: Addresses) -> Statement:
    found = facts.causes
    bare = Statement(
        "why.causes",
        Station.WHY,
        _("Cases that training can cure"),
        _("what units said when they closed a case, also of cases that did not name the service"),
        period=year(facts),
        address=to.cases(),
    )
    if not found.is_known:
        return replace(bare, why_not=few_yet(facts))
    rows = tuple(_cause_row(part, facts, to) for part in (*found.trainable, *found.others))
    few = "" if found.is_whole else _("causes with fewer than %(smallest)s cases are left out") % smallest(facts)
    value = _("%(part)s of %(n)s") % {"part": count(found.curable, facts.smallest), "n": number(found.n)}
    return replace(bare, value=value, note=joined(_("cases whose cause is known"), few), n=found.n, rows=rows)
