"""Where a unit stands in the tree, day by day. Pure: codes and paths are plain text, keys are anything."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from lingkar.foundation.refusals import Refused

K = TypeVar("K")
"""What stands for a unit: its id, or its code while a file is read."""

ONE_DAY = timedelta(days=1)
CLOSE = "."
"""Closes every code of a path, so that ``"camat."`` is no prefix of ``"camat-utara."``."""
LONGEST_PATH = 400

COMPETENCIES = (
    "integrity",
    "teamwork",
    "communication",
    "results",
    "public_service",
    "development",
    "change",
    "decisions",
    "unity",
)
"""The eight managerial competencies and the sociocultural one, in the order of PermenPANRB 38/2017."""
FUNCTIONAL = "functional"
"""The kind of position that has levels (jenjang)."""
LEVELS = range(1, 6)
"""Levels of a competency: from 1 to 5."""


def path_below(parent: str, code: str) -> str:
    """The path of the unit ``code`` under the path ``parent`` ("" for the top): ``"dukcapil." + "loket" + "."``."""
    if not code or CLOSE in code:
        raise Refused("orgs.code_unusable", named=code)
    path = f"{parent}{code}{CLOSE}"
    if len(path) > LONGEST_PATH:
        raise Refused("orgs.too_deep", named=code)
    return path


def is_within(path: str, top: str) -> bool:
    """Whether ``path`` is ``top`` itself or lies below it. "" is the whole agency."""
    return path.startswith(top)


def lineage(path: str) -> tuple[str, ...]:
    """Paths of a unit's ancestors and itself, from the top: ``("dukcapil.", "dukcapil.loket.")``."""
    codes = path.split(CLOSE)[:-1]
    return tuple(CLOSE.join(codes[: depth + 1]) + CLOSE for depth in range(len(codes)))


@dataclass(frozen=True)
class Stretch:
    """Days from ``first`` to ``last``, both included (None: open), in which the same is true."""

    first: date
    last: date | None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    def outlasts(self, day: date) -> bool:
        """Whether it still holds on ``day`` or begins later."""
        return self.last is None or self.last >= day


S = TypeVar("S", bound=Stretch)


@dataclass(frozen=True)
class Spell(Stretch, Generic[K]):
    """What a unit is in these days: where it stands and what it is called."""

    parent: K | None
    name: str = ""
    short_name: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Post(Stretch):
    """What a position is in these days. ``profile`` is its own one; None: the standard of its group."""

    title: str
    kind: str
    level: str = ""
    echelon: str | None = None
    leads: bool = False
    seats: int = 1
    profile: Mapping[str, int] | None = None


Spells = Mapping[K, Sequence[Spell[K]]]
"""The spells of each unit, oldest first, without gaps."""


def parents_on(spells: Spells[K], day: date) -> dict[K, K | None]:
    """The tree of a day: the parent of each unit that exists on it."""
    return {unit: spell.parent for unit, known in spells.items() for spell in known if spell.holds(day)}


def check_tree(spells: Spells[K], *, since: date) -> None:
    """From ``since`` on, on every day each unit stands below one that exists, and none stands below itself.

    ``Refused("orgs.circle")`` or ``Refused("orgs.parent_not_there")`` with the unit, the parent and the day.
    """
    for unit, known in spells.items():
        for spell in known:
            _check_parent(spells, unit, spell, since)
    for day in turning_days(spells, since=since):
        parents = parents_on(spells, day)
        looped = circle(parents)
        if looped:
            raise Refused("orgs.circle", unit=looped[0], parent=parents[looped[0]], day=day)


def _check_parent(spells: Spells[K], unit: K, spell: Spell[K], since: date) -> None:
    if spell.parent is None or (spell.last is not None and spell.last < since):
        return
    above = spells.get(spell.parent)
    first, missing = max(spell.first, since), None
    if not above or above[0].first > first:
        missing = first
    elif above[-1].last is not None and (spell.last is None or spell.last > above[-1].last):
        missing = max(above[-1].last + ONE_DAY, first)
    if missing:
        raise Refused("orgs.parent_not_there", unit=unit, parent=spell.parent, day=missing)


