"""Bring the two years into an installation: plain rows become cases through ``reports.take_over``."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from lingkar.directory.orgs.queries import units_in
from lingkar.directory.people.queries import actor_for, holders_of
from lingkar.directory.places.queries import centres, districts
from lingkar.directory.services.queries import service_coded
from lingkar.foundation.access import Actor
from lingkar.foundation.calendar.queries import calendar_for, days_off
from lingkar.foundation.files.services import store
from lingkar.listen.reports import services
from lingkar.listen.reports.access import Action
from lingkar.site.demo import tree
from lingkar.site.demo.city import RAWA_BENING
from lingkar.site.demo.lives import Act, Life, Routed
from lingkar.site.demo.pictures import photo
from lingkar.site.demo.telling import topics
from lingkar.site.demo.years import SEED, Sent, World, reports, slug

FIRST_NUMBER = 1001
MARSH: dict[str, Any] = {"home": "marsh", "count": 40, "seed": RAWA_BENING.code}
"""The neighbour is small, and speaks of its own things."""
VARIANTS = 2
"""Drawings of each scene; every case has a file of its own, with the bytes of one of them."""
ACTIONS = {"officer": Action.HANDLE, "coordinator": Action.REFER, "inspector": Action.SEALED}


def world_of(agency: Any, *, at: datetime, scale: float) -> World:
    """The city as the generator needs to know it."""
    zone = ZoneInfo(agency.timezone)
    today = at.astimezone(zone).date()
    units = list(units_in(agency.pk))
    codes = {unit.pk: unit.code for unit in units}
    found = districts()
    villages = [village.name for top in found for village in top.villages]
    clinics = {village: clinic for clinic, served in tree.CLINICS.items() for village in served}
    return World(
        now=at,
        zone=zone,
        offices=calendar_for(agency.pk),
        lebaran=_lebaran(today),
        villages={village.name: f"kec-{slug(top.name)}" for top in found for village in top.villages},
        clinics={village: clinics.get(village, tree.MARSH_CLINIC) for village in villages},
        schools=tree.SCHOOLS,
        names={unit.code: _spoken(unit) for unit in units},
        parents={unit.code: codes.get(unit.parent_id, "") if unit.parent_id else "" for unit in units},
        centres=centres(),
        scale=scale,
        **(MARSH if agency.code == RAWA_BENING.code else {}),
    )


def _spoken(unit: Any) -> str:
    """What people call a unit: "kantor camat Kawung Hilir", "kelurahan Pasar Lama", "Dukcapil"."""
    if unit.kind == "district":
        return f"kantor camat {unit.name.removeprefix('Kecamatan ')}"
    if unit.kind == "village":
        return f"kantor {unit.name[:1].lower()}{unit.name[1:]}"
    return str({"pendaftaran": "Dukcapil"}.get(unit.code, unit.short_name))


def _lebaran(today: date) -> tuple[date, ...]:
    first = date(today.year - 3, 1, 1)
    return tuple(day.date for day in days_off(first, today) if "Idul Fitri" in day.name and "Cuti" not in day.name)


class City:
    """Turns what the generator says (codes, names of villages) into the ids of one agency."""

    def __init__(self, agency: Any, *, at: datetime, scale: float) -> None:
        self.agency, self.at = agency, at
        self.by = Actor.system(agency.pk)
        self.world = world_of(agency, at=at, scale=scale)
        self.desk = services.Desk(agency.pk, on=self.world.today)
        self.units = {unit.code: unit for unit in self.desk.units.values()}
        self.villages = {village.name: village.id for district in districts() for village in district.villages}
        wanted = {topic.service for topic in topics().values() if topic.service}
        offered = {code: service_coded(code, day=self.world.today) for code in wanted}
        self.services = {code: version.service_id for code, version in offered.items() if version}
        self.holders: dict[tuple[str, str], Sequence[UUID]] = {}
        self.drawn: dict[tuple[str, str, int], UUID] = {}

    def reports(self) -> list[Sent]:
        """What citizens sent in the two years, in the order in which it came in."""
        return reports(self.world)

    def cases(self, sent: Iterable[Sent], numbers: Mapping[datetime, int]) -> Iterator[services.PastCase]:
        """What became of each; ``numbers`` says which number a report got that came in at a moment."""
        for one in sent:
            yield self._case(one, numbers[one.at])

    def _case(self, sent: Sent, number: int) -> services.PastCase:
        topic, chance = topics()[sent.topic], Random(f"{SEED} loading {sent.key}")  # noqa: S311
        about = self.units[sent.about].pk if sent.about else None
        true = self.desk.by_code[topic.category]
        service = self._service(sent, chance)
        route = self.desk.route(sent.text, complained_of=about, service=service)
        chosen = None
        if route.category != true and (topic.sealed or chance.random() < 0.82):
            chosen = true.pk
            route = self.desk.route(sent.text, category=chosen, complained_of=about, service=service)
        target = self._target(sent, true, route, service)
        routed = Routed(route.category.code, route.unit.code, route.is_sealed)
        acts = Life(sent, routed, target, topic.category, self.world).lived()
        return services.PastCase(
            id=self.id_of(sent),
            token=sent.key.ljust(22, "-"),
            number=number,
            text=sent.text,
            received_at=sent.at,
            place=self.villages[sent.place],
            location=sent.location,
            latitude=sent.point[0] if sent.point else None,
            longitude=sent.point[1] if sent.point else None,
            category=chosen,
            reported_unit=about,
            service=service,
            anonymous=sent.anonymous,
            secret=sent.secret,
            name=sent.name,
            email=sent.email,
            photos=[self._drawing("photo", scene, chance) for scene in sent.scenes],
            acts=[self._act(act, chance) for act in acts],
        )

    def id_of(self, sent: Sent) -> UUID:
        """Under which a report that was sent is kept."""
        return UUID(int=Random(f"{SEED} id {self.agency.code} {sent.key}").getrandbits(128), version=4)  # noqa: S311

    def _target(self, sent: Sent, true: Any, route: services.PastRoute, service: UUID | None) -> str:
        """The unit that will answer in the end: of the part that serves and the whole office, the part."""
        serves = route.unit.code if service and not route.is_sealed else ""
        if sent.unit and not (serves and self.world.top(serves) == sent.unit):
            return sent.unit
        return serves or (true.unit.code if true.unit else "")

    def _service(self, sent: Sent, chance: Random) -> UUID | None:
        """The service whose page or poster the report began from; many are sent without."""
        if sent.about or not sent.service or chance.random() > 0.55:
            return None
        return self.services.get(sent.service)

    def _act(self, act: Act, chance: Random) -> services.PastAct:
        to_unit = self.units[act.to].pk if act.kind in ("referred", "unsealed") else None
        return services.PastAct(
            kind=act.kind,
            at=act.at,
            by=self._whose(act, chance) if act.role else None,
            text=act.text,
            to_unit=to_unit,
            category=self.desk.by_code[act.to].pk if act.kind == "recategorised" else None,
            to_agency=act.to if act.kind == "handed_over" else "",
            rating=act.rating,
            proofs=[self._drawing("proof", scene, chance) for scene in act.scenes],
        )

    def _whose(self, act: Act, chance: Random) -> UUID:
        """Somebody who may do it; of several, those nearest to the unit."""
        key = act.unit, act.role
        if key not in self.holders:
            self.holders[key] = self._holders(*key)
        return chance.choice(self.holders[key])

    def _holders(self, unit: str, role: str) -> list[UUID]:
        path, day = self.units[unit].path, self.world.today
        near: dict[int, list[UUID]] = {}
        for account in holders_of(ACTIONS[role], path, day=day):
            grants = [grant for grant in actor_for(account, day=day).grants if grant.role == role]
            reach = max((len(grant.path) for grant in grants if path.startswith(grant.path)), default=-1)
            near.setdefault(reach, []).append(account.pk)
        if max(near, default=-1) < 0:
            raise LookupError(f"nobody is {role} for {unit}")
        return near[max(near)]

    def _drawing(self, kind: str, scene: str, chance: Random) -> UUID:
        variant = chance.randrange(VARIANTS if self.world.scale >= 1 else 1)
        key = kind, scene, variant
        if key not in self.drawn:
            upload = photo(scene, seed=f"{kind} {variant}")
            purpose = "reports.photo" if kind == "photo" else ""
            self.drawn[key] = store(upload, kind=kind, purpose=purpose, by=self.by, at=self.at).pk
        return self.drawn[key]
