"""The ledger of hours, and the IP ASN from real rows."""

# mypy: disable-error-code="comparison-overlap"

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from lingkar.foundation.access import Forbidden, Unseen
from lingkar.foundation.parameters.services import set_value
from lingkar.foundation.refusals import Refused
from lingkar.grow.credentials import queries, services
from lingkar.grow.credentials.models import JpEntry
from lingkar.grow.credentials.services import NewHours, PastRating

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 8)


def learned(person, form, amount, on=date(2026, 5, 4), **given):
    return NewHours(person=person.pk, form=form, title="Sesuatu", amount=Decimal(amount), on=on, **given)


def credit(kota, at, *rows):
    return services.credit(rows=rows, by=kota.actor("training", None), at=at)


def test_limits_count_what_was_credited_before(kota, at, employ):
    one = employ()
    credit(kota, at, learned(one, "C1", 1), learned(one, "C1", 1), learned(one, "C1", 1))
    assert [row.jp for row in JpEntry.objects.order_by("jp")] == [0, 2, 2]
    credit(kota, at, learned(one, "C1", 1), learned(one, "C1", 1, on=date(2026, 4, 30)))
    assert queries.jp_of(one.pk, 2026).total == 6
    credit(kota, at, learned(one, "C3", 2), learned(one, "C3", 2), learned(one, "C3", 9, on=date(2026, 5, 6), days=2))
    assert queries.jp_of(one.pk, 2026).total == 6 + 3 + 6


@pytest.mark.parametrize("turn", [1, -1])
def test_the_limit_of_a_day_is_that_of_each_day_whatever_is_written_down_first(kota, at, employ, turn):
    """Five days of e-learning (15 JP at most): a day among them has nothing left, two days after them have 6."""
    one = employ()
    rows = [
        learned(one, "C3", 20, on=date(2026, 5, 8), days=5),
        learned(one, "C3", 3, on=date(2026, 5, 5)),
        learned(one, "C3", 9, on=date(2026, 5, 10), days=3),
    ]
    for row in rows[::turn]:
        credit(kota, at, row)
    assert queries.jp_of(one.pk, 2026).total == 15 + 6


def test_hours_and_punishments_count_for_whole_years_and_no_day_more(kota, at, employ):
    one = employ(post="functional", level="ahli_pertama")
    credit(kota, at, learned(one, "B3", 20, on=date(2025, 6, 9)))
    hours = {day: queries.ip_asn_of(one.pk, date(2026, 6, day)).competence for day in (8, 9)}
    assert hours == {8: 15, 9: 0}


def test_hours_of_a_revoked_certificate_can_be_taken_back(kota, at, employ):
    one, by = employ(), kota.actor("training", None)
    paper = services.NewCertificate(
        person=one.pk, title="PKTBT", jp=Decimal(20), subjects=[], first_day=date(2026, 6, 1),
        last_day=date(2026, 6, 2), signer="Sri", signer_title="Kepala", source="cohort", source_id=uuid4(), form="B3",
    )  # fmt: skip
    (given,) = services.issue(rows=[paper], by=by, at=at)
    entry = JpEntry.objects.get()
    with pytest.raises(Refused, match="of_certificate"):
        services.strike(entry=entry.pk, by=by, at=at)
    services.revoke(certificate=given.pk, reason="Diberikan kepada orang yang salah.", by=by, at=at)
    assert [row.id for row in queries.written_of(by, one.pk).hours] == [entry.pk]
    services.strike(entry=entry.pk, by=by, at=at)
    assert queries.jp_of(one.pk, 2026).total == 0


def test_the_same_source_is_credited_once(kota, at, employ):
    one, source = employ(), uuid4()
    row = learned(one, "B6", 1, source="cohort", source_id=source)
    assert [credit(kota, at, row, row), credit(kota, at, row)] == [1, 0]
    assert queries.jp_of(one.pk, 2026).total == 4


def test_a_pns_has_a_target_and_a_pppk_a_cap_over_the_contract(kota, at, employ):
    pns, pppk, guest = employ("A"), employ("B", kind="pppk", year=2024), employ("C", kind="external")
    for one in (pns, pppk, guest):
        credit(kota, at, learned(one, "B3", 20, on=date(2025, 3, 3)), learned(one, "B3", 12))
    found = queries.jp_of_many([pns.pk, pppk.pk, guest.pk], 2026)
    assert (found[pns.pk].total, found[pns.pk].target, found[pns.pk].missing, found[pns.pk].cap) == (12, 20, 8, None)
    assert (found[pppk.pk].total, found[pppk.pk].counted, found[pppk.pk].cap, found[pppk.pk].target) == (
        12,
        4,
        24,
        None,
    )
    assert (found[guest.pk].total, found[guest.pk].target, found[guest.pk].cap) == (12, None, None)


