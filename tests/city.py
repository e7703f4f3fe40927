"""Does the demo city obey the rules, and do its planted truths stand in its rows? ``python -m tests.city``.

Asks the installation named by LINGKAR_HOME (loaded with ``lingkar demo --load-only``), by questions of its own: nothing
of the generator is used but the numbers of ``truths``. Ends with 1 where something is not so.
"""

import os
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

CITY = "teluk-kawung"


def rows(question: str, *values: Any) -> list[tuple[Any, ...]]:
    """What the database answers."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(question, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


# --- the rules ----------------------------------------------------------------------------------------------------


def illegal_lives() -> Iterator[str]:
    """Every report's history leads through the transition table to the state it has."""
    from lingkar.listen.reports import rules

    moves = {
        "accepted": "accept", "referred": "refer", "unsealed": "refer", "reply": "reply", "closed": "close",
        "handed_over": "hand_over", "rated": "rate", "reopened": "reopen", "lapsed": "lapse",
    }  # fmt: skip
    lives: dict[int, tuple[str, list[str]]] = {}
    for number, state, kind in rows(
        "SELECT r.number, r.state, e.kind FROM reports_report r JOIN reports_entry e ON e.report_id = r.id "
        "ORDER BY r.number, e.at, e.id"
    ):
        lives.setdefault(number, (state, []))[1].append(kind)
    for number, (state, kinds) in lives.items():
        now: rules.State | None = rules.State.RECEIVED
        for kind in kinds:
            if now is not None and kind in moves:
                now = rules.TRANSITIONS.get((now, rules.Move(moves[kind])), now if kind == "sealed" else None)
            if now is None:
                yield f"#{number}: {kind} cannot happen"
                break
        if now is not None and now != state:
            yield f"#{number} is {state}, its history says {now}"


def disordered_dates() -> Iterator[str]:
    """Nothing happens before it was reported, and nothing after today; numbers follow the time."""
    for (count,) in rows(
        "SELECT count(*) FROM reports_entry e JOIN reports_report r ON r.id = e.report_id "
        "WHERE e.at < r.received_at OR e.at > (SELECT max(at) FROM audit_auditentry) "
        "OR r.first_answered_at < r.received_at OR r.closed_at < r.first_answered_at OR r.published_at < r.received_at"
    ):
        if count:
            yield f"{count} entries stand outside their report's time"
    for (agency,) in rows("SELECT DISTINCT agency_id FROM reports_report"):
        told = rows("SELECT number, received_at FROM reports_report WHERE agency_id = %s ORDER BY received_at", agency)
        wrong = sum(before[0] >= after[0] for before, after in pairwise(told))
        if wrong:
            yield f"{wrong} numbers do not follow the time"


def wrong_promises() -> Iterator[str]:
    """Each promise is what the calendar and the parameters say for its day, class and unit."""
    from lingkar.foundation.tenancy.models import Agency
    from lingkar.foundation.tenancy.queries import agency_scope
    from lingkar.listen.reports.models import Report
    from lingkar.listen.reports.queries.promises import promise_for

    agency = Agency.objects.get(code=CITY)
    known: dict[tuple[str, Any, date], Any] = {}
    with agency_scope(agency.pk):
        moved = {report for (report,) in rows("SELECT report_id FROM reports_entry WHERE kind = 'recategorised'")}
        for report in Report.objects.select_related("category", "unit").exclude(pk__in=moved):
            since = _promised_on(report)
            key = report.category.request_class, report.unit.work_week_id, since
            made = known.get(key) or promise_for(key[0], report.unit, since=since)
            known[key] = made
            if (report.first_due, report.due, report.deadline_rule) != (made.first_due, made.due, made.rule):
                yield f"#{report.number} promises {report.due}, not {made.due}"


def _promised_on(report: Any) -> date:
    from zoneinfo import ZoneInfo

    last = report.entries.filter(kind="reopened").order_by("-at").first() if report.reopened else None
    told: datetime = last.at if last else report.received_at
    return told.astimezone(ZoneInfo("Asia/Jakarta")).date()


def shown_secrets() -> Iterator[str]:
    """Masking what is shown once more finds nothing; an anonymous original was never kept; no contact of theirs."""
    from lingkar.foundation.privacy.masking import mask

    shown = rows(
        "SELECT number, text_shown FROM reports_report UNION ALL SELECT number, location_shown FROM reports_report "
        "UNION ALL SELECT r.number, e.text_shown FROM reports_entry e JOIN reports_report r ON r.id = e.report_id"
    )
    again = {number for number, text in shown if any(c.isdigit() for c in text) and _digits_left(mask(text).text, text)}
    yield from (f"#{number} shows personal data" for number in sorted(again))
    for (count,) in rows(
        "SELECT count(*) FROM reports_report r WHERE is_anonymous AND (text <> text_shown OR EXISTS "
        "(SELECT FROM reports_reportercontact c WHERE c.report_id = r.id))"
    ):
        if count:
            yield f"{count} anonymous reports kept an original or a contact"


