"""Upper modules offer panels and navigation entries; each person sees what they may use."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import gettext_lazy

from lingkar.foundation.access import Actor, Grant
from lingkar.foundation.tenancy.models import Agency
from lingkar.foundation.ui import navigation, slots
from lingkar.foundation.ui.navigation import Section
from lingkar.foundation.ui.tests.test_elements import draw
from lingkar.foundation.ui.web.views import work

AGENCY = uuid4()
NOBODY = Actor.visitor(AGENCY)
OFFICER = Actor(agency=AGENCY, person=uuid4(), grants=(Grant("officer"),))


@pytest.fixture(autouse=True)
def clean(monkeypatch):
    monkeypatch.setattr(slots, "_PANELS", {})
    monkeypatch.setattr(slots, "_DOORS", {})
    monkeypatch.setattr(navigation, "_ENTRIES", {})
    monkeypatch.setattr("lingkar.foundation.access.actions._ROLES", {"look": frozenset({"officer"})})
    navigation.forget()
    yield
    navigation.forget()


def test_a_slot_shows_its_panels_in_order():
    slots.register_panel("x.case", "offline", title="Late", order=2)
    slots.register_panel("x.case", "home", title="Early", order=1)
    html = draw('{% slot "x.case" %}', actor=NOBODY)
    assert html.index('hx-get="/"') < html.index('hx-get="/luring/"')
    assert '<a href="/luring/">Late</a>' in html


def test_a_slot_leaves_out_what_one_may_not_see():
    slots.register_panel("x.case", "home", title="Secret", needs="look")
    assert slots.panels("x.case", NOBODY) == slots.panels("x.case", None) == []
    assert len(slots.panels("x.case", OFFICER)) == 1


def test_an_empty_slot_is_nothing():
    assert draw('{% slot "nowhere" subject=1 %}', actor=NOBODY).strip() == ""


def test_registering_twice_is_once():
    for _ in range(2):
        slots.register_panel("x.case", "home", title="Once")
        navigation.register("home", "Once", icon="house")
    assert len(slots.panels("x.case", NOBODY)) == len(navigation.entries(OFFICER)) == 1


def test_navigation_shows_entries_one_may_use_in_order():
    navigation.register("offline", "Second", icon="inbox", order=2, needs="look")
    navigation.register("home", "First", icon="house", order=1)
    navigation.register("gallery", "Mine", icon="user", account=True)
    navigation.register("nowhere", "Not installed", icon="x")
    assert [e.label for e in navigation.entries(OFFICER)] == ["First", "Second"]
    assert [e.label for e in navigation.entries(OFFICER, account=True)] == ["Mine"]
    assert [e.label for e in navigation.entries(Actor(agency=AGENCY, person=uuid4()))] == ["First"]
    assert navigation.entries(NOBODY) == []


def test_sections_stand_in_their_order_and_the_one_of_the_page_is_marked():
    navigation.register("offline", "Late", icon="inbox", section=Section.SYSTEM, order=1)
    navigation.register("home", "Early", icon="house", section=Section.LEARNING, order=99)
    for path, here in (("/luring/", [False, True]), ("/elsewhere/", [True, False])):
        parts = drawn(path).split('<li class="nav-part"')[1:]
        titles = (str(Section.LEARNING.value), str(Section.SYSTEM.value))
        assert [title in part for title, part in zip(titles, parts, strict=True)] == [True, True]
        assert ["data-here" in part for part in parts] == here
    assert navigation.navigation(NOBODY, "/") == ""


def test_the_entry_of_the_page_is_marked():
    navigation.register("offline", "Here", icon="inbox")
    for path, here in (("/luring/", True), ("/luring/7/", True), ("/luringan/", False)):
        assert ("aria-current" in drawn(path)) is here


def drawn(path: str, actor: Actor = OFFICER) -> str:
    """The navigation on a page."""
    return draw("{% navigation %}", actor=actor, request=RequestFactory().get(path))


def test_what_was_drawn_is_given_only_to_whoever_may_use_the_same():
    navigation.register("offline", "For officers", icon="inbox", needs="look")
    navigation.register("home", "For all", icon="house")
    person = uuid4()
    for grants in ((Grant("officer"),), (), (Grant("officer", "a."),), (Grant("clerk"),), (Grant("officer"),)):
        html = drawn("/x/", Actor(agency=AGENCY, person=person, grants=grants))
        assert "For all" in html
        assert ("For officers" in html) is any(grant.role == "officer" for grant in grants)


@pytest.mark.django_db
def test_a_link_says_the_label_and_the_count_of_now():
    Agency.objects.create(code="nol", name="nol")
    others = Agency.objects.exclude(code="nol")
    navigation.register("offline", gettext_lazy("Sign out"), icon="inbox", count=lambda _: others)
    assert "Keluar" in drawn("/")
    assert ">3<" not in drawn("/")
    for code in ("satu", "dua", "tiga"):
        Agency.objects.create(code=code, name=code)
    assert ">3<" in drawn("/")
    others.delete()
    assert ">3<" not in drawn("/")
    with translation.override("en"):
        assert "Sign out" in drawn("/")
    navigation.register("offline", "Leave <now>", icon="inbox")
    assert "Leave &lt;now&gt;" in drawn("/")


def test_work_begins_at_the_first_page_one_may_use():
    request: Any = RequestFactory().get("/kerja/")
    request.actor = OFFICER
    assert work(request)["Location"] == "/"
    navigation.register("offline", "Queue", icon="inbox", order=1, needs="look")
    assert work(request)["Location"] == "/luring/"


def test_a_door_leads_up_with_the_page_itself():
    slots.register_door("x.case", "offline", label="Late", order=2)
    slots.register_door("x.case", "home", label="<Early>", icon="send", order=1)
    html = draw('{% doors "x.case" as found %}{% for d in found %}<a href="{{ d.url }}">{{ d.label }}</a>{% endfor %}')
    assert html == '<a href="/">&lt;Early&gt;</a><a href="/luring/">Late</a>'
