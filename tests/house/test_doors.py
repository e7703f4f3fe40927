"""Every address says who may call it; every action has roles and is used; what is printed is what is written."""

import re
from collections.abc import Iterable, Iterator

import pytest
from django.http import HttpResponse
from django.urls import path

from lingkar.directory.people.models import Role
from lingkar.foundation.access import declared_actions, is_by_rows
from lingkar.foundation.access.web import route
from lingkar.site import wiring
from tests.house.floors import ROOT, sources
from tests.samples import Route, every_route


def silent(routes: Iterable[Route]) -> Iterator[str]:
    """Routes that say neither ``public`` nor ``signed_in`` nor ``needs``, and routes that need an unknown action."""
    known = {"public", "signed in", *declared_actions()}
    for each in routes:
        if each.need is None:
            yield f"route {each.name!r} does not say who may call it: use foundation.access.web.route"
        elif each.need is not None and each.need not in known:
            yield f"route {each.name!r} needs {each.need!r}, which no module declares"
        if each.name in {"", "None"} or each.name.endswith(":None"):
            yield f"a route has no name: {each}"


def without_use(actions: Iterable[str], texts: Iterable[str]) -> Iterator[str]:
    """Actions that are declared and then asked for by nobody. An action is named in code as ``Action.NAME``."""
    found = " ".join(texts)
    for action in actions:
        member = re.sub(r"\W", "_", action.rpartition(".")[2]).upper()
        if len(re.findall(rf"\bAction\.{member}\b", found)) < 2:
            yield f"action {action!r} is declared, but no door or rule asks for Action.{member}"


def without_roles(actions: dict[str, frozenset[str]]) -> Iterator[str]:
    for action, roles in actions.items():
        if not roles and is_by_rows(action):
            continue
        if not roles or not roles <= set(Role.values):
            yield f"action {action!r} has the roles {sorted(roles)}"


def test_every_route_says_who_may_call_it():
    assert list(silent(every_route())) == []


def test_every_action_has_roles_and_is_asked_for():
    assert list(without_roles(declared_actions())) == []
    assert list(without_use(declared_actions(), (file.read_text() for file in sources()))) == []


def test_wiring_is_written_as_it_is_printed():
    written = ROOT / "docs" / "wiring.md"
    assert written.exists(), "see: make wiring"
    assert written.read_text() == wiring.markdown(), "see: make wiring"


urlpatterns = [
    path("a/", lambda request: HttpResponse(), name="mute"),
    route("b/", lambda request: HttpResponse(), name="eager", needs="nobody.declared"),
    route("c/", lambda request: HttpResponse(), name=None, public=True),  # type: ignore[arg-type]
]


@pytest.mark.urls(__name__)
def test_a_mute_route_is_found():
    assert len(list(silent(every_route()))) == 3


def test_an_unused_action_is_found():
    assert list(without_use(["x.fly"], ["declare(Action.FLY, roles=[])"]))
    assert not list(without_use(["x.fly"], ["declare(Action.FLY)", "needs=Action.FLY"]))
    assert list(without_roles({"x.fly": frozenset()}))
    assert list(without_roles({"x.fly": frozenset({"pilot"})}))
