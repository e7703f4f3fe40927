"""The console command ``lingkar``: what an operator does with an installation."""

import asyncio
import errno
import gc
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lingkar.site import home as homes
from lingkar.site.home import SetupError

if TYPE_CHECKING:
    from lingkar.site.operate.parts import Wish

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
OWNER_ALONE = 0o077
"""What is written into the home folder is for the installation's own user."""


class Command(click.Group):
    """Turns the troubles an operator can mend into one sentence instead of a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SetupError as fault:
            raise click.ClickException(str(fault)) from None
        except OSError as fault:
            if fault.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            raise click.ClickException(
                f"The disk is full: {fault.filename or homes.folder()}. Make room, then start again."
            ) from None


@click.group(cls=Command)
@click.version_option(package_name="lingkar")
def main() -> None:
    """Lingkar: what citizens say, what civil servants learn, what gets better."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lingkar.site.settings")
    os.environ["LINGKAR_HOME"] = str(homes.folder())


def serving(run: Callable[..., None]) -> Callable[..., None]:
    """The options that ``serve``, ``demo`` and ``dev`` share."""
    run = click.option("--port", default=8000, envvar="PORT", show_default=True, help="Port to serve on.")(run)
    return click.option(
        "--host", default="127.0.0.1", envvar="LINGKAR_BIND", show_default=True, help="Address to bind."
    )(run)


@main.command()
@serving
@click.option("--only", type=click.Choice(("web", "worker")), help="Run one part, on a further host.")
def serve(host: str, port: int, only: str | None) -> None:
    """Run database, web and worker until Ctrl-C."""
    _serve(host, port, only=only, prepare=("migrate",) if only is None else ())


@main.command()
@serving
@click.option("--load-only", is_flag=True, help="Load the demo into a running database and end.")
@click.option(
    "--scale",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0.01, 50),
    help="How large the city is when it is loaded: 0.02 for a look, 20 for a bench.",
)
def demo(host: str, port: int, load_only: bool, scale: float) -> None:
    """Load the fictional city once, then run everything. Not for real data: everybody may sign in as anybody."""
    os.environ["LINGKAR_DEMO"] = "1"
    if load_only:
        _load_demo(scale)
    else:
        _serve(host, port, prepare=("demo", "--load-only", "--scale", str(scale)), logins=True)


@main.command()
@serving
def dev(host: str, port: int) -> None:
    """Run everything for development: the demo, reloaded when a file changes."""
    os.environ |= {"LINGKAR_DEMO": "1", "LINGKAR_DEBUG": "1"}
    _serve(host, port, prepare=("demo", "--load-only"), logins=True, is_dev=True)


@main.command()
@click.option("--reload", "reloads", is_flag=True, help="Start again when a file changes (development).")
def worker(reloads: bool) -> None:
    """Run background jobs until stopped. ``serve`` does this for you."""
    _django()
    from lingkar.site.operate import worker as jobs

    jobs.run_reloading() if reloads else jobs.run()


@main.command()
def migrate() -> None:
    """Bring database, messages and static files to this version. Safe to repeat."""
    with _database():
        _migrate()


@main.command()
@click.argument("code")
@click.argument("name")
@click.option("--host", default="", help="The name under which citizens reach it; none: it answers under every name.")
@click.option("--zone", type=click.Choice(ZONES), default=ZONES[0], show_default=True, help="Its time zone.")
@click.option("--operator", required=True, help="Name of its first operator.")
@click.option("--email", required=True, help="The operator's address to sign in with.")
@click.option(
    "--starter/--empty",
    default=True,
    show_default=True,
    help="Begin with a secretariat, an Inspektorat and subjects of reports, or with nothing.",
)
@click.password_option(help="The operator's password.")
def agency(**given: Any) -> None:
    """Found an agency CODE called NAME, with its calendar, its first operator and a set to begin with."""
    with _database():
        _migrate()
        from lingkar.site.operate.founding import found_agency, still_missing

        now = datetime.now(UTC)
        founded = found_agency(**given, at=now)
        needed = still_missing(founded, at=now)
    click.echo(f"{founded.name} is founded. {given['email']} may sign in and give roles.")
    for what in needed:
        click.echo(f"Still missing: {what}.")


@main.command("import")
@click.argument("kind")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--agency", "code", help="Code of the agency; not needed where there is one.")
@click.option("--cohort", help="For a roster: code of the cohort that the people are taken into.")
@click.option("--commit", "commits", is_flag=True, help="Write the good rows. Without it nothing is written.")
@click.option("--skip-changes", is_flag=True, help="Leave what is known as it is; write what is new alone.")
@click.option("--json", "as_json", is_flag=True, help="One outcome and its reasons for each row of the sheet.")
@click.option("--result", type=click.Path(path_type=Path), help="Write a workbook with a reason for each row.")
def import_sheet(**given: Any) -> None:
    """Check FILE (.xlsx .xls .ods .csv) with rows of KIND, such as people, and write them with --commit.

    Exit code 0: every row is good; 1: some rows were refused; 2: the file cannot be read, and nothing was done.
    """
    with _database():
        from lingkar.site.importing import run

        code = run(**given, at=datetime.now(UTC))
    raise SystemExit(code)


