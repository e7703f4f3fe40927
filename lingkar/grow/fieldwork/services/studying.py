"""The field study of a participant: its case, its project, and the marks of that project."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lingkar.act.projects import queries as known_projects
from lingkar.act.projects import services as projects
from lingkar.act.projects.services import Guide
from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.services import record
from lingkar.foundation.refusals import Refused
from lingkar.grow.fieldwork import access, queries
from lingkar.grow.fieldwork.models import Study
from lingkar.grow.programmes import queries as programmes
from lingkar.grow.programmes import services as marking
from lingkar.grow.programmes.models import Standing

MARKERS = ("mentor", "coach", "examiner")
PROJECT_PHASE = "project"
"""Components of a scheme with this phase take the marks of a project."""


@transaction.atomic
def take_case(*, participant: UUID, case: UUID | None, picture: UUID | None = None, by: Actor, at: datetime) -> None:
    """Choose the case that the own field study begins from, and the community it looks at; again to choose anew."""
    owner = access.own_participant(by, participant)
    if not access.takes_part(owner):
        raise Refused("fieldwork.over")
    known = case is None or queries.offered_to(owner.cohort_id).filter(pk=case).exists()
    pictures = queries.pictures(by, cohort=owner.cohort_id)
    if not known or (picture and not by.is_system and not pictures.filter(pk=picture).exists()):
        raise Unseen
    told = {"agency_id": by.agency, "case_id": case, "picture_id": picture}
    Study.objects.update_or_create(participant=owner, defaults=told)
    record(by, "fieldwork.case_taken", owner, at=at, case=case, picture=picture)


@transaction.atomic
def begin_project(*, participant: UUID, by: Actor, at: datetime) -> UUID:
    """Begin the project of the own participation; one that is there already is the one. Returns its id."""
    owner = access.own_participant(by, participant)
    if not access.takes_part(owner):
        raise Refused("fieldwork.over")
    access.hold(owner)
    study, _is_new = Study.objects.get_or_create(participant=owner, defaults={"agency_id": by.agency})
    if study.project_id is None:
        made = projects.begin(
            person=owner.person_id,
            reviewers=_guides(owner.pk),
            service=owner.cohort.service_id,
            by=by,
            at=at,
        )
        study.project = made
        study.save(update_fields=["project"])
    assert study.project_id is not None  # noqa: S101  # for the type checker
    return study.project_id


def _guides(participant: UUID) -> list[Guide]:
    """Who has a duty for a participant, as a project names them."""
    return [Guide(person, kind) for person, kind in programmes.guides_of(participant) if kind in MARKERS]


def follow_duties(*, cohort: UUID, by: Actor, at: datetime) -> None:
    """Say anew who guides and judges the projects of a cohort, after its duties changed."""
    for study in Study.objects.filter(participant__cohort=cohort, project__isnull=False):
        projects.name_reviewers(
            project=study.project_id,  # type: ignore[arg-type]
            reviewers=_guides(study.participant_id),
            by=by,
            at=at,
        )


def keep_mark(*, project: UUID, part: str, by: Actor, at: datetime) -> None:
    """A judged project becomes a mark of the participant, for the component that this part marks; none: nothing.

    Of several who judge in one part the mean counts, in whatever order their judgements are told here.
    """
    study = Study.objects.select_related("participant__cohort").filter(project=project).first()
    if study is None:
        return
    access.hold(study.participant)  # what is judged meanwhile is told after this
    mark = known_projects.mark_in(project, part)
    scheme = programmes.scheme_of(study.participant.cohort)
    wanted = [c for c in scheme.components if c.by == part and c.phase == PROJECT_PHASE]
    if mark is None or not wanted:
        return
    marking.mark(
        participant=study.participant_id,
        component=wanted[0].code,
        value=mark,
        reason=_("The project was judged anew."),
        source="project",
        by=by,
        at=at,
    )


def close_projects(*, cohort: UUID, by: Actor, at: datetime) -> None:
    """The cohort is over: its projects stay as they are, but for those of whom a meeting deferred: they go on."""
    studies = Study.objects.filter(participant__cohort=cohort, project__isnull=False)
    studies = studies.exclude(participant__standing=Standing.DEFERRED)
    found = list(studies.values_list("project", flat=True))
    for project, state in known_projects.states_of(found).items():
        if state != "closed":
            projects.close_project(project=project, by=by, at=at)
