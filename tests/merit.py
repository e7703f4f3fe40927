"""Certificates of somebody, for tests."""

from collections.abc import Callable
from decimal import Decimal
from uuid import uuid4

from lingkar.directory.people.models import Person
from lingkar.grow.credentials import services
from lingkar.grow.credentials.models import Bundle, Certificate
from lingkar.grow.credentials.services import NewCertificate
from tests.fixtures import LONG_AGO, NOW
from tests.where import Sample, Where, once


def samples(person: Callable[[Where], Person]) -> dict[str, Sample]:
    """Arguments of the routes of credentials; ``person`` makes somebody for a place in the world."""

    @once
    def certificate(where: Where) -> Certificate:
        row = NewCertificate(
            person=person(where).pk, title="Pelatihan", jp=Decimal(8), subjects=[("Arsip", Decimal(8))],
            first_day=LONG_AGO, last_day=LONG_AGO, signer="Sri", signer_title="Kepala", source="cohort",
            source_id=uuid4(),
        )  # fmt: skip
        return services.issue(rows=[row], by=where.city.system, at=NOW)[0]

    @once
    def bundle(where: Where) -> Bundle:
        made = certificate(where)
        assert made.source_id
        found = services.render(source=made.source_id, base="/", by=where.city.system, at=NOW)
        services.print_next(bundle=found.pk, by=where.city.system, at=NOW)
        return found

    return {
        "credentials:verify.code": lambda where: certificate(where).code,
        "credentials:*.certificate": lambda where: certificate(where).pk,
        "credentials:*.source": lambda where: certificate(where).source_id,
        "credentials:*.bundle": lambda where: bundle(where).pk,
        "credentials:part.part": lambda where: bundle(where).parts.get().pk,
        "credentials:*.person": lambda where: person(where).pk,
    }
