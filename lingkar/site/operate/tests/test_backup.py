"""A backup drill: what was lost comes back to the row, the byte and the link; a bad archive changes nothing."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection

from lingkar.foundation.audit import queries as audit
from lingkar.foundation.tenancy.models import Agency
from lingkar.site.home import SetupError
from lingkar.site.operate import backup, queries
from lingkar.site.operate.tests.test_archive import manifest, rewrite
from tests.fixtures import make_city

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime(2026, 6, 8, 3, tzinfo=UTC)
PHOTO = "ab/cd/photo"


@pytest.fixture
def home(tmp_path, settings):
    settings.HOME = tmp_path / "home"
    (settings.HOME / "files" / "ab" / "cd").mkdir(parents=True)
    (settings.HOME / "files" / PHOTO).write_bytes(b"a photo" * 1000)
    return settings.HOME


@pytest.fixture
def city(kota, home):
    kota.actor("officer")
    return kota


@pytest.fixture
def archive(city, tmp_path):
    return backup.back_up(tmp_path / "city.tar", at=AT)


def state(home):
    """Rows of every table, hash of every file, and where the audit chain stands (its notes of backups aside)."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if not name.startswith("audit_")]
    files = {path.relative_to(home): path.read_bytes() for path in home.rglob("files/**/*") if path.is_file()}
    return (
        {table: backup._count(table) for table in tables},
        {str(name): hashlib.sha256(content).hexdigest() for name, content in files.items()},
    )


def lose_everything(home):
    (home / "files" / PHOTO).write_bytes(b"damaged")
    (home / "files" / "ab" / "later").write_bytes(b"came later")
    get_user_model().objects.update(name="?")
    make_city("other")


def test_what_was_lost_comes_back(city, home, archive):
    before, name = state(home), city.holder("officer").name
    lose_everything(home)
    assert state(home) != before
    backup.restore(archive, may_replace=True, at=AT + timedelta(days=1))
    assert state(home) == before
    assert get_user_model().objects.get(pk=city.holder("officer").pk).name == name


def test_the_audit_chain_goes_on_from_where_it_stood(city, home, archive):
    before = audit.verify_chain(city.agency.pk)
    lose_everything(home)
    backup.restore(archive, may_replace=True, at=AT + timedelta(days=1))
    after = audit.verify_chain(city.agency.pk)
    assert (after.faults, after.count) == ((), before.count)  # the note of the backup gave way to that of the restore
    assert backup.heads().keys() == {str(city.agency.pk)}


def test_a_backup_says_what_it_holds_and_is_private(archive):
    assert archive.stat().st_mode & 0o077 == 0
    said = manifest(archive)
    assert said["members"].keys() == {"database.dump", f"files/{PHOTO}"}
    assert said["rows"]["people_account"] == get_user_model().objects.count()


def test_it_is_noted_for_the_operator(city, archive):
    assert queries.last_backup() == AT


def test_an_existing_file_is_not_overwritten_and_a_folder_gets_a_dated_one(city, archive, tmp_path):
    with pytest.raises(SetupError, match="exists already"):
        backup.back_up(archive, at=AT)
    assert backup.back_up(tmp_path, at=AT).name == "lingkar-20260608-030000.tar"
    assert not list(tmp_path.glob(".*"))


def test_a_full_installation_is_not_overwritten_by_accident(city, home, archive):
    before = state(home)
    with pytest.raises(SetupError, match="--replace"):
        backup.restore(archive, may_replace=False, at=AT)
    assert state(home) == before


def fewer_rows(said):
    said["rows"]["people_account"] += 1


def other_audit(said):
    said["heads"][next(iter(said["heads"]))]["hash"] = "ab"


def from_tomorrow(said):
    said["migrations"].append(("people", "9999_tomorrow"))


def other_key(said):
    said["key"] = "another"


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (fewer_rows, "rows differ"),
        (other_audit, "rows differ"),
        (from_tomorrow, "newer release"),
        (other_key, "another LINGKAR_SECRET_KEY"),
    ],
)
def test_an_archive_that_does_not_fit_changes_nothing(city, home, archive, edit, reason):
    rewrite(archive, edit)
    before = state(home)
    make_city("other")
    with pytest.raises(SetupError, match=reason):
        backup.restore(archive, may_replace=True, at=AT)
    assert set(Agency.objects.values_list("code", flat=True)) == {"kota", "other"}
    assert state(home)[1] == before[1]
    assert not list(home.glob(".restore-*"))


def test_an_archive_is_not_written_into_a_file_that_somebody_laid_out(city, tmp_path):
    trap = tmp_path / ".city.tar.part"
    trap.write_text("theirs")
    trap.chmod(0o666)
    with trap.open() as theirs:
        archive = backup.back_up(tmp_path / "city.tar", at=AT)
        assert theirs.read() == "theirs"
    assert archive.stat().st_mode & 0o077 == 0
