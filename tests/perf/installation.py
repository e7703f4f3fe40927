"""Fills a throw-away installation: the fictional city, many reports, and its people signed in.

Runs in a process of its own, ``python -m tests.perf.installation``, so that whoever measures is no part of the
installation; ``filled`` starts it and reads what it says.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from tests.perf.tree import ROOT, Tree

CITY = "teluk-kawung"


@dataclass(frozen=True)
class Person:
    """Somebody signed in: what they are, where, and the cookies of their browser."""

    email: str
    role: str
    unit: str
    cookies: dict[str, str]


@dataclass(frozen=True)
class Filled:
    """What is there now."""

    people: tuple[Person, ...]
    case: dict[str, str]
    """One case: ``code`` for its reporter, ``number`` for everybody, ``report`` (its id) for officers of ``unit``."""

    def holding(self, role: str, unit: str | None = None) -> list[Person]:
        """Everybody with a role; ``unit`` is the path of its unit ("": the whole agency)."""
        return [p for p in self.people if p.role == role and unit in (None, p.unit)]


def filled(tree: Tree, *, reports: int = 0, pairs: bool = False) -> Filled:
    """Fill the installation of a running tree; with ``pairs`` a second person stands beside each officer."""
    command = [sys.executable, "-m", "tests.perf.installation", "--reports", str(reports), *["--pairs"] * pairs]
    done = subprocess.run(command, cwd=ROOT, env=tree.environment, check=False, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"the installation could not be filled:\n{done.stderr[-3000:]}")
    said = json.loads(done.stdout.splitlines()[-1])
    return Filled(tuple(Person(**person) for person in said["people"]), said["case"])


def main(arguments: Sequence[str] | None = None) -> None:
    """Fill the installation named by the environment; print what is there."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=0)
    parser.add_argument("--pairs", action="store_true")
    wish = parser.parse_args(arguments)
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lingkar.site.settings")
    import django

    django.setup()
    from lingkar.site.demo.load import load

    load(at=datetime.now(UTC), scale=min(1.0, max(0.02, wish.reports / 10_000)))
    case = add_reports(wish.reports)
    if wish.pairs:
        add_second_officers()
    print(json.dumps({"people": [asdict(person) for person in people()], "case": case}))


def add_reports(count: int) -> dict[str, str]:
    """At least ``count`` reports, then what the server would do by itself in time: ``VACUUM ANALYZE``.

    Returns the addresses of one case: for its reporter (code) and for officers (id).
    """
    from django.db import connection

    from lingkar.foundation.tenancy.models import Agency
    from lingkar.foundation.tenancy.queries import agency_scope
    from lingkar.listen.reports import keys
    from lingkar.site.demo import copies

    agency = Agency.objects.get(code=CITY)
    with agency_scope(agency.pk), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM reports_report WHERE agency_id = %s", [agency.pk])
        there = cursor.fetchone()[0]
        if count > there:
            copies.multiply(agency=agency.pk, times=-(-count // there) - 1)
            copies.analyse()
        code = keys.code_for("bench")
        cursor.execute(
            "UPDATE reports_report SET code_digest = %s WHERE id = (SELECT r.id FROM reports_report r"
            " JOIN people_rolegrant g ON g.unit_id = r.unit_id AND g.role = 'officer'"
            " WHERE r.agency_id = %s AND r.state = 'silent' AND r.published_at IS NOT NULL ORDER BY r.number LIMIT 1)"
            " RETURNING id, number, (SELECT path FROM orgs_unit u WHERE u.id = unit_id)",
            [keys.code_digest(code), agency.pk],
        )
        report, number, unit = cursor.fetchone() or ("", "", "")
    return {"code": code, "report": str(report), "number": str(number), "unit": unit}


def add_second_officers() -> None:
    """Somebody else with the same role over the same unit as each officer."""
    from lingkar.directory.people import services
    from lingkar.directory.people.models import RoleGrant
    from lingkar.foundation.access import Actor
    from lingkar.foundation.tenancy.models import Agency
    from lingkar.foundation.tenancy.queries import agency_scope

    agency, at = Agency.objects.get(code=CITY).pk, datetime.now(UTC)
    by = Actor.system(agency)
    with agency_scope(agency):
        for grant in list(RoleGrant.objects.filter(role="officer").select_related("unit")):
            name = f"Rekan {grant.unit.code if grant.unit else CITY}"
            email = f"{name.lower().replace(' ', '.')}@{CITY}.example"
            account = services.open_account(agency=agency, name=name, email=email, by=by, at=at)
            services.grant_role(
                account=account.pk, role="officer", unit=grant.unit_id, valid_from=grant.valid_from, by=by, at=at
            )


def people(agency: str = CITY) -> list[Person]:
    """Everybody of an agency who holds a role, signed in with both steps."""
    from django.conf import settings

    from lingkar.directory.people.models import RoleGrant
    from lingkar.foundation.tenancy.models import Agency
    from lingkar.foundation.tenancy.queries import agency_scope

    with agency_scope(Agency.objects.get(code=agency).pk):
        grants = RoleGrant.objects.select_related("account", "unit").order_by("account__email")
        return [
            Person(
                email=grant.account.email or "",
                role=grant.role,
                unit=grant.unit.path if grant.unit else "",
                cookies={settings.SESSION_COOKIE_NAME: session_of(grant.account)},
            )
            for grant in grants
        ]


def session_of(account: Any) -> str:
    """A session as sign-in by password and authenticator app leaves it."""
    from importlib import import_module

    from allauth.account.internal.flows.login import record_authentication
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.http import HttpRequest

    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    request.session[SESSION_KEY] = str(account.pk)
    request.session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    request.session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    record_authentication(request, account, "password", email=account.email)
    record_authentication(request, account, "mfa", type="totp")
    request.session.save()
    return str(request.session.session_key)


if __name__ == "__main__":
    main()