def turning_days(spells: Spells[K], *, since: date) -> list[date]:
    """``since`` and every later day on which some unit begins to stand elsewhere."""
    return sorted({since, *(spell.first for known in spells.values() for spell in known if spell.first > since)})


def circle(parents: Mapping[K, K | None]) -> tuple[K, ...]:
    """Units that stand below themselves, as one ring; () where the tree is a tree."""
    safe: set[K] = set()
    for start in parents:
        walked: dict[K, None] = {}
        unit: K | None = start
        while unit is not None and unit not in safe:
            if unit in walked:
                ring = list(walked)
                return tuple(ring[ring.index(unit) :])
            walked[unit] = None
            unit = parents.get(unit)
        safe |= walked.keys()
    return ()


def paths_of(
    parents: Mapping[K, K | None], codes: Mapping[K, str], known: Mapping[K, str] | None = None
) -> dict[K, str]:
    """The path of every unit in ``parents``, below those whose path is ``known`` already.

    ``Refused``: ``orgs.circle``, ``orgs.too_deep``.
    """
    looped = circle(parents)
    if looped:
        raise Refused("orgs.circle", unit=looped[0], parent=parents[looped[0]])
    found = dict(known or {})
    for unit in parents:
        for step in reversed(list(_upwards(unit, parents, found))):
            above = parents[step]
            found[step] = path_below("" if above is None else found[above], codes[step])
    return {unit: found[unit] for unit in parents}


def _upwards(unit: K, parents: Mapping[K, K | None], known: Mapping[K, str]) -> Iterator[K]:
    at: K | None = unit
    while at is not None and at not in known:
        yield at
        at = parents[at]


def changed(known: Sequence[S], on: date, **facts: Any) -> list[S]:
    """What is known of a unit or a position, once ``facts`` are true from ``on`` on.

    A later stretch keeps a fact that was changed again by then, and takes over one that was not. ``Refused``:
    ``orgs.not_begun``, ``orgs.ended`` (outside its life), ``orgs.nothing_changes``.
    """
    _check_within(known, on)
    cut = _cut(known, on)
    told: list[S] = []
    still = {name: getattr(_spell_on(cut, on), name) for name in facts}
    for spell in cut:
        if spell.first >= on:
            still = {name: old for name, old in still.items() if getattr(spell, name) == old}
            spell = replace(spell, **{name: facts[name] for name in still})
        told.append(spell)
    if _joined(told) == _joined(known):
        raise Refused("orgs.nothing_changes")
    return _joined(told)


def post_changed(known: Sequence[Post], on: date, facts: Mapping[str, Any]) -> list[Post]:
    """What is known of a position, once ``facts`` are true from ``on`` on.

    A level falls away with the kind that had it, and an empty echelon is none. ``Refused``: ``orgs.position_ended``,
    and as for ``changed``.
    """
    last, told = known[-1].last, dict(facts)
    if last is not None and on > last:
        raise Refused("orgs.position_ended", day=last)
    if told.get("echelon") == "":
        told["echelon"] = None
    if "kind" in told and told["kind"] != FUNCTIONAL:
        told.setdefault("level", "")
    return changed(known, on, **told)


def stretch_on(known: Sequence[S], day: date) -> S:
    """What holds on a day; the closest one where the day lies outside."""
    return next((stretch for stretch in reversed(known) if stretch.first <= day), known[0])


def rehung(known: Sequence[Spell[K]], old: K, new: K | None, on: date) -> list[Spell[K]]:
    """The spells of a unit that stands below ``new`` wherever it would stand below ``old`` from ``on`` on."""
    if not any(spell.parent == old and spell.outlasts(on) for spell in known):
        return list(known)
    cut = _cut(known, on) if known[0].first < on else list(known)
    return _joined([replace(s, parent=new) if s.parent == old and s.first >= on else s for s in cut])


