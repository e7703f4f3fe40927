"""What was planted in the survey and in the causes of the demo city: the second half of ``python -m tests.city``."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.city import CITY, rows


def said(today: date) -> Iterator[tuple[str, float, float, float]]:
    """What was planted in the survey and in the causes."""
    from lingkar.site.demo import truths as planted

    for unsur in ("u6", "u7"):
        yield (
            f"trained puskesmas: {unsur.upper()} against those not trained",
            _lifted(planted.HELPS, unsur, today),
            0.2,
            0.65,
        )
        yield f"trained kecamatan: {unsur.upper()}, no effect", _lifted(planted.NO_EFFECT, unsur, today), -0.2, 0.2
    turn = today - timedelta(days=330)
    first, waits, last = (turn - timedelta(days=400), turn, turn + timedelta(days=90))
    before, during = (_mean("izin-usaha", "u6", a, b) for a, b in ((first, waits), (waits, last)))
    after = _mean("izin-usaha", "u6", last, today)
    yield "permits: U6 in the three months after the training", during - before, -0.35, 0.35
    yield "permits: U6 from three months after the training", after - before, 0.25, 0.75
    weak = max(_mean("ktp-el", unsur, first, today) for unsur in ("u1", "u2", "u6"))
    yield "identity card: the strongest of U1, U2, U6, on 1 to 4", weak, 1.8, 2.6
    yield "identity card: share of its causes that is knowledge", _caused("ktp-el", "knowledge"), 0.45, 0.75
    yield (
        "trained puskesmas: trainable causes left, against those not trained",
        _caused_left(planted.HELPS, today),
        0.2,
        0.68,
    )
    yield "trained kecamatan: trainable causes left", _caused_left(planted.NO_EFFECT, today), 0.6, 1.6


def _mean(service: str, unsur: str, since: date, until: date, unit: str = "") -> float:
    """The mean of an unsur of a service between two days, at a unit or at all of them."""
    found = rows(
        f"SELECT avg(r.{unsur}) FROM surveys_response r JOIN services_service s ON s.id = r.service_id "
        "JOIN orgs_unit u ON u.id = r.unit_id JOIN tenancy_agency a ON a.id = r.agency_id "
        "WHERE a.code = %s AND s.code = %s AND r.day >= %s AND r.day < %s AND %s IN ('', u.code)",
        CITY, service, since, until, unit,
    )  # fmt: skip
    return float(found[0][0] or 0)


def _lifted(plan: Any, unsur: str, today: date) -> float:
    """How much more the answers about trained units rose from their day on than those about the others."""
    since, others = today - timedelta(days=730), [unit for unit, ago in plan.trained.items() if ago is None]
    lifts = []
    for unit, ago in plan.trained.items():
        if ago is None:
            continue
        turn = today - timedelta(days=ago)
        changes = [
            _mean(plan.service, unsur, turn, today, one) - _mean(plan.service, unsur, since, turn, one)
            for one in (unit, *others)
        ]
        lifts.append(changes[0] - sum(changes[1:]) / len(others))
    return sum(lifts) / len(lifts)


def _caused(service: str, kind: str) -> float:
    found = rows(
        "SELECT avg((c.kind = %s)::int) FROM causes_cause c JOIN services_service s ON s.id = c.service_id "
        "WHERE s.code = %s",
        kind, service,
    )  # fmt: skip
    return float(found[0][0])


def _caused_left(plan: Any, today: date) -> float:
    """Change of trainable causes in the trained units over the change in the others."""
    since, others = today - timedelta(days=730), [unit for unit, ago in plan.trained.items() if ago is None]
    left = []
    for unit, ago in plan.trained.items():
        if ago is None:
            continue
        turn = today - timedelta(days=ago)
        own, *rest = (
            _causes_a_day(plan.service, one, turn, today) / max(_causes_a_day(plan.service, one, since, turn), 0.003)
            for one in (unit, *others)
        )
        left.append(own / (sum(rest) / len(rest)))
    return sum(left) / len(left)


def _causes_a_day(service: str, unit: str, since: date, until: date) -> float:
    found = rows(
        "SELECT count(*) FROM causes_cause c JOIN services_service s ON s.id = c.service_id "
        "JOIN orgs_unit u ON u.id = c.unit_id WHERE s.code = %s AND u.code = %s AND c.competency <> '' "
        "AND c.happened_on >= %s AND c.happened_on < %s",
        service, unit, since, until,
    )  # fmt: skip
    return float(found[0][0]) / (until - since).days
