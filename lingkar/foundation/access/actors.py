"""The one who acts. Built once per request or job; rules and services never ask Django who is signed in."""

from dataclasses import dataclass, replace
from typing import Self
from uuid import UUID

from lingkar.foundation.access.actions import is_whole, roles_for

NOBODY = UUID(int=0)
"""The account or person that nobody has: what is asked about it finds nothing."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held over a part of the unit tree. ``path`` is the tree path of its top unit; "" is the whole agency.

    A grant without a role gives nothing: somebody else holds it for these days. Its holder still belongs to the unit.
    """

    role: str
    path: str = ""
    unit: UUID | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, an anonymous visitor or the system itself, within one agency."""

    agency: UUID
    person: UUID | None = None
    name: str = ""
    grants: tuple[Grant, ...] = ()

    @classmethod
    def visitor(cls, agency: UUID) -> Self:
        """Somebody who is not signed in. Leaves no identity in the audit trail."""
        return cls(agency=agency)

    @classmethod
    def system(cls, agency: UUID) -> Self:
        """The software acting on a rule of its own, such as a deadline that has passed."""
        return cls(agency=agency, name="system")

    @property
    def is_signed_in(self) -> bool:
        return self.person is not None

    @property
    def is_system(self) -> bool:
        """Whether the software itself acts, on a rule of its own or while it is set up."""
        return self.person is None and self.name == "system"

    @property
    def sight(self) -> Self:
        """What of an actor decides what they see, beside who they are: agency and grants. Whoever has the same grants
        asks the same prepared questions; ``seen_by`` puts the person back, whose id is filled in.
        """
        return replace(self, person=None, name=self.name if self.is_system else "")

    def seen_by(self, account: UUID | None) -> Self:
        """The actor of this sight, for a prepared question: it has no name."""
        return replace(self, person=account)

    def paths(self, action: str) -> tuple[str, ...]:
        """Tree paths below which ``action`` is granted; ("",) means the whole agency, () means nowhere."""
        roles = roles_for(action)
        found = {grant.path for grant in self.grants if grant.role in roles}
        return tuple(sorted(found & {""} if is_whole(action) else found))

    def may(self, action: str, path: str | None = None) -> bool:
        """Whether ``action`` is granted somewhere, or, given a unit's ``path``, for that unit."""
        granted = self.paths(action)
        return bool(granted) if path is None else any(path.startswith(top) for top in granted)
