"""The table of states, walked whole, and addresses."""

from datetime import timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingkar.foundation.notify import rules
from lingkar.foundation.notify.models import MessageState
from lingkar.foundation.refusals import Refused


def test_the_table_knows_every_state():
    assert set(rules.STEPS) == set(MessageState.values)


@pytest.mark.parametrize(("before", "after"), list(product(MessageState.values, repeat=2)))
def test_every_pair_of_states(before, after):
    if after in rules.STEPS[before]:
        rules.check_step(before, after)
    else:
        with pytest.raises(Refused, match="not_in_this_state"):
            rules.check_step(before, after)


def test_the_software_alone_never_sends_an_uncertain_letter_again():
    assert not {"sending", "failed"} & rules.STEPS["uncertain"]
    assert rules.STEPS["sent"] == rules.STEPS["dropped"] == frozenset()


def test_waits_grow_and_end():
    waits = [rules.wait_after(attempt) or timedelta() for attempt in range(1, 6)]
    assert waits == sorted(waits)
    assert sum(waits, timedelta()) < timedelta(days=1)
    assert rules.wait_after(6) is None


@pytest.mark.parametrize("address", ["siti@example.go.id", " a.b+c@mail-1.example.com ", "x@xn--80ak6aa92e.com"])
def test_addresses(address):
    assert rules.check_address(address) == address.strip()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "siti",
        "siti@",
        "@example.com",
        "siti@example",
        "siti@example.com\nBcc: semua@example.com",
        "siti@exa mple.com",
        "a@b.com,c@d.com",
        "<siti@example.com>",
        "siti@example.com ; rm",
        "sïti@example.com",
        "siti@-example.com",
        f"{'a' * 65}@example.com",
        f"a@{'b' * 250}.com",
    ],
)
def test_what_is_no_address_is_refused(address):
    with pytest.raises(Refused, match="not_an_address"):
        rules.check_address(address)


@given(st.text(max_size=60))
def test_no_address_has_two_lines(text):
    try:
        plain = rules.check_address(text)
    except Refused:
        return
    assert plain.isascii()
    assert len(plain.split()) == 1


@pytest.mark.parametrize(
    "url", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_a_notification_never_leads_outside(url):
    with pytest.raises(ValueError, match="leads to a path"):
        rules.check_path(url)
