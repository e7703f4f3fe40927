"""What an account is told, and who can read it."""

from uuid import uuid4

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from lingkar.foundation.access import Actor, Unseen
from lingkar.foundation.notify import notices, queries, services
from lingkar.foundation.notify.tests.conftest import NOW


@pytest.fixture
def kind(monkeypatch):
    monkeypatch.setattr(notices, "_TEXTS", {})
    return notices.notice("test.waits", gettext_lazy("%(count)s reports wait for you."))


@pytest.fixture
def reader(agency):
    return Actor(agency=agency.pk, person=uuid4())


def tell(agency, kind, reader, url="/petugas/antrean/", **details):
    by = Actor.system(agency.pk)
    details = details or {"count": 3}
    return services.tell(recipient=reader.person, kind=kind, subject=agency, url=url, by=by, at=NOW, **details)


def test_a_notification_reaches_its_reader_alone(agency, kind, reader):
    row = tell(agency, kind, reader)
    other = Actor(agency=agency.pk, person=uuid4())
    assert [queries.notice_of(found).text for found in queries.inbox(reader)] == ["3 reports wait for you."]
    assert list(queries.inbox(other)) == list(queries.inbox(Actor.visitor(agency.pk))) == []
    with pytest.raises(Unseen):
        services.mark_read(notification=row.pk, by=other, at=NOW)


def test_unread_is_one_query_and_falls_when_opened(agency, kind, reader, django_assert_num_queries):
    first, _ = tell(agency, kind, reader), tell(agency, kind, reader)
    with django_assert_num_queries(1):
        assert queries.unread_count(reader) == 2
    assert queries.inbox(reader).filter(read_at=None).count() == 2
    assert queries.unread_count(Actor(agency=uuid4(), person=reader.person)) == 0
    services.mark_read(notification=first.pk, by=reader, at=NOW)
    services.mark_read(notification=first.pk, by=reader, at=NOW)
    assert queries.unread_count(reader) == 1
    assert services.mark_all_read(by=reader, at=NOW) == 1
    assert queries.unread_count(reader) == 0


def test_the_sentence_is_told_in_the_readers_language(agency, kind, reader):
    row = tell(agency, kind, reader)
    with translation.override("en"):
        assert queries.notice_of(row).text == "3 reports wait for you."


def test_peoples_words_and_missing_details_are_faults_of_the_code(agency, kind, reader):
    with pytest.raises(ValueError, match="never somebody's words"):
        tell(agency, kind, reader, count="x" * 81)
    with pytest.raises(KeyError):
        tell(agency, kind, reader, number=3)
    with pytest.raises(KeyError):
        tell(agency, "test.unknown", reader)
    with pytest.raises(ValueError, match="leads to a path"):
        tell(agency, kind, reader, url="https://evil.example")


def test_a_kind_has_one_sentence(kind):
    with pytest.raises(ValueError, match="declared twice"):
        notices.notice("test.waits", "another")
