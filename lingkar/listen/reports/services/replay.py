"""One past case in memory: its sending and every act, under the rules that the verbs of today keep."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from lingkar.foundation.access import Unseen
from lingkar.foundation.refusals import Refused
from lingkar.listen.reports import rules
from lingkar.listen.reports.keys import code_digest, code_for, draft_key
from lingkar.listen.reports.models import Entry, EntryKind, Report
from lingkar.listen.reports.queries.routing import SEALED_HANDLERS
from lingkar.listen.reports.rules import Move, State
from lingkar.listen.reports.services.desk import Desk
from lingkar.listen.reports.services.past import PastAct, PastCase

if TYPE_CHECKING:
    from lingkar.directory.orgs.models import Unit

LAPSES_AT = time(1, 10)
"""When the nightly job closes what its reporter left without a word."""


class Replay:
    """One case, from its sending through every act, in memory."""

    def __init__(self, case: PastCase, desk: Desk) -> None:
        self.case, self.desk = case, desk
        self.entries: list[Entry] = []
        self.files: list[tuple[UUID, Entry | None]] = [(photo, None) for photo in case.photos]
        self.reopened_on: date | None = None
        self.is_withheld = False
        self.report = self._sent()
        self._say(EntryKind.RECEIVED, case.received_at, unit=self.report.unit)

    def _sent(self) -> Report:
        case = self.case
        today = timezone.localdate(case.received_at)
        route = self.desk.route(
            case.text, category=case.category, complained_of=case.reported_unit, service=case.service
        )
        shown, location_shown = self.desk.shown(case.text), self.desk.shown(case.location)
        digits = 2 if case.anonymous else 4
        report = Report(
            id=case.id,
            agency_id=self.desk.agency,
            number=case.number,
            receipt_key=draft_key(case.token),
            code_digest=code_digest(code_for(case.token)),
            text=shown if case.anonymous else case.text,
            text_shown=shown,
            place_id=case.place,
            location=location_shown if case.anonymous else case.location,
            location_shown=location_shown,
            latitude=None if case.latitude is None else round(case.latitude, digits),
            longitude=None if case.longitude is None else round(case.longitude, digits),
            is_anonymous=case.anonymous,
            is_secret=case.secret,
            is_sealed=route.is_sealed,
            category=route.category,
            proposal=[{"code": p.code, "share": float(p.share), "words": p.words} for p in route.proposals[:3]],
            unit=route.unit,
            service_id=case.service,
            reported_unit=self.desk.units[case.reported_unit] if case.reported_unit else None,
            received_at=case.received_at,
        )
        self._promise(report, today)
        return report

    def _promise(self, report: Report, since: date) -> None:
        made = self.desk.promise(report.category.request_class, report.unit, since)
        report.first_due, report.due, report.deadline_rule = made.first_due, made.due, made.rule

    def act(self, act: PastAct) -> None:
        """Let one thing happen; before it, what the calendar did meanwhile. ``Refused`` where a rule forbids it."""
        self.wait(act.at)
        if self.entries[-1].at > act.at:
            raise Refused("reports.changed_meanwhile")
        ACTS[act.kind](self, act)

    def wait(self, until: datetime) -> None:
        """An answer without a word from the reporter until the promised day becomes silence the night after."""
        report = self.report
        if report.state != State.ANSWERED or report.reopen_until is None:
            return
        zone = timezone.get_current_timezone()
        lapse = datetime.combine(report.reopen_until + timedelta(days=1), LAPSES_AT, zone)
        if lapse <= until:
            self._move(Move.LAPSE)
            self._say(EntryKind.LAPSED, lapse)

    def _move(self, move: Move) -> None:
        self.report.state = rules.after(State(self.report.state), move)
        self.report.revision += 1

    def _say(
        self,
        kind: str,
        at: datetime,
        *,
        text: str = "",
        shown: str = "",
        internal: bool = False,
        by: UUID | None = None,
        unit: "Unit | None" = None,
        to_unit: "Unit | None" = None,
        **more: Any,
    ) -> Entry:
        entry = Entry(
            id=UUID(int=self.report.pk.int ^ (len(self.entries) + 1)),
            agency_id=self.desk.agency,
            report=self.report,
            kind=kind,
            is_internal=internal,
            text=text,
            text_shown=shown,
            by=by,
            unit=unit,
            to_unit=to_unit,
            at=at,
            **more,
        )
        self.entries.append(entry)
        return entry

    def _write(self, act: PastAct, *, text: str = "", internal: bool = False, **more: Any) -> Entry:
        words = text.strip()
        more.setdefault("unit", self.report.unit)
        shown = "" if internal else self.desk.shown(words)
        return self._say(
            more.pop("kind", act.kind), act.at, text=words, shown=shown, internal=internal, by=act.by, **more
        )

    def _answered(self, at: datetime) -> None:
        self.report.first_answered_at = self.report.first_answered_at or at

    def _until(self, at: datetime) -> date:
        calendar = self.desk.calendar(self.report.unit.work_week_id)
        return calendar.after(timezone.localdate(at), self.desk.reopen_days)

    def _target(self, act: PastAct) -> "Unit":
        if act.to_unit not in self.desk.units:
            raise Unseen
        return self.desk.units[act.to_unit]

    def accepted(self, act: PastAct) -> None:
        self._move(Move.ACCEPT)
        self._write(act)

    def referred(self, act: PastAct) -> None:
        target, report = self._target(act), self.report
        rules.check_referral(
            sealed=report.is_sealed,
            to=rules.UnitFact(path=target.path, handles_sealed=target.kind in SEALED_HANDLERS),
            current=report.unit.path,
            reported=report.reported_unit.path if report.reported_unit else "",
        )
        self._move(Move.REFER)
        origin, report.unit = report.unit, target
        self._write(act, text=act.text, internal=True, unit=origin, to_unit=target)

    def unsealed(self, act: PastAct) -> None:
        target, report = self._target(act), self.report
        rules.check_unseal(
            to=rules.UnitFact(path=target.path, handles_sealed=False),
            reported=report.reported_unit.path if report.reported_unit else "",
        )
        if not report.is_sealed:
            raise Refused("reports.not_sealed")
        self._move(Move.REFER)
        origin, report.unit, report.is_sealed = report.unit, target, False
        self._write(act, text=act.text, internal=True, unit=origin, to_unit=target)
        self._write(act, kind=EntryKind.OPENED, unit=origin, to_unit=target)
        self.is_withheld = True

    def noted(self, act: PastAct) -> None:
        self._write(act, text=act.text, internal=True)

    def replied(self, act: PastAct) -> None:
        self._move(Move.REPLY)
        self._answered(act.at)
        self._write(act, text=act.text)

    def closed(self, act: PastAct) -> None:
        rules.check_closing(text=act.text, proofs=len(act.proofs))
        self._move(Move.CLOSE)
        self._answered(act.at)
        self.report.closed_at, self.report.reopen_until = act.at, self._until(act.at)
        entry = self._write(act, text=act.text)
        self.files += [(proof, entry) for proof in act.proofs]

    def handed_over(self, act: PastAct) -> None:
        self._move(Move.HAND_OVER)
        self._answered(act.at)
        self.report.closed_at, self.report.reopen_until = act.at, self._until(act.at)
        self._write(act, text=f"{act.to_agency.strip()}\n\n{act.text.strip()}")

    def recategorised(self, act: PastAct) -> None:
        report = self.report
        chosen = self.desk.categories[act.category] if act.category else report.category
        if chosen.pk == report.category_id:
            raise Refused("reports.same_category")
        if chosen.is_sensitive and not report.is_sealed:
            raise Refused("reports.sealed_stays")
        former, first_due, due = report.category, report.first_due, report.due
        report.category = chosen
        self._promise(report, self.reopened_on or timezone.localdate(report.received_at))
        report.first_due = min(report.first_due, first_due)
        rules.check_longer(before=due, after=report.due, reason=act.text)
        report.revision += 1
        moved = {} if report.due == due else {"due_before": due, "due_after": report.due}
        words = "\n\n".join(filter(None, [f"{former.name} → {chosen.name}", act.text.strip()]))
        self._write(act, text=words, internal=not moved, **moved)

    def published(self, act: PastAct) -> None:
        if self.report.is_secret or self.report.is_sealed:
            raise Refused("reports.not_public")
        self.report.published_at = act.at
        self.report.revision += 1
        self._write(act, internal=True)

    def rated(self, act: PastAct) -> None:
        rules.check_rating(act.rating)
        self._move(Move.RATE)
        self.report.rating, self.report.rating_note = act.rating, self._words(act.text)
        self._said_by_reporter(act, rating=act.rating)

    def reopened(self, act: PastAct) -> None:
        report, today = self.report, timezone.localdate(act.at)
        state = rules.after(State(report.state), Move.REOPEN)
        rules.check_reopening(today=today, until=report.reopen_until, reason=act.text)
        report.state, report.reopened = state, report.reopened + 1
        report.closed_at = report.reopen_until = report.first_answered_at = None
        report.revision += 1
        self._promise(report, today)
        self.reopened_on = today
        self._said_by_reporter(act)

    def _words(self, text: str) -> str:
        return self.desk.shown(text.strip()) if self.report.is_anonymous else text.strip()

    def _said_by_reporter(self, act: PastAct, **more: Any) -> None:
        self._say(act.kind, act.at, text=self._words(act.text), shown=self.desk.shown(act.text.strip()), **more)


ACTS: Mapping[str, Callable[[Replay, PastAct], None]] = {
    EntryKind.ACCEPTED: Replay.accepted,
    EntryKind.REFERRED: Replay.referred,
    EntryKind.UNSEALED: Replay.unsealed,
    EntryKind.NOTE: Replay.noted,
    EntryKind.REPLY: Replay.replied,
    EntryKind.CLOSED: Replay.closed,
    EntryKind.HANDED_OVER: Replay.handed_over,
    EntryKind.RECATEGORISED: Replay.recategorised,
    EntryKind.PUBLISHED: Replay.published,
    EntryKind.RATED: Replay.rated,
    EntryKind.REOPENED: Replay.reopened,
}
