"""Decisions about people and their roles. Pure."""

from lingkar.directory.people.rules import golongan, numbers, persons
from lingkar.directory.people.rules.grants import (
    ONE_DAY,
    check_dates,
    check_not_own_account,
    check_not_self,
    check_operator_remains,
    check_reach,
    check_second,
    end_of,
    needs_two,
)

__all__ = [
    "ONE_DAY",
    "check_dates",
    "check_not_own_account",
    "check_not_self",
    "check_operator_remains",
    "check_reach",
    "check_second",
    "end_of",
    "golongan",
    "needs_two",
    "numbers",
    "persons",
]
