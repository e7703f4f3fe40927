"""A round of the clock: where it fails at one agency the others go on, and the failure is seen and tried again."""

import pytest
from django_scopes import get_scope
from procrastinate.contrib.django.models import ProcrastinateJob

from lingkar.foundation.events import rounds
from lingkar.foundation.events.testing import come_round, drain
from lingkar.foundation.notify import services
from lingkar.site.operate import queries
from lingkar.site.wiring import markdown

ROUND = "notify.settle_lost"


class Served(list):
    """The agencies that were served, in order."""

    def __init__(self, first, others):
        self.first, self.others, self.ill = first, others, True

    def settle(self, *, at):
        agency = get_scope()["agency"]
        if self.ill and agency == self.first.pk:
            raise ValueError("kata orang")
        self.append(agency)


@pytest.fixture
def served(kota, lain, monkeypatch):
    """Which agencies the round was done at, while the first of them fails as often as it is tried."""

    first, other = sorted((kota.agency, lain.agency), key=lambda agency: agency.code)
    served = Served(first, {other.pk})
    monkeypatch.setattr(services, "settle_lost", served.settle)
    return served


def jobs():
    return list(ProcrastinateJob.objects.filter(task_name=rounds.VISIT).values_list("args__agency", "status"))


def park():
    """As the worker leaves a job after its last try."""
    ProcrastinateJob.objects.filter(task_name=rounds.VISIT).update(status="failed", attempts=6)


@pytest.fixture(autouse=True)
def writable(settings):
    settings.PROCRASTINATE_READONLY_MODELS = False


def test_one_failing_agency_stops_no_other_and_gets_a_job_of_its_own(served):
    come_round(ROUND)
    assert set(served) == served.others
    assert jobs() == [(str(served.first.pk), "todo")]
    with pytest.raises(ValueError, match="kata orang"):  # for the worker, which tries again and then parks it
        drain()


def test_a_parked_failure_is_its_operators_and_each_round_tries_it_again(served, kota, lain):
    come_round(ROUND)
    park()
    operators = {place.agency.pk: place.actor("operator", None) for place in (kota, lain)}
    for agency, operator in operators.items():
        seen = [job.handler for job in queries.parked_jobs(operator)]
        assert seen == ([ROUND] if agency == served.first.pk else [])
    come_round(ROUND)
    come_round(ROUND)
    assert jobs() == [(str(served.first.pk), "todo")]
    served.ill = False
    drain()
    assert served[-1] == served.first.pk
    assert jobs() == [(str(served.first.pk), "succeeded")]


def test_a_healthy_round_leaves_no_job(served):
    served.ill = False
    come_round(ROUND)
    assert set(served) == {served.first.pk, *served.others}
    assert jobs() == []


def test_no_two_rounds_have_one_name():
    def settle_lost(*, agency, at): ...

    settle_lost.__module__ = "lingkar.foundation.notify.jobs"
    with pytest.raises(ValueError, match="declared twice"):
        rounds.each_agency("* * * * *")(settle_lost)


def test_the_document_says_that_it_goes_agency_by_agency():
    assert f"| {ROUND} | at `*/5 * * * *`, for each agency on its own |" in markdown()