def ended(known: Sequence[S], last: date) -> list[S]:
    """What is known of a unit or a position whose last day is ``last``; what was planned for later falls away."""
    _check_within(known, last)
    if known[-1].last is not None:
        raise Refused("orgs.ended", day=known[-1].last)
    return cut_off(known, last)


def cut_off(known: Sequence[S], last: date) -> list[S]:
    """What is known up to ``last``, which is at or after the first day; the rest falls away."""
    kept = [spell for spell in known if spell.first <= last]
    return [*kept[:-1], replace(kept[-1], last=last)]


def reopened(known: Sequence[S]) -> list[S]:
    """What is known once there is no last day any more."""
    return [*known[:-1], replace(known[-1], last=None)]


def _check_within(known: Sequence[Stretch], day: date) -> None:
    if day < known[0].first:
        raise Refused("orgs.not_begun", day=known[0].first)
    if known[-1].last is not None and day > known[-1].last:
        raise Refused("orgs.ended", day=known[-1].last)


def _spell_on(known: Sequence[S], day: date) -> S:
    return next(spell for spell in known if spell.holds(day))


def _cut(known: Sequence[S], day: date) -> list[S]:
    """The same stretches, one of them beginning on ``day``."""
    parts: list[S] = []
    for spell in known:
        if spell.first < day and spell.holds(day):
            parts += [replace(spell, last=day - ONE_DAY), replace(spell, first=day)]
        else:
            parts.append(spell)
    return parts


def _joined(known: Sequence[S]) -> list[S]:
    """The same stretches, told without saying the same thing twice."""
    told = list(known[:1])
    for spell in known[1:]:
        if replace(spell, first=told[-1].first, last=told[-1].last) == told[-1]:
            told[-1] = replace(told[-1], last=spell.last)
        else:
            told.append(spell)
    return told


def check_life(first: date, last: date | None, *, within: tuple[date, date | None]) -> None:
    """A position lives within the life of its unit: ``Refused("orgs.unit_not_there")``."""
    begins, ends = within
    if first < begins or (ends is not None and (last is None or last > ends)):
        raise Refused("orgs.unit_not_there", first=begins, last=ends)


def check_profile(profile: Mapping[str, object] | None) -> None:
    """Each competency of a profile has a code and a level from 1 to 5: ``Refused("orgs.profile_unusable")``."""
    for code, level in (profile or {}).items():
        if not code or isinstance(level, bool) or level not in LEVELS:
            raise Refused("orgs.profile_unusable", competency=code)


def check_post(post: Post) -> None:
    """A level is for functional positions, and who leads is one person.

    ``Refused``: ``orgs.level_is_for_functional``, ``orgs.one_head``, ``orgs.profile_unusable``.
    """
    if post.level and post.kind != FUNCTIONAL:
        raise Refused("orgs.level_is_for_functional")
    if post.leads and post.seats > 1:
        raise Refused("orgs.one_head")
    check_profile(post.profile)


def check_heads(led: Iterable[Stretch], new: Iterable[Stretch], *, unit: object, named: str) -> None:
    """On no day a unit is led by two positions: ``Refused("orgs.head_taken")``."""
    known = list(led)
    for one in new:
        if any(other.outlasts(one.first) and one.outlasts(other.first) for other in known):
            raise Refused("orgs.head_taken", named=named, unit=unit)


def profile_group(kind: str, level: str) -> str:
    """The group whose standard holds for a position: the level of a functional one, else its kind."""
    return level or kind


def default_profile(levels: Iterable[int]) -> dict[str, int]:
    """The profile that a standard gives, as levels in the order of ``COMPETENCIES``."""
    return dict(zip(COMPETENCIES, levels, strict=False))
