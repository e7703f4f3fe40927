"""Django's ``migrate``, which makes a database from nothing in a third of the time (decision 0171)."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ModelState, ProjectState


class Command(migrate.Command):
    """What Django does; where nothing was migrated yet, with models that are added beside the others.

    A database with rows of people is brought up to date by Django alone.
    """

    def handle(self, *arguments: Any, **options: Any) -> None:
        made = MigrationRecorder(connections[options["database"]]).applied_migrations()
        with nullcontext() if made else models_added_beside():
            super().handle(*arguments, **options)


@contextmanager
def models_added_beside() -> Iterator[None]:
    """A migration that makes a model renders that model; Django renders all that hang together with it anew.

    Here everything hangs together with the agency. A change to a model that is there renders its relations as ever.
    """
    kept = ProjectState.add_model
    ProjectState.add_model = _add_beside  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        ProjectState.add_model = kept  # type: ignore[method-assign]


def _add_beside(state: ProjectState, model: ModelState) -> None:
    key = model.app_label, model.name_lower
    state.models[key] = model
    if state._relations is not None:  # type: ignore[attr-defined]  # as Django's own
        state.resolve_model_relations(key)
    if "apps" in state.__dict__:  # asking for it would make it
        state.apps.render_multiple([model])
