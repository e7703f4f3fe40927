"""What is kept, what is refused, and what leaves no trace."""

import io
import os
import shutil
import stat
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from PIL import Image, ImageOps

from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.audit.models import AuditEntry
from lingkar.foundation.files import jobs, queries, rules, services, storage
from lingkar.foundation.files.models import FileKind, StoredFile
from lingkar.foundation.files.tests import hostile
from lingkar.foundation.files.web import sentence, serve
from lingkar.foundation.files.web.sentences import SENTENCES
from lingkar.foundation.files.web.uploads import TooLargeFile
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.tenancy.queries import agency_scope

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture
def by(settings, tmp_path):
    settings.HOME = tmp_path
    agency = Agency.objects.create(code="kota", name="Kota")
    with agency_scope(agency.pk):
        yield Actor.visitor(agency.pk)


def store(content, by, *, name="IMG_1.jpg", kind=FileKind.PHOTO):
    upload = SimpleUploadedFile(name, content, content_type="image/jpeg")
    return services.store(upload, kind=kind, purpose="test.photo", by=by, at=NOW)


def body(response) -> bytes:
    """Everything a response sends; closes its file as the server would."""
    content: bytes = response.getvalue()
    response.close()
    return content


def stored(row, **which) -> bytes:
    with queries.content(row, **which) as content:
        return content.read()


def test_a_photo_is_kept_as_a_plain_jpeg_of_at_most_2000_pixels(by):
    row = store(hostile.picture(size=(4000, 3000)), by)
    assert (row.media_type, row.width, row.height) == ("image/jpeg", 2000, 1500)
    with Image.open(io.BytesIO(stored(row))) as full, Image.open(io.BytesIO(stored(row, small=True))) as small:
        assert (full.format, full.size, small.size) == ("JPEG", (2000, 1500), (640, 480))
    assert row.size == len(stored(row))
    assert list(queries.faults()) == []


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_every_accepted_format_becomes_a_jpeg(by, form):
    assert stored(store(hostile.picture(form), by)).startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK"])
def test_colours_of_every_kind_are_read(by, mode):
    form = "JPEG" if mode == "CMYK" else "PNG"
    assert store(hostile.picture(form, mode=mode, colour=0), by).is_picture


def test_what_is_transparent_becomes_white(by):
    row = store(hostile.picture("PNG", mode="RGBA", colour=(0, 0, 0, 0)), by)
    with Image.open(io.BytesIO(stored(row))) as image:
        assert image.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_no_place_author_or_comment_is_kept(by, form):
    sent = hostile.photo_with_secrets(form)
    assert hostile.CANARY in sent
    row = store(sent, by, name="Siti Rahmawati.jpg")
    for small in (False, True):
        kept = stored(row, small=small)
        assert b"CANARY" not in kept
        with Image.open(io.BytesIO(kept)) as image:
            assert dict(image.getexif()) == {}
            assert not {"icc_profile", "exif", "xmp", "comment"} & set(image.info)
    assert "Siti" not in row.name


def test_a_photo_taken_sideways_stands_upright(by):
    row = store(hostile.picture(size=(60, 40), exif=hostile.exif(orientation=6)), by)
    assert (row.width, row.height) == (40, 60)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_a_broken_exif_does_not_cost_the_photo(by):
    assert store(hostile.picture(exif=b"Exif\0\0II*\0\xff\xff\xff\xff"), by).is_picture


def test_the_first_view_of_a_photo_with_several_is_kept(by):
    assert store(hostile.several_views(), by).is_picture


def test_what_hides_behind_a_photo_is_gone(by):
    for tail in (hostile.archive(), hostile.HTML, hostile.pdf()):
        kept = stored(store(hostile.picture() + tail, by))
        assert tail[:20] not in kept
        assert kept.endswith(b"\xff\xd9")


BAD_PHOTOS = list(hostile.not_photos())


@pytest.mark.parametrize(("name", "content", "as_photo", "as_proof"), BAD_PHOTOS, ids=[row[0] for row in BAD_PHOTOS])
@pytest.mark.parametrize("kind", [FileKind.PHOTO, FileKind.PROOF])
def test_a_hostile_file_is_refused_with_a_sentence(by, kind, name, content, as_photo, as_proof):
    with pytest.raises(Refused) as no:
        store(content, by, name=name, kind=kind)
    assert no.value.code == f"files.{as_photo if kind == FileKind.PHOTO else as_proof}"
    assert sentence(no.value)
    assert not StoredFile.objects.exists()
    assert list(storage.folder().rglob("*")) == []


BAD_PDFS = list(hostile.not_proofs())


@pytest.mark.parametrize(("name", "content", "code"), BAD_PDFS, ids=[row[0] for row in BAD_PDFS])
def test_a_pdf_that_does_something_is_refused(by, name, content, code):
    with pytest.raises(Refused) as no:
        store(content, by, name=name, kind=FileKind.PROOF)
    assert no.value.code == f"files.{code}"
    with pytest.raises(Refused, match="not_a_photo"):
        store(content, by, name=name)


def test_a_pdf_is_kept_as_it_was_sent_under_a_clean_name(by):
    row = store(hostile.pdf(), by, name="../../etc/Berita acara\r\nX: y\u202efdp.exe", kind=FileKind.PROOF)
    assert stored(row) == hostile.pdf()
    assert (row.name, row.media_type, row.is_picture) == ("Berita acara X y fdp.pdf", "application/pdf", False)
    assert store(hostile.packed_pdf(b"<< /JSON 1 >>"), by, kind=FileKind.PROOF)


