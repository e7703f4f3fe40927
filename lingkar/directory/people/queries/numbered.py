"""Who the lines of a sheet are about: people who serve the agency, by NIP. For importers of modules above."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingkar.directory.people.queries.persons import serving
from lingkar.foundation.imports.registry import Row
from lingkar.foundation.refusals import Refused
from lingkar.foundation.sheets import cells
from lingkar.foundation.sheets.names import person_name
from lingkar.foundation.sheets.tables import Column
from lingkar.foundation.tenancy.plain import plain

NUMBER = Column(
    "nip", "NIP", ("NIP Baru", "NIP/NI PPPK", "NI PPPK", "NIPPPK", "Nomor Induk Pegawai", "NIP Pegawai"), cells.digits,
    required=True, example="199008152016011005",
)  # fmt: skip
NAME = Column(
    "name", gettext_lazy("Name"),
    ("Nama", "Nama Lengkap", "Nama Pegawai", "Nama dan Gelar", "Nama ASN", "Nama Peserta"), person_name,
    example="Siti Nur'aini, S.Sos., M.Si.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Numbered:
    """Somebody as a line is compared with them."""

    nip: str
    pk: str
    name: str
    account_id: object


def put_persons(rows: Sequence[Row], *, account: object = None) -> None:
    """Put ``person`` (the id) and the recorded name into each line; refuse the lines that are about nobody here.

    A name that shares no word with the recorded one means that the number is somebody else's. Whoever signs in with
    ``account`` writes nothing about themselves. One statement.
    """
    wanted = {row.values["nip"] for row in rows if "nip" in row.values}
    found = {row.nip: row for row in plain(serving().filter(nip__one_of=wanted), Numbered)} if wanted else {}
    for row in rows:
        if "nip" in row.values:
            _put(row, found.get(row.values["nip"]), account)


def _put(row: Row, one: Numbered | None, account: object) -> None:
    if one is None:
        row.refuse(Refused("people.nobody_numbered", value=cells.shown(row.values["nip"])), "nip")
    elif account is not None and one.account_id == account:
        row.refuse(Refused("people.about_oneself"), "nip")
    elif not _is_named(one.name, row.values.get("name", "")):
        row.refuse(Refused("people.number_of_other", name=one.name), "name")
    else:
        row.values |= {"person": str(one.pk), "name": one.name}


def _is_named(recorded: str, told: str) -> bool:
    """Whether a name may be the recorded one: one word in common is enough, however the rest is written."""
    words, others = _words(recorded), _words(told)
    return not others or not words or bool(words & others)


def _words(name: str) -> set[str]:
    return {cells.simple(word) for word in name.partition(",")[0].split() if len(cells.simple(word)) > 2}


def numbered_sentence(refused: Refused) -> str:
    """Words for a line that is about nobody here; ``KeyError`` for other codes."""
    own = {
        "people.nobody_numbered": _("Nobody with the NIP %(value)s serves this agency. Look at the digits."),
        "people.number_of_other": _("This NIP is that of %(name)s. Look at number and name."),
        "people.about_oneself": _("This is you. Somebody else has to write down what is recorded about you."),
    }
    return own[refused.code] % refused.details
