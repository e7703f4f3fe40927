"""Proves from the database and the disk alone whether anything was lost, doubled or half written.

Independent on purpose: plain SQL over psycopg, no model, no query and no rule of the product. It knows the tables, and
what people were told (the ledger).
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from psycopg.rows import dict_row

from tests.perf.ledger import Ledger, Said, Sent
from tests.perf.sink import Mail

SCREENS = 3
MARK = r"tanda[bdfgjklmnprstvwz]{10}"

MOVES = ("accepted", "referred", "reply", "closed", "handed_over", "rated", "reopened", "lapsed", "unsealed", "sealed")
STATE_AFTER = {
    "received": "received",
    "accepted": "in_progress",
    "reply": "in_progress",
    "referred": "received",
    "closed": "answered",
    "handed_over": "outside",
    "rated": "rated",
    "reopened": "reopened",
    "lapsed": "silent",
}


@dataclass(frozen=True)
class Fault:
    """Something that must not be."""

    kind: str
    what: str


@dataclass
class Verdict:
    """What the checker found, and how much it looked at."""

    faults: list[Fault] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, kind: str, what: object) -> None:
        self.faults.append(Fault(kind, str(what)))

    @property
    def by_kind(self) -> dict[str, int]:
        return dict(Counter(fault.kind for fault in self.faults))


class Checker:
    """One look at an installation that stands still."""

    def __init__(self, database: str, files: Path) -> None:
        self.database = database
        self.files = files
        self.verdict = Verdict()

    def check(self, ledger: Ledger, mails: Sequence[Mail]) -> Verdict:
        """Everything there is to check. An empty list of faults means that nothing was lost, doubled or half done."""
        with psycopg.connect(self.database, autocommit=True, row_factory=dict_row) as self.link:
            self._reports(ledger.sent)
            self._words(ledger.said)
            self._numbers()
            self._wholeness()
            self._files()
            self._states()
            self._chain()
            self._jobs()
            self._mails(mails)
        return self.verdict

    def _rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        return list(self.link.execute(sql, values))

    def _each(self, kind: str, sql: str, *values: Any) -> None:
        """Every row of ``sql`` is a fault of this kind."""
        for row in self._rows(sql, *values):
            self.verdict.add(kind, row)

    # what people were told

    def _reports(self, sent: dict[str, Sent]) -> None:
        found: dict[str, list[dict[str, Any]]] = {}
        for row in self._rows("SELECT id, number, substring(text from %s) AS mark FROM reports_report", MARK):
            found.setdefault(row["mark"], []).append(row)
        for told in sent.values():
            self._report(told, [row["number"] for row in found.get(told.mark, [])])
        self.verdict.counts["reports in the database"] = sum(len(rows) for mark, rows in found.items() if mark)
        for mark in set(found) - set(sent) - {None}:
            self.verdict.add("report nobody sent", mark)
        self._each("report doubled per token", "SELECT receipt_key FROM reports_report GROUP BY 1 HAVING count(*) > 1")
        self._each("code doubled", "SELECT code_digest FROM reports_report GROUP BY 1 HAVING count(*) > 1")

    def _report(self, told: Sent, numbers: list[int]) -> None:
        self.verdict.counts["reports acknowledged"] += told.acknowledged
        self.verdict.counts["reports sent more than once"] += told.tries > SCREENS
        if told.acknowledged and not numbers:
            self.verdict.add("report lost", f"{told.mark}, number {told.number}")
        if len(numbers) > 1:
            self.verdict.add("report doubled", f"{told.mark}: {numbers}")
        if told.acknowledged and numbers and numbers[0] != told.number:
            self.verdict.add("wrong number told", f"{told.mark}: told {told.number}, is {numbers[0]}")

    def _words(self, said: dict[str, Said]) -> None:
        found = Counter(
            (row["kind"], row["mark"])
            for row in self._rows(
                "SELECT kind, substring(text from %s) AS mark FROM reports_entry WHERE kind <> 'received'", MARK
            )
        )
        for told in said.values():
            there = found[told.kind, told.mark]
            self.verdict.counts[f"{told.kind} acknowledged"] += told.acknowledged
            self.verdict.counts[f"{told.kind} sent more than once"] += told.tries > 1
            if told.acknowledged and not there:
                self.verdict.add("answer lost", f"{told.kind} {told.mark}")
            if there > 1:
                self.verdict.add("answer doubled", f"{told.kind} {told.mark}: {there}")

    # rows against each other

    def _numbers(self) -> None:
        self._each(
            "gap in the numbers",
            "SELECT s.agency_id, s.last, count(r.id), min(r.number), max(r.number) FROM reports_numberseries s"
            " LEFT JOIN reports_report r USING (agency_id) GROUP BY s.agency_id, s.last"
            " HAVING count(r.id) > 0 AND (max(r.number) <> s.last OR max(r.number) - min(r.number) + 1 <> count(r.id))",
        )

    def _wholeness(self) -> None:
        self._each(
            "report without its first entry",
            "SELECT r.number, count(e.id) FROM reports_report r"
            " LEFT JOIN reports_entry e ON e.report_id = r.id AND e.kind = 'received'"
            " GROUP BY r.id HAVING count(e.id) <> 1",
        )
        for verb, table in (("reports.received", "audit_auditentry"), ("reports.received", "events_event")):
            where = (
                "a.subject_id = r.id::text AND a.verb = %s"
                if table.startswith("audit")
                else "a.facts->>'report' = r.id::text AND a.name = %s"
            )
            self._each(
                f"report without its line in {table}",
                f"SELECT r.number, count(a.id) FROM reports_report r LEFT JOIN {table} a ON {where}"
                " WHERE r.text ~ %s GROUP BY r.id HAVING count(a.id) <> 1",  # cases taken over have one line for all
                verb,
                MARK,
            )
        self._each(
            "draft left beside its report",
            "SELECT d.key FROM reports_draft d JOIN reports_report r ON r.receipt_key = d.key",
        )
        self._each(
            "closing without proof",
            "SELECT e.id FROM reports_entry e LEFT JOIN reports_attachment a ON a.entry_id = e.id"
            " WHERE e.kind = 'closed' GROUP BY e.id HAVING count(a.id) = 0",
        )

    def _files(self) -> None:
        rows = self._rows("SELECT id, sha256, size FROM files_storedfile")
        for row in rows:
            path = self._place(row["id"])
            if not path.exists():
                self.verdict.add("attachment without its file", row["id"])
            elif hashlib.sha256(path.read_bytes()).hexdigest() != row["sha256"]:
                self.verdict.add("file is not what was sent", row["id"])
        named = {str(row["id"]) for row in rows}
        there = {path.name.removesuffix("-s") for path in self.files.glob("??/??/*")}
        self.verdict.counts["files"] = len(rows)
        self.verdict.counts["files without a row (swept after a day)"] = len(there - named)

    def _place(self, file: UUID) -> Path:
        return self.files / file.hex[:2] / file.hex[2:4] / str(file)

    def _states(self) -> None:
        """The history tells where a case stands and how often it moved: both must be what its row says."""
        history: dict[Any, list[str]] = {}
        for row in self._rows("SELECT report_id, kind FROM reports_entry ORDER BY at, id"):
            history.setdefault(row["report_id"], []).append(row["kind"])
        for row in self._rows("SELECT * FROM reports_report WHERE text ~ %s", MARK):
            kinds = history.get(row["id"], [])
            told = [STATE_AFTER[kind] for kind in kinds if kind in STATE_AFTER]
            moves = sum(kind in MOVES for kind in kinds)
            if told and told[-1] != row["state"]:
                self.verdict.add("state without its entry", f"{row['number']}: {row['state']}, history {kinds}")
            if moves != row["revision"]:
                self.verdict.add("moves and entries differ", f"{row['number']}: {row['revision']}, history {kinds}")
            if (row["state"] == "answered") != (row["closed_at"] is not None and told[-1:] == ["answered"]):
                self.verdict.add("half a closing", f"{row['number']}: {row['state']}, closed {row['closed_at']}")

    def _chain(self) -> None:
        for head in self._rows("SELECT agency_id, count, hash FROM audit_audithead"):
            links = [(0, ""), *self._links(head["agency_id"])]
            if links[-1] != (head["count"], head["hash"]):
                self.verdict.add("audit chain ends early", f"{links[-1][0]} of {head['count']}")
            self.verdict.counts["audit entries"] += len(links) - 1
        self._each("audit entry outside the chain", "SELECT id FROM audit_auditentry WHERE position IS NULL")

    def _links(self, agency: UUID) -> Iterator[tuple[int, str]]:
        """Position and hash of every entry; one that does not follow from the entry before it is a fault."""
        sql = "SELECT * FROM audit_auditentry WHERE agency_id = %s ORDER BY position"
        tip = ""
        for position, row in enumerate(self._rows(sql, agency), start=1):
            own = hashlib.sha256(f"{position}|{tip}|{row['content']}".encode()).hexdigest()
            fits = (row["position"], row["previous"], row["hash"]) == (position, tip, own)
            if not fits or json.loads(row["content"])["at"] != row["at"].astimezone(UTC).isoformat():
                self.verdict.add("audit chain broken", f"position {position}")
            tip = row["hash"]
            yield position, tip

    # effects

    def _jobs(self) -> None:
        for row in self._rows("SELECT task_name, status::text, count(*) FROM procrastinate_jobs GROUP BY 1, 2"):
            self.verdict.counts[f"jobs {row['task_name']} {row['status']}"] = row["count"]
        self._each(
            "job not done",
            "SELECT id, task_name, status::text, attempts, args FROM procrastinate_jobs"
            " WHERE status IN ('todo', 'doing', 'failed', 'aborted') AND task_name = 'events.deliver'",
        )
        self._each(
            "event not delivered once",
            "SELECT j.id, count(d.id) FROM procrastinate_jobs j LEFT JOIN events_delivery d"
            " ON d.event_id = (j.args->>'event')::uuid AND d.handler = j.args->>'handler'"
            " WHERE j.task_name = 'events.deliver' GROUP BY j.id HAVING count(d.id) <> 1",
        )

    def _mails(self, mails: Sequence[Mail]) -> None:
        """Every letter left once, or stands as "uncertain" on the operator's list; none arrived twice."""
        arrived = Counter(mail.id.strip("<>").partition("@")[0] for mail in mails)
        self.verdict.counts["mails taken by the server"] = len(mails)
        for letter, times in arrived.items():
            if times > 1:
                self.verdict.add("mail sent twice", f"{letter}: {times}")
        for row in self._rows("SELECT id, key, state FROM notify_message"):
            self.verdict.counts[f"letters {row['state']}"] += 1
            if row["state"] not in ("sent", "uncertain"):
                self.verdict.add("letter not sent", f"{row['key']}: {row['state']}")
            if row["state"] == "sent" and not arrived[str(row["id"])]:
                self.verdict.add("mail lost", row["key"])
        self._each("letter doubled", "SELECT agency_id, key FROM notify_message GROUP BY 1, 2 HAVING count(*) > 1")
        self._each(
            "reporter not written to",
            "SELECT r.number FROM reports_report r JOIN reports_reportercontact c ON c.report_id = r.id"
            " LEFT JOIN notify_message m ON m.about LIKE '%%' || r.id || '%%'"
            " WHERE r.text ~ %s AND length(c.email) > 0 AND m.id IS NULL",
            MARK,
        )


def marks_in(text: str) -> set[str]:
    """Every mark that stands in a text."""
    return set(re.findall(MARK, text))