def test_letters_that_stand_in_a_pdf_by_chance_are_no_script(by):
    assert store(hostile.pdf(b"<< /Alt (https://kota.example/sertifikat/JS58-SMTX-1451/) >>"), by, kind=FileKind.PROOF)
    assert store(hostile.scanned_pdf(b"\xff\xd8\x01/JS\x02\x9c/XFA\xfe"), by, kind=FileKind.PROOF)


@pytest.mark.parametrize("name", ["", ".", "...", "\u202e.pdf", "///", "CON:.pdf", "x" * 300])
def test_no_name_is_dangerous(name):
    clean = rules.clean_name(name)
    assert clean.endswith(".pdf")
    assert 5 <= len(clean) <= 84
    assert clean.isprintable()
    assert not set(clean) & set('/\\:"<>|\r\n')


def test_files_are_private_on_disk(by):
    row = store(hostile.picture(), by)
    for small in (False, True):
        path = storage.path_of(row.pk, small=small)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_full_disk_is_said_and_leaves_nothing(by, monkeypatch):
    def full(handle):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Refused, match="no_room"):
        store(hostile.picture(), by)
    assert [path for path in storage.folder().rglob("*") if path.is_file()] == []


def test_files_leave_the_last_room_of_the_disk_to_the_database(by, monkeypatch):
    left = shutil._ntuple_diskusage(10**12, 10**12, storage.RESERVE + 100)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: left)
    with pytest.raises(Refused, match="no_room"):
        store(hostile.picture(), by)
    assert queries.has_room()


def test_a_removed_file_is_gone_after_the_commit(by, django_capture_on_commit_callbacks):
    row = store(hostile.picture(), by)
    with django_capture_on_commit_callbacks(execute=True):
        services.remove(file=row.pk, by=by, at=NOW)
        assert storage.path_of(row.pk).exists()
    assert not storage.path_of(row.pk).exists()
    assert not storage.path_of(row.pk, small=True).exists()
    assert sorted(AuditEntry.objects.values_list("verb", flat=True)) == ["files.removed", "files.stored"]


def test_another_agencys_file_is_unseen(by):
    row = store(hostile.picture(), by)
    other = Agency.objects.create(code="kab", name="Kabupaten")
    with agency_scope(other.pk), pytest.raises(Unseen):
        services.remove(file=row.pk, by=Actor.visitor(other.pk), at=NOW)


def test_what_no_row_names_is_swept_after_a_day(by):
    kept, lost, fresh = store(hostile.picture(), by), uuid4(), uuid4()
    storage.write(lost, b"x")
    storage.write(lost, b"x", small=True)
    storage.write(fresh, b"x")
    old = (NOW - timedelta(days=2)).timestamp()
    for file in (kept.pk, lost):
        os.utime(storage.path_of(file), (old, old))
    os.utime(storage.path_of(fresh), (NOW.timestamp(), NOW.timestamp()))
    assert services.sweep(at=NOW) == 1
    assert [storage.path_of(file).exists() for file in (kept.pk, lost, fresh)] == [True, False, True]
    assert not storage.path_of(lost, small=True).exists()


def test_a_lost_or_changed_file_is_found(by):
    good, lost, changed = (store(hostile.picture(), by) for _ in range(3))
    storage.remove(lost.pk)
    storage.path_of(changed.pk).write_bytes(b"x")
    assert {fault.file: fault.reason for fault in queries.faults()} == {lost.pk: "lost", changed.pk: "changed"}
    with pytest.raises(Http404):
        serve(lost)
    assert good


def test_a_picture_is_served_so_that_nothing_runs(by):
    row = store(hostile.picture(), by)
    response = serve(row)
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"].startswith("inline")
    assert body(response) == stored(row)
    assert body(serve(row, small=True)) == stored(row, small=True)
    download = serve(row, inline=False)
    assert download["Content-Disposition"].startswith("attachment")
    download.close()


def test_a_pdf_is_always_a_download(by):
    response = serve(store(hostile.pdf(), by, name="Laporan.pdf", kind=FileKind.PROOF), inline=True)
    assert response["Content-Disposition"] == 'attachment; filename="Laporan.pdf"'
    response.close()


def test_every_refusal_of_this_module_has_a_sentence():
    details = {"files.too_large": {"most": 15}, "files.too_many_pixels": {"most": 50}}
    for code in SENTENCES:
        assert sentence(Refused(code, **details.get(code, {})))


def test_the_nightly_job_sweeps(by, monkeypatch):
    lost = uuid4()
    storage.write(lost, b"x")
    os.utime(storage.path_of(lost), (0, 0))
    jobs.sweep(0)
    assert not storage.path_of(lost).exists()


def test_a_file_that_was_dropped_while_it_came_in_is_too_large(by):
    marker = TooLargeFile(io.BytesIO(), name="video.mp4", size=60 * rules.MB)
    with pytest.raises(Refused) as no:
        services.store(marker, kind=FileKind.PHOTO, by=by, at=NOW)
    assert (no.value.code, no.value.details) == ("files.too_large", {"most": 15})


def test_whatever_is_wrong_with_exif_the_photo_is_kept_as_it_lies(by, monkeypatch):
    def fails(image):
        raise SyntaxError("not a TIFF file")

    monkeypatch.setattr(ImageOps, "exif_transpose", fails)
    row = store(hostile.picture(size=(60, 40), exif=hostile.exif(orientation=6)), by)
    assert (row.width, row.height) == (60, 40)


def test_a_pdf_with_a_stream_that_cannot_be_unpacked_is_judged_by_the_rest(by):
    odd = hostile.pdf(b"2 0 obj << /Type /ObjStm >> stream\nnot packed\nendstream endobj")
    assert store(odd, by, kind=FileKind.PROOF).media_type == "application/pdf"
