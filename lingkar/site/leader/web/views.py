"""The leader's first page: what came in, what is late, where, how fast. Every number opens exactly its rows."""

from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from lingkar.directory.orgs.queries import INDENT, depth
from lingkar.foundation.access.web import Request
from lingkar.foundation.ui import charts
from lingkar.foundation.ui.filters import remembered
from lingkar.foundation.ui.words import number
from lingkar.listen.reports import queries
from lingkar.listen.reports.queries import Bar, Numbers, Slice, Sums, What
from lingkar.loop.scoreboard.queries import Median, Share, changed, mean_of, median
from lingkar.site.leader.web.circle import circle_of
from lingkar.site.leader.web.forms import PeriodForm


def register_url(asked: Slice) -> str:
    """The page that lists exactly the reports of a slice."""
    return f"{reverse('reports:register')}?{urlencode(asked.query) or 'semua'}"


@require_safe
def circle(request: Request) -> HttpResponse:
    """Whether service gets better, where, and what waits for a decision: a part of the page, computed every night."""
    return render(request, "leader/circle.html", {"circle": circle_of(request.actor)})


@require_safe
def page(request: Request) -> HttpResponse:
    """The page."""
    if kept := remembered(request):
        return kept
    today = timezone.localdate()
    units = {unit.code: unit for unit in queries.units_of(request.actor)}
    offered = [(unit.code, INDENT * depth(unit.path) + unit.name) for unit in units.values()]
    form = PeriodForm(request.GET, today=today, units=offered)
    since, until = form.days
    asked = Slice(since=since, until=until, path=units[form.code].path if form.code in units else "")
    names = {unit.path: unit.name for unit in units.values()}
    found = queries.numbers(request.actor, asked, today=today, names=names)
    context = {"form": form, "asked": asked, "found": found} | told(found, asked)
    return render(request, "leader/page.html", context)


def told(found: Numbers, asked: Slice) -> dict[str, Any]:
    """The numbers as words, drawings and addresses."""
    standing = replace(asked, since=None, until=None)
    kept = Share(found.now.of[What.KEPT], found.now.of[What.DECIDED])
    before = Share(found.before.of[What.KEPT], found.before.of[What.DECIDED])
    return {
        "received_url": register_url(asked),
        "received_note": against_before(found),
        "late_url": register_url(replace(standing, what=What.LATE)),
        "open_url": register_url(replace(standing, what=What.OPEN)),
        "reopened": found.now.of[What.REOPENED],
        "reopened_url": register_url(replace(asked, what=What.REOPENED)),
        "closed": found.now.of[What.CLOSED],
        "closed_url": register_url(replace(asked, what=What.CLOSED)),
        "silent": found.now.of[What.SILENT],
        "silent_url": register_url(replace(asked, what=What.SILENT)),
        "kept": kept,
        "kept_before": before,
        "kept_change": changed(kept, before),
        "kept_url": register_url(replace(asked, what=What.KEPT)),
        "decided_url": register_url(replace(asked, what=What.DECIDED)),
        "broken": kept.whole - kept.part,
        "broken_url": register_url(replace(asked, what=What.BROKEN)),
        "wait": in_words(median(found.waits)),
        "wait_before": in_words(median(found.waits_before)),
        "answered_url": register_url(replace(asked, what=What.ANSWERED)),
        "rating": mean_of(stars_of(found.now)),
        "rated_url": register_url(replace(asked, what=What.RATED)),
        "stars": charts.bars(stars(found.now, asked)),
        "trend": charts.trend(months(found, asked)),
        "units": charts.bars([bar(row) for row in found.units]),
        "districts": charts.bars([bar(row) for row in found.districts]),
    }


def in_words(found: Median) -> dict[str, Any]:
    """A median as people read it: "3", "2,5"."""
    whole = found.days == int(found.days)
    words = number(int(found.days)) if whole else number(found.days, 1)
    return asdict(found) | {"is_enough": found.is_enough, "words": words}


def against_before(found: Numbers) -> str:
    """How many came in on the same days of the year before."""
    if not found.before.received:
        return _("Nothing is known of the same days a year before")
    return _("A year before: %(count)s") % {"count": number(found.before.received)}


def months(found: Numbers, asked: Slice) -> list[charts.Month]:
    """Each month of the period, whole or begun, beside the same month of the year before."""
    assert asked.since and asked.until  # noqa: S101, PT018
    first, drawn, some_before = asked.since, list[charts.Month](), found.before.received > 0
    while first <= asked.until:
        following = (first + timedelta(days=31)).replace(day=1)
        until = min(following - timedelta(days=1), asked.until)
        before = found.months.get(queries.year_before(first), 0) if some_before else None
        href = register_url(replace(asked, since=first, until=until))
        drawn.append(charts.Month(first, found.months.get(first, 0), before, href))
        first = following
    return drawn


def bar(row: Bar) -> charts.Bar:
    """A unit or a district, with what is late there today."""
    late = ngettext("%(late)s late", "%(late)s late", row.late) % {"late": number(row.late)} if row.late else ""
    label = row.name or _("Without a place")
    return charts.Bar(label, row.sums.received, register_url(row.asked), late, register_url(row.asked_late), "bad")


def stars(sums: Sums, asked: Slice) -> list[charts.Bar]:
    """How often each rating was given, the best first."""
    return [
        charts.Bar(
            ngettext("%(stars)s star", "%(stars)s stars", many) % {"stars": many},
            sums.of[what],
            register_url(replace(asked, what=what)),
        )
        for many, what in sorted(queries.STARS.items(), reverse=True)
    ]


def stars_of(sums: Sums) -> dict[int, int]:
    """Rating → how often."""
    return {many: sums.of[what] for many, what in queries.STARS.items()}
