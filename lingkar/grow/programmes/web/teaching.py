"""The trainer's day: sessions of today and to come, the QR on the wall, the list of who is there."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from lingkar.directory.people.queries import person_of
from lingkar.foundation.access.web import Request
from lingkar.foundation.documents.codes import qr_svg
from lingkar.foundation.refusals import Refused
from lingkar.grow.programmes import keys, queries, services
from lingkar.grow.programmes.queries import SessionLine
from lingkar.grow.programmes.web.sentences import sentence
from lingkar.grow.programmes.web.words import Badge, clock, link, span

WEEKS = 21


@require_safe
def today(request: Request) -> HttpResponse:
    """What a trainer teaches today, what comes, and whom one guides."""
    now = timezone.now()
    day = timezone.localdate(now)
    rows = list(queries.teaching(request.actor, day=day, days=WEEKS))
    person = person_of(request.actor.person) if request.actor.person else None
    guided = queries.guided_by(person.pk, kinds=("mentor", "coach", "examiner", "trainer")) if person else []
    cohorts = {row.code: row.title for row in guided}
    context = {
        "today": [_line(row) for row in rows if timezone.localdate(row.starts_at) == day],
        "later": [_line(row) for row in rows if timezone.localdate(row.starts_at) > day],
        "guided": [
            (link("programmes:guided", code=code), title, sum(row.code == code for row in guided))
            for code, title in cohorts.items()
        ],
    }
    return render(request, "programmes/teaching/today.html", context)


def _line(row: SessionLine) -> dict[str, object]:
    there = ngettext("%(n)d there", "%(n)d there", row.present) % {"n": row.present}
    where = " · ".join(filter(None, (span(row.starts_at, row.ends_at), row.room, row.cohort)))
    url = link("programmes:session", session=row.id)
    return {"url": url, "title": row.title, "meta": where, "badges": [Badge(there, "good" if row.present else "")]}


@require_http_methods(["GET", "HEAD", "POST"])
def session(request: Request, session: UUID) -> HttpResponseBase:
    """One session: who is there, and the list to note them by hand."""
    item = queries.session_for(request.actor, session)
    refusal = ""
    if request.method == "POST":
        rows = {str(row.id): row.id for row in queries.present_at(item)}
        present = [rows[pk] for pk in request.POST.getlist("present") if pk in rows]
        try:
            services.note_attendance(
                session=session, present=present, absent=set(rows.values()) - set(present), by=request.actor,
                at=timezone.now(),
            )  # fmt: skip
        except Refused as no:
            refusal = sentence(no)
        else:
            messages.success(request, _("Saved. What was shown by QR or code stays."))
            return redirect("programmes:session", session)
    rows_now = queries.present_at(item)
    context = {
        "item": item,
        "when": span(item.starts_at, item.ends_at),
        "rows": [(row, f"{timezone.localtime(row.at):%H.%M.%S}" if row.at else "") for row in rows_now],
        "there": sum(bool(row.how) for row in rows_now),
        "all": len(rows_now),
        "refusal": refusal,
    }
    return render(request, "programmes/teaching/session.html", context, status=422 if refusal else 200)


@require_safe
def wall(request: Request, session: UUID) -> HttpResponse:
    """What is shown on the wall: the QR and the six letters of this moment. Asks for itself again while it is open."""
    item, now = queries.session_for(request.actor, session), timezone.now()
    url = request.build_absolute_uri(link("programmes:scanned", token=keys.token_for(item.pk, now)))
    drawn = qr_svg(url, label=_("Opens the page on which you say that you are here"))
    code = keys.code_for(item.pk, now)
    rows = queries.present_at(item)
    context = {
        "item": item,
        "when": clock(item.starts_at, item.ends_at),
        "qr": mark_safe(drawn),  # noqa: S308  (drawn by us from an address of ours)
        "code": f"{code[:3]} {code[3:]}",
        "there": sum(bool(row.how) for row in rows),
        "all": len(rows),
        "again": timedelta(seconds=20).seconds,
    }
    name = "programmes/teaching/wall.html#now" if request.htmx else "programmes/teaching/wall.html"
    return render(request, name, context)