def test_many_cost_no_more_statements_than_one(kota, at, employ, django_assert_num_queries):
    people = [employ(f"Orang {number}").pk for number in range(6)]
    with django_assert_num_queries(2):
        assert len(queries.jp_of_many(people, 2026)) == 6
    with django_assert_num_queries(2):
        assert len(queries.ip_asn_of_many(people, TODAY)) == 6


def test_ip_asn_75_from_rows(kota, at, employ):
    one = employ(post="functional", level="ahli_pertama")
    credit(kota, at, learned(one, "B4", 20))
    services.rate(person=one.pk, year=2025, predicate="good", by=kota.actor("training", None), at=at)
    found = queries.ip_asn_of(one.pk, TODAY)
    assert (found.value, found.level) == (Decimal("75.00"), "medium")
    assert [(row.what, row.points) for row in queries.points_available(one.pk, TODAY)] == [("seminar", 10)]
    credit(kota, at, learned(one, "B6", 1))
    assert queries.ip_asn_of(one.pk, TODAY).value == 85
    services.punish(person=one.pk, severity="light", on=date(2024, 1, 2), by=kota.system, at=at)
    assert queries.ip_asn_of(one.pk, TODAY).value == 83
    assert queries.ip_asn_of(one.pk, date(2029, 1, 1)).missing == ("rating",)


def test_who_has_no_index(kota, at, employ):
    assert queries.ip_asn_of(employ("A", kind="cpns", year=2025).pk, TODAY) is None
    assert queries.ip_asn_of(employ("B", kind="external").pk, TODAY) is None
    assert queries.points_available(employ("C", kind="pppk_part_time", year=2025).pk, TODAY) == ()


def test_a_number_of_the_table_changes_from_a_day_on(kota, at, employ):
    one = employ()
    by = kota.actor("operator", None)
    set_value(key="credentials.jp_b6", value=(8, 9), valid_from=TODAY, source="Peraturan baru", by=by, at=at)
    credit(kota, at, learned(one, "B6", 1, on=date(2026, 6, 7)), learned(one, "B6", 1, on=TODAY))
    assert sorted(row.jp for row in queries.entries_of(one.pk, 2026)) == [4, 8]


def test_who_may_write_and_who_sees(kota, at, employ):
    own, other = employ("Saya", account=kota.holder("member", None)), employ("Lain")
    for role in ("supervisor", "leader", "member"):
        with pytest.raises(Forbidden):
            services.credit(rows=[learned(own, "B3", 1)], by=kota.actor(role, None), at=at)
    by = kota.actor("member", None)
    assert queries.index_seen_by(by, own.pk, day=TODAY).is_self
    with pytest.raises(Unseen):
        queries.index_seen_by(by, other.pk, day=TODAY)
    assert not queries.index_seen_by(kota.actor("supervisor"), other.pk, day=TODAY).is_self
    with pytest.raises(Unseen):
        queries.index_seen_by(kota.actor("supervisor", "pupr"), other.pk, day=TODAY)


def test_bad_input_is_refused(kota, at, employ):
    one, by = employ(), kota.system
    for row, code in (
        (learned(one, "B3", 4, on=date(2026, 6, 9)), "days_unusable"),
        (learned(one, "B1", 4, international=True), "only_national"),
        (learned(one, "B3", 0), "amount_unusable"),
    ):
        with pytest.raises(Refused, match=code):
            services.credit(rows=[row], by=by, at=at)
    for rating, code in ((PastRating(one.pk, 2026, "good"), "year"), (PastRating(one.pk, 2025, "ok"), "predicate"),
                         (PastRating(uuid4(), 2025, "good"), "nobody")):  # fmt: skip
        with pytest.raises(Refused, match=code):
            services.rate_many(rows=[rating], by=by, at=at)
    with pytest.raises(Refused, match="severity"):
        services.punish(person=one.pk, severity="odd", on=TODAY, by=by, at=at)
    assert not JpEntry.objects.exists()
