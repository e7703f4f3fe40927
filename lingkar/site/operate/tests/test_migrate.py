"""A model that a migration makes is added beside the others; what is changed later is rendered with its relations."""

from contextlib import contextmanager

import pytest
from django.core.management import call_command, get_commands
from django.db import models
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ModelState, ProjectState

from lingkar.site.operate.management.commands import migrate
from lingkar.site.operate.management.commands.migrate import models_added_beside


@pytest.fixture
def state():
    found = ProjectState()
    found.add_model(ModelState("a", "Agency", [("id", models.AutoField(primary_key=True))]))
    assert found.apps.get_model("a", "agency")  # from now on what is added is rendered
    return found


def report():
    key = models.ForeignKey("a.Agency", models.CASCADE, related_name="reports")
    return ModelState("b", "Report", [("id", models.AutoField(primary_key=True)), ("agency", key)])


def test_what_a_model_points_at_knows_it_and_is_not_rendered_anew(state):
    agency = state.apps.get_model("a", "agency")
    with models_added_beside():
        state.add_model(report())
    assert state.apps.get_model("a", "agency") is agency
    assert [row.related_model for row in agency._meta.related_objects] == [state.apps.get_model("b", "report")]
    assert agency._meta.get_field("reports").related_model._meta.get_field("agency").related_model is agency


def test_a_later_change_reaches_both(state):
    with models_added_beside():
        state.add_model(report())
        state.add_field("a", "agency", "name", models.TextField(default=""), preserve_default=True)
    found, agency = (state.apps.get_model(*name) for name in (("b", "report"), ("a", "agency")))
    assert found._meta.get_field("agency").related_model is agency
    assert agency._meta.get_field("name")
    assert [row.related_model for row in agency._meta.related_objects] == [found]


def test_a_database_with_rows_is_brought_up_to_date_by_django_alone(db, monkeypatch):
    exchanged: list[str] = []

    @contextmanager
    def noted():
        exchanged.append("yes")
        yield

    monkeypatch.setattr(migrate, "models_added_beside", noted)
    call_command("migrate", plan=True, verbosity=0)
    assert exchanged == []
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda _: {})
    call_command("migrate", check_unapplied=False, plan=True, verbosity=0)
    assert exchanged == ["yes"]


def test_it_is_the_command_of_the_house_and_leaves_nothing_behind(state):
    assert get_commands()["migrate"] == "lingkar.site.operate"
    before = ProjectState.add_model
    with models_added_beside():
        assert ProjectState.add_model is not before
    assert ProjectState.add_model is before
