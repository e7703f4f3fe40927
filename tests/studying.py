"""Samples of somebody who takes part in a cohort, writes a logbook and carries out a project."""

from uuid import UUID, uuid4

from lingkar.act.projects import services as projects
from lingkar.act.projects.models import Evidence, Project, Step
from lingkar.act.projects.services import PlannedStep
from lingkar.directory.people.models import Person
from lingkar.foundation.access import Actor
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.grow.fieldwork import services as fieldwork
from lingkar.grow.fieldwork.models import LogPhoto
from lingkar.grow.fieldwork.services import Figure
from lingkar.grow.fieldwork.tests.conftest import photo
from lingkar.grow.programmes.models import Participant
from lingkar.grow.programmes.tests import made
from tests.fixtures import NOW
from tests.where import Sample, Where, once


@once
def studying(where: Where) -> Participant:
    """The unit's officer takes part in a running cohort; the first person who held the office has a record."""
    account = where.city.holder("officer", where.unit)
    found = Person.objects.filter(account=account).first() or made.outsider(where.city, f"Peserta {where.unit}")
    if found.account_id is None:
        Person.objects.filter(pk=found.pk).update(account=account)
    with agency_scope(where.city.agency.pk):
        cohort = made.cohort(where.city, [found], code=f"studi-{where.unit}")
        return Participant.objects.get(cohort=cohort)


@once
def entry(where: Where) -> UUID:
    """A page of that participant's logbook, with a photo."""
    by = Actor(where.city.agency.pk, person=where.city.holder("officer", where.unit).pk)
    return fieldwork.write_entry(
        participant=studying(where).pk, key=uuid4(), words="Antrean dari pukul enam.", photos=[photo()], by=by, at=NOW
    ).entry


@once
def community(where: Where) -> UUID:
    place, figures = where.city.places["village"].pk, [Figure("social", "Penduduk", "4.812", "jiwa", "BPS 2025")]
    year = 2000 + sum(where.unit.encode()) % 30
    return fieldwork.paint_picture(place=place, year=year, figures=figures, by=where.city.system, at=NOW).pk


@once
def project(where: Where) -> Project:
    """That participant's project, agreed, with one step done and shown."""
    by, system = Actor(where.city.agency.pk, person=where.city.holder("officer", where.unit).pk), where.city.system
    item = fieldwork.begin_project(participant=studying(where).pk, by=by, at=NOW)
    steps = [PlannedStep("Tempel daftar syarat", NOW.date())]
    projects.write(project=item, title="Satu lembar", issue="i", idea="d", steps=steps, by=by, at=NOW)
    projects.offer(project=item, by=by, at=NOW)
    projects.agree(project=item, by=system, at=NOW)
    step = Step.objects.get(project=item).pk
    projects.finish_step(step=step, note="Sudah.", done_on=NOW.date(), files=[photo()], by=by, at=NOW)
    return Project.objects.get(pk=item)


SAMPLES: dict[str, Sample] = {
    "projects:*.project": lambda where: project(where).pk,
    "projects:*.step": lambda where: Step.objects.get(project=project(where)).pk,
    "projects:*.evidence": lambda where: Evidence.objects.get(step__project=project(where)).pk,
    "projects:*.part": lambda where: "mentor",
    "fieldwork:*.participant": lambda where: studying(where).pk,
    "fieldwork:*.entry": entry,
    "fieldwork:*.photo": lambda where: LogPhoto.objects.get(entry=entry(where)).pk,
    "fieldwork:*.picture": community,
    "fieldwork:*.code": lambda where: studying(where).cohort.code,
    "fieldwork:*.cohort": lambda where: studying(where).cohort_id,
}
"""As in ``tests.samples``."""
