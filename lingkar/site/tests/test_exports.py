"""Every list can be taken along as a file: the same rows, for the same person, with nothing that runs."""

import pytest
from django.urls import reverse

from lingkar.foundation.audit.models import AuditEntry
from lingkar.foundation.sheets.reading import open_workbook
from lingkar.foundation.tenancy.queries import agency_scope

LISTS = {
    "reports:public": None,
    "reports:overdue": None,
    "reports:queue": "coordinator",
    "reports:categories": "coordinator",
    "people:grants": "operator",
    "notify:inbox": "officer",
    "notify:letters": "operator",
    "parameters:list": "operator",
    "calendar:year": "operator",
    "imports:list": "operator",
}
"""Route of a list → a role that sees it (None: everybody)."""


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_taken_along(visitor, as_role, tmp_path, name, kind):
    browser = as_role(LISTS[name], None) if LISTS[name] else visitor
    answer = browser.get(reverse(name), {"unduh": kind})
    assert answer.status_code == 200
    assert f".{kind}" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store"
    path = tmp_path / f"a.{kind}"
    path.write_bytes(b"".join(answer.streaming_content))
    with open_workbook(path) as book:
        rows = list(book.sheets[0].rows())
    assert len([cell for cell in rows[0] if cell]) >= 3
    assert not any(str(cell).startswith(("=", "+", "@")) for row in rows for cell in row)


def test_a_list_of_people_leaves_a_line_in_the_trail(as_role):
    as_role("operator", None).get(reverse("people:grants"), {"unduh": "csv"}).getvalue()
    assert AuditEntry.objects.filter(verb="sheets.list_taken").count() == 1


def test_a_list_shows_where_it_can_be_taken_along(as_role):
    assert "Unduh daftar ini" in as_role("operator", None).page("people:grants").text


def test_an_unknown_format_is_the_page(visitor):
    assert "text/html" in visitor.get(reverse("reports:public"), {"unduh": "exe"})["Content-Type"]


def test_another_agencys_rows_are_not_in_it(as_role, lain):
    with agency_scope(lain.agency.pk):
        lain.holder("officer")
    answer = as_role("operator", None).get(reverse("people:grants"), {"unduh": "csv"})
    text = b"".join(answer.streaming_content).decode()
    assert "Operator" in text
    assert "Officer" not in text
