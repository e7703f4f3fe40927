"""Years of an agency, drawn at random and lived through the services: paths follow, and the past can be told again."""

from datetime import timedelta
from random import Random

import pytest
from django.db import transaction

from lingkar.directory.orgs import queries, rules, services
from lingkar.directory.orgs.models import Succession, Unit
from lingkar.directory.orgs.services import Part
from lingkar.directory.orgs.tests.conftest import AT, DAY
from lingkar.foundation.refusals import Refused

pytestmark = pytest.mark.django_db
TODAY = AT + timedelta(days=400)
DAYS = [DAY + timedelta(days=50 * number) for number in range(1, 11)]


def act(chance, codes, by):
    """One change of a unit that is drawn at random; its first day."""
    ids = {code: queries.unit_coded(code).pk for code in codes}
    one, other = chance.sample(sorted(ids), 2)
    day = chance.choice(DAYS)
    told = {"by": by, "at": TODAY}
    what = chance.choice(["rename", "move", "merge", "split", "end"])
    if what == "rename":
        services.rename_unit(unit=ids[one], name=f"Nama {chance.random()}", on=day, **told)
    elif what == "move":
        services.move_unit(unit=ids[one], parent=ids[other], on=day, **told)
    elif what == "merge":
        services.merge_units(units=[ids[one]], into=ids[other], on=day, **told)
    elif what == "split":
        code = f"baru-{len(codes)}"
        services.split_unit(unit=ids[one], parts=[Part(code=code, name=code), Part(unit=ids[other])], on=day, **told)
        codes.append(code)
    else:
        services.end_unit(unit=ids[one], last_day=day - rules.ONE_DAY, **told)
    return day


def told_on(agency, day):
    return [(node.code, node.name, node.parent) for node in queries.tree_on(agency.pk, day=day)]


def check_paths(agency):
    """Each unit stands below its parent, or below its heir once it has ended."""
    units = {unit.pk: unit for unit in Unit.objects.filter(agency=agency)}
    heirs = dict(Succession.objects.filter(is_heir=True, on__lte=TODAY.date()).values_list("from_unit", "to_unit"))
    for unit in units.values():
        above = heirs.get(unit.pk, unit.parent_id)
        assert unit.path == f"{units[above].path if above else ''}{unit.code}."


@pytest.mark.parametrize("seed", range(4))
def test_any_years_can_be_lived_and_told_again(agency, by, add, seed):
    chance = Random(seed)
    codes = [add(f"unit-{number}").code for number in range(5)]
    done = 0
    for _ in range(14):
        before = {day: told_on(agency, day) for day in (DAY, *DAYS)}
        try:
            with transaction.atomic():
                first = act(chance, codes, by)
        except Refused:
            continue
        done += 1
        check_paths(agency)
        for day in (day for day in before if day < first):
            assert told_on(agency, day) == before[day]
    assert done >= 3
