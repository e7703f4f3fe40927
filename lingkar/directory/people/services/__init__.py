"""Verbs about people, their accounts and their roles."""

from lingkar.directory.people.queries.checks import Earlier, Guest, NewPerson
from lingkar.directory.people.rules.persons import PersonFacts
from lingkar.directory.people.services.accounts import (
    ask_link,
    close_account,
    end_grant,
    grant_role,
    invite,
    note,
    open_account,
    reopen_account,
    reset_factors,
)
from lingkar.directory.people.services.approvals import decide_grant
from lingkar.directory.people.services.changes import ChangedPerson, change_people
from lingkar.directory.people.services.delegations import answer_delegation, end_delegation, offer_delegation
from lingkar.directory.people.services.guests import add_guests
from lingkar.directory.people.services.invitations import invite_many, invite_next, link_account, link_accounts
from lingkar.directory.people.services.persons import Added, add_people, add_person, change_person, change_status
from lingkar.directory.people.services.placements import end_placement, place
from lingkar.directory.people.services.rights import answer_correction, ask_correction, ask_erasure, decide_erasure
from lingkar.directory.people.services.staged import add_staged_people
from lingkar.directory.people.services.transfers import release_person, take_person, withdraw_release

__all__ = [
    "Added",
    "ChangedPerson",
    "Earlier",
    "Guest",
    "NewPerson",
    "PersonFacts",
    "add_guests",
    "add_people",
    "add_person",
    "add_staged_people",
    "answer_correction",
    "answer_delegation",
    "ask_correction",
    "ask_erasure",
    "ask_link",
    "change_people",
    "change_person",
    "change_status",
    "close_account",
    "decide_erasure",
    "decide_grant",
    "end_delegation",
    "end_grant",
    "end_placement",
    "grant_role",
    "invite",
    "invite_many",
    "invite_next",
    "link_account",
    "link_accounts",
    "note",
    "offer_delegation",
    "open_account",
    "place",
    "release_person",
    "reopen_account",
    "reset_factors",
    "take_person",
    "withdraw_release",
]
