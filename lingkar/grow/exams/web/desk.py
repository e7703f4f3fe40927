"""Pages on which a quiz is made: its facts, its questions with key and explanation, publishing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from lingkar.foundation.access.web import Request
from lingkar.foundation.refusals import Refused
from lingkar.grow.courses.queries import managed as courses_of
from lingkar.grow.exams import queries, services
from lingkar.grow.exams.models import Quiz
from lingkar.grow.exams.web import forms
from lingkar.grow.exams.web.sentences import sentence
from lingkar.grow.exams.writing import Read, questions_in


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponseBase:
    """A new quiz, as a draft that nobody takes yet."""
    form = forms.NewQuizForm(request.POST or None, **_offered(request))
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        made = _done(form, lambda at: services.add_quiz(code=code, facts=form.facts, by=request.actor, at=at))
        if made is not None:
            messages.success(request, _("Saved as a draft. Now write its questions."))
            return redirect("exams:desk", made.pk)
    context = {"form": form, "quiz": None}
    return render(request, "exams/office/facts.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, quiz: UUID) -> HttpResponseBase:
    """Tell something else about a quiz."""
    item = queries.quiz_of(quiz, by=request.actor)
    form = forms.QuizForm(request.POST or None, initial=forms.facts_of(item), **_offered(request))
    if request.method == "POST" and form.is_valid():
        made = _done(form, lambda at: services.change_quiz(quiz=quiz, facts=form.facts, by=request.actor, at=at))
        if made is not None:
            messages.success(request, _("Saved."))
            return redirect("exams:desk", quiz)
    context = {"form": form, "quiz": item}
    return render(request, "exams/office/facts.html", context, status=422 if form.errors else 200)


def _offered(request: Request) -> dict[str, Any]:
    units = queries.units_of(request.actor, day=timezone.localdate())
    return {
        "units": [(str(unit.pk), unit.name) for unit in units],
        "courses": [(row.code, row.title) for row in courses_of(request.actor)],
    }


def _done(form: Any, act: Any) -> Quiz | None:
    """The quiz; None when it was refused, and then the form says why."""
    try:
        made: Quiz = act(timezone.now())
    except Refused as no:
        form.add_error(None, sentence(no))
    except ValidationError as fault:
        form.add_error(None, fault)
    else:
        return made
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: Request, quiz: UUID) -> HttpResponseBase:
    """The questions of a quiz, and a place to write or paste more: first shown as understood, then kept."""
    item = queries.quiz_of(quiz, by=request.actor)
    form = forms.QuestionsForm(request.POST or None)
    read: list[Read] = []
    if request.method == "POST" and form.is_valid():
        read = questions_in(form.cleaned_data["text"])
        is_good = bool(read) and all(one.wrong is None for one in read)
        if not read:
            form.add_error("text", _("No question was found in it. Look at the example."))
        elif is_good and "keep" in request.POST:
            return _keep(request, item, read)
    return _page(request, item, form, read)


def _keep(request: Request, item: Quiz, read: list[Read]) -> HttpResponseBase:
    try:
        services.add_questions(quiz=item.pk, questions=[one.asked for one in read], by=request.actor, at=timezone.now())
    except Refused as no:
        messages.warning(request, sentence(no))
    else:
        words = ngettext("%(n)d question was added.", "%(n)d questions were added.", len(read))
        messages.success(request, words % {"n": len(read)})
    return redirect("exams:desk", item.pk)


def _page(request: Request, item: Quiz, form: forms.QuestionsForm, read: list[Read]) -> HttpResponse:
    wrong = sum(one.wrong is not None for one in read)
    questions = queries.questions_of(item)
    context = {
        "quiz": item,
        "form": form,
        "read": [(one, _shown(one.asked.options, one.asked.key), one.wrong and sentence(one.wrong)) for one in read],
        "wrong": wrong,
        "is_good": bool(read) and not wrong,
        "questions": [(row, _shown(row.options, row.key)) for row in questions],
        "lacks": max(0, item.shown - len(questions)),
        "is_taken": queries.is_taken(item),
    }
    status = 422 if form.errors or wrong else 200
    return render(request, "exams/office/desk.html", context, status=status)


def _shown(options: Any, key: int) -> list[tuple[str, bool]]:
    return [(words, place == key) for place, words in enumerate(options)]


@require_POST
def remove(request: Request, quiz: UUID, number: int) -> HttpResponseBase:
    """Take a question out of a quiz that nobody has taken."""
    try:
        services.remove_question(quiz=quiz, number=number, by=request.actor, at=timezone.now())
    except Refused as no:
        messages.warning(request, sentence(no))
    else:
        messages.success(request, _("The question is gone."))
    return redirect("exams:desk", quiz)


@require_POST
def publish(request: Request, quiz: UUID) -> HttpResponseBase:
    """Let people take it."""
    try:
        services.publish_quiz(quiz=quiz, by=request.actor, at=timezone.now())
    except Refused as no:
        messages.warning(request, sentence(no))
    else:
        messages.success(request, _("Published. Those for whom it is meant may take it now."))
    return redirect("exams:desk", quiz)
