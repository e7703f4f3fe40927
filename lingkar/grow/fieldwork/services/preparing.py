"""What a field study begins from: real cases and pictures of communities."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.privacy.masking import mask
from lingkar.foundation.refusals import Refused
from lingkar.foundation.refusals.typed import check_unchanged, trimmed
from lingkar.grow.fieldwork import access, rules
from lingkar.grow.fieldwork.models import CaseBrief, CaseOffer, CommunityPicture, PictureOffer, Study
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
    access.demand_for(by, cohort)
    words = rules.check_word(words_shown)
    facts = {"words_shown": words, "answer_shown": trimmed(answer_shown), "service_id": service}
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
def write_case(
    *, cohort: UUID, words: str, answer: str = "", happened_on: date, place_name: str = "", by: Actor, at: datetime
) -> CaseBrief:
    """A case in one's own words, for one cohort: sent twice it is one. Personal data is masked before it is kept.

    ``Refused``: nothing said, too long, or a day to come.
    """
    if happened_on > timezone.localdate(at):
        raise Refused("fieldwork.day_to_come")
    told = [mask(words).text for words in (rules.check_word(words), rules.check_telling(answer), trimmed(place_name))]
    return offer_case(
        key=uuid5(cohort, "\n".join([happened_on.isoformat(), *told])),
        words_shown=told[0],
        answer_shown=told[1],
        happened_on=happened_on,
        place_name=told[2][:200],
        cohort=cohort,
        by=by,
        at=at,
    )


@transaction.atomic
def paint_picture(
    *,
    place: UUID,
    year: int,
    figures: Sequence[Figure],
    lives: str = "",
    says: str = "",
    cohort: UUID | None = None,
    seen: str = "",
    by: Actor,
    at: datetime,
) -> CommunityPicture:
    """One page on a village: figures with their source, and words, which are masked. The same place and year again
    replaces the page. With ``cohort`` it is published to that one (again to another one, to both), else to everybody.

    Who teaches one cohort changes no page that others read: ``Refused("fieldwork.picture_of_others")``. With ``seen``
    (the fingerprint of ``rules.told`` of the page that was looked at, or of nothing) no newer one is replaced unread.
    """
    access.demand_for(by, cohort)
    rules.check_figures(figures)
    before = CommunityPicture.objects.select_for_update().filter(place=place, year=year).first()
    if before is not None and not _may_rewrite(before, by):
        raise Refused("fieldwork.picture_of_others")
    words = {"lives": mask(rules.check_telling(lives)).text, "says": mask(rules.check_telling(says)).text}
    data = [rules.as_data(figure) for figure in figures]
    stands = rules.told(before.lives, before.says, before.figures) if before else ()
    check_unchanged(seen, stands=stands, new=rules.told(words["lives"], words["says"], data))
    told = {"figures": data, "painted_at": at, "agency_id": by.agency, **words}
    row, is_new = CommunityPicture.objects.update_or_create(place_id=place, year=year, defaults=told)
    record(by, "fieldwork.picture_drawn", row, at=at, year=year, cohort=cohort)
    if cohort and (is_new or row.offers.exists()):
        if cohort_of(cohort) is None:
            raise Unseen
        PictureOffer.objects.get_or_create(picture=row, cohort_id=cohort, defaults={"agency_id": by.agency})
    return row


def _may_rewrite(row: CommunityPicture, by: Actor) -> bool:
    """The training office changes every page, who teaches those of their own cohorts alone."""
    if by.is_system or by.may(access.Action.PREPARE):
        return True
    cohorts = list(row.offers.values_list("cohort", flat=True))
    return bool(cohorts) and all(access.prepares(by, cohort) for cohort in cohorts)


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
