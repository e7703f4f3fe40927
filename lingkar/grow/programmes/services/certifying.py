"""What people get for a programme: certificates for who passed, letters of attendance where the scheme says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone, translation

from lingkar.directory.people import queries as people
from lingkar.foundation.access import Actor
from lingkar.grow.credentials import services as credentials
from lingkar.grow.credentials.services import NewCertificate
from lingkar.grow.programmes import schemes
from lingkar.grow.programmes.models import Meeting, Participant, Standing, Subject
from lingkar.grow.programmes.names import PREDICATES
from lingkar.grow.programmes.rules import Papers

SOURCE = "cohort"
"""For what certificates of programmes are given, with the id of the cohort."""


@dataclass(frozen=True)
class _Words:
    """What every paper of a meeting says."""

    meeting: Meeting
    last_day: date
    papers: Papers
    subjects: tuple[tuple[str, Decimal], ...]
    signer: tuple[str, str]


def issue(meeting: Meeting, decided: Iterable[Participant], *, signer: tuple[str, str], by: Actor, at: datetime) -> int:
    """Give everybody whom a meeting decided what the scheme says; returns how many papers.

    Subjects and hours stand on the back, and those who passed have them in the ledger by the scheme's form. Whoever
    no longer serves, or was erased meanwhile, gets none.
    """
    rows = [row for row in decided if row.standing in (Standing.PASSED, Standing.FAILED)]
    serving = set(people.serving().filter(pk__in=[row.person_id for row in rows]).values_list("pk", flat=True))
    taught = Subject.objects.filter(cohort=meeting.cohort).order_by("number").values_list("title", "jp")
    subjects = tuple((title, Decimal(jp)) for title, jp in taught)
    last = min(meeting.cohort.last_day, meeting.held_on, timezone.localdate(at))
    words = _Words(meeting, last, schemes.read(meeting.cohort.scheme).papers, subjects, signer)
    with translation.override("id"):  # the paper speaks the language of the office, whoever presses the button
        made = [_paper(words, row) for row in rows if row.person_id in serving and _kind(words.papers, row)]
    return len(credentials.issue(rows=made, by=by, at=at)) if made else 0


def _kind(papers: Papers, row: Participant) -> str:
    return papers.passed if row.standing == Standing.PASSED else papers.failed


def _paper(words: _Words, row: Participant) -> NewCertificate:
    item, has_passed = words.meeting.cohort, row.standing == Standing.PASSED
    return NewCertificate(
        person=row.person_id,
        title=item.title,
        jp=sum((jp for _title, jp in words.subjects), Decimal(0)),
        subjects=words.subjects,
        first_day=item.first_day,
        last_day=words.last_day,
        signer=words.signer[0],
        signer_title=words.signer[1],
        source=SOURCE,
        source_id=item.pk,
        predicate=str(PREDICATES[row.predicate]) if has_passed and row.predicate else "",
        kind=_kind(words.papers, row),
        form=words.papers.form if has_passed else "",
    )