def _digits_left(masked: str, shown: str) -> bool:
    """Whether a second masking takes numbers away: those are what harms."""
    return sum(c.isdigit() for c in masked) < sum(c.isdigit() for c in shown)


def wrongly_published() -> Iterator[str]:
    """Sealed cases lie with those who may open them; closed ones have proof; officers act for their units."""
    for what, question in {
        "published although sealed or secret": "SELECT count(*) FROM reports_report WHERE published_at IS NOT NULL AND "
        "(is_sealed OR is_secret)",
        "sealed outside Inspektorat and Setda": "SELECT count(*) FROM reports_report r JOIN orgs_unit u "
        "ON u.id = r.unit_id WHERE r.is_sealed AND u.kind NOT IN ('inspectorate', 'secretariat')",
        "closed without proof": "SELECT count(*) FROM reports_entry e WHERE kind = 'closed' AND NOT EXISTS "
        "(SELECT FROM reports_attachment a WHERE a.entry_id = e.id)",
        "sealed with the unit complained of": "SELECT count(*) FROM reports_report r JOIN orgs_unit u "
        "ON u.id = r.unit_id JOIN orgs_unit c ON c.id = r.reported_unit_id WHERE starts_with(u.path, c.path)",
        "acts of somebody without a role there": "SELECT count(*) FROM reports_entry e WHERE e.by IS NOT NULL AND "
        "NOT EXISTS (SELECT FROM people_rolegrant g LEFT JOIN orgs_unit gu ON gu.id = g.unit_id, orgs_unit u "
        "WHERE g.account_id = e.by AND u.id = e.unit_id AND (g.unit_id IS NULL OR starts_with(u.path, gu.path)))",
        "numbers of people that are no NIP": "SELECT count(*) FROM people_person WHERE nip IS NOT NULL AND NOT "
        "(to_date(substr(nip, 1, 8), 'YYYYMMDD') = birth_date AND (substr(nip, 15, 1) = '1') = (sex = 'male'))",
        "acts on days off": "SELECT count(*) FROM reports_entry e JOIN calendar_dayoff d ON d.agency_id = e.agency_id "
        "AND d.date = (e.at AT TIME ZONE 'Asia/Jakarta')::date JOIN reports_report r ON r.id = e.report_id "
        "WHERE e.kind IN ('accepted', 'closed', 'reply') AND NOT EXISTS (SELECT FROM reports_entry t WHERE "
        "t.report_id = r.id AND t.kind = 'received' AND extract(second FROM t.at) = 0)",
    }.items():
        count = rows(question)[0][0]
        if count:
            yield f"{count} {what}"


RULES: tuple[Callable[[], Iterator[str]], ...] = (
    illegal_lives,
    disordered_dates,
    wrong_promises,
    shown_secrets,
    wrongly_published,
)


# --- the truths ---------------------------------------------------------------------------------------------------


def per_month(unit: str, category: str, since: date, until: date, words: str = "", without: str = "") -> float:
    """Reports a month of a unit and everything below it, about a category, in which ``words`` stand."""
    text = "lower(r.text_shown)"
    found = rows(
        "SELECT count(*) FROM reports_report r JOIN orgs_unit u ON u.id = r.unit_id "
        "JOIN reports_category c ON c.id = r.category_id "
        "WHERE starts_with(u.path || '', (SELECT path FROM orgs_unit WHERE code = %s AND agency_id = r.agency_id)) "
        f"AND c.code = %s AND r.received_at >= %s AND r.received_at < %s AND ({text} ~ %s) AND NOT ({text} ~ %s)",
        unit, category, since, until, words or ".", without or "^$",
    )  # fmt: skip
    days = (until - since).days
    return float(found[0][0]) * 30.4 / days if days > 0 else 0.0


def month_of(category: str, months: tuple[int, ...]) -> float:
    """Reports about a category a day in these months of the year."""
    found = rows(
        "SELECT count(*) FROM reports_report r JOIN reports_category c ON c.id = r.category_id "
        "WHERE c.code = %s AND extract(month FROM r.received_at) = ANY(%s)",
        category, list(months),
    )  # fmt: skip
    return float(found[0][0]) / len(months)


NO_CURE = r"\m(obat|ubat|insulin|timbangan|alat|wc|kursi|ambulans?|antre|ngantri|nomor antrean|dokter gigi|poli lansia|"
NO_CURE += r"kurang perawat|lampu ruang|pembantu)"
"""Words of what no training cures in a puskesmas."""


