"""The names of the six stations, and a service of the board in words."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from lingkar.foundation.access import Actor
from lingkar.foundation.ui.words import number
from lingkar.listen.reports.access import Action as Reports
from lingkar.loop.needs.access import Action as Needs
from lingkar.loop.scoreboard import queries
from lingkar.loop.scoreboard.queries import Line, Station

STATIONS: dict[Station, str | Promise] = {
    Station.HEARD: pgettext_lazy("circle", "Heard"),
    Station.WHY: pgettext_lazy("circle", "Cause"),
    Station.NEED: pgettext_lazy("circle", "Need"),
    Station.PLANNED: pgettext_lazy("circle", "Planned"),
    Station.TRAINED: pgettext_lazy("circle", "Trained"),
    Station.PROVEN: pgettext_lazy("circle", "Effect known"),
}
PLACE = "KODE"
"""Stands for a service's code in an address that is looked up once for the whole list."""


@dataclass(frozen=True)
class Way:
    """Where the numbers of the board lead, for one viewer."""

    by: Actor

    @cached_property
    def _one(self) -> str:
        return reverse("scoreboard:one", args=[PLACE])

    @cached_property
    def _reports(self) -> str:
        is_whole = "" in self.by.paths(Reports.VIEW)
        return f"{reverse('reports:register' if is_whole else 'reports:public')}?{urlencode({'layanan': PLACE})}"

    @cached_property
    def _late(self) -> str:
        return f"{reverse('reports:public')}?{urlencode({'layanan': PLACE, 'janji': 'terbuka'})}"

    @cached_property
    def _survey(self) -> str:
        return reverse("surveys:result", args=[PLACE])

    @cached_property
    def _cases(self) -> str:
        return reverse("scoreboard:cases", args=[PLACE])

    @cached_property
    def _needs(self) -> str:
        address = f"{reverse('needs:list')}?{urlencode({'layanan': PLACE})}"
        return address if self.by.may(Needs.VIEW) else f"{self._one}#{Station.NEED}"

    def of(self, line: Line) -> dict[str, str]:
        """The addresses of a service, by what they tell of."""
        one = self._one.replace(PLACE, line.code)
        found = {"one": one} | {str(station): f"{one}#{station}" for station in Station}
        told = {"reports": self._reports, "late": self._late, "survey": self._survey, "cases": self._cases}
        told["needs"] = self._needs
        return found | {name: address.replace(PLACE, line.code) for name, address in told.items()}


@dataclass(frozen=True)
class Shown:
    """A service of the board in words, each number with its address."""

    line: Line
    to: dict[str, str]
    share: float
    ring: str
    reports: str
    late: str
    ikm: str
    causes: str
    competency: str
    need: str
    going: str
    passed: str
    verdict: str
    kind: str


def shown(line: Line, way: Way, *, smallest: int) -> Shown:
    """One line of the board."""
    stations = len(Station)
    return Shown(
        line=line,
        to=way.of(line),
        share=line.reached / stations,
        ring=_("%(n)s of %(all)s stations passed") % {"n": line.reached, "all": stations},
        reports=_reports(line, smallest),
        late=_("%(n)s late") % {"n": number(line.late)} if line.late else "",
        ikm=f"IKM\u00a0{number(line.ikm, 2)}\u00a0({line.band})" if line.ikm is not None else "",
        causes=_causes(line, smallest),
        competency=line.competency,
        need="" if line.need is None else _("need %(size)s of 100") % {"size": number(round(100 * line.need))},
        going=people(line.going, smallest),
        passed=people(line.passed, smallest),
        verdict=queries.verdict_name(line.verdict),
        kind=queries.BADGES.get(line.verdict, ""),
    )


def _reports(line: Line, smallest: int) -> str:
    if line.reports is None:
        return _("fewer than %(smallest)s reports") % {"smallest": smallest}
    return ngettext("%(n)s report", "%(n)s reports", line.reports) % {"n": number(line.reports)}


def _causes(line: Line, smallest: int) -> str:
    if line.curable is None or line.coded is None:
        return _("fewer than %(smallest)s") % {"smallest": smallest} if line.curable is None else number(line.curable)
    if not line.coded:
        return ""
    return _("%(part)s of %(n)s") % {"part": number(line.curable), "n": number(line.coded)}


def people(n: int | None, smallest: int) -> str:
    """How many people, "" for nobody."""
    if n is None:
        return _("fewer than %(smallest)s people") % {"smallest": smallest}
    return ngettext("%(n)s person", "%(n)s people", n) % {"n": number(n)} if n else ""
