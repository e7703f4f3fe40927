"""Rows obey the house: links point down, rows have an owner, personal fields are declared, migrations keep step."""

from collections.abc import Iterable, Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.test.utils import isolate_apps

from lingkar.foundation.privacy import Erase
from lingkar.foundation.tenancy.models import AgencyOwned
from tests.house.floors import Place, may_know

Models = Iterable[type[models.Model]]
WITHOUT_AGENCY = {
    "tenancy.Agency": "is the agency",
    "people.Account": "is read before the agency is known; has an agency of its own",
    "parameters.Parameter": "the law's own numbers hold for every agency; an agency's number names it",
    "operate.JobFault": "belongs to the installation: some jobs serve no agency",
}
"""Models that are not ``AgencyOwned``, each with its reason."""


def of_the_house() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if Place.of(model.__module__)]


def links_up(found: Models) -> Iterator[str]:
    """Foreign keys and many-to-many links to a module that stands higher, or beside."""
    for model in found:
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and isinstance(field.related_model, type):
                target = field.related_model
                if not may_know(Place.of(model.__module__), Place.of(target.__module__)):
                    yield f"{model.__name__}.{field.name} points up to {target.__module__}.{target.__name__}"


def ownerless(found: Models) -> Iterator[str]:
    for model in found:
        if not issubclass(model, AgencyOwned) and model._meta.label not in WITHOUT_AGENCY:
            yield f"{model._meta.label} belongs to no agency: derive it from AgencyOwned, or say why in WITHOUT_AGENCY"


def undeclared(found: Models) -> Iterator[str]:
    """Models that do not say which of their fields are personal, or name fields that they do not have."""
    for model in found:
        personal = model.__dict__.get("PERSONAL")
        if personal is None:
            yield f"{model._meta.label} has no PERSONAL"
            continue
        fields = {field.name for field in model._meta.get_fields()}
        yield from (f"{model._meta.label}.PERSONAL names {name}, no field" for name in personal.keys() - fields)
        yield from (f"{model._meta.label}.{name}: no Erase" for name, how in personal.items() if how not in list(Erase))


SUSPECT = {"name", "email", "nip", "nik", "phone", "address", "text", "body", "note", "words", "comment", "story", "ip"}
"""Names of fields that hold something about a person, or something a person wrote, more often than not."""
NOT_PERSONAL = {
    "people.Person.words",  # computed from the name, which is declared
    "calendar.WorkWeek.name", "calendar.DayOff.name", "events.Event.name", "orgs.Unit.name", "orgs.UnitState.name",
    "places.Place.name", "competence.Competency.name",
    "tenancy.Agency.name", "parameters.Parameter.note", "services.Service.name", "services.Version.name",
    "services.Version.words", "reports.Category.name", "courses.Material.name",
}  # fmt: skip
"""Names of things, not of people."""


def suspicious(found: Models) -> Iterator[str]:
    for model in found:
        for field in model._meta.fields:
            label = f"{model._meta.label}.{field.name}"
            if field.name in SUSPECT and field.name not in getattr(model, "PERSONAL", {}) and label not in NOT_PERSONAL:
                yield f"{label} looks personal: declare it, or list it in NOT_PERSONAL"


CHECKS = (links_up, ownerless, undeclared, suspicious)


@pytest.mark.parametrize("check", CHECKS)
def test_rows_obey_the_house(check):
    assert list(check(of_the_house())) == []


@pytest.mark.parametrize("check", CHECKS)
def test_a_planted_fault_is_found(check):
    with isolate_apps("lingkar.directory.places", "lingkar.directory.people", "lingkar.foundation.tenancy"):

        class Footpath(models.Model):  # noqa: DJ008
            __module__ = "lingkar.directory.places.models"
            walker = models.ForeignKey("people.Account", models.CASCADE)
            phone = models.CharField(max_length=20)

            class Meta:
                app_label = "places"

        Footpath._meta.get_field("walker").remote_field.model = apps.get_model("people.Account")
        assert list(check([Footpath]))


def test_personal_names_a_field_that_exists():
    with isolate_apps("lingkar.directory.places"):

        class Footpath(models.Model):  # noqa: DJ008
            PERSONAL = {"walker": Erase.BLANK}

            class Meta:
                app_label = "places"

    assert list(undeclared([Footpath]))


@pytest.mark.django_db
def test_migrations_keep_step_with_models():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
