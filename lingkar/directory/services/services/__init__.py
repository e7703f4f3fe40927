"""Verbs of the catalogue. Each is one transaction with one audit line."""

from lingkar.directory.services.rules import Component, Standard
from lingkar.directory.services.services.bulk import ServiceRow, add_services
from lingkar.directory.services.services.catalogue import (
    add_service,
    change_service,
    drop_draft,
    publish_service,
    retire_service,
    turn_services,
)
from lingkar.directory.services.services.counting import count_transactions, count_transactions_of_many
from lingkar.directory.services.services.pledging import sign_pledge
from lingkar.directory.services.services.staffing import add_staff, remove_staff, staff_many

__all__ = (
    "Component",
    "ServiceRow",
    "Standard",
    "add_service",
    "add_services",
    "add_staff",
    "change_service",
    "count_transactions",
    "count_transactions_of_many",
    "drop_draft",
    "publish_service",
    "remove_staff",
    "retire_service",
    "sign_pledge",
    "staff_many",
    "turn_services",
)
