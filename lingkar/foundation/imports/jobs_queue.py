"""Puts the jobs of an import in the queue, within the running transaction. The jobs themselves are in ``jobs.py``."""

from procrastinate.contrib.django import app

from lingkar.foundation.imports.models import Import


def queue_reading(row: Import) -> None:
    _queue("imports.read", row)


def queue_applying(row: Import) -> None:
    _queue("imports.apply", row)


def _queue(task: str, row: Import) -> None:
    """One job at a time for each import: the lock makes a second one wait, not run beside."""
    app.configure_task(task, lock=f"import:{row.pk}").defer(source=str(row.pk), agency=str(row.agency_id))
