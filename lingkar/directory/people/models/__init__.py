"""Who there is (persons and where they work), and who may sign in (accounts and their grants)."""

from lingkar.directory.people.models.accounts import Account, Role, RoleGrant, digits, is_nip
from lingkar.directory.people.models.delegations import Delegation, DelegationState
from lingkar.directory.people.models.invitations import Round
from lingkar.directory.people.models.persons import Person, PersonKind, Placement, Sex, Status
from lingkar.directory.people.models.rights import Answer, Correction, Erasure, ErasureState, Reason, Subject
from lingkar.directory.people.models.transfers import Transfer, TransferState

__all__ = [
    "Account",
    "Answer",
    "Correction",
    "Delegation",
    "DelegationState",
    "Erasure",
    "ErasureState",
    "Person",
    "PersonKind",
    "Placement",
    "Reason",
    "Role",
    "RoleGrant",
    "Round",
    "Sex",
    "Status",
    "Subject",
    "Transfer",
    "TransferState",
    "digits",
    "is_nip",
]