def truths() -> Iterator[tuple[str, float, float, float]]:
    """What was planted: its name, what the rows say, and between what it must lie."""
    from lingkar.site.demo import truths as planted

    today = rows("SELECT max(received_at)::date FROM reports_report")[0][0] + timedelta(days=1)
    first = today - timedelta(days=planted.DAYS)
    yield (
        "trained puskesmas: complaints left, against those not trained",
        _ratio(planted.HELPS, today, first),
        0.2,
        0.68,
    )
    yield (
        "trained kecamatan: complaints left, against the one not trained",
        _ratio(planted.NO_EFFECT, today, first),
        0.6,
        1.6,
    )
    turn = today - timedelta(days=330 - 90)
    before, after = (per_month("dpmptsp", "izin", a, b) for a, b in ((first, turn), (turn, today)))
    yield "permits: complaints left from three months after the training", after / before, 0.3, 0.68
    wet, dry = month_of("air", (11, 12, 1)), month_of("air", (6, 7, 8))
    yield "water in November to January against June to August", wet / max(dry, 0.5), 3.0, 20
    school, rest = month_of("sekolah", (6, 7)), month_of("sekolah", (2, 3, 4, 9, 10))
    yield "school in June and July against other months", school / max(rest, 0.5), 2.0, 12
    slow, quick = (_days_to_answer(unit) for unit in ("dishub", "dlh"))
    yield "days until Dishub answers against DLH", slow / quick, 2.5, 20
    silent, usual = _never_answered("kec-kawung-hulu"), _never_answered("kec-kawung-hilir")
    yield "share that Kecamatan Kawung Hulu leaves for a month, less that of Kawung Hilir", silent - usual, 0.12, 0.7
    yield "reports of the last year against the year before", _growth(today), 1.05, 1.32
    yield "share of floods in three villages", _flooded(), 0.6, 0.95
    from tests.city_said import said

    yield from said(today)
    from tests.city_learned import learned

    yield from learned()


def _ratio(plan: Any, today: date, first: date) -> float:
    """Change in the trained units over change in the others: each unit's rate after its day, by its rate before."""
    category = "kesehatan" if plan.code.startswith("puskesmas") else "kelurahan"
    without = NO_CURE if category == "kesehatan" else ""
    others = [unit for unit, ago in plan.trained.items() if ago is None]
    changes = []
    for unit, ago in plan.trained.items():
        if ago is None:
            continue
        turn = today - timedelta(days=ago)
        own = _change(unit, category, first, turn, today, without)
        controls = [_change(other, category, first, turn, today, without) for other in others]
        changes.append(own / (sum(controls) / len(controls)))
    return sum(changes) / len(changes)


def _change(unit: str, category: str, first: date, turn: date, today: date, without: str) -> float:
    before, after = (per_month(unit, category, a, b, "", without) for a, b in ((first, turn), (turn, today)))
    return after / max(before, 0.1)


def _days_to_answer(unit: str) -> float:
    found = rows(
        "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM first_at - received_at) / 86400) FROM ("
        "SELECT r.received_at, min(e.at) AS first_at FROM reports_report r JOIN orgs_unit u ON u.id = r.unit_id "
        "JOIN reports_entry e ON e.report_id = r.id AND e.kind IN ('accepted', 'reply', 'closed') "
        "WHERE u.code = %s GROUP BY r.id) answers",
        unit,
    )
    return float(found[0][0])


def _never_answered(unit: str) -> float:
    found = rows(
        "SELECT avg((first_answered_at IS NULL OR first_answered_at > received_at + interval '30 days')::int) "
        "FROM reports_report r JOIN orgs_unit u ON u.id = r.unit_id WHERE u.code = %s "
        "AND r.received_at < now() - interval '30 days'",
        unit,
    )
    return float(found[0][0])


def _growth(today: date) -> float:
    found = rows(
        "SELECT count(*) FILTER (WHERE received_at >= %s), count(*) FILTER (WHERE received_at < %s) "
        "FROM reports_report WHERE received_at >= %s AND receipt_key IS NOT NULL",
        today - timedelta(days=365), today - timedelta(days=365), today - timedelta(days=730),
    )  # fmt: skip
    return float(found[0][0]) / float(found[0][1])


def _flooded() -> float:
    found = rows(
        "SELECT avg((p.name IN ('Muara Kawung', 'Kampung Nelayan', 'Kuala Dalam'))::int) FROM reports_report r "
        "JOIN places_place p ON p.id = r.place_id JOIN reports_category c ON c.id = r.category_id "
        "WHERE c.code = 'air' AND r.text_shown ~* 'banjir|air naik|rob|aek|parit|got'"
    )
    return float(found[0][0])


def main() -> int:
    """Print what is so and what is not."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lingkar.site.settings")
    from lingkar.site import home
    from lingkar.site.operate import parts

    wrong = 0
    with parts.database_running(home.folder()):
        import django

        django.setup()
        for check in RULES:
            faults = list(check())
            wrong += len(faults)
            print(f"{'not so' if faults else 'so':<8}{(check.__doc__ or '').splitlines()[0]}")
            for fault in faults[:8]:
                print(f"        {fault}")
        for name, found, least, most in truths():
            is_so = least <= found <= most
            wrong += not is_so
            print(f"{'found' if is_so else 'LOST':<8}{name}: {found:.2f} ({least}–{most})")
        from django.db import connection

        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]  # of the PostgreSQL wrapper
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
