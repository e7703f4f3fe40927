"""What this module holds about somebody: told to them, and forgotten."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from lingkar.directory.people.models import Account, Correction, Delegation, Person, Placement, RoleGrant
from lingkar.directory.people.sessions import forget_sessions
from lingkar.foundation.access import NOBODY
from lingkar.foundation.privacy import Erase
from lingkar.foundation.privacy.registry import Holder, Row, register_keeper


def _shown(row: models.Model, *fields: str) -> dict[Any, Any]:
    """Headings and values of a row; choices by their words."""
    told = {}
    for field in (field for field in row._meta.fields if field.name in fields):
        words = getattr(row, f"get_{field.name}_display", None)
        told[str(field.verbose_name)] = words() if words else getattr(row, field.name)
    return told


def _blank(row: models.Model) -> None:
    """Empty every field of a row that it declares as to be blanked."""
    personal = row.PERSONAL  # type: ignore[attr-defined]
    for field in row._meta.fields:
        if personal.get(field.name) is Erase.BLANK:
            setattr(row, field.name, None if field.null else "")


def export_person(holder: Holder) -> Iterator[Row]:
    for row in Person.objects.filter(pk=holder.person or NOBODY):
        yield _shown(row, *Person.PERSONAL, "kind", "golongan", "status", "status_since")


def erase_person(holder: Holder, at: datetime) -> int:
    rows = list(Person.objects.select_for_update().filter(pk=holder.person or NOBODY))
    for row in rows:
        _blank(row)
        row.erased_at = at
        row.save()
    return len(rows)


def export_placements(holder: Holder) -> Iterator[Row]:
    rows = Placement.objects.filter(person=holder.person or NOBODY).select_related("unit").order_by("valid_from")
    for row in rows:
        yield {
            _("Unit"): row.unit.name,
            pgettext("placement", "Title"): row.title,
            **_shown(row, "is_main", "valid_from", "valid_to"),
        }


def export_account(holder: Holder) -> Iterator[Row]:
    for row in Account.objects.filter(pk=holder.account or NOBODY):
        told = _shown(row, *Account.PERSONAL)
        yield {**told, _("opened"): row.joined_at, _("last signed in"): row.last_login}


def erase_account(holder: Holder, at: datetime) -> int:  # noqa: ARG001
    rows = list(Account.objects.select_for_update().filter(pk=holder.account or NOBODY))
    for row in rows:
        forget_sessions(row)
        Authenticator.objects.filter(user=row).delete()
        _blank(row)
        row.is_active = False
        row.last_login = None
        row.set_unusable_password()
        row.save()
    return len(rows)


def export_grants(holder: Holder) -> Iterator[Row]:
    rows = RoleGrant.objects.filter(account=holder.account or NOBODY).select_related("unit").order_by("valid_from")
    for row in rows:
        yield {
            _("role"): row.get_role_display(),
            _("Unit"): row.unit.name if row.unit else "",
            _("valid from"): row.valid_from,
            _("valid to"): row.valid_to,
        }


def export_delegations(holder: Holder) -> Iterator[Row]:
    own = holder.account or NOBODY
    rows = Delegation.objects.filter(Q(grant__account=own) | Q(receiver=own)).select_related("grant", "receiver")
    for row in rows.order_by("asked_at"):
        yield {_("role"): row.grant.get_role_display(), **_shown(row, "state", "valid_from", "valid_to")}


def export_devices(holder: Holder) -> Iterator[Row]:
    for row in UserSession.objects.filter(user=holder.account or NOBODY).order_by("created_at"):
        yield {
            _("browser"): row.user_agent,
            _("address"): row.ip,
            _("signed in since"): row.created_at,
            _("last seen"): row.last_seen_at,
        }


def export_corrections(holder: Holder) -> Iterator[Row]:
    for row in Correction.objects.filter(account=holder.account or NOBODY).order_by("asked_at"):
        yield _shown(row, "subject", "text", "asked_at", "due_at", "state", "answer")


def erase_corrections(holder: Holder, at: datetime) -> int:  # noqa: ARG001
    rows = Correction.objects.filter(Q(account=holder.account or NOBODY) | Q(person=holder.person or NOBODY))
    return rows.update(text="", answer="")


HISTORY = _("Units, titles and days stay without a name: they are the history of the organisation (UU 43/2009).")
ACTS = _("Roles stay with the number of an account that names nobody: they explain what was done under them.")

register_keeper("people.1", _("Record"), export=export_person, erase=erase_person)
register_keeper("people.2", _("Placements"), export=export_placements, kept=HISTORY)
register_keeper("people.3", _("Account"), export=export_account, erase=erase_account)
register_keeper("people.4", _("Roles"), export=export_grants, kept=ACTS)
register_keeper("people.5", _("Roles for colleagues"), export=export_delegations, kept=ACTS)
register_keeper("people.6", _("Devices signed in"), export=export_devices)
register_keeper("people.7", _("Requests for correction"), export=export_corrections, erase=erase_corrections)
