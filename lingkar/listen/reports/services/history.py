"""Take over cases that happened before: from the complaint system of yesterday, or for a demo.

Each case is told act by act with its moments, and goes through the same rules as one that happens here: routing,
sealing, masking, promised dates, transitions, the reporter's time. Only the writing is different: many rows at once, no
letter, no notice, no event, and one line in the audit trail.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lingkar.foundation.access import Actor
from lingkar.foundation.audit.services import record
from lingkar.foundation.files.services import copies
from lingkar.foundation.privacy.cipher import encrypt
from lingkar.foundation.tenancy.models import Agency
from lingkar.listen.reports.models import Attachment, Entry, NumberSeries, Report, ReporterContact
from lingkar.listen.reports.services.desk import Desk
from lingkar.listen.reports.services.past import PastCase
from lingkar.listen.reports.services.replay import Replay

BATCH = 1000


@transaction.atomic
def take_over(*, cases: Iterable[PastCase], desk: Desk, by: Actor, at: datetime) -> int:
    """Write past cases with their history; returns how many. Their numbers are given and unused.

    ``Refused`` where an act breaks a rule: nothing is written then. Stored files that a case names are copied for it.
    """
    writer = _Writer(by, at)
    for case in cases:
        replay = Replay(case, desk)
        for act in case.acts:
            replay.act(act)
        replay.wait(at)
        writer.add(replay)
    writer.flush()
    if writer.count:
        continue_numbers(agency=desk.agency, last=writer.highest)
    record(by, "reports.taken_over", Agency.objects.get(pk=desk.agency), at=at, count=writer.count)
    return writer.count


class _Writer:
    """Collects rows and writes them by the thousand."""

    def __init__(self, by: Actor, at: datetime) -> None:
        self.by, self.at = by, at
        self.count = self.highest = 0
        self.waiting: list[Replay] = []

    def add(self, replay: Replay) -> None:
        self.waiting.append(replay)
        self.highest = max(self.highest, replay.report.number)
        if len(self.waiting) == BATCH:
            self.flush()

    def flush(self) -> None:
        rows, self.waiting = self.waiting, []
        Report.objects.bulk_create([row.report for row in rows], batch_size=BATCH)
        Entry.objects.bulk_create([entry for row in rows for entry in row.entries], batch_size=BATCH)
        ReporterContact.objects.bulk_create(self._contacts(rows), batch_size=BATCH)
        Attachment.objects.bulk_create(self._attachments(rows), batch_size=BATCH)
        self.count += len(rows)

    def _contacts(self, rows: Sequence[Replay]) -> Iterator[ReporterContact]:
        for row in rows:
            case = row.case
            if not case.anonymous and (case.name.strip() or case.email.strip()):
                yield ReporterContact(
                    agency_id=row.report.agency_id,
                    report=row.report,
                    name=encrypt(case.name.strip()),
                    email=encrypt(case.email.strip()),
                    is_withheld=row.is_withheld,
                )

    def _attachments(self, rows: Sequence[Replay]) -> list[Attachment]:
        wanted = [(row.report, file, entry) for row in rows for file, entry in row.files]
        files = copies(of=[file for _, file, _ in wanted], by=self.by, at=self.at)
        return [
            Attachment(agency_id=report.agency_id, report=report, entry=entry, file=file)
            for (report, _, entry), file in zip(wanted, files, strict=True)
        ]


def continue_numbers(*, agency: UUID, last: int) -> None:
    """The next report gets the number after ``last``: for a set-up whose numbers began elsewhere."""
    NumberSeries.objects.get_or_create(agency_id=agency)
    NumberSeries.objects.filter(agency_id=agency).update(last=last)
