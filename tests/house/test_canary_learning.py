"""What somebody writes, is told and is marked while they learn is heard by whom it is for, and by nobody else.

One participant has rare words in everything that learning keeps of people. Everybody else who has to do with their
cohort, their unit or their agency looks at every page; then the tables are listened to, before and after an erasure.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fnmatch import fnmatch
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.http import HttpResponse

from lingkar.act.projects import services as projects
from lingkar.directory.people.models import Account, Person, Role
from lingkar.directory.people.queries import actor_for
from lingkar.foundation.access.web import route
from lingkar.foundation.audit import services as audit
from lingkar.foundation.events.testing import drain
from lingkar.foundation.privacy.registry import Holder, keepers
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.grow.credentials import services as credentials
from lingkar.grow.credentials.services import NewHours
from lingkar.grow.exams import services as exams
from lingkar.grow.exams.models import Question, Quiz
from lingkar.grow.fieldwork import services as fieldwork
from lingkar.grow.fieldwork.models import LogEntry
from lingkar.grow.programmes import queries as programmes
from lingkar.grow.programmes import services as training
from lingkar.grow.programmes.models import Cohort
from lingkar.grow.programmes.services import NewDuty
from lingkar.grow.programmes.tests import made
from lingkar.site import urls as root
from tests.fixtures import NOW, City, signed_in
from tests.house import canary
from tests.house.canary import Bird, Sighting
from tests.learning import learner, quiz
from tests.pages import Browser
from tests.samples import Route
from tests.where import Where

SONGS = {
    "entry": "kenarilapangan",
    "word": "kenarinasihat",
    "draft": "kenarirancangan",
    "mark": "73,91",
    "mark as kept": "73.91",
    "reason": "kenarialasan",
    "comment": "kenaritanggapan",
    "key": "kenarikunci",
    "hours": "kenaripelatihan",
    "punished": "2019-03-07",
    "punished in words": "7 Maret 2019",
    "phone": "081298705555",
}
BAIT = "burunglapangan"
MARKED = {
    "rani": ("programmes:mine",),
    "budi": ("programmes:participant", "programmes:guided"),
    "dodi": ("programmes:participant", "programmes:guided"),
    "training": ("programmes:participant", "programmes:guided", "programmes:book", "programmes:meeting"),
}
OWN = {"rani": ("credentials:hours",)}
"""Whoever was punished may know when."""
FACTS: dict[str, tuple[str, ...]] = {"training": ("credentials:*",), "personnel": ("credentials:*",)}
MAY_HEAR: dict[str, dict[str, tuple[str, ...]]] = {
    "entry": {"rani": ("fieldwork:*",), "budi": ("fieldwork:inbox", "fieldwork:entry", "fieldwork:panel")},
    "word": {"rani": ("fieldwork:*",), "budi": ("fieldwork:entry",)},
    "draft": {"rani": ("projects:*",)},
    "mark": MARKED,
    "mark as kept": MARKED,
    "reason": MARKED,
    "key": {"training": ("exams:desk",)},
    "hours": OWN | FACTS,
    "phone": {"rani": ("people:person",), "personnel": ("people:person",)},
    "punished": OWN | FACTS,
    "punished in words": OWN | FACTS,
}
HEARD = {
    *product(("rani",), ("entry", "word", "draft", "mark", "hours", "punished in words", "phone")),
    *product(("budi",), ("entry", "word", "mark")),
    *product(("dodi", "training"), ("mark", "reason")),
    ("training", "key"),
    *product(("training", "personnel"), ("hours", "punished in words")),
}
"""Who must hear what: a walk that does not come there proves nothing."""
MAY_KEEP = {
    "entry": ("fieldwork_logentry.words",),
    "word": ("fieldwork_word.words",),
    "draft": ("projects_project.issue",),
    "mark as kept": ("programmes_mark.value", "programmes_markchange.*", "audit_auditentry.content"),
    "reason": ("programmes_markchange.reason",),
    "comment": ("programmes_reaction.comment",),
    "key": ("exams_question.explanation",),
    "hours": ("credentials_jpentry.title",),
    "punished": ("credentials_discipline.on",),
    "phone": ("people_person.phone",),
}
FORGOTTEN = ("entry", "word", "draft", "reason", "hours", "punished", "phone")
"""What an erasure takes away. Marks stay without a name; of a reaction nobody can tell any more whose it is."""
LEARNING = ("fieldwork", "projects", "programmes", "exams", "credentials", "competence", "asn")
WANTED = (*(f"{module}:*" for module in LEARNING), "people:person", "search:page", "planning:team")


@dataclass
class Walk(canary.Walk):
    """Pages of what has to do with learning. ``wanted`` are patterns of routes."""

    wanted: tuple[str, ...] = WANTED

    def routes(self) -> Iterable[Route]:
        return (route for route in super().routes() if any(fnmatch(route.name, pattern) for pattern in self.wanted))


@dataclass
class Classroom:
    """Rani and Sinta take part; Budi mentors Rani, Cici mentors Sinta, Dodi teaches both."""

    city: City
    people: dict[str, tuple[Person, Account]] = field(default_factory=dict)
    values: dict[str, list[object]] = field(default_factory=dict)

    def actor(self, name: str) -> Any:
        return actor_for(self.people[name][1], day=NOW.date())

    @property
    def bird(self) -> Bird:
        return Bird("rani", BAIT, SONGS, None, 0, "\0", "\0", "\0")


@pytest.fixture
def room(kota, settings, tmp_path):
    settings.ALLOWED_HOSTS, settings.HOME = ["*"], tmp_path
    found = Classroom(kota)
    for name in ("rani", "sinta", "budi", "cici", "dodi"):
        found.people[name] = learner(kota, name.title(), phone=SONGS["phone"] if name == "rani" else "")
    rani = found.people["rani"][0]
    cohort = made.cohort(kota, [rani, found.people["sinta"][0]])
    row = made.participant(cohort, rani)
    other = made.participant(cohort, found.people["sinta"][0])
    duties = [
        NewDuty(found.people["budi"][0].pk, "mentor", row.pk),
        NewDuty(found.people["cici"][0].pk, "mentor", other.pk),
        NewDuty(found.people["dodi"][0].pk, "trainer"),
    ]
    training.add_duties(cohort=cohort.pk, duties=duties, by=kota.system, at=NOW)
    found.values = {
        "programmes:*.participant": [row.pk],
        "programmes:*.code": [cohort.code],
        "programmes:*.session": [made.session(kota, cohort).pk],
        "fieldwork:*.participant": [row.pk],
        "*:*.person": [rani.pk],
        **{f"credentials:*.{argument}": [] for argument in ("certificate", "source", "bundle", "part")},
    }
    study(found, row.pk)
    mark(found, row.pk)
    keep(found, rani.pk)
    return found


def study(room: Classroom, participant: UUID) -> None:
    """A logbook that the mentor answered, and a project that nobody was sent."""
    rani = room.actor("rani")
    entry = fieldwork.write_entry(
        participant=participant, key=uuid4(), words=f"{SONGS['entry']} {BAIT}", by=rani, at=NOW
    ).entry
    fieldwork.answer(entry=entry, words=f"{SONGS['word']} {BAIT}", by=room.actor("budi"), at=NOW)
    fieldwork.write_entry(participant=participant, key=uuid4(), words=SONGS["entry"], by=rani, at=NOW)  # waits
    project = fieldwork.begin_project(participant=participant, by=rani, at=NOW)
    words = {"title": "Satu lembar", "issue": f"{SONGS['draft']} {BAIT}", "idea": ""}
    projects.write(project=project, **words, steps=(), by=rani, at=NOW)
    room.values |= {
        "fieldwork:*.entry": list(LogEntry.objects.values_list("pk", flat=True)),
        "projects:*.project": [project],
    }


def mark(room: Classroom, participant: UUID) -> None:
    """A mark that was changed, a reaction, and a quiz that is being taken."""
    component = programmes.scheme_of(Cohort.objects.get()).components[0].code
    given: dict[str, Any] = {"participant": participant, "component": component, "by": room.city.system, "at": NOW}
    training.mark(value=Decimal(60), **given)
    training.mark(value=Decimal("73.91"), reason=SONGS["reason"], **given)
    ratings = {it.code: 4 for it in programmes.scheme_of(Cohort.objects.get()).questions}
    training.react(participant=participant, ratings=ratings, comment=SONGS["comment"], by=room.actor("rani"), at=NOW)
    quiz(room.city)
    Question.objects.update(explanation=SONGS["key"])
    exams.open_attempt(code="kuis-pktbt", by=room.actor("rani"), at=NOW)
    room.values |= {"exams:*.code": ["kuis-pktbt"], "exams:*.quiz": list(Quiz.objects.values_list("pk", flat=True))}


def keep(room: Classroom, person: UUID) -> None:
    """Hours of learning and a punishment."""
    by = room.city.system
    hours = NewHours(person=person, form="B10", title=SONGS["hours"], amount=Decimal(8), on=NOW.date())
    credentials.credit(rows=[hours], by=by, at=NOW)
    credentials.punish(person=person, severity="light", on=date(2019, 3, 7), by=by, at=NOW)
    drain()


def readers(room: Classroom, lain: City) -> dict[str, Browser]:
    city = room.city
    with agency_scope(lain.agency.pk):
        stranger = signed_in(lain.holder(Role.TRAINING, None))
    return {
        **{name: signed_in(account) for name, (_person, account) in room.people.items()},
        **{role.value: signed_in(city.holder(role, None)) for role in (Role.TRAINING, Role.LEADER, Role.PERSONNEL)},
        "visitor": Browser(),
        "supervisor": signed_in(city.holder(Role.SUPERVISOR, "pelayanan")),
        "training elsewhere": signed_in(city.holder(Role.TRAINING, "pupr")),
        "training of lain": stranger,
    }


def wrong(found: set[Sighting], allowed: dict[str, Any]) -> list[str]:
    def may(one: Sighting) -> bool:
        places = allowed.get(one.song, {})
        known = places if isinstance(places, tuple) else places.get(one.reader, ())
        return any(fnmatch(one.place, pattern) for pattern in known)

    return sorted(f"{one.reader} hears {one.song} in {one.place}" for one in found if not may(one))


@pytest.mark.long
def test_pages_tell_nobody_what_somebody_else_wrote_and_was_told(room, lain):
    walk = Walk({room.bird: room.values}, Where(room.city, "pelayanan"))
    found = {one for who, browser in readers(room, lain).items() for one in walk.sightings(who, browser)}
    assert not wrong(found, MAY_HEAR), "\n".join(wrong(found, MAY_HEAR))
    assert {(one.reader, one.song) for one in found} >= HEARD, "deaf"


def leak(request: Any) -> HttpResponse:
    return HttpResponse(LogEntry.objects.exclude(words="").order_by("-saved_at")[0].words)


urlpatterns = [*root.urlpatterns, route("lapangan/bocor/", leak, name="leak", public=True)]


def test_a_planted_leak_is_heard(room, settings):
    settings.ROOT_URLCONF = __name__
    walk = Walk({room.bird: room.values}, Where(room.city, "pelayanan"), wanted=("leak",))
    assert wrong(set(walk.sightings("visitor", Browser())), MAY_HEAR) == ["visitor hears entry in leak"]


def test_a_song_in_the_trail_is_heard(room):
    audit.record(room.city.system, "uji.bocor", room.city.agency, at=NOW, what=SONGS["reason"].encode().hex())
    assert wrong(set(canary.in_tables([room.bird])), MAY_KEEP) == ["database hears reason in audit_auditentry.content"]


def test_tables_keep_it_once_and_forget_it(room):
    found = set(canary.in_tables([room.bird]))
    assert not wrong(found, MAY_KEEP), "\n".join(wrong(found, MAY_KEEP))
    assert {one.song for one in found} == MAY_KEEP.keys(), "deaf"
    person, account = room.people["rani"]
    for keeper in keepers():
        if keeper.erase:
            keeper.erase(Holder(room.city.agency.pk, account.pk, person.pk), NOW)
    left = {one.song for one in canary.in_tables([room.bird])}
    assert left.isdisjoint(FORGOTTEN), left & set(FORGOTTEN)