@main.command()
@click.argument("service")
@click.option("--agency", "code", help="Code of the agency; not needed where there is one.")
@click.option("--json", "as_json", is_flag=True, help="Print it for a program.")
@click.option("--anew", is_flag=True, help="Compute the circle of every service first.")
def circle(**given: Any) -> None:
    """Print the circle of SERVICE (its code, such as ktp-el): from what citizens said to whether training helped."""
    with _database():
        from lingkar.site.circling import run

        run(**given, at=datetime.now(UTC))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings for a program.")
def doctor(as_json: bool) -> None:
    """Look at everything that must be right; exit code 1 when something is wrong."""
    from lingkar.site.operate import parts

    parts.must_exist(homes.folder())
    runs = parts.is_running(homes.folder())
    with _database():
        from lingkar.site.operate.doctor import State, examine

        findings = examine(at=datetime.now(UTC), runs=runs)
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], indent=1))
    else:
        for finding in findings:
            click.echo(f"{finding.state:<6} {finding.name:<24} {finding.said}")
    if any(finding.state is State.FAULT for finding in findings):
        raise SystemExit(1)


@main.command()
@click.option("--write", "target", type=click.Path(path_type=Path), help="Write into a file instead.")
def wiring(target: Path | None) -> None:
    """Print what is wired to what: events, actions, routes, jobs."""
    _django()
    from lingkar.site.wiring import markdown

    if target:
        target.write_text(markdown())
    else:
        click.echo(markdown(), nl=False)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Write database and files into one archive FILE (a folder: a dated name in it). Lingkar may go on working."""
    from lingkar.site.operate import parts

    parts.must_exist(homes.folder())
    with _database():
        from lingkar.site.operate.backup import back_up

        made = back_up(file.resolve(), at=datetime.now(UTC))
    click.echo(f"{made} ({made.stat().st_size / 2**20:.1f} MB). It holds personal data and the secret: keep it safe.")


@main.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--replace", is_flag=True, help="Overwrite an installation that is not empty.")
def restore(file: Path, replace: bool) -> None:
    """Put the archive FILE in the place of this installation: all of it, or nothing. Stop Lingkar first."""
    from lingkar.site.operate import parts

    with parts.stopped(homes.folder()), _database():
        from lingkar.site.operate.backup import restore as put_back

        manifest = put_back(file.resolve(), may_replace=replace, at=datetime.now(UTC))
    click.echo(
        f"Restored the state of {manifest.made_at}: {sum(manifest.rows.values())} rows, {len(manifest.members)} files."
    )


@main.command()
@click.option("--check", is_flag=True, help="Change nothing; fail when a message is missing or untranslated.")
@click.argument("modules", nargs=-1)
def messages(modules: tuple[str, ...], check: bool) -> None:
    """Bring the catalogue of messages of MODULES (lingkar.listen.reports …; all) to its sources. For development."""
    _django()
    from django.conf import settings

    from lingkar.site import messages as catalogues

    if not check:
        said = catalogues.update(settings.PACKAGE, modules)
        catalogues.compile_all(settings.PACKAGE)
        click.echo(f"{said['added']} messages added, {said['dropped']} dropped.")
    faults = catalogues.faults(settings.PACKAGE, modules)
    click.echo("\n".join((*faults, f"{len(faults)} faults in the catalogues.")))
    if check and faults:
        raise SystemExit(1)


@main.command(context_settings={"ignore_unknown_options": True}, hidden=True)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def django(arguments: tuple[str, ...]) -> None:
    """Run a Django management command."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["lingkar django", *arguments])


def _serve(
    host: str,
    port: int,
    *,
    only: str | None = None,
    prepare: tuple[str, ...],
    logins: bool = False,
    is_dev: bool = False,
) -> None:
    from lingkar.site.operate import parts
    from lingkar.site.operate.supervisor import Leftovers, Supervisor

    os.umask(OWNER_ALONE)
    wish = parts.Wish(homes.folder(), host, port, only, is_dev)
    with parts.lock(wish.home):
        parts.check_space(wish.home)
        note = Leftovers(wish.home / parts.NOTE)
        note.end_all()
        if only != "worker":
            parts.check_port(wish)
        floors = parts.floors(wish, prepare)
        asyncio.run(Supervisor(floors, note=note, announce=lambda: _announce(wish, logins)).run())


def _announce(wish: "Wish", logins: bool) -> None:
    click.echo("\nThe worker runs.\n" if wish.only == "worker" else f"\nLingkar is served at {wish.address}\n")
    if logins:
        from lingkar.site.demo.city import LOGINS

        for login in LOGINS:
            click.echo(f"  {login.title:<34}{login.email:<40}{login.password}")
        click.echo("")
    click.echo("Ctrl-C stops everything.")


@contextmanager
def _database() -> Iterator[None]:
    """The database of this installation: the running one, else the embedded server for the length of the block."""
    from lingkar.site.operate import parts

    os.umask(OWNER_ALONE)
    with parts.database_running(homes.folder()):
        _django()
        from django.db import connection

        try:
            yield
        finally:
            connection.close()
            connection.close_pool()  # type: ignore[attr-defined]  # of the PostgreSQL wrapper


def _django() -> None:
    import django

    django.setup()


def _migrate() -> None:
    from lingkar.site.operate import preparation

    preparation.prepare()


def _load_demo(scale: float) -> None:
    with _database():
        from lingkar.site.demo.load import load

        gc.set_threshold(50_000, 20, 20)  # a hundred thousand rows are made, and little of it is garbage
        _migrate()
        if load(at=datetime.now(UTC), scale=scale):
            click.echo("The fictional city Teluk Kawung is loaded.")


if __name__ == "__main__":
    main()
