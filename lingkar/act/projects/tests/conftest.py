"""Somebody with a project, and people who guide, advise and judge it."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from lingkar.act.projects import services
from lingkar.act.projects.models import Project, Step
from lingkar.act.projects.rules import Criterion, PlannedStep
from lingkar.act.projects.services import Guide
from lingkar.directory.people.models import Person
from lingkar.directory.people.queries import actor_for
from lingkar.directory.people.services import PersonFacts, add_person, open_account
from tests.fixtures import NOW, City

TODAY = NOW.date()
STEPS = (PlannedStep("Menyusun daftar syarat satu halaman", date(2026, 6, 20)),)


def proof():
    """A small real photo."""
    buffer = BytesIO()
    Image.new("RGB", (32, 24), "steelblue").save(buffer, "JPEG")
    return SimpleUploadedFile("bukti.jpg", buffer.getvalue(), "image/jpeg")


def marks(value="80", **other):
    return {criterion: Decimal(other.get(criterion, value)) for criterion in Criterion}


@dataclass
class Desk:
    """People by name, each with an account and a record."""

    city: City
    people: dict[str, Person] = field(default_factory=dict)

    def person(self, name) -> Person:
        if name not in self.people:
            by = self.city.system
            account = open_account(
                agency=self.city.agency.pk, name=name.title(), email=f"{name}@{self.city.agency.code}.id", by=by, at=NOW
            )
            facts = PersonFacts(kind="external", name=name.title(), institution="Kota Lain")
            unit = self.city.units["pelayanan"].pk
            row = add_person(facts=facts, unit=unit, title="Peserta", since=TODAY, by=by, at=NOW)
            Person.objects.filter(pk=row.pk).update(account=account)
            self.people[name] = Person.objects.get(pk=row.pk)
        return self.people[name]

    def actor(self, name):
        account = self.person(name).account
        assert account is not None
        return actor_for(account, day=TODAY)

    def begin(self, owner="rani", **reviewers) -> Project:
        """A project; ``reviewers`` are parts with the name of who has them."""
        named = reviewers or {"mentor": "budi", "coach": "cici", "examiner": "dodi"}
        guides = [Guide(self.person(name).pk, part) for part, name in named.items()]
        return services.begin(person=self.person(owner).pk, reviewers=guides, by=self.actor(owner), at=NOW)

    def written(self, owner="rani", **more) -> Project:
        item = self.begin(owner, **more)
        words = {"title": "Satu lembar syarat", "issue": "Warga bolak-balik.", "idea": "Daftar syarat satu halaman."}
        services.write(project=item.pk, **words, steps=STEPS, by=self.actor(owner), at=NOW)
        return Project.objects.get(pk=item.pk)

    def agreed(self) -> Project:
        item = self.written()
        services.offer(project=item.pk, by=self.actor("rani"), at=NOW)
        services.agree(project=item.pk, words="Silakan.", by=self.actor("budi"), at=NOW)
        return Project.objects.get(pk=item.pk)

    def reported(self) -> Project:
        item = self.agreed()
        step, by = Step.objects.get(project=item), self.actor("rani")
        services.finish_step(step=step.pk, note="Sudah ditempel.", done_on=TODAY, files=[proof()], by=by, at=NOW)
        services.report_project(project=item.pk, result="Antrean lebih pendek.", by=by, at=NOW)
        return Project.objects.get(pk=item.pk)


@pytest.fixture
def desk(kota):
    return Desk(kota)
