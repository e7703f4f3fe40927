"""What somebody said in confidence is heard where it may be, and nowhere else.

Three reports are planted with rare words and a phone number: a sealed one, an anonymous one and a secret one; and an
open one that is sealed after it was public. Each goes through its whole life. Then every page, list, search, file,
mail, log line and table is listened to.
"""

import io
import logging
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from PIL import Image

from lingkar.directory.people.models import Role
from lingkar.foundation.access.web import route
from lingkar.foundation.audit import services as audit
from lingkar.foundation.events.testing import drain
from lingkar.foundation.notify.models import Message
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.listen.reports import keys, services
from lingkar.listen.reports.models import Attachment, Category, Report
from lingkar.site import urls as root
from tests.fixtures import MEMBER, NOW, signed_in
from tests.house import canary
from tests.house.canary import Bird, Sighting
from tests.pages import Browser
from tests.where import Where

SUBJECTS: tuple[tuple[str, str, str, list[str]], ...] = (
    # code, class, unit, terms
    ("kependudukan", "complaint", "dukcapil", ["ktp", "akta"]),
    ("jalan", "complaint", "pupr", ["jalan rusak", "lubang"]),
    ("pungli", "supervised", "inspektorat", ["pungli", "minta uang"]),
    ("lainnya", "complaint", "setda", []),
)
PLANTED = {
    # for each kind a sentence, a word, bait, a phone number and a name
    "sealed": (
        "Petugas loket minta uang untuk akta",
        "kenarikuning",
        "burungsatu",
        "081298701111",
        "Kurnia Rahasiawan",
    ),
    "anonymous": ("KTP saya tidak jadi-jadi", "kenarihijau", "burungdua", "081298702222", ""),
    "secret": ("Akta anak saya salah nama", "kenarimerah", "burungtiga", "081298703333", "Sekar Terpendam"),
    "sealed later": ("KTP dipersulit di loket", "kenaribiru", "burungempat", "081298704444", "Lestari Tersimpan"),
}
CHOICES: dict[str, Any] = {"anonymous": {"anonymous": True}, "secret": {"secret": True}}


@dataclass
class Aviary:
    """The planted cases after their whole life, and where letters, files and log lines of it went."""

    home: Path
    log: io.StringIO
    birds: tuple[Bird, ...] = ()

    def log_tells(self) -> list[str]:
        """Songs that sound in the log since it was last asked."""
        text = self.log.getvalue()
        self.log.truncate(0)
        return sorted({f"{song} of the {bird.kind} case" for bird, song in canary.heard(text, self.birds)})


@pytest.fixture
def aviary(kota, lain, settings, tmp_path):
    """Everything that the installation logs and keeps goes to a folder of this test."""
    settings.ALLOWED_HOSTS, settings.HOME = ["*"], tmp_path
    console = logging.getLogger().handlers[0]
    log = io.StringIO()
    listening = logging.StreamHandler(log)
    listening.setFormatter(console.formatter)
    listening.filters = console.filters
    logging.getLogger().addHandler(listening)
    yield Aviary(tmp_path, log, raised(kota, lain))
    logging.getLogger().removeHandler(listening)


def raised(kota, lain) -> tuple[Bird, ...]:
    """The birds, after all that can happen to a case."""
    for city in (kota, lain):
        with agency_scope(city.agency.pk):
            for code, request_class, unit, terms in SUBJECTS:
                services.add_category(
                    code=code,
                    name=code.title(),
                    request_class=request_class,
                    unit=city.units[unit].pk,
                    terms=terms,
                    sensitive=request_class == "supervised",
                    by=city.system,
                    at=NOW,
                )
    birds = tuple(planted(kota, kind) for kind in PLANTED)
    for bird in birds:
        live(kota, bird)
    return birds


