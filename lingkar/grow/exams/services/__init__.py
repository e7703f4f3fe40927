"""Verbs: write and publish quizzes, take them."""

from lingkar.grow.exams.rules import Asked
from lingkar.grow.exams.services.answering import Given, Kept, save_answer
from lingkar.grow.exams.services.making import (
    QuizFacts,
    add_questions,
    add_quiz,
    change_quiz,
    publish_quiz,
    remove_question,
)
from lingkar.grow.exams.services.taking import begin_anew, expire, open_attempt, submit_attempt

__all__ = [
    "Asked",
    "Given",
    "Kept",
    "QuizFacts",
    "add_questions",
    "add_quiz",
    "begin_anew",
    "change_quiz",
    "expire",
    "open_attempt",
    "publish_quiz",
    "remove_question",
    "save_answer",
    "submit_attempt",
]
