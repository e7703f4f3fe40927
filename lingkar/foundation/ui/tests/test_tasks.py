"""What waits is told by day, whoever tells it."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from lingkar.foundation.access import Actor
from lingkar.foundation.ui import tasks
from lingkar.foundation.ui.tasks import Figure, Task

AT = datetime(2026, 11, 22, 3, tzinfo=UTC)
BY = Actor.system(uuid4())


@pytest.fixture(autouse=True)
def _alone(monkeypatch):
    """Nobody else tells anything."""
    monkeypatch.setattr(tasks, "_TASKS", [])
    monkeypatch.setattr(tasks, "_FIGURES", [])


def task(title, due=None, order=100):
    return Task(title, "", f"/{title}/", "Buka", due=due, order=order)


def test_the_earliest_day_comes_first_and_what_has_no_day_last():
    tasks.tells_tasks(lambda _actor, _at: [task("a"), task("c", date(2026, 11, 25), 20)])
    tasks.tells_tasks(lambda _actor, _at: [task("d", date(2026, 11, 21)), task("b", date(2026, 11, 25), 10)])
    assert [one.title for one in tasks.tasks(BY, AT)] == ["d", "b", "c", "a"]


def test_a_task_is_late_after_its_last_day():
    one = task("a", date(2026, 11, 22))
    assert not one.is_late(date(2026, 11, 22))
    assert one.is_late(date(2026, 11, 23))
    assert not task("b").is_late(date.max)


def test_figures_stand_in_their_order():
    tasks.tells_figures(lambda _actor, _at: [Figure("JP", "12", "/jp/", order=20), Figure("Gap", "3", "/k/", order=10)])
    assert [one.label for one in tasks.figures(BY, AT)] == ["Gap", "JP"]
