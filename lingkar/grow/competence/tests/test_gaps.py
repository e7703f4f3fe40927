"""What counts of what was found, who may write it, and who sees it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from lingkar.directory.people.services import grant_role
from lingkar.foundation.access import Forbidden, Unseen
from lingkar.foundation.audit.models import AuditEntry
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.grow.competence import queries, services
from lingkar.grow.competence.dictionary import shipped
from lingkar.grow.competence.models import Assessment, Competency
from lingkar.grow.competence.rules import Band
from lingkar.grow.competence.services import PastAssessment

COMPETENCIES = tuple(row.code for row in shipped())
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words")]
TODAY = date(2026, 6, 8)
ALL_ONE = dict.fromkeys(COMPETENCIES, 1)


def assess(by, person, kind, levels, at, on=TODAY):
    return services.assess(person=person.pk, kind=kind, levels=levels, on=on, by=by, at=at)


def test_the_dictionary_ships_nine_competencies_with_five_levels_and_its_source(kota, at):
    rows = queries.dictionary()
    assert [row.code for row in rows] == list(COMPETENCIES)
    assert all(len(row.levels) == 5 and all(row.levels) for row in rows)
    assert len({word for row in rows for word in row.levels}) == 45
    assert all("PermenPANRB 38/2017" in row.source for row in rows)
    assert services.load_dictionary(by=kota.system, at=at) == 0
    assert Competency.objects.count() == 9
    with pytest.raises(Forbidden):
        services.load_dictionary(by=kota.actor("supervisor"), at=at)


def test_measured_counts_before_the_manager_and_oneself_never(kota, at, employ):
    account = kota.holder("member", None)
    rini = employ("Rini", account=account)
    assess(kota.actor("member", None), rini, "self", {"change": 5, "unity": 5}, at)
    assess(kota.actor("supervisor"), rini, "manager", {"change": 0, "unity": 1}, at)
    gaps = {row.competency: row for row in queries.gaps_of(rini.pk, TODAY)}
    assert (gaps["change"].attained, gaps["change"].gap, gaps["change"].source) == (0, 1, "manager")
    assess(kota.actor("training", None), rini, "measured", {"change": 1}, at, on=TODAY - timedelta(days=400))
    gaps = {row.competency: row for row in queries.gaps_of(rini.pk, TODAY)}
    assert (gaps["change"].attained, gaps["change"].source, gaps["change"].on) == (
        1,
        "measured",
        TODAY - timedelta(days=400),
    )
    assert gaps["integrity"].gap is None
    assert queries.own_view_of(rini.pk, day=TODAY)["change"].level == 5


def test_what_is_not_valid_any_more_does_not_count(kota, at, employ):
    rini = employ("Rini")
    assess(kota.system, rini, "measured", {"change": 1}, at, on=date(2023, 6, 8))
    assert {row.competency: row.gap for row in queries.gaps_of(rini.pk, TODAY)}["change"] == 0
    tomorrow = TODAY + timedelta(days=1)
    assert {row.competency: row.gap for row in queries.gaps_of(rini.pk, tomorrow)}["change"] is None


def test_jpm_follows_the_standard_of_the_position(kota, at, employ):
    head = employ("Kepala", kind="administrator")
    assess(kota.system, head, "measured", dict.fromkeys(COMPETENCIES, 3) | {"change": 2, "unity": 1}, at)
    match = queries.jpm_of(head.pk, TODAY, agency=kota.agency.pk)
    assert (match.value, match.band) == (Decimal("88.89"), Band.FAIR)


def test_a_position_without_a_standard_gives_no_number(kota, at, employ):
    nobody = employ("Tanpa", kind="functional")
    assess(kota.system, nobody, "measured", ALL_ONE, at)
    assert queries.gaps_of(nobody.pk, TODAY) == ()
    assert queries.jpm_of(nobody.pk, TODAY, agency=kota.agency.pk).value is None
    assert queries.gaps_of_many([nobody.pk], TODAY) == {}


def test_many_cost_no_more_statements_than_one(kota, at, employ, django_assert_num_queries):
    people = [employ(f"Orang {number}") for number in range(12)]
    rows = [PastAssessment(one.pk, "manager", ALL_ONE | {"change": 0}, TODAY) for one in people]
    assert services.assess_many(rows=rows, by=kota.system, at=at) == 12 * 9
    with django_assert_num_queries(2):
        found = queries.gaps_of_many([one.pk for one in people], TODAY)
    assert len(found) == 12
    assert found[people[0].pk]["change"] == 1
    assert found[people[0].pk]["unity"] == 0


def test_a_group_is_hidden_where_another_one_taken_off_would_leave_few(kota, at, employ):
    people = [employ(f"Orang {number}").pk for number in range(13)]
    rows = [PastAssessment(one, "manager", ALL_ONE, TODAY) for one in people]
    services.assess_many(rows=rows, by=kota.system, at=at)
    inner, outer, apart = kota.units["pelayanan"].pk, kota.units["dukcapil"].pk, kota.units["pupr"].pk
    groups = {inner: people[:5], outer: people[:8], apart: people[8:]}
    found = queries.group_gaps(groups, agency=kota.agency.pk, day=TODAY)
    assert {group: {row.assessed for row in rows} for group, rows in found.items()} == {
        inner: {5}, outer: {None}, apart: {5},
    }  # fmt: skip


def test_a_unit_shows_means_and_hides_small_groups(kota, at, employ):
    people = [employ(f"Orang {number}") for number in range(6)]
    for number, one in enumerate(people):
        levels = {"change": 0} if number < 5 else {}
        if number < 4:
            levels["unity"] = 0
        if levels:
            assess(kota.system, one, "manager", levels, at)
    unit = kota.units["dukcapil"].pk
    rows = {row.competency: row for row in queries.unit_gaps(kota.actor("leader", None), unit, day=TODAY)}
    assert (rows["change"].people, rows["change"].assessed, rows["change"].mean) == (6, 5, Decimal("1.00"))
    assert (rows["unity"].assessed, rows["unity"].mean) == (None, None)
    standing = queries.unit_standing(kota.actor("supervisor"), "dukcapil.", day=TODAY)
    assert (standing.people, standing.with_standard, standing.match) == (6, 6, None)
    for by in (kota.actor("member", None), kota.actor("supervisor", "pupr"), kota.visitor):
        with pytest.raises(Unseen):
            queries.unit_gaps(by, unit, day=TODAY)


def test_an_office_less_its_section_tells_nobody(kota, at, employ):
    """Seven in the section, two more in the office itself: the mean of nine less that of seven would be theirs."""
    for number in range(7):
        assess(kota.system, employ(f"Loket {number}"), "manager", {"change": 0}, at)
    for number in range(2):
        assess(kota.system, employ(f"Dinas {number}", unit="dukcapil"), "manager", {"change": 2}, at)
    by = kota.actor("leader", None)

    def told(unit):
        rows = {row.competency: row for row in queries.unit_gaps(by, kota.units[unit].pk, day=TODAY)}
        return rows["change"].mean

    assert told("pelayanan") == Decimal("1.00")
    assert told("dukcapil") is None
    for number in range(3):
        assess(kota.system, employ(f"Lagi {number}", unit="dukcapil"), "manager", {"change": 2}, at)
    assert told("dukcapil") is not None, "five are a group of their own"


def test_a_manager_assesses_the_people_of_their_units_alone(kota, lain, at, employ):
    rini, far = employ("Rini"), employ("Jauh", unit="pupr")
    by = kota.actor("supervisor")
    assess(by, rini, "manager", {"change": 1}, at)
    assert [row.name for row in queries.team(by)] == ["Rini"]
    for kind in ("manager", "measured"):
        with pytest.raises(Unseen):
            assess(by, far, kind, {"change": 1}, at)
    with pytest.raises(Forbidden):
        assess(by, rini, "measured", {"change": 1}, at)
    with pytest.raises(Unseen):
        assess(kota.actor("member", None), rini, "manager", {"change": 1}, at)
    with agency_scope(lain.agency.pk), pytest.raises(Unseen):
        assess(lain.system, rini, "measured", {"change": 1}, at)


def test_nobody_is_their_own_manager(kota, at, employ):
    account = kota.holder("supervisor")
    own = employ("Atasan", account=account)
    by = kota.actor("supervisor")
    with pytest.raises(Refused, match="own_assessment"):
        assess(by, own, "manager", {"change": 5}, at)
    assert assess(by, own, "self", {"change": 5}, at) == 1
    with pytest.raises(Unseen):
        queries.person_to_assess(by, own.pk)
    assert list(queries.team(by)) == []
    grant_role(account=account.pk, role="training", unit=None, valid_from=TODAY, by=kota.system, at=at)
    with pytest.raises(Forbidden):
        assess(kota.actor("supervisor"), own, "measured", {"change": 5}, at)


def test_somebody_sees_their_own_gaps_and_nobody_elses(kota, at, employ):
    own, other = employ("Saya", account=kota.holder("member", None)), employ("Lain")
    by = kota.actor("member", None)
    assert queries.gaps_seen_by(by, own.pk, day=TODAY).is_self
    with pytest.raises(Unseen):
        queries.gaps_seen_by(by, other.pk, day=TODAY)
    assess(by, own, "self", {"change": 3}, at)
    seen = queries.gaps_seen_by(kota.actor("supervisor"), own.pk, day=TODAY)
    assert seen.own == {}
    assert len(queries.history_of(by, own.pk)) == 1
    assert len(queries.history_of(kota.actor("supervisor"), own.pk)) == 0


def test_a_second_look_on_the_same_day_replaces_the_first(kota, at, employ):
    rini = employ("Rini")
    for level in (0, 1):
        assess(kota.actor("supervisor"), rini, "manager", {"change": level}, at)
    assert Assessment.objects.get().level == 1
    entry = AuditEntry.objects.filter(verb="competence.assessed").last()
    assert entry.subject_id == str(rini.pk)


def test_what_cannot_have_been_found_is_refused(kota, at, employ):
    rini = employ("Rini")
    with pytest.raises(Refused, match="in_the_future"):
        assess(kota.system, rini, "measured", {"change": 1}, at, on=TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="kind_unknown"):
        assess(kota.system, rini, "guessed", {"change": 1}, at)
    bad = [PastAssessment(kota.units["dukcapil"].pk, "manager", {"change": 1}, TODAY)]
    with pytest.raises(Refused, match="nobody"):
        services.assess_many(rows=bad, by=kota.system, at=at)
    with pytest.raises(Forbidden):
        services.assess_many(rows=[], by=kota.actor("supervisor"), at=at)
    assert not Assessment.objects.exists()