def planted(kota, kind) -> Bird:
    """One report, sent with a photo that tells the phone number as well."""
    sentence, word, bait, phone, name = PLANTED[kind]
    token, by = keys.new_token(), kota.visitor
    mail = f"{name.split()[0].lower()}@pelapor.example" if name else ""
    text = f"{sentence}, {word} {bait}. Hubungi saya di {phone[:4]}-{phone[4:8]}-{phone[8:]}."
    services.save_words(token=token, text=text, photos=[photo(f"{word} {phone}")], by=by, at=NOW)
    where = f"depan {word}, tanya {phone}"
    village = kota.places["village"].pk
    services.save_where(token=token, place=village, location=where, latitude=-6.1234567, longitude=106.7654321)
    receipt = services.send_report(
        token=token,
        reported_unit=kota.units["dukcapil"].pk if kind == "sealed" else None,
        name=name,
        email=mail,
        by=by,
        at=NOW,
        **CHOICES.get(kind, {}),
    )
    drain()
    told = {"word": word, "phone": phone, "name": name, "mail": mail, "code": receipt.code, "token": token}
    songs = {song: words for song, words in told.items() if words}
    return Bird(kind, bait, songs, receipt.report, receipt.number, receipt.code, token, keys.link_for(receipt.report))


def photo(comment: str) -> SimpleUploadedFile:
    """A JPEG that tells more than it shows."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = comment  # ImageDescription
    Image.new("RGB", (64, 48), "navy").save(out, "JPEG", exif=exif, comment=comment.encode())
    return SimpleUploadedFile("foto.jpg", out.getvalue() + comment.encode(), "image/jpeg")


def live(kota, bird: Bird) -> None:
    """Everything that can happen to a case: taken on, noted, answered, referred, closed, rated, reopened, published."""
    word, phone = bird.songs["word"], bird.songs["phone"]
    handler = kota.actor(Role.INSPECTOR, "inspektorat") if bird.kind == "sealed" else kota.actor(Role.OFFICER, None)
    own = "inspektorat" if bird.kind == "sealed" else "dukcapil"

    def do(verb, by=handler, **what):
        seen = {} if verb is services.add_note else {"seen": Report.objects.get(pk=bird.report).revision}
        verb(report=bird.report, by=by, at=NOW, **seen, **what)
        drain()

    do(services.accept_report)
    if bird.kind != "anonymous":  # who reported anonymously left no number that an officer could write down
        do(services.add_note, note=uuid4(), text=f"Kasus {word}, pelapor {phone}")
    do(services.reply_to_reporter, text=f"Kami periksa perihal {word}")
    do(services.refer_report, to_unit=kota.units["setda"].pk, note=f"Mohon bantuan: {word}")
    do(
        services.refer_report,
        by=kota.actor(Role.INSPECTOR, "setda") if bird.kind == "sealed" else handler,
        to_unit=kota.units[own].pk,
        note="Kembali",
    )
    do(services.accept_report)
    if bird.kind in ("anonymous", "sealed later"):
        do(services.publish_report)
    do(services.close_report, text=f"Selesai: {word}", proofs=[photo(f"{word} {phone}")])
    services.rate_report(key=bird.code, rating=2, note=f"Belum puas {word}, {phone}", by=kota.visitor, at=NOW)
    drain()
    services.reopen_report(key=bird.code, reason=f"Masih {word}, {phone}", by=kota.visitor, at=NOW)
    drain()
    if bird.kind == "sealed later":
        do(services.seal_report, by=kota.actor(Role.COORDINATOR, None))


# --- where each song may be heard --------------------------------------------------------------------------------

OPEN_READERS = ("officer", "coordinator", "leader")
LISTS = ("reports:desk", "reports:queue", "reports:register")
CASE = ("reports:office_case",)
OWN = ("reports:case",)
MAY_READ = {
    # for each kind the readers, their songs and the routes
    "sealed": (
        (("inspector",), ("word",), (*LISTS, *CASE)),
        (("inspector",), ("phone",), CASE),
        (("reporter",), ("word", "phone"), OWN),
    ),
    "anonymous": (
        (OPEN_READERS, ("word",), (*LISTS, *CASE)),
        (("reporter",), ("word",), OWN),
    ),
    "secret": (
        (OPEN_READERS, ("word",), (*LISTS, *CASE)),
        (OPEN_READERS, ("phone",), CASE),
        (("reporter",), ("word", "phone"), OWN),
    ),
}
MAY_READ["sealed later"] = MAY_READ["sealed"]
EVERYBODY = ("reports:public", "reports:overdue", "reports:published", "search:page", "search:suggestions")
"""The anonymous case was published: its masked words are for everybody."""
RAW = ("reports_report.text", "reports_report.location", "reports_report.rating_note", "reports_entry.text")
MASKED = (
    "reports_report.text_shown",
    "reports_report.location_shown",
    "reports_entry.text_shown",
    "reports_report.search",
)


def may_be_heard(found: Sighting) -> bool:
    """The table of allowed places."""
    if found.reader == "database":
        raw = found.bird != "anonymous" or found.song == "word"
        return (found.song in ("word", "phone") and raw and found.place in RAW) or (
            found.song == "word" and found.place in MASKED
        )
    if found.bird == "anonymous" and found.song == "word" and found.place in EVERYBODY:
        return True
    if (found.reader, found.song, found.place) == ("reporter", "code", "reports:receipt"):
        return True
    return any(
        found.reader in readers and found.song in songs and found.place in routes
        for readers, songs, routes in MAY_READ[found.bird]
    )


def readers(kota, lain) -> dict[str, Browser]:
    """A browser for everybody there is, in both agencies. ``officer`` holds the role over the unit of the cases."""
    here = {
        "visitor": Browser(),
        MEMBER: signed_in(kota.holder(MEMBER)),
        "officer": signed_in(kota.holder(Role.OFFICER, "dukcapil")),
        "officer elsewhere": signed_in(kota.holder(Role.OFFICER, "pupr")),
        "coordinator": signed_in(kota.holder(Role.COORDINATOR, None)),
        "leader": signed_in(kota.holder(Role.LEADER, None)),
        "inspector": signed_in(kota.holder(Role.INSPECTOR, "inspektorat")),
        "inspector of another unit": signed_in(kota.holder(Role.INSPECTOR, "dukcapil")),
        "operator": signed_in(kota.holder(Role.OPERATOR, None)),
        "visitor of lain": Browser(headers={"host": "lain.example"}),
    }
    with agency_scope(lain.agency.pk):
        roles = ((Role.OFFICER, None), (Role.INSPECTOR, "inspektorat"), (Role.OPERATOR, None))
        return here | {f"{role} of lain": signed_in(lain.holder(role, unit)) for role, unit in roles}


def values(bird: Bird) -> canary.Values:
    """What stands for the arguments of routes that show this case."""
    files = list(Attachment.objects.filter(report=bird.report).values_list("pk", flat=True))
    return {
        "reports:*.report": [bird.report],
        "reports:*.number": [bird.number],
        "reports:*.key": [bird.code, bird.link],
        "reports:*.token": [bird.token],
        "reports:*.attachment": files,
        "reports:*.photo": files,
        "reports:*.category": list(Category.objects.values_list("pk", flat=True)[:1]),
    }


def wrong(found) -> list[str]:
    """Sightings that the table does not allow, as lines."""
    return sorted(
        {f"{s.reader} hears {s.song} of the {s.bird} case in {s.place}" for s in found if not may_be_heard(s)}
    )


FLOCKS = {
    # who reads together, and who of them must hear the phone number of the sealed case
    "outside": (("visitor", MEMBER, "visitor of lain"), {"reporter"}),
    "beside": (("officer", "officer elsewhere", "coordinator", "leader"), set()),
    "above": (("inspector", "inspector of another unit", "operator"), {"inspector"}),
    "of lain": (("officer of lain", "inspector of lain", "operator of lain"), set()),
}


@pytest.mark.long
@pytest.mark.parametrize("flock", FLOCKS)
def test_pages_tell_nobody_more_than_they_may_know(aviary, kota, lain, flock):
    (names, hearing), browsers = FLOCKS[flock], readers(kota, lain)
    walk = canary.Walk({bird: values(bird) for bird in aviary.birds}, Where(kota, "pelayanan"))
    found = {sighting for who in names for sighting in walk.sightings(who, browsers[who])}
    assert not wrong(found), "\n".join(wrong(found))
    assert hearing <= {s.reader for s in found if (s.bird, s.song) == ("sealed", "phone")}, "deaf"
    assert aviary.log_tells() == []


def test_everybody_reads_in_a_flock(aviary, kota, lain):
    assert sorted(who for names, _ in FLOCKS.values() for who in names) == sorted(readers(kota, lain))


def test_tables_and_files_keep_no_more_than_they_may(aviary):
    found = {*canary.in_tables(aviary.birds), *canary.in_folder(aviary.home / "files", aviary.birds, "thief of files")}
    assert not wrong(found), "\n".join(wrong(found))
    assert {s.song for s in found if s.bird == "sealed"} == {"word", "phone"}, "deaf"


def test_mails_and_logs_tell_nothing(aviary):
    mails = list((aviary.home / "mail").glob("*.eml"))
    read = [message_from_bytes(mail.read_bytes(), policy=policy.default) for mail in mails]
    words = "\n".join(
        str(part.get_content()) for mail in read for part in mail.walk() if part.get_content_maintype() == "text"
    )
    assert {song for _, song in canary.heard(words, aviary.birds)} <= {"name"}
    assert len(mails) == Message.objects.filter(state="sent").count()
    assert aviary.log_tells() == []


# --- the listener itself -----------------------------------------------------------------------------------------


def leak(request) -> HttpResponse:
    return HttpResponse(Report.objects.filter(is_sealed=True).order_by("number")[0].text)


def crash(request) -> HttpResponse:
    with transaction.atomic():
        Report.objects.filter(is_sealed=True).update(rating=9)  # the database answers with the whole failing row
    return HttpResponse()


urlpatterns = [
    *root.urlpatterns,
    route("bocor/", leak, name="leak", public=True),
    route("rusak/", crash, name="crash", public=True),
]


def test_a_planted_leak_is_heard(aviary, kota, settings):
    settings.ROOT_URLCONF = __name__
    walk = canary.Walk({bird: values(bird) for bird in aviary.birds[:1]}, Where(kota, "pelayanan"))
    found = set(walk.sightings("visitor", Browser(raise_request_exception=False)))
    assert wrong(found) == [
        "visitor hears phone of the sealed case in leak",
        "visitor hears word of the sealed case in leak",
    ]
    assert walk.answered["crash"] == {500}
    assert aviary.log_tells() == [], "a crash of the database put people's words into the log"


HIDDEN: dict[str, Callable[[str], str]] = {
    "plain": str,
    "hex": lambda text: text.encode().hex(),
    "base64": lambda text: b64encode(text.encode()).decode(),
}


@pytest.mark.parametrize("how", HIDDEN)
def test_a_hidden_song_is_heard(aviary, kota, how):
    bird = aviary.birds[0]
    audit.record(kota.system, "uji.bocor", kota.agency, at=NOW, what=HIDDEN[how](f"a{bird.songs['phone']}b"))
    assert "database hears phone of the sealed case in audit_auditentry.content" in wrong(canary.in_tables([bird]))


def test_a_log_that_talks_is_heard(aviary):
    logging.getLogger("lingkar").info("calling back %s", aviary.birds[0].songs["phone"])
    assert aviary.log_tells() == ["phone of the sealed case"]
