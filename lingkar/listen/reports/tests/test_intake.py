"""What a citizen writes before it is sent: nothing lost, nothing kept twice, nothing kept too long."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from lingkar.foundation.access import Unseen
from lingkar.foundation.files.models import StoredFile
from lingkar.foundation.privacy.codes import digest
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.listen.reports import keys, queries, services
from lingkar.listen.reports.models import Attachment, Draft, Report


def photo(colour="steelblue", name="foto.jpg"):
    buffer = BytesIO()
    Image.new("RGB", (32, 24), colour).save(buffer, "JPEG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/jpeg")


def write(city, token, text="Jalan rusak", photos=(), drop=(), at=None):
    return services.save_words(token=token, text=text, photos=photos, drop=drop, by=city.visitor, at=at or city.at)


def codes(not_kept):
    return [no.why.code for no in not_kept]


def test_a_bad_file_takes_neither_the_words_nor_the_good_photos_with_it(city):
    token = keys.new_token()
    zipped = SimpleUploadedFile("liburan.jpg", b"PK\x03\x04" + b"0" * 100)
    not_kept = write(city, token, photos=[photo("red"), zipped, photo("blue")])
    assert [(no.photo, no.why.code) for no in not_kept] == [("liburan.jpg", "files.not_a_photo")]
    draft = queries.draft_of(token)
    assert (draft.text, draft.photos.count()) == ("Jalan rusak", 2)


def test_words_that_are_too_long_do_not_take_the_photos_with_them(city):
    token = keys.new_token()
    assert codes(write(city, token, text="x" * 5001, photos=[photo()])) == ["reports.too_long"]
    assert queries.draft_of(token).photos.count() == 1


def test_one_photo_too_many_is_left_out(city):
    token = keys.new_token()
    photos = [photo(colour, f"{colour}.jpg") for colour in ("red", "green", "blue", "white")]
    assert [(no.photo, no.why.code) for no in write(city, token, photos=photos)] == [
        ("white.jpg", "reports.too_many_photos")
    ]
    assert queries.draft_of(token).photos.count() == 3


def test_nothing_at_all_leaves_no_draft(city):
    assert codes(write(city, keys.new_token(), text=" \n ")) == ["reports.empty"]
    assert not Draft.objects.exists()


def test_the_same_form_sent_twice_keeps_each_photo_once(city):
    token = keys.new_token()
    for _ in range(2):
        assert write(city, token, photos=[photo("red"), photo("blue")]) == ()
    assert (Attachment.objects.count(), StoredFile.objects.count()) == (2, 2)


def test_a_photo_that_is_taken_off_is_gone(city):
    token = keys.new_token()
    write(city, token, photos=[photo("red"), photo("blue")])
    first = queries.draft_of(token).photos.first()
    write(city, token, drop=[first.pk, uuid4()])
    assert [a.pk for a in queries.draft_of(token).photos.all()] != [first.pk]
    assert StoredFile.objects.count() == 1


def test_nobody_takes_a_photo_off_another_report(city):
    mine, other = keys.new_token(), keys.new_token()
    write(city, other, photos=[photo()])
    write(city, mine, drop=[queries.draft_of(other).photos.get().pk])
    assert queries.draft_of(other).photos.count() == 1


def test_a_sent_report_cannot_be_written_again(city):
    token = keys.new_token()
    city.send(token=token)
    with pytest.raises(Refused, match="already_sent"):
        write(city, token)
    assert not Draft.objects.exists()


def test_an_empty_draft_is_not_sent(city):
    token = keys.new_token()
    write(city, token, text="", photos=[photo()])
    services.save_where(token=token, place=city.place.pk, location="", latitude=None, longitude=None)
    services.save_words(
        token=token, text="", drop=[queries.draft_of(token).photos.get().pk], by=city.visitor, at=city.at
    )
    assert queries.draft_of(token) is None


def test_old_drafts_leave_with_their_photos(city):
    write(city, keys.new_token(), photos=[photo()])
    assert services.purge_drafts(by=city.visitor, at=city.at + timedelta(hours=25)) == 1
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("reported", [None, "dukcapil", "inspektorat"])
@pytest.mark.parametrize("text", ["KTP lama", "petugas minta uang", "ada lubang", "halo", "KTP minta uang lubang"])
def test_what_the_preview_shows_is_what_happens(city, text, reported):
    token = keys.new_token()
    unit = city.units[reported].pk if reported else None
    write(city, token, text)
    services.save_where(token=token, place=None, location="hp 081234567890", latitude=None, longitude=None)
    today = city.at.date()
    shown = queries.preview_of(token, reported_unit=unit, by=city.visitor, today=today)
    receipt = services.send_report(token=token, reported_unit=unit, by=city.visitor, at=city.at)
    report = Report.objects.get(pk=receipt.report)
    assert (shown.unit, shown.category, shown.is_sealed) == (report.unit, report.category, report.is_sealed)
    assert (shown.shown, shown.location_shown) == (report.text_shown, report.location_shown)
    assert (shown.promise, shown.promise.rule) == (receipt.promise, report.deadline_rule)


def test_the_receipt_says_why_that_date(city):
    token = keys.new_token()
    city.send(token=token)
    receipt = queries.receipt_for(token, at=city.at)
    assert (receipt.promise.first_days, receipt.promise.days, receipt.promise.week) == (5, 14, "12345")
    assert any("Nyepi" in name for name in receipt.days_off)
    assert queries.receipt_for(token, at=city.at + timedelta(days=2)) is None


def test_a_code_opens_its_case_after_the_secret_was_changed(city, settings):
    _, code = city.send()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-secret"
    assert queries.by_key(code.lower(), today=city.at.date()).report.pk
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Unseen):
        queries.by_key(code, today=city.at.date())


def test_a_link_in_a_mail_opens_one_case_and_no_changed_link_does(city):
    report, _ = city.send()
    city.send("Jalan rusak")
    link = keys.link_for(report.pk)
    assert queries.by_key(link, today=city.at.date()).report == report
    for wrong in (link[:-1], link.replace(report.pk.hex[:4], "0000"), "s/", f"s/{report.pk.hex}", report.pk.hex, ""):
        assert not Report.objects.filter(keys.opened_by(wrong)).exists()


@given(key=st.text(max_size=40))
def test_no_other_text_opens_a_case(city, key):
    assert not Report.objects.filter(keys.opened_by(key)).exists()


def test_digests_need_the_secret(city):
    report, code = city.send()
    assert report.code_digest != digest("guess", "reports.code", code)


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_the_same_moment_send_one_report(city):
    token = keys.new_token()
    write(city, token)
    services.save_where(token=token, place=city.place.pk, location="", latitude=None, longitude=None)

    def tap(_):
        try:
            with agency_scope(city.agency.pk):
                return services.send_report(token=token, by=city.visitor, at=city.at)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(tap, range(4)))
    assert len({(receipt.report, receipt.code) for receipt in receipts}) == 1
    assert Report.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_first_taps_at_the_same_moment_make_one_draft(city):
    token = keys.new_token()

    def tap(_):
        try:
            with agency_scope(city.agency.pk):
                return write(city, token, photos=[photo("red"), photo("blue")])
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(tap, range(4))) == {()}
    assert (Draft.objects.count(), Attachment.objects.count()) == (1, 2)
