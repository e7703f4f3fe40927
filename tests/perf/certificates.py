"""How long certificates take: 52 of a cohort, and many in a batch with progress; and that a changed byte is found.

    python -m tests.perf.certificates [--many 10000]

It makes a database of its own, issues, prints through the service that the job calls, and verifies every certificate.
Bars: 52 in less than 5 s, 10,000 in less than 3 minutes (issued, signed and printed). The planted fault: one byte of a
certificate is changed in the database by a bare statement; a check that does not find it ends with an error.
"""

import argparse
import os
import sys
import time
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import tests.database  # noqa: F401  # starts a server of its own, before Django is set up
from tests.perf import machine

COHORT, COHORT_SECONDS = 52, 5
MANY_SECONDS_EACH = 180 / 10_000
DAY = date(2026, 6, 5)


def main() -> int:
    """Measure, print, and judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=int, default=10_000)
    many = parser.parse_args().many
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lingkar.site.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(f"{machine.commit()} · {machine.processor()}")
    return _measured(many)


def _measured(many: int) -> int:
    from lingkar.foundation.tenancy.queries import agency_scope
    from tests.fixtures import make_city

    city = make_city("kota")
    with agency_scope(city.agency.pk):
        persons = _people(city, many)
        faults = [
            *_round(city, persons[:COHORT], COHORT_SECONDS),
            *_round(city, persons, MANY_SECONDS_EACH * many),
            *_planted(),
        ]
    for fault in faults:
        print(f"FAILED: {fault}")
    return 1 if faults else 0


def _now() -> Any:
    from django.utils import timezone

    return timezone.now()


def _people(city: Any, many: int) -> list[UUID]:
    from lingkar.directory.people.services import NewPerson, PersonFacts, add_people

    unit = city.units["pelayanan"].pk
    rows = [
        NewPerson(
            facts=PersonFacts(kind="external", name=f"Peserta Pelatihan Nomor {number}"), unit=unit, position=None,
            title="Peserta", since=date(2021, 1, 1),
        )
        for number in range(many)
    ]  # fmt: skip
    add_people(rows=rows, by=city.system, at=_now())
    from lingkar.directory.people.models import Person

    return list(Person.objects.values_list("pk", flat=True))


def _round(city: Any, persons: list[UUID], most: float) -> list[str]:
    """Issue, sign and print; then verify each."""
    from lingkar.grow.credentials import queries, services
    from lingkar.grow.credentials.models import Bundle, Certificate

    by, at, source = city.system, _now(), uuid4()
    begun = time.perf_counter()
    subjects = [(f"Mata pelatihan {number}", Decimal(4)) for number in range(1, 12)]
    rows = [
        services.NewCertificate(
            person=person, title="Penguatan Kompetensi Teknis Bidang Tugas", jp=Decimal(44), subjects=subjects,
            first_day=date(2026, 6, 1), last_day=DAY, signer="Sri Handayani", signer_title="Kepala BKPSDM",
            source="cohort", source_id=source,
        )
        for person in persons
    ]  # fmt: skip
    services.issue(rows=rows, by=by, at=at)
    signed = time.perf_counter()
    bundle = services.render(source=source, base="https://kota.example/", by=by, at=at)
    while services.print_next(bundle=bundle.pk, by=by, at=at):
        done = Bundle.objects.get(pk=bundle.pk).done
        print(f"\r{done} of {len(persons)} printed", end="", flush=True, file=sys.stderr)
    took = time.perf_counter() - begun
    codes = list(Certificate.objects.filter(source_id=source).values_list("code", flat=True))
    checked = time.perf_counter()
    states = [found.state if (found := queries.verify(code)) else "" for code in codes]
    each = (time.perf_counter() - checked) / len(codes) * 1000
    size = sum(part.file.size for part in Bundle.objects.get(pk=bundle.pk).parts.select_related("file"))
    print(f"\n{len(persons)} certificates: {took:.1f} s, of it {signed - begun:.1f} s issued and signed; ", end="")
    print(f"{size / len(persons) / 1024:.0f} kB each; verified in {each:.1f} ms each; bar {most:.0f} s")
    faults = [] if set(states) == {"valid"} and len(states) == len(persons) else ["a certificate does not verify"]
    return faults if took <= most else [*faults, f"{len(persons)} certificates took {took:.1f} s, at most {most:.0f}"]


def _planted() -> list[str]:
    """Change one letter of every signed word, one after the other: each must be found, and none besides."""
    from django.db import connection

    from lingkar.grow.credentials import queries
    from lingkar.grow.credentials.models import Certificate

    row = Certificate.objects.order_by("number")[0]
    missed = []
    for column in ("name", "title", "signer", "signer_title", "number"):
        with connection.cursor() as cursor:
            change = f"UPDATE credentials_certificate SET {column} = %s || right({column}, -1) WHERE id = %s"
            cursor.execute(change, [chr(ord(getattr(row, column)[0]) + 64), row.pk])
            found = queries.verify(row.code)
            if found is None or found.state != "altered":
                missed.append(f"a changed byte of {column} was not found")
            cursor.execute(
                f"UPDATE credentials_certificate SET {column} = %s WHERE id = %s", [getattr(row, column), row.pk]
            )
    again = queries.verify(row.code)
    if again is None or again.state != "valid":
        missed.append("put back, it does not verify")
    print(f"planted: 5 changed bytes, {5 - len(missed)} found")
    return missed


if __name__ == "__main__":
    sys.exit(main())
