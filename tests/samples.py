"""Every route that takes arguments, with an example of each: the one place to extend when a route is added.

A sample is made for a place in the world (``Where``): in the city under test at the own unit or at another one, or
in another agency. The permission table asks for all three; the shots ask for the first.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatch
from io import BytesIO
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from PIL import Image

from lingkar.directory.people.models import Account, RoleGrant
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.listen.reports import services as reports
from lingkar.listen.reports.models import Attachment, Category, Report
from lingkar.listen.reports.queries import Receipt, by_key, draft_of, receipt_for
from tests.fixtures import NOW, City


class Whose(StrEnum):
    """Whose thing a route is asked for, seen by somebody of ``dukcapil`` in the city under test."""

    OWN = "own unit"
    OTHER = "other unit"
    LAIN = "other agency"


@dataclass(frozen=True)
class Where:
    """The city and the unit that a sample belongs to."""

    city: City
    unit: str


Sample = Callable[[Where], object]


def officer(where: Where) -> Account:
    return where.city.holder("officer", where.unit)


def grant(where: Where) -> UUID:
    return RoleGrant.objects.get(account=officer(where)).pk


def passkey(where: Where) -> int:
    key, _ = Authenticator.objects.get_or_create(user=officer(where), type="webauthn", defaults={"data": {"name": "x"}})
    return int(key.pk)


def device(where: Where) -> int:
    key = f"session-of-{officer(where).pk.hex}"
    row, _ = UserSession.objects.get_or_create(session_key=key[:40], defaults={"user": officer(where), "ip": "::1"})
    return int(row.pk)


def parked_job(where: Where) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)"
            " VALUES ('default', 'events.deliver', jsonb_build_object('agency', %s::text), 'failed') RETURNING id",
            [where.city.agency.pk],
        )
        return int(cursor.fetchone()[0])


def category(where: Where) -> UUID:
    """The category that the unit of the place answers for."""
    code = f"urusan-{where.unit}"
    found = Category.objects.filter(code=code).first()
    return (found or _add_category(where, code)).pk


def report(where: Where) -> UUID:
    """A report with a photo, in the queue of the unit of the place. Its draft has the same token everywhere."""
    token, by = f"contoh-{where.city.agency.code}-{where.unit}", where.city.visitor
    found = Report.objects.filter(category=category(where)).first()
    if found is None:
        village = where.city.places["village"].pk
        reports.save_words(token=token, text="Antrean lama sekali", photos=[photo()], by=by, at=NOW)
        reports.save_where(token=token, place=village, location="loket", latitude=None, longitude=None)
        return reports.send_report(token=token, category=category(where), by=by, at=NOW).report
    return found.pk


def attachment(where: Where) -> UUID:
    """The photo of that report."""
    return Attachment.objects.get(report=report(where)).pk


def photo() -> SimpleUploadedFile:
    """A small real photo, as a phone sends it."""
    buffer = BytesIO()
    Image.new("RGB", (32, 24), "steelblue").save(buffer, "JPEG")
    return SimpleUploadedFile("foto.jpg", buffer.getvalue(), "image/jpeg")


def _add_category(where: Where, code: str) -> Category:
    unit = where.city.units[where.unit].pk
    return reports.add_category(
        code=code,
        name=f"Urusan {where.unit}",
        request_class="complaint",
        unit=unit,
        terms=[],
        by=where.city.system,
        at=NOW,
    )


def token(where: Where, what: str) -> str:
    """A token of the right shape, always the same for one place and purpose."""
    return f"{what}-{where.unit}-{where.city.agency.code}".ljust(22, "_")[:22]


def draft(where: Where) -> str:
    """The token of a report that is being written, with a photo."""
    made, by = token(where, "draf"), where.city.visitor
    village = where.city.places["village"].pk
    if not Category.objects.filter(code="lainnya").exists():
        _add_category(where, "lainnya")
    reports.save_words(token=made, text="Lampu jalan mati", photos=[photo()], by=by, at=NOW)
    reports.save_where(token=made, place=village, location="", latitude=None, longitude=None)
    return made


def draft_photo(where: Where) -> UUID:
    made = draft_of(draft(where))
    assert made is not None
    return made.photos.get().pk


def published(where: Where) -> Receipt:
    """A report of the unit of the place, with a photo, on the public list; its receipt."""
    made, by = token(where, "kirim"), where.city.visitor
    if receipt_for(made, at=NOW) is None:
        reports.save_words(token=made, text="Jalan rusak", photos=[photo()], by=by, at=NOW)
        reports.save_where(token=made, place=None, location="depan SD", latitude=None, longitude=None)
        receipt = reports.send_report(token=made, category=category(where), by=by, at=NOW)
        reports.publish_report(report=receipt.report, seen=0, by=where.city.actor("officer", where.unit), at=NOW)
    found = receipt_for(made, at=NOW)
    assert found is not None
    return found


def published_photo(where: Where) -> UUID:
    return by_key(published(where).code, today=NOW.date()).photos[0].pk


SAMPLES: dict[str, Sample] = {
    # "route name.argument", * stands for any; the first that matches is taken
    "people:end.pk": grant,
    "people:end_device.pk": device,
    "people:*.pk": lambda where: officer(where).pk,
    "mfa_*_webauthn.pk": passkey,
    "operate:*.job": parked_job,
    "reports:category.category": category,
    "reports:office_file.attachment": attachment,
    "reports:*.report": report,
    "reports:receipt.token": lambda where: published(where) and token(where, "kirim"),
    "reports:*.token": draft,
    "reports:draft_photo.photo": draft_photo,
    "reports:case_file.attachment": published_photo,
    "reports:*.key": lambda where: published(where).code,
    "reports:published.number": lambda where: published(where).number,
    "account_reset_password_from_key.uidb36": lambda where: officer(where).pk.hex,
    "account_reset_password_from_key.key": lambda where: "set-password",
}


@dataclass(frozen=True)
class Route:
    """One named address with the names of its arguments and the need it states (None: a library's route)."""

    name: str
    arguments: tuple[str, ...]
    need: str | None

    def address(self, where: Where) -> str:
        """The route's address for the samples of a place."""
        with agency_scope(where.city.agency.pk):
            return reverse(self.name, kwargs={name: sample_of(self.name, name)(where) for name in self.arguments})


def sample_of(route: str, argument: str) -> Sample:
    """The sample for one argument of a route; a route without one has none yet."""
    for pattern, sample in SAMPLES.items():
        if fnmatch(f"{route}.{argument}", pattern):
            return sample
    raise LookupError(f'tests/samples.py has no sample for "{route}.{argument}"')


def every_route() -> list[Route]:
    """Every address of the installation."""
    return sorted(_walk(get_resolver().url_patterns, ""), key=lambda route: route.name)


def routes() -> list[Route]:
    """The routes of the house: those that state their need."""
    return [route for route in every_route() if route.need is not None]


def _walk(patterns: list[URLPattern | URLResolver], space: str) -> list[Route]:
    found: list[Route] = []
    for item in patterns:
        if isinstance(item, URLResolver):
            found += _walk(item.url_patterns, f"{space}{item.namespace}:" if item.namespace else space)
        else:
            need = getattr(item.callback, "need", None)
            arguments = tuple(sorted(item.pattern.regex.groupindex))
            found.append(Route(f"{space}{item.name}", arguments, None if need is None else str(need)))
    return found


def places(kota: City, lain: City) -> Mapping[Whose, Where]:
    """The three places of the permission table."""
    return {
        Whose.OWN: Where(kota, "pelayanan"),
        Whose.OTHER: Where(kota, "pupr"),
        Whose.LAIN: Where(lain, "pelayanan"),
    }
