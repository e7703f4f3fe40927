"""Where the rows behind a number are, for whoever asks: the office's list, else what is published, else nowhere."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from lingkar.foundation.access import Actor
from lingkar.grow.programmes.access import Action as Programmes
from lingkar.listen.reports.access import Action as Reports
from lingkar.listen.reports.queries import Promised, Slice, What
from lingkar.loop.effect.access import Action as Effects
from lingkar.loop.needs.access import Action as Needs
from lingkar.loop.planning.access import Action as Plans
from lingkar.loop.scoreboard.rules import Facts


def published(code: str, **more: str) -> str:
    """The published reports about a service."""
    return f"{reverse('reports:public')}?{urlencode({'layanan': code, **more})}"


def survey(code: str) -> str:
    """What users answered, element by element."""
    return reverse("surveys:result", args=[code])


@dataclass(frozen=True)
class Addresses:
    """The addresses of one service. "" where the viewer may not open the rows: a number never leads to a closed door.

    ``by`` None: everybody's addresses.
    """

    code: str
    facts: Facts
    by: Actor | None

    def may(self, action: str) -> bool:
        return self.by is not None and (self.by.is_system or self.by.may(action))

    @cached_property
    def sees_all_reports(self) -> bool:
        """Whether the list of the office holds every report that was counted."""
        return self.by is not None and (self.by.is_system or "" in self.by.paths(Reports.VIEW))

    def reports(self, what: What = What.ALL, *, before: bool = False) -> str:
        """The reports of the year, or of the year before."""
        if not self.sees_all_reports:
            return published(self.code)
        days = (self.facts.before_first, self.facts.before_last) if before else (self.facts.first, self.facts.last)
        asked = Slice(since=days[0], until=days[1], what=what, service=self.code)
        return f"{reverse('reports:register')}?{urlencode(asked.query)}"

    def open_reports(self) -> str:
        """Published reports whose promise waits."""
        return published(self.code, janji=Promised.OPEN)

    def cases(self, kinds: tuple[str, ...] = ()) -> str:
        """Published cases with these causes."""
        if self.by is None:
            return ""
        query = urlencode([("sebab", kind) for kind in kinds])
        return reverse("scoreboard:cases", args=[self.code]) + (f"?{query}" if query else "")

    def need(self, need: UUID) -> str:
        return self._if(Needs.VIEW, "needs:one", need)

    def run(self, year: int, run: UUID) -> str:
        return self._if(Plans.VIEW, "planning:run", year, run)

    def cohort(self, code: str) -> str:
        return self._if(Programmes.MANAGE, "programmes:cohort", code)

    def study(self, study: UUID) -> str:
        return self._if(Effects.VIEW, "effect:study", study)

    def needs(self) -> str:
        """Needs of the service with every part, the gaps of those who serve too."""
        address = self._if(Needs.VIEW, "needs:list")
        return f"{address}?{urlencode({'layanan': self.code})}" if address else ""

    def _if(self, action: str, name: str, *args: Any) -> str:
        return reverse(name, args=args) if self.may(action) else ""
