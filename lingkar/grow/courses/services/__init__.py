"""Verbs: write and publish courses, enrol people, keep what they did."""

from lingkar.grow.courses.rules import Check, written
from lingkar.grow.courses.services.enrolling import enrol_many, leave
from lingkar.grow.courses.services.learning import Told, keep_progress
from lingkar.grow.courses.services.making import (
    CourseFacts,
    NewLesson,
    add_course,
    add_lessons,
    add_material,
    change_course,
    change_lesson,
    move_lesson,
    publish_course,
    remove_lesson,
    remove_material,
)

__all__ = [
    "Check",
    "CourseFacts",
    "NewLesson",
    "Told",
    "add_course",
    "add_lessons",
    "add_material",
    "change_course",
    "change_lesson",
    "enrol_many",
    "keep_progress",
    "leave",
    "move_lesson",
    "publish_course",
    "remove_lesson",
    "remove_material",
    "written",
]
