"""Addresses of programmes."""

from lingkar.foundation.access.web import route
from lingkar.grow.programmes.access import Action
from lingkar.grow.programmes.web import mine, office, office_marks, office_people, teaching

MINE = "program/<slug:code>/"
OFFICE = "pelatihan/"
ONE = f"{OFFICE}<slug:code>/"
PERSON = "peserta/<uuid:participant>/"
SESSION = "mengajar/sesi/<uuid:session>/"

app_name = "programmes"
urlpatterns = [
    route("program/", mine.listing, name="own", signed_in=True),
    route(MINE, mine.one, name="mine", signed_in=True),
    route(f"{MINE}tanggapan/", mine.react, name="react", signed_in=True),
    route("hadir/", mine.here, name="here", signed_in=True),
    route("hadir/<str:token>/", mine.scanned, name="scanned", signed_in=True),
    route("mengajar/", teaching.today, name="teaching", signed_in=True),
    route("mengajar/nilai/<slug:code>/", office_marks.book, name="guided", signed_in=True),
    route(SESSION, teaching.session, name="session", signed_in=True),
    route(f"{SESSION}layar/", teaching.wall, name="wall", signed_in=True),
    route(PERSON, office_people.participant, name="participant", signed_in=True),
    route(f"{PERSON}keluar/", office_people.leave, name="leave", needs=Action.MANAGE),
    route(OFFICE, office.listing, name="manage", needs=Action.MANAGE),
    route(f"{OFFICE}baru/", office.add, name="add", needs=Action.MANAGE),
    route(ONE, office.cohort, name="cohort", needs=Action.MANAGE),
    route(f"{ONE}ubah/", office.change, name="change", needs=Action.MANAGE),
    route(f"{ONE}bobot/", office.weights, name="weights", needs=Action.MANAGE),
    route(f"{ONE}lanjut/", office.move, name="move", needs=Action.MANAGE),
    route(f"{ONE}peserta/", office_people.roster, name="roster", needs=Action.MANAGE),
    route(f"{ONE}peserta/berkas/", office_people.send_roster, name="send_roster", needs=Action.MANAGE),
    route(f"{ONE}peserta/tambah/", office_people.add_one, name="add_one", needs=Action.MANAGE),
    route(f"{ONE}tugas/", office.duties, name="duties", needs=Action.MANAGE),
    route(f"{ONE}jadwal/", office.schedule, name="schedule", needs=Action.MANAGE),
    route(f"{ONE}nilai/", office_marks.book, name="book", needs=Action.MANAGE),
    route(f"{ONE}rapat/", office_marks.meeting, name="meeting", needs=Action.MANAGE),
    route(f"{ONE}rapat/<int:number>.pdf", office_marks.minutes, name="minutes", needs=Action.MANAGE),
]
