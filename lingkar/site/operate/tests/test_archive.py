"""An archive comes back as it was written, or is refused with a sentence."""

import io
import json
import tarfile

import pytest

from lingkar.site.home import SetupError
from lingkar.site.operate.archive import Head, Manifest, Writer, unpack


@pytest.fixture
def archive(tmp_path):
    (tmp_path / "dump").write_bytes(b"a database" * 5000)
    (tmp_path / "photo").write_bytes(b"a photo" * 5000)
    said = Manifest(
        made_at="2026-06-08T03:00:00+00:00",
        release="1.0",
        key="k",
        rows={"people_account": 3},
        heads={"0a": Head(1, "ff")},
        migrations=[("people", "0001_initial")],
    )
    with tarfile.open(tmp_path / "a.tar", "w") as tar:
        writer = Writer(tar)
        writer.add("database.dump", tmp_path / "dump")
        writer.add("files/ab/photo", tmp_path / "photo")
        writer.finish(Manifest(**said.__dict__ | {"members": writer.members}))
    return tmp_path / "a.tar"


def contents(archive):
    with tarfile.open(archive) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar}


def manifest(archive):
    return json.loads(contents(archive)["manifest.json"])


def write(archive, members):
    with tarfile.open(archive, "w") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))


def rewrite(archive, edit):
    """Write the archive again with an edited manifest."""
    members, said = contents(archive), manifest(archive)
    edit(said)
    write(archive, members | {"manifest.json": json.dumps(said).encode()})


def cut(archive):
    archive.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])


def cut_before_the_manifest(archive):
    write(archive, {name: content for name, content in contents(archive).items() if name != "manifest.json"})


def flip(archive):
    content = bytearray(archive.read_bytes())
    content[content.index(b"a photo")] ^= 1
    archive.write_bytes(content)


def replace_by_noise(archive):
    archive.write_bytes(b"noise" * 10_000)


def lose_a_file(archive):
    write(archive, {name: content for name, content in contents(archive).items() if name != "files/ab/photo"})


def lead_outside(archive):
    write(archive, {"files/../../outside": b"", **contents(archive)})


def add_a_link(archive):
    with tarfile.open(archive, "a") as tar:
        link = tarfile.TarInfo("files/link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)


def edited(edit):
    return lambda archive: rewrite(archive, edit)


def test_it_comes_back_as_it_was_written(archive, tmp_path):
    said = unpack(archive, tmp_path / "stage")
    assert (tmp_path / "stage" / "files" / "ab" / "photo").read_bytes() == b"a photo" * 5000
    assert said.heads == {"0a": Head(1, "ff")}
    assert said.migrations == [("people", "0001_initial")]


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (cut, "damaged|cut off"),
        (cut_before_the_manifest, "cut off"),
        (flip, "files/ab/photo differs from its manifest"),
        (lose_a_file, "files/ab/photo differs from its manifest"),
        (replace_by_noise, "no backup of Lingkar"),
        (lead_outside, "foreign"),
        (add_a_link, "foreign"),
        (edited(lambda said: said.update(format="other")), "another format"),
        (edited(lambda said: said.update(version=2)), "another format"),
        (edited(lambda said: said.pop("rows")), "cannot be read"),
        (edited(lambda said: said["rows"].update({"x; DROP": 1})), "cannot be"),
        (edited(lambda said: said["heads"].update({"'": {"count": 1, "hash": "ab"}})), "cannot be"),
    ],
)
def test_a_harmed_archive_is_refused(archive, tmp_path, harm, reason):
    harm(archive)
    with pytest.raises(SetupError, match=reason):
        unpack(archive, tmp_path / "stage")
    assert not (tmp_path / "outside").exists()
