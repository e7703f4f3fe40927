"""Courses and a quiz of the demo: lessons as ``words/*.md`` tells them, questions as ``words/kuis-pktbt.toml`` does."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from uuid import UUID

from django.utils import timezone

from lingkar.foundation.access import Actor
from lingkar.grow.courses import services as courses
from lingkar.grow.exams import services as exams
from lingkar.grow.exams.services import Asked
from lingkar.site.demo.pictures import photo
from lingkar.site.demo.telling import WORDS

UNIT = "pengembangan"
"""The unit of the demo that trains."""
QUIZ = "kuis-pktbt"
LESSON = re.compile(r"^# (.+?) \| (\d+)$", re.MULTILINE)


@dataclass(frozen=True)
class CourseRow:
    """A course; its lessons stand in a file that is called like its code. ``pictures`` are scenes by name of file."""

    code: str
    title: str
    summary: str
    competency: str
    level: int
    pictures: Mapping[str, str]


COURSES = (
    CourseRow(
        "pelayanan-prima",
        "Pelayanan prima di loket: standar pelayanan, empati, dan keluhan",
        "Enam pelajaran singkat tentang janji kepada warga: menepatinya, mengatakannya, dan mendengar bila gagal.",
        "public_service",
        2,
        {"ruang-tunggu.jpg": "kursi"},
    ),
    CourseRow(
        "tata-naskah",
        "Tata naskah dinas dan kearsipan",
        "Surat yang sampai, dibaca sampai selesai, dan ditemukan kembali.",
        "communication",
        2,
        {},
    ),
)


def load_learning(*, units: Mapping[str, UUID], by: Actor, at: datetime) -> None:
    """The courses, published, and the quiz of those who learn how to serve. A city without the unit has none."""
    if UNIT not in units:
        return
    for row in COURSES:
        _course(row, units[UNIT], by, at)
    facts = exams.QuizFacts(
        title="Kuis PKTBT: pelayanan dan tata naskah",
        unit=units[UNIT],
        minutes=30,
        shown=20,
        pass_mark=Decimal(70),
        attempts=2,
        course=COURSES[0].code,
    )
    quiz = exams.add_quiz(code=QUIZ, facts=facts, by=by, at=at)
    exams.add_questions(quiz=quiz.pk, questions=list(_questions()), by=by, at=at)
    exams.publish_quiz(quiz=quiz.pk, by=by, at=at)


def _course(row: CourseRow, unit: UUID, by: Actor, at: datetime) -> None:
    facts = courses.CourseFacts(
        title=row.title,
        unit=unit,
        review_on=timezone.localdate(at) + timedelta(days=300),
        summary=row.summary,
        competency=row.competency,
        level=row.level,
    )
    course = courses.add_course(code=row.code, facts=facts, by=by, at=at)
    for name, scene in row.pictures.items():
        courses.add_material(course=course.pk, name=name, upload=photo(scene, seed=name), by=by, at=at)
    courses.add_lessons(course=course.pk, lessons=list(_lessons(row.code)), by=by, at=at)
    courses.publish_course(course=course.pk, by=by, at=at)


@cache
def _told(code: str) -> str:
    return (WORDS / f"{code}.md").read_text()


def _lessons(code: str) -> Iterator[courses.NewLesson]:
    parts = LESSON.split(_told(code))[1:]
    for title, minutes, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        yield courses.NewLesson(title, int(minutes), courses.written(text))


def _questions() -> Iterator[Asked]:
    """The choices are turned, so that the right one is not always the first of the bank."""
    with (WORDS / f"{QUIZ}.toml").open("rb") as file:
        for turn, told in enumerate(tomllib.load(file)["question"]):
            options, place = told["options"], turn % len(told["options"])
            turned = (*options[1 : place + 1], options[0], *options[place + 1 :])
            yield Asked(told["stem"], turned, place, told["why"])
