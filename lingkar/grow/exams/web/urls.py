"""Addresses of quizzes: for takers below /ujian/, for makers below /kuis/."""

from lingkar.foundation.access.web import route
from lingkar.grow.exams.access import Action
from lingkar.grow.exams.web import desk, door, making, taking

ONE = "ujian/<slug:code>/"
QUIZ = "kuis/<uuid:quiz>/"

app_name = "exams"
urlpatterns = [
    route("ujian/", taking.own, name="own", signed_in=True),
    route("ujian/simpan/", door.save, name="save", public=True),  # its token is the key
    route(ONE, taking.intro, name="quiz", signed_in=True),
    route(f"{ONE}soal/<int:number>/", taking.turn, name="turn", signed_in=True),
    route(f"{ONE}naskah/", taking.paper, name="paper", signed_in=True),
    route(f"{ONE}kumpul/", taking.hand_in, name="hand_in", signed_in=True),
    route(f"{ONE}hasil/<int:number>/", taking.result, name="result", signed_in=True),
    route("kuis/", making.listing, name="manage", needs=Action.MAKE),
    route("kuis/baru/", desk.add, name="add", needs=Action.MAKE),
    route(f"{QUIZ}soal/", desk.desk, name="desk", needs=Action.MAKE),
    route(f"{QUIZ}soal/<int:number>/hapus/", desk.remove, name="remove", needs=Action.MAKE),
    route(f"{QUIZ}ubah/", desk.edit, name="edit", needs=Action.MAKE),
    route(f"{QUIZ}terbit/", desk.publish, name="publish", needs=Action.MAKE),
    route(QUIZ, making.results, name="results", needs=Action.MAKE),
]
