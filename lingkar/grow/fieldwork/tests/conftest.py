"""A running cohort with two participants and a mentor each."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from lingkar.directory.people.models import Person
from lingkar.directory.people.queries import actor_for
from lingkar.directory.people.services import PersonFacts, add_person, open_account
from lingkar.grow.fieldwork import services
from lingkar.grow.programmes import services as programmes
from lingkar.grow.programmes.models import Cohort, Participant
from lingkar.grow.programmes.services import CohortFacts, NewDuty, NewParticipant, NewSubject
from tests.fixtures import NOW, City, signed_in


def photo(name="loket.jpg"):
    """A small real photo."""
    buffer = BytesIO()
    Image.new("RGB", (32, 24), "steelblue").save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/jpeg")


def somebody(city, name) -> Person:
    """A person with an account."""
    by = city.system
    email = f"{name}@{city.agency.code}.example"
    account = open_account(agency=city.agency.pk, name=name.title(), email=email, by=by, at=NOW)
    facts = PersonFacts(kind="external", name=name.title(), institution="Universitas Kawung")
    person = add_person(facts=facts, by=by, at=NOW)
    person.account = account
    person.save(update_fields=["account"])
    return person


def running(city, people) -> Cohort:
    """A running cohort of PKTBT with these people."""
    by = city.system
    programmes.load_types(by=by, at=NOW)
    facts = CohortFacts(title="PKTBT Angkatan I", seats=52, first_day=date(2026, 6, 1), last_day=date(2026, 6, 30))
    subjects = [
        NewSubject("administrative", "Tata naskah dinas", 12),
        NewSubject("substantive", "Pelayanan di loket", 24, unit=city.units["dukcapil"].pk),
    ]
    made = programmes.open_cohort(type="pktbt", code="pktbt-1", facts=facts, subjects=subjects, by=by, at=NOW)
    programmes.take_participants(cohort=made.pk, by=by, at=NOW)
    programmes.add_participants(cohort=made.pk, people=[NewParticipant(one.pk) for one in people], by=by, at=NOW)
    programmes.start_cohort(cohort=made.pk, by=by, at=NOW)
    made.refresh_from_db()
    return made


@dataclass
class Field:
    """Rani is mentored by Budi, Sinta by Cici; Dodi examines both, Evi has no duty."""

    city: City
    cohort: Cohort
    people: dict[str, Person]

    def participant(self, name="rani") -> Participant:
        return Participant.objects.get(cohort=self.cohort, person=self.people[name])

    def actor(self, name):
        account = self.people[name].account
        assert account is not None
        return actor_for(account, day=NOW.date())

    def browser(self, name):
        account = self.people[name].account
        assert account is not None
        return signed_in(account)

    def write(self, words="Antrean mulai pukul enam.", *, name="rani", key=None, at=NOW, **more):
        return services.write_entry(
            participant=self.participant(name).pk, key=key or uuid4(), words=words, by=self.actor(name), at=at, **more
        )

    def case(self):
        return services.offer_case(
            key=uuid4(), words_shown="Saya disuruh pulang karena fotokopi kurang.", answer_shown="Sudah diperbaiki.",
            happened_on=date(2026, 5, 4), place_name="Kelurahan Sumberasih", by=self.city.system, at=NOW,
        )  # fmt: skip


@pytest.fixture
def field(kota):
    people = {name: somebody(kota, name) for name in ("rani", "sinta", "budi", "cici", "dodi", "evi")}
    cohort = running(kota, [people["rani"], people["sinta"]])
    rows = {name: Participant.objects.get(cohort=cohort, person=people[name]).pk for name in ("rani", "sinta")}
    duties = [
        NewDuty(people["budi"].pk, "mentor", rows["rani"]),
        NewDuty(people["cici"].pk, "mentor", rows["sinta"]),
        NewDuty(people["dodi"].pk, "examiner"),
    ]
    programmes.add_duties(cohort=cohort.pk, duties=duties, by=kota.system, at=NOW)
    return Field(kota, cohort, people)
