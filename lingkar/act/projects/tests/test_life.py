"""A project from its first word to its judgement, and what nobody else may do or see."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from lingkar.act.projects import queries, services
from lingkar.act.projects.models import Evidence, Project, Reviewer, Step
from lingkar.act.projects.services import Guide
from lingkar.act.projects.tests.conftest import STEPS, TODAY, marks, proof
from lingkar.directory.people.models import Person
from lingkar.directory.services import services as catalogue
from lingkar.foundation.access import Forbidden, Unseen
from lingkar.foundation.audit.models import AuditEntry
from lingkar.foundation.events.models import Event
from lingkar.foundation.privacy.registry import Holder, keepers
from lingkar.foundation.refusals import Refused
from lingkar.foundation.tenancy.queries import agency_scope
from tests.fixtures import NOW
from tests.standards import WHOLE


def test_a_project_walks_from_first_word_to_judgement(desk):
    item = desk.reported()
    for name, part, value in (("budi", "mentor", "80"), ("cici", "coach", "90"), ("dodi", "examiner", "70.5")):
        services.review(
            project=item.pk, part=part, marks=marks(value), words="Bermanfaat.", by=desk.actor(name), at=NOW
        )
    seen = queries.project_seen_by(desk.actor("rani"), item.pk)
    assert [(row.part, row.mark) for row in seen.reviews] == [
        ("mentor", Decimal(80)), ("coach", Decimal(90)), ("examiner", Decimal("70.50")),
    ]  # fmt: skip
    assert [row.kind for row in seen.remarks] == ["offered", "agreed", "reported", *["reviewed"] * 3]
    names = list(Event.objects.filter(name__startswith="projects.").order_by("pk").values_list("name", flat=True))
    assert sorted(names) == ["projects.offered", "projects.reported", *["projects.reviewed"] * 3]


def test_the_audit_trail_keeps_no_words(desk):
    desk.reported()
    told = " ".join(AuditEntry.objects.filter(verb__startswith="projects.").values_list("content", flat=True))
    assert "projects.reported" in told
    assert "Antrean" not in told
    assert "Warga" not in told


def test_the_mentor_sends_it_back_and_says_why(desk):
    item = desk.written()
    services.offer(project=item.pk, by=desk.actor("rani"), at=NOW)
    with pytest.raises(Refused, match="no_words"):
        services.return_project(project=item.pk, words=" ", by=desk.actor("budi"), at=NOW)
    services.return_project(project=item.pk, words="Sebut loketnya.", by=desk.actor("budi"), at=NOW)
    assert Project.objects.get().state == "draft"
    services.write(project=item.pk, title="t", issue="i", idea="d", steps=(), by=desk.actor("rani"), at=NOW)
    with pytest.raises(Refused, match="no_steps"):
        services.offer(project=item.pk, by=desk.actor("rani"), at=NOW)


@pytest.mark.parametrize("name", ["cici", "dodi", "rani"])
def test_only_the_mentor_agrees(desk, name):
    item = desk.written()
    services.offer(project=item.pk, by=desk.actor("rani"), at=NOW)
    with pytest.raises(Forbidden):
        services.agree(project=item.pk, by=desk.actor(name), at=NOW)


def test_nobody_judges_their_own(desk):
    item = desk.begin(mentor="rani")
    assert not Reviewer.objects.filter(project=item).exists()
    Reviewer.objects.create(agency=item.agency, project=item, person=item.person, part="examiner")
    assert queries.project_seen_by(desk.actor("rani"), item.pk).parts == []


def test_a_judgement_is_given_in_an_own_part_with_words_and_every_mark(desk):
    item, by = desk.reported(), desk.actor("cici")
    with pytest.raises(Forbidden):
        services.review(project=item.pk, part="examiner", marks=marks(), words="x", by=by, at=NOW)
    with pytest.raises(Refused, match="no_words"):
        services.review(project=item.pk, part="coach", marks=marks(), words="", by=by, at=NOW)
    with pytest.raises(Refused, match="out_of_range"):
        services.review(project=item.pk, part="coach", marks=marks(idea="101"), words="x", by=by, at=NOW)
    assert not item.reviews.exists()


def test_a_second_judgement_replaces_the_first(desk):
    item, by = desk.reported(), desk.actor("budi")
    for value in ("70", "85"):
        services.review(project=item.pk, part="mentor", marks=marks(value), words="x", by=by, at=NOW)
    assert item.reviews.get().mark == Decimal(85)


def test_one_reviewer_does_not_see_anothers_judgement_before_their_own(desk):
    item = desk.reported()
    services.review(project=item.pk, part="mentor", marks=marks(), words="x", by=desk.actor("budi"), at=NOW)
    assert queries.project_seen_by(desk.actor("dodi"), item.pk).reviews == []
    services.review(project=item.pk, part="examiner", marks=marks(), words="x", by=desk.actor("dodi"), at=NOW)
    assert len(queries.project_seen_by(desk.actor("dodi"), item.pk).reviews) == 2


def test_strangers_see_nothing(desk, lain):
    item = desk.reported()
    for action in (
        lambda by: queries.project_seen_by(by, item.pk),
        lambda by: queries.step_of(by, Step.objects.get().pk),
        lambda by: queries.evidence_seen_by(by, Evidence.objects.get().pk),
        lambda by: services.add_remark(project=item.pk, words="x", by=by, at=NOW),
    ):
        for stranger in (desk.actor("evi"), desk.city.visitor, desk.city.actor("leader", None)):
            with pytest.raises(Unseen):
                action(stranger)
    assert list(queries.own_projects(desk.actor("evi"))) == []
    with agency_scope(lain.agency.pk):
        assert not Project.objects.exists()


def test_what_waits_is_told_to_whom_it_waits_for(desk):
    item = desk.written()
    assert list(queries.waiting_for(desk.actor("budi"))) == []
    services.offer(project=item.pk, by=desk.actor("rani"), at=NOW)
    assert [line.title for line in queries.waiting_for(desk.actor("budi"))] == ["Satu lembar syarat"]
    assert list(queries.waiting_for(desk.actor("dodi"))) == []


def test_after_the_report_it_waits_for_each_who_has_not_judged(desk):
    item = desk.reported()
    services.review(project=item.pk, part="mentor", marks=marks(), words="x", by=desk.actor("budi"), at=NOW)
    waits = {name: len(queries.waiting_for(desk.actor(name))) for name in ("budi", "cici", "dodi", "rani")}
    assert waits == {"budi": 0, "cici": 1, "dodi": 1, "rani": 0}


def test_steps_are_done_in_the_past_and_shown(desk):
    item, by = desk.agreed(), desk.actor("rani")
    step = item.steps.get()
    assert [(one.title, one.due) for one in queries.next_steps(by.person)] == [(STEPS[0].title, STEPS[0].due)]
    with pytest.raises(Refused, match="future"):
        services.finish_step(step=step.pk, note="x", done_on=TODAY + timedelta(days=1), by=by, at=NOW)
    services.finish_step(step=step.pk, note="Selesai.", done_on=date(2026, 6, 7), by=by, at=NOW)
    with pytest.raises(Refused, match="no_evidence"):
        services.report_project(project=item.pk, result="r", by=by, at=NOW)
    services.add_evidence(step=step.pk, files=[proof()] * 4, by=by, at=NOW)
    with pytest.raises(Refused, match="too_many_files"):
        services.add_evidence(step=step.pk, files=[proof()], by=by, at=NOW)
    assert not queries.next_steps(by.person)


def test_who_guides_follows_the_duties(desk):
    item = desk.written()
    services.offer(project=item.pk, by=desk.actor("rani"), at=NOW)
    services.name_reviewers(
        project=item.pk, reviewers=[Guide(desk.person("evi").pk, "mentor")], by=desk.city.system, at=NOW
    )
    with pytest.raises(Unseen):
        queries.project_seen_by(desk.actor("budi"), item.pk)
    assert queries.project_seen_by(desk.actor("evi"), item.pk).parts == ["mentor"]
    with pytest.raises(Forbidden):
        services.name_reviewers(project=item.pk, reviewers=(), by=desk.actor("evi"), at=NOW)


def test_what_is_closed_stays_as_it_is(desk):
    item = desk.reported()
    services.close_project(project=item.pk, by=desk.city.system, at=NOW)
    with pytest.raises(Refused, match="not_now"):
        services.review(project=item.pk, part="mentor", marks=marks(), words="x", by=desk.actor("budi"), at=NOW)
    assert queries.states_of([item.pk]) == {item.pk: "closed"}


def test_begin_is_for_oneself(desk):
    with pytest.raises(Forbidden):
        services.begin(person=desk.person("rani").pk, reviewers=(), by=desk.actor("budi"), at=NOW)


def test_projects_of_a_service_are_counted(desk):
    service = offered(desk.city)
    for name in ("rani", "evi"):
        person = desk.person(name).pk
        services.begin(person=person, reviewers=(), service=service.pk, by=desk.actor(name), at=NOW)
    desk.begin("dodi", mentor="budi")
    assert queries.counts_by_state(service.pk) == {"draft": 2}


def offered(city):
    unit = city.units["pelayanan"].pk
    return catalogue.add_service(code="ktp-el", unit=unit, standard=WHOLE, by=city.system, at=NOW)


def test_what_is_held_is_told_and_forgotten(desk):
    item = desk.reported()
    keeper = next(it for it in keepers() if it.name == "projects")
    holder = Holder(desk.city.agency.pk, None, item.person_id)
    told = str([dict(row) for row in keeper.export(holder)])
    assert "Satu lembar syarat" in told
    assert "Sudah ditempel." in told
    assert keeper.erase is not None
    assert keeper.erase(holder, NOW)
    assert "Satu" not in str([dict(row) for row in keeper.export(holder)])
    assert not Evidence.objects.exists()
    assert Person.objects.filter(pk=item.person_id).exists()


def test_a_draft_is_read_by_nobody_else_until_it_is_sent(desk):
    item, mentor = desk.written(), desk.actor("budi")
    with pytest.raises(Unseen):
        queries.project_seen_by(mentor, item.pk)
    assert not queries.sees(mentor, item.pk)
    services.offer(project=item.pk, by=desk.actor("rani"), at=NOW)
    services.return_project(project=item.pk, words="Sebut loketnya.", by=mentor, at=NOW)
    assert queries.project_seen_by(mentor, item.pk).project.state == "draft"


def test_a_word_that_is_sent_twice_is_said_once(desk):
    item = desk.reported()
    for words in ("Bagus.", "Bagus. ", "Lanjutkan."):
        services.add_remark(project=item.pk, words=words, by=desk.actor("budi"), at=NOW)
    said = queries.project_seen_by(desk.actor("rani"), item.pk).remarks
    assert [row.words for row in said if row.kind == "note"] == ["Bagus.", "Lanjutkan."]
