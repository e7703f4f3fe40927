"""What the product itself says of the demo city: the third half of ``python -m tests.city``.

The truths are planted in cases, answers and assessments; needs, studies and plans of the product must find them, and
claim nothing where nothing was planted.
"""

from collections.abc import Iterator

from tests.city import CITY, rows

SAID = (
    "SELECT f.kind, f.low, f.high FROM effect_finding f JOIN effect_study s ON s.id = f.study_id "
    "JOIN services_service v ON v.id = s.service_id JOIN tenancy_agency a ON a.id = s.agency_id "
    "WHERE a.code = %s AND v.code = %s AND s.outcome = %s AND NOT s.is_late ORDER BY f.on DESC LIMIT 1"
)
CAUTIOUS = ("no_larger_than", "cannot_tell")


def learned() -> Iterator[tuple[str, float, float, float]]:
    """What needs, studies and plans say; 1 where it is so."""
    from lingkar.site.demo import truths as planted

    yield "the service with the largest need is the identity card", _is(_top() == "ktp-el"), 1, 1
    kind, low, high = _said(planted.HELPS.service, "cases")
    change = planted.HELPS.ratio - 1
    yield "trained puskesmas: the study says better", _is(kind == "better"), 1, 1
    yield "trained puskesmas: the planted change lies in the study's interval", _is(low <= change <= high), 1, 1
    kind, low, high = _said(planted.HELPS.service, "U6")
    yield "trained puskesmas: the study of U6 says better", _is(kind == "better"), 1, 1
    kind, low, high = _said(planted.NO_EFFECT.service, "cases")
    yield "trained kecamatan: the study claims nothing", _is(kind in CAUTIOUS), 1, 1
    yield "trained kecamatan: no change lies in the study's interval", _is(low <= 0 <= high), 1, 1
    kind, *_bounds = _said(planted.DELAYED.service, "cases")
    yield "permits, one unit alone: the study cannot tell", _is(kind == "cannot_tell"), 1, 1
    yield "places in the approved plan of the city", _places(), 10, 500
    taken, right, late = _quiz()
    yield "running class: people who took the quiz", taken, 26, 42
    yield "running class: share of right answers at the first try", right, 0.78, 0.92
    yield "running class: answers that came too late", late, 3, 3


def _is(so: bool) -> float:
    return float(so)


QUIZ = (
    "SELECT count(*), avg(t.score) / 100, (SELECT count(*) FROM exams_uncountedanswer WHERE why = 'late') "
    "FROM exams_attempt t JOIN exams_quiz q ON q.id = t.quiz_id JOIN tenancy_agency a ON a.id = t.agency_id "
    "WHERE a.code = %s AND q.code = 'kuis-pktbt' AND t.number = 1 AND t.submitted_at IS NOT NULL"
)


def _quiz() -> tuple[float, float, float]:
    taken, right, late = rows(QUIZ, CITY)[0]
    return float(taken), float(right or 0), float(late)


def _top() -> str:
    found = rows(
        "SELECT s.code FROM needs_need n JOIN services_service s ON s.id = n.service_id "
        "JOIN needs_computation c ON c.id = n.computation_id JOIN tenancy_agency a ON a.id = c.agency_id "
        "WHERE a.code = %s ORDER BY c.at DESC, n.rank LIMIT 1",
        CITY,
    )
    return str(found[0][0]) if found else ""


def _said(service: str, outcome: str) -> tuple[str, float, float]:
    """The last finding of a study that was registered in time; bounds that nothing lies between when there is none."""
    found = rows(SAID, CITY, service, outcome)
    if not found:
        return "", 1.0, -1.0
    kind, low, high = found[0]
    return str(kind), 1.0 if low is None else float(low), -1.0 if high is None else float(high)


def _places() -> float:
    found = rows(
        "SELECT count(*) FROM planning_assignment p JOIN planning_run r ON r.id = p.run_id "
        "JOIN planning_plan l ON l.id = r.plan_id WHERE p.goes AND l.state = 'approved'"
    )
    return float(found[0][0])
