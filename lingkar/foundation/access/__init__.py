"""Who may do what: actors, grants, actions, and the one way to fetch a row for somebody."""

from lingkar.foundation.access.actions import (
    declare,
    declare_by_rows,
    declared_actions,
    is_by_rows,
    roles_for,
    roles_with_second_factor,
)
from lingkar.foundation.access.actors import NOBODY, Actor, Grant
from lingkar.foundation.access.policy import Forbidden, Policy, Unseen, fetch

__all__ = [
    "NOBODY",
    "Actor",
    "Forbidden",
    "Grant",
    "Policy",
    "Unseen",
    "declare",
    "declare_by_rows",
    "declared_actions",
    "fetch",
    "is_by_rows",
    "roles_for",
    "roles_with_second_factor",
]
