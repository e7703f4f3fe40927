"""Say which unit answers for what, and which words propose it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lingkar.directory.orgs.queries import unit_of
from lingkar.foundation.access import Actor, Forbidden, Unseen
from lingkar.foundation.audit.services import record
from lingkar.listen.reports import rules
from lingkar.listen.reports.access import Action
from lingkar.listen.reports.models import Category
from lingkar.listen.reports.queries.routing import OTHER, has_watchdog


@transaction.atomic
def add_category(
    *,
    code: str,
    name: str,
    request_class: str,
    unit: UUID | None,
    terms: Sequence[str],
    sensitive: bool = False,
    by: Actor,
    at: datetime,
) -> Category:
    """A new subject of reports with the words that propose it.

    A code that is taken raises ``ValidationError``, a unit of another agency ``Unseen``.
    """
    _demand(by)
    category = Category(agency_id=by.agency, code=code)
    _fill(category, name=name, request_class=request_class, unit=unit, terms=terms, sensitive=sensitive, active=True)
    category.save(force_insert=True)
    record(by, "reports.category_added", category, at=at, code=code, unit=category.unit_id, sensitive=sensitive)
    return category


@transaction.atomic
def change_category(
    *,
    category: UUID,
    name: str,
    request_class: str,
    unit: UUID | None,
    terms: Sequence[str],
    sensitive: bool,
    active: bool,
    by: Actor,
    at: datetime,
) -> None:
    """Change a subject for the reports to come; those that are here keep their unit and their promised dates."""
    _demand(by)
    item = Category.objects.select_for_update().filter(pk=category).first()
    if item is None:
        raise Unseen
    _fill(item, name=name, request_class=request_class, unit=unit, terms=terms, sensitive=sensitive, active=active)
    item.save()
    record(
        by,
        "reports.category_changed",
        item,
        at=at,
        code=item.code,
        unit=item.unit_id,
        sensitive=sensitive,
        active=active,
        terms=len(item.terms),
    )


def _fill(
    item: Category,
    *,
    name: str,
    request_class: str,
    unit: UUID | None,
    terms: Sequence[str],
    sensitive: bool,
    active: bool,
) -> None:
    item.unit = unit_of(unit) if unit else None
    if unit and item.unit is None:
        raise Unseen
    rules.check_category(
        code=item.code, other=OTHER, is_active=active, is_sensitive=sensitive, has_unit=item.unit is not None
    )
    if sensitive:
        rules.check_sealable(has_watchdog=has_watchdog())
    item.name, item.request_class = name.strip(), request_class
    item.is_sensitive, item.is_active = sensitive, active
    item.terms = rules.tidy_terms(terms)
    item.full_clean()


def _demand(by: Actor) -> None:
    if not (by.is_system or by.may(Action.CATEGORIES, "")):
        raise Forbidden
