"""What citizens show times what people lack, with every part and without small cells."""

import pytest

from lingkar.foundation.access import Forbidden, Unseen
from lingkar.foundation.tenancy.queries import agency_scope
from lingkar.loop.needs import queries, services
from lingkar.loop.needs.models import Computation, Need
from tests.fixtures import signed_in
from tests.pages import Browser


def found(place, role="training", unit=None):
    run = queries.newest(place.city.agency.pk)
    return list(queries.needs(place.city.actor(role, unit), run.id)) if run else []


@pytest.fixture
def busy(place):
    """``ktp-el``: loud, and its people lack two levels. ``akta``: a little loud, and its people lack nothing."""
    for service, cases, level in (("ktp-el", 30, 1), ("akta", 6, 3)):
        place.complain(service, cases)
        place.use(service, 1000)
        place.employ(service, 6, level=level)
    place.rate("ktp-el", "333332333", 20)
    place.rate("akta", "444444444", 20)
    place.compute()
    return place


def test_the_service_that_is_loud_and_whose_people_lack_most_stands_on_top(busy):
    top = found(busy)[0]
    assert (top.service_code, top.competency, top.rank) == ("ktp-el", "public_service", 1)
    assert (top.cases, top.transactions) == (30, 1000)
    assert top.rate == pytest.approx(30 * 0.5 ** (10 / 180))
    assert top.rate_low is not None
    assert top.rate_low < top.rate < top.rate_high
    assert (top.unsur, top.answers) == ("U6", 20)
    assert top.score == pytest.approx(2.5)
    assert (top.people, top.measured, top.lack, top.is_pooled) == (6, 6, 2, False)
    assert top.size == pytest.approx(1)


def test_people_who_lack_nothing_need_no_training_whatever_citizens_say(busy):
    (calm,) = [row for row in found(busy) if row.service_code == "akta" and row.competency == "public_service"]
    assert calm.cases == 6
    assert calm.size == 0


def test_too_few_cases_answers_and_people_are_not_kept(place):
    place.complain("ktp-el", 4)
    place.use("ktp-el", 1000)
    place.rate("ktp-el", "222222222", 4)
    place.employ("ktp-el", 4, level=1)
    place.compute()
    assert found(place) == []
    assert Computation.objects.get().hidden > 0


def test_where_too_few_were_assessed_the_lack_cannot_be_told(place):
    place.complain("ktp-el", 10)
    place.use("ktp-el", 1000)
    place.employ("ktp-el", 4, level=1)
    place.employ("ktp-el", 3, level=None)
    place.compute()
    (row,) = found(place)
    assert (row.people, row.measured, row.lack, row.size) == (7, 4, None, None)
    assert row.evidence == 1


def test_without_counted_transactions_there_is_no_rate(place):
    place.complain("ktp-el", 10)
    place.employ("ktp-el", 6, level=1)
    place.compute()
    assert found(place) == []


def test_nothing_known_gives_an_empty_computation(place):
    place.compute()
    assert found(place) == []
    assert Computation.objects.get().hidden == 0


def test_who_may_see_and_compute(busy, lain):
    ours = found(busy)
    assert found(busy, "supervisor", "dukcapil") == ours
    assert found(busy, "supervisor", "pupr") == []
    with pytest.raises(Unseen):
        queries.need_of(busy.city.actor("supervisor", "pupr"), ours[0].id)
    with pytest.raises(Forbidden):
        services.compute(by=busy.city.actor("leader", None), at=busy.at)
    with agency_scope(lain.agency.pk):
        assert not Need.objects.exists()


def test_the_pages_tell_the_need_its_parts_and_its_cases(busy):
    browser = signed_in(busy.city.holder("training", None))
    page = browser.page("/kebutuhan/")
    assert "30 kasus yang dapat diatasi dengan pelatihan" in page.text
    assert "rata-rata kurang 2,0 level (6 dari 6 sudah dinilai)" in page.text
    one = browser.page(f"/kebutuhan/{found(busy)[0].id}/")
    assert "rentang 95%" in one.text
    assert "kebutuhan pelatihan" in one.text.lower()
    assert browser.get("/kebutuhan/?unduh=csv").getvalue().count(b"public_service") == len(
        [row for row in found(busy) if row.competency == "public_service"]
    )


def test_a_filter_leaves_the_rest_out(busy):
    browser = signed_in(busy.city.holder("leader", None))
    assert "akta" not in browser.page(f"/kebutuhan/?layanan={busy.services['ktp-el']}").text.lower()
    assert "Tidak ada kebutuhan yang cocok" in browser.page("/kebutuhan/?kompetensi=unity").text
    assert browser.page("/kebutuhan/?layanan=x").text


def test_a_new_computation_is_asked_for_on_the_page(busy):
    browser = signed_in(busy.city.holder("training", None))
    before = Computation.objects.count()
    assert browser.submit("/kebutuhan/hitung/", {}).status_code == 302
    assert Computation.objects.count() == before + 1


def test_an_agency_without_a_computation_says_so(place):
    page = signed_in(place.city.holder("training", None)).page("/kebutuhan/")
    assert "Kebutuhan belum pernah dihitung" in page.text


def test_a_visitor_is_led_to_sign_in(kota):
    assert Browser().get("/kebutuhan/").status_code == 302
