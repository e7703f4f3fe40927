"""Who may do what: actors, grants, actions, and the one way to fetch a row for somebody."""

from lingkar.foundation.access.actions import declare, declared_actions, roles_for, roles_with_second_factor
from lingkar.foundation.access.actors import Actor, Grant
from lingkar.foundation.access.policy import Forbidden, Policy, Unseen, fetch

__all__ = [
    "Actor",
    "Forbidden",
    "Grant",
    "Policy",
    "Unseen",
    "declare",
    "declared_actions",
    "fetch",
    "roles_for",
    "roles_with_second_factor",
]
