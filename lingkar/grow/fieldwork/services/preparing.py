"""What a field study begins from: real cases and pictures of communities."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.grow.fieldwork import access, rules
from lingkar.grow.fieldwork.models import CaseBrief, CaseOffer, CommunityPicture, Study
from lingkar.grow.fieldwork.rules import Figure
from lingkar.grow.programmes.queries import cohort_of


@transaction.atomic
def offer_case(
    *,
    key: UUID,
    words_shown: str,
    answer_shown: str = "",
    happened_on: date,
    service: UUID | None = None,
    place_name: str = "",
    cohort: UUID | None = None,
    by: Actor,
    at: datetime,
) -> CaseBrief:
    """Offer a real case for learning, in the words that were shown to the public. The same ``key`` is one case.

    With ``cohort`` it is offered to that one (again to another one, to both); else to everybody who learns.

    Whoever calls has made sure of that: this module knows nothing of citizens, and never sees who spoke.
    """
    access.demand(by)
    words = rules.check_word(words_shown)
    facts = {"words_shown": words, "answer_shown": rules.tidy(answer_shown), "service_id": service}
    more = {"place_name": place_name, "happened_on": happened_on, "offered_at": at}
    row, is_new = CaseBrief.objects.get_or_create(key=key, defaults={"agency_id": by.agency, **facts, **more})
    if is_new:
        record(by, "fieldwork.case_offered", row, at=at, service=service)
    if cohort:
        _offer_to(row, cohort, is_new=is_new, by=by, at=at)
    return row


def _offer_to(row: CaseBrief, cohort: UUID, *, is_new: bool, by: Actor, at: datetime) -> None:
    """A case that is for everybody already stays so."""
    if cohort_of(cohort) is None:
        raise Unseen
    if is_new or row.offers.exists():
        _offer, added = CaseOffer.objects.get_or_create(case=row, cohort_id=cohort, defaults={"agency_id": by.agency})
        if added:
            record(by, "fieldwork.case_offered_to", row, at=at, cohort=cohort)


@transaction.atomic
def paint_picture(*, place: UUID, year: int, figures: Sequence[Figure], by: Actor, at: datetime) -> CommunityPicture:
    """One page on a village: figures with their source. The same place and year again replaces the page."""
    access.demand(by)
    rules.check_figures(figures)
    told = {"figures": [asdict(figure) for figure in figures], "painted_at": at, "agency_id": by.agency}
    row, _is_new = CommunityPicture.objects.update_or_create(place_id=place, year=year, defaults=told)
    record(by, "fieldwork.picture_drawn", row, at=at, year=year)
    return row


@transaction.atomic
def withdraw_case(*, key: UUID, by: Actor, at: datetime) -> None:
    """What was said is not public any more: nobody reads it here, not even who began from it. Not offered: nothing."""
    access.demand(by)
    row = CaseBrief.objects.select_for_update().filter(key=key).first()
    if row is None:
        return
    Study.objects.filter(case=row).update(case=None)
    record(by, "fieldwork.case_withdrawn", row, at=at)
    row.delete()
