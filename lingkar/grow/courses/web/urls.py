"""Addresses of courses: for learners below /belajar/, for makers below /kursus/."""

from lingkar.foundation.access.web import route
from lingkar.grow.courses.access import Action
from lingkar.grow.courses.web import learning, making

LEARN = "belajar/"
MAKE = "kursus/"
DESK = f"{MAKE}<uuid:course>/"
LESSON = f"{MAKE}pelajaran/<uuid:lesson>/"

app_name = "courses"
urlpatterns = [
    route(LEARN, learning.own, name="own", signed_in=True),
    route(f"{LEARN}kirim/", learning.keep, name="keep", signed_in=True),
    route(f"{LEARN}berkas/<uuid:material>/", learning.material, name="material", signed_in=True),
    route(f"{LEARN}<slug:code>/", learning.course, name="course", signed_in=True),
    route(f"{LEARN}<slug:code>/<int:number>/", learning.lesson, name="lesson", signed_in=True),
    route(MAKE, making.listing, name="manage", needs=Action.MAKE),
    route(f"{MAKE}baru/", making.add, name="add", needs=Action.MAKE),
    route(DESK, making.one, name="desk", needs=Action.MAKE),
    route(f"{DESK}ubah/", making.edit, name="edit", needs=Action.MAKE),
    route(f"{DESK}terbit/", making.publish, name="publish", needs=Action.MAKE),
    route(f"{DESK}bahan/", making.upload, name="upload", needs=Action.MAKE),
    route(f"{DESK}peserta/", making.learners, name="learners", needs=Action.MAKE),
    route(f"{DESK}pelajaran/", making.add_lesson, name="add_lesson", needs=Action.MAKE),
    route(LESSON, making.write, name="write", needs=Action.MAKE),
    route(f"{LESSON}urutan/", making.move, name="move", needs=Action.MAKE),
    route(f"{LESSON}hapus/", making.remove, name="remove", needs=Action.MAKE),
]
