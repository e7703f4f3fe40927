"""Who there is (persons and where they work), and who may sign in (accounts and their grants)."""

from lingkar.directory.people.models.accounts import Account, Role, RoleGrant, digits, is_nip
from lingkar.directory.people.models.persons import Person, PersonKind, Placement, Sex, Status

__all__ = [
    "Account",
    "Person",
    "PersonKind",
    "Placement",
    "Role",
    "RoleGrant",
    "Sex",
    "Status",
    "digits",
    "is_nip",
]
