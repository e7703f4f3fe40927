"""The console command ``lingkar``."""

import os

import click


@click.group()
def main() -> None:
    """Lingkar: what citizens say, what civil servants learn, what gets better."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lingkar.site.settings")


@main.command(context_settings={"ignore_unknown_options": True}, hidden=True)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def django(arguments: tuple[str, ...]) -> None:
    """Run a Django management command."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["lingkar django", *arguments])
