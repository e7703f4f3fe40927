"""Pages of those who make courses."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lingkar.directory.orgs.queries import INDENT, depth
from lingkar.foundation.access.web import Request
from lingkar.foundation.refusals import Refused
from lingkar.foundation.refusals.typed import CHANGED
from lingkar.foundation.sheets.web import export, wanted
from lingkar.foundation.ui.filters import remembered
from lingkar.grow.courses import queries, services
from lingkar.grow.courses.queries import CourseLine
from lingkar.grow.courses.web import forms
from lingkar.grow.courses.web.rows import managed_rows
from lingkar.grow.courses.web.sentences import sentence

PER_PAGE = 30
COLUMNS: Mapping[str | Promise, Callable[[CourseLine], Any]] = {
    gettext_lazy("Code"): lambda row: row.code,
    gettext_lazy("Course"): lambda row: row.title,
    gettext_lazy("Unit"): lambda row: row.unit,
    gettext_lazy("State"): lambda row: row.state,
    gettext_lazy("Minutes"): lambda row: row.minutes,
    gettext_lazy("Learners"): lambda row: row.learners,
    gettext_lazy("To be reviewed on"): lambda row: row.review_on,
}
LEARNERS: Mapping[str | Promise, Callable[[Any], Any]] = {
    gettext_lazy("Name"): lambda row: row["name"],
    gettext_lazy("Since"): lambda row: row["first"],
    gettext_lazy("Lessons done"): lambda row: row["done"],
    gettext_lazy("Finished"): lambda row: row["end"],
}


@require_safe
def listing(request: Request) -> HttpResponseBase:
    """The courses that one makes."""
    if elsewhere := remembered(request):
        return elsewhere
    form = forms.ShelfFilter({name: str(value).replace("\0", "") for name, value in request.GET.items()})
    given = form.chosen
    rows = queries.managed(request.actor, state=given["keadaan"], text=given["q"])
    if wanted(request):
        return export(request, rows, COLUMNS, name="kursus")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    lines = list(managed_rows(page, today=timezone.localdate()))
    context = {"form": form, "page": page, "rows": lines, "is_filtered": any(given.values())}
    return render(request, "courses/office/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Request) -> HttpResponseBase:
    """A new course."""
    form = forms.NewCourseForm(request.POST or None, units=_units(request))
    if request.method == "POST" and form.is_valid():
        given = {"code": form.cleaned_data["code"], "facts": form.facts}
        made = _done(form, lambda: services.add_course(by=request.actor, at=timezone.now(), **given))
        if made:
            messages.success(request, _("Saved as a draft. Now write its first lesson."))
            return redirect("courses:desk", made.pk)
    return _form_page(request, form, "courses/office/facts.html", {"course": None})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, course: UUID) -> HttpResponseBase:
    """Tell something else about a course."""
    desk = queries.desk_of(course, by=request.actor)
    form = forms.CourseForm(request.POST or None, initial=forms.facts_of(desk.course), units=_units(request))
    if request.method == "POST" and form.is_valid():
        facts = form.facts
        if _done(form, lambda: services.change_course(course=course, facts=facts, by=request.actor, at=timezone.now())):
            messages.success(request, _("Saved."))
            return redirect("courses:desk", course)
    return _form_page(request, form, "courses/office/facts.html", {"course": desk.course})


@require_safe
def one(request: Request, course: UUID) -> HttpResponse:
    """A course with its lessons, files and learners."""
    return _desk_page(request, course)


def _desk_page(request: Request, course: UUID, *, status: int = 200, **more: Any) -> HttpResponse:
    desk = queries.desk_of(course, by=request.actor)
    context = {"desk": desk, "course": desk.course, "uploading": forms.MaterialForm(), **more}
    return render(request, "courses/office/one.html", context, status=status)


@require_POST
def publish(request: Request, course: UUID) -> HttpResponseBase:
    """Let people learn from it."""
    return _act(
        request,
        course,
        lambda: services.publish_course(course=course, by=request.actor, at=timezone.now()),
        _("Published. Who is enrolled finds it under “Learn”."),
    )


@require_POST
def upload(request: Request, course: UUID) -> HttpResponseBase:
    """A file for the lessons."""
    form = forms.MaterialForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        by, at = request.actor, timezone.now()
        row = _done(form, lambda: services.add_material(course=course, name=file.name, upload=file, by=by, at=at))
        if row:
            messages.success(request, _("Kept as %(name)s.") % {"name": row.name})
            return redirect("courses:desk", course)
    return _desk_page(request, course, status=422, uploading=form)


@require_safe
def learners(request: Request, course: UUID) -> HttpResponseBase:
    """Who learns from a course, and how far they are."""
    rows = queries.learners_of(course, by=request.actor)
    if wanted(request):
        return export(request, rows, LEARNERS, name="peserta-kursus", personal=True)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    item, lessons = queries.course_made(course, by=request.actor)
    context = {"course": item, "page": page, "lessons": lessons}
    return render(request, "courses/office/learners.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_lesson(request: Request, course: UUID) -> HttpResponseBase:
    """A lesson after those that are there."""
    desk = queries.desk_of(course, by=request.actor)
    form = forms.LessonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lessons, by, at = [form.lesson], request.actor, timezone.now()
        if _done(form, lambda: services.add_lessons(course=course, lessons=lessons, by=by, at=at)):
            messages.success(request, _("Saved."))
            return redirect("courses:desk", course)
    return _form_page(request, form, "courses/office/lesson.html", {"course": desk.course, "desk": desk})


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Request, lesson: UUID) -> HttpResponseBase:
    """Write a lesson anew."""
    row = queries.lesson_to_write(lesson, by=request.actor)
    form = forms.LessonForm(request.POST or None, initial=forms.words_of(row), mark=str(row.revision))
    if request.method == "POST" and form.is_valid():
        given = {"new": form.lesson, "seen": form.cleaned_data["seen"]}
        by, at = request.actor, timezone.now()
        if _done(form, lambda: services.change_lesson(lesson=lesson, by=by, at=at, **given)):
            messages.success(request, _("Saved."))
            return redirect("courses:desk", row.course_id)
    desk = queries.desk_of(row.course_id, by=request.actor)
    return _form_page(request, form, "courses/office/lesson.html", {"course": desk.course, "desk": desk, "row": row})


@require_POST
def move(request: Request, lesson: UUID) -> HttpResponseBase:
    """Up or down."""
    row, up = queries.lesson_to_write(lesson, by=request.actor), request.POST.get("arah") == "naik"
    services.move_lesson(lesson=lesson, up=up, by=request.actor, at=timezone.now())
    return redirect("courses:desk", row.course_id)


@require_POST
def remove(request: Request, lesson: UUID) -> HttpResponseBase:
    """Take a lesson out."""
    row = queries.lesson_to_write(lesson, by=request.actor)
    act = lambda: services.remove_lesson(lesson=lesson, by=request.actor, at=timezone.now())  # noqa: E731
    return _act(request, row.course_id, act, _("The lesson is gone."))


def _act(request: Request, course: UUID, act: Callable[[], Any], done: str) -> HttpResponseBase:
    try:
        act()
    except Refused as no:
        messages.error(request, sentence(no))
    else:
        messages.success(request, done)
    return redirect("courses:desk", course)


def _done(form: Any, act: Callable[[], Any]) -> Any:
    """What the act gives; None when it was refused, and then the form says why."""
    try:
        return act()
    except Refused as no:
        if no.code == CHANGED:
            form.keep_both()
            return None
        field = {"courses.no_title": "title", "courses.minutes": "minutes"}.get(no.code)
        form.add_error(field or ("file" if "file" in form.fields else "words"), sentence(no))
    except ValidationError as fault:
        for name, words in fault.message_dict.items():
            taken = name == "__all__" and "code" in form.fields
            form.add_error("code" if taken else name if name in form.fields else None, words)
    return None


def _form_page(request: Request, form: Any, template: str, more: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, template, {"form": form, "example": EXAMPLE, **more}, status=status)


def _units(request: Request) -> list[tuple[str, str]]:
    units = queries.units_of(request.actor, day=timezone.localdate())
    return [(str(unit.pk), INDENT * depth(unit.path) + unit.name) for unit in units]


EXAMPLE = """## Judul bagian
Teks dengan **huruf tebal** dan daftar:

- satu
- dua

::gambar loket.jpg | Petugas menyapa warga | Loket 2 pada pagi hari
::audio sapaan.mp3 | Contoh sapaan | Selamat pagi, Ibu. Ada yang bisa saya bantu?
::video antrean.mp4 | Alur antrean | Warga mengambil nomor, lalu duduk.
::berkas kartu-saku.pdf | Kartu saku standar pelayanan

?? Warga datang tanpa fotokopi KTP. Apa yang Anda lakukan?
( ) Memintanya pulang || Fotokopi bukan persyaratan dalam standar ini.
(x) Melayaninya || Tepat: yang berlaku adalah standar yang diumumkan.
"""
