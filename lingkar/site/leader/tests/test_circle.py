"""The circle in numbers on the leader's page."""

import pytest

from tests.circles import busy as busy
from tests.circles import computed
from tests.fixtures import signed_in
from tests.serving import place as place

pytestmark = pytest.mark.django_db


def test_the_leader_reads_whether_service_gets_better_and_what_waits(busy):
    leader = signed_in(busy.city.holder("leader", None))
    assert "/pimpinan/lingkar/" in leader.page("/pimpinan/").markup.html
    assert "belum dihitung" in leader.part("/pimpinan/lingkar/").text
    computed(busy)
    part = leader.part("/pimpinan/lingkar/").text
    assert "Belum diteliti" in part
    assert "Belum ada rencana disetujui yang mengirim orang." in part
    assert leader.page("/lingkar/?dampak=belum")
