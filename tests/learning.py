"""A course and a quiz for tests, and people who take them."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from lingkar.directory.people import services as people
from lingkar.directory.people.models import Account, Person
from lingkar.grow.courses import rules
from lingkar.grow.courses import services as courses
from lingkar.grow.courses.models import Course, Lesson
from lingkar.grow.exams import services as exams
from lingkar.grow.exams.models import Quiz
from lingkar.grow.exams.rules import Asked
from tests.fixtures import NOW, City

FIRST = """## Standar pelayanan
Setiap layanan punya **standar** yang diumumkan.

## Mengapa penting
Warga tahu apa yang dijanjikan.

?? Warga datang tanpa fotokopi KTP. Apa yang Anda lakukan?
( ) Memintanya pulang || Fotokopi bukan persyaratan dalam standar ini.
(x) Melayani, karena fotokopi bukan persyaratan || Tepat: yang berlaku adalah standar yang diumumkan.
( ) Menunggu perintah atasan || Standar sudah cukup sebagai dasar.
"""
SECOND = """## Empati
Dengarkan dulu, baru jelaskan.

?? Apa yang pertama Anda lakukan saat warga marah?
(x) Mendengarkan sampai selesai || Tepat.
( ) Menyela || Menyela membuat orang merasa tidak didengar.
"""


def learner(
    city: City, name: str = "Rina Wulandari", unit: str = "pelayanan", *, phone: str = ""
) -> tuple[Person, Account]:
    """Somebody with an account who works in a unit."""
    account = people.open_account(
        agency=city.agency.pk,
        name=name,
        email=f"{name.lower().replace(' ', '.')}@{city.agency.code}.example",
        by=city.system,
        at=NOW,
    )
    facts = people.PersonFacts(kind="external", name=name, institution="Universitas Contoh", phone=phone)
    given: dict[str, Any] = {"unit": city.units[unit].pk, "title": "Staf", "since": date(2024, 1, 1)}
    person = people.add_person(facts=facts, by=city.system, at=NOW, **given)
    people.link_account(person=person.pk, account=account.pk, by=city.system, at=NOW)
    person.refresh_from_db()
    return person, account


def course(city: City, code: str = "pelayanan-prima", unit: str = "pelayanan", *, published: bool = True) -> Course:
    """A course of two lessons, each with a check question."""
    facts = courses.CourseFacts(
        title="Pelayanan prima di loket",
        unit=city.units[unit].pk,
        review_on=date(2027, 1, 1),
        summary="Standar, empati, keluhan.",
        competency="public_service",
        level=2,
    )
    made = courses.add_course(code=code, facts=facts, by=city.system, at=NOW)
    lessons = [
        courses.NewLesson(title, minutes, rules.written(text))
        for title, minutes, text in (("Standar pelayanan", 5, FIRST), ("Empati", 4, SECOND))
    ]
    courses.add_lessons(course=made.pk, lessons=lessons, by=city.system, at=NOW)
    if published:
        courses.publish_course(course=made.pk, by=city.system, at=NOW)
    return made


def everything(made: Course) -> list[courses.Told]:
    """What a phone tells of somebody who did all of a course, in order."""
    told = []
    for lesson in Lesson.objects.filter(course=made):
        for block in rules.blocks_of(lesson.blocks):
            choice = block.right if isinstance(block, rules.Check) else None
            told.append(courses.Told(uuid4(), lesson.pk, block.id, choice))
    return told


def quiz(
    city: City, code: str = "kuis-pktbt", unit: str = "pelayanan", *, course: str = "", many: int = 5, **more: Any
) -> Quiz:
    """A quiz of ``many`` questions for thirty minutes; the right choice of each is its first one."""
    told: dict[str, Any] = {"minutes": 30, "shown": many, "pass_mark": Decimal(70), "attempts": 2} | more
    facts = exams.QuizFacts(title="Kuis PKTBT", unit=city.units[unit].pk, course=course, **told)
    made = exams.add_quiz(code=code, facts=facts, by=city.system, at=NOW)
    asked = [
        Asked(f"Pertanyaan {n}?", (f"Benar {n}", f"Salah {n}a", f"Salah {n}b", f"Salah {n}c"), 0, f"Sebab {n}.")
        for n in range(1, many + 1)
    ]
    exams.add_questions(quiz=made.pk, questions=asked, by=city.system, at=NOW)
    exams.publish_quiz(quiz=made.pk, by=city.system, at=NOW)
    return made


def course_of(city: City, unit: str) -> Course:
    """The course of a unit, with a file: a sample for its routes."""
    code = f"kursus-{city.agency.code}-{unit}"
    found = Course.objects.filter(code=code).first()
    if found is None:
        found = course(city, code=code, unit=unit)
        pdf = SimpleUploadedFile("kartu.pdf", b"%PDF-1.4\n%%EOF\n")
        courses.add_material(course=found.pk, name="kartu.pdf", upload=pdf, by=city.system, at=NOW)
    return found


def quiz_of(city: City, unit: str) -> Quiz:
    """The quiz of a unit, for everybody: a sample for its routes."""
    code = f"kuis-{city.agency.code}-{unit}"
    return Quiz.objects.filter(code=code).first() or quiz(city, code=code, unit=unit)


def samples() -> dict[str, Any]:
    """Samples of the routes of both modules; each is given the place that is asked for (``tests.samples.Where``)."""

    def course(where: Any) -> Course:
        return course_of(where.city, where.unit)

    def quiz(where: Any) -> Quiz:
        return quiz_of(where.city, where.unit)

    return {
        "courses:*.code": lambda where: course(where).code,
        "courses:*.course": lambda where: course(where).pk,
        "courses:*.lesson": lambda where: course(where).lessons.get(number=1).pk,
        "courses:*.material": lambda where: course(where).materials.get().pk,
        "exams:*.code": lambda where: quiz(where).code,
        "exams:*.quiz": lambda where: quiz(where).pk,
        "courses:*.number": lambda where: 1,
        "exams:*.number": lambda where: 1,
    }
