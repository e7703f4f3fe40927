"""The competencies of PermenPANRB 38/2017 and what each level of them asks for, in short."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingkar.directory.orgs.rules import COMPETENCIES

NAMES: dict[str, str | Promise] = {
    "integrity": _("Integrity"),
    "teamwork": _("Working together"),
    "communication": _("Communication"),
    "results": _("Orientation to results"),
    "public_service": _("Public service"),
    "development": _("Developing oneself and others"),
    "change": _("Managing change"),
    "decisions": _("Making decisions"),
    "unity": _("Uniting the nation"),
}
LEVELS: dict[str, tuple[str | Promise, ...]] = {
    "integrity": (
        _("acts by one's own values"),
        _("reminds colleagues"),
        _("makes sure of those whom one leads"),
        _("makes a workplace in which rules are kept"),
        _("is an example for the nation"),
    ),
    "teamwork": (
        _("takes part"),
        _("makes the team take part and get things done"),
        _("builds a team that performs"),
        _("keeps teams committed and units working together"),
        _("works together steadily within and outside the agency"),
    ),
    "communication": (
        _("speaks clearly and completely"),
        _("communicates actively, formally and informally"),
        _("is assertive on difficult matters"),
        _("speaks to many sides and leads them to agree"),
        _("sets up open, strategic communication"),
    ),
    "results": (
        _("meets the standard"),
        _("does better than one's own standard"),
        _("sets the unit challenging targets"),
        _("brings the unit to its targets or beyond"),
        _("raises the quality of the organisation"),
    ),
    "public_service": (
        _("follows the service standard"),
        _("supervises, openly"),
        _("improves the standard of the unit"),
        _("sees long-term matters coming"),
        _("makes policy for services"),
    ),
    "development": (
        _("develops oneself"),
        _("explains and shows subordinates"),
        _("gives feedback and guides"),
        _("plans development for the long term"),
        _("makes a culture of learning"),
    ),
    "change": (
        _("goes along with change"),
        _("adapts before being told"),
        _("helps others to change"),
        _("leads change in the unit"),
        _("wins stakeholders for change"),
    ),
    "decisions": (
        _("gathers information"),
        _("analyses in depth"),
        _("weighs alternatives and their risks"),
        _("decides at high risk, and limits it"),
        _("decides strategically, with effect on the nation"),
    ),
    "unity": (
        _("is alert to diversity"),
        _("respects others"),
        _("builds tolerance and unity"),
        _("makes use of differences"),
        _("stands for the government"),
    ),
}
"""What levels 1 to 5 ask for."""


@dataclass(frozen=True)
class Required:
    """One competency of a profile as it is read."""

    code: str
    name: str | Promise
    level: int
    asks: str | Promise


def required(profile: Mapping[str, int]) -> list[Required]:
    """A profile in the order of the regulation; competencies of one's own stand at the end, by their code."""
    order = [*(code for code in COMPETENCIES if code in profile), *sorted(profile.keys() - set(COMPETENCIES))]
    return [Required(code, NAMES.get(code, code), profile[code], _asks(code, profile[code])) for code in order]


def _asks(code: str, level: int) -> str | Promise:
    return LEVELS[code][level - 1] if code in LEVELS else ""
