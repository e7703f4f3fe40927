"""Questions about courses, lessons and how far people are."""

from lingkar.grow.courses.queries.learning import (
    LearnedCourse,
    LessonSeen,
    course_for,
    is_enrolled,
    learned_by,
    lesson_for,
    material_for,
)
from lingkar.grow.courses.queries.making import (
    Brief,
    CourseLine,
    Desk,
    LearnerLine,
    coded,
    course_coded,
    course_made,
    desk_of,
    learners_of,
    lesson_to_write,
    managed,
    units_of,
)
from lingkar.grow.courses.queries.progress import CourseProgress, finished_through, progress_of

__all__ = [
    "Brief",
    "CourseLine",
    "CourseProgress",
    "Desk",
    "LearnedCourse",
    "LearnerLine",
    "LessonSeen",
    "coded",
    "course_coded",
    "course_for",
    "course_made",
    "desk_of",
    "finished_through",
    "is_enrolled",
    "learned_by",
    "learners_of",
    "lesson_for",
    "lesson_to_write",
    "managed",
    "material_for",
    "progress_of",
    "units_of",
]
