"""Messages are gathered from Python and templates, kept with their translations, and checked."""

import polib
import pytest

from lingkar.site.messages import Message, Module, _disputed, _faults, _write, gather

PYTHON = (
    'from django.utils.translation import gettext as _, ngettext\n_("Hello")\nngettext("%(n)s day", "%(n)s days", 2)\n'
)
TEMPLATE = """<p title="{% translate 'Open' %}">it's {{ _("late") }}</p>
    {% blocktranslate trimmed with name=x %}
      Dear {{ name }},
      welcome.
    {% endblocktranslate %}"""


@pytest.fixture
def module(tmp_path):
    (tmp_path / "views.py").write_text(PYTHON)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    return Module("house.module", tmp_path)


def translate(module, translations):
    catalogue = polib.pofile(str(module.catalogue))
    for entry in catalogue:
        told = translations.get(entry.msgid, "terjemahan")
        if entry.msgid_plural:
            entry.msgstr_plural = {0: told}
        else:
            entry.msgstr = told
    catalogue.save()


def test_messages_are_found_in_python_and_in_templates(module):
    assert set(gather(module, [])) == {
        Message("Hello"),
        Message("%(n)s day", "%(n)s days"),
        Message("Open"),
        Message("late"),
        Message("Dear %(name)s, welcome."),
    }


def test_a_translated_catalogue_is_clean_and_stays_so_when_written_again(module):
    _write(module, gather(module, []))
    translate(module, {"%(n)s day": "%(n)s hari", "Dear %(name)s, welcome.": "Yth. %(name)s, selamat datang."})
    before = module.catalogue.read_text()
    _write(module, gather(module, []))
    assert module.catalogue.read_text() == before
    assert not list(_faults(module, gather(module, [])))


@pytest.mark.parametrize(
    ("translation", "fault"),
    [("", "not translated"), ("%(m)s hari", "other placeholders"), ("{n} hari", "other placeholders")],
)
def test_a_fault_in_a_translation_is_found(module, translation, fault):
    _write(module, gather(module, []))
    translate(module, {"%(n)s day": translation, "Dear %(name)s, welcome.": "%(name)s"})
    found = list(_faults(module, gather(module, [])))
    assert len(found) == 1
    assert found[0].startswith(fault)


def test_a_new_and_a_dropped_message_are_found(module):
    _write(module, gather(module, []))
    translate(module, {"%(n)s day": "%(n)s hari", "Dear %(name)s, welcome.": "%(name)s"})
    (module.folder / "views.py").write_text('_("Goodbye")')
    assert {line.split(":")[0] for line in _faults(module, gather(module, []))} == {
        "not in the catalogue",
        "used nowhere",
    }


def written(folder, **translations):
    """A module whose catalogue tells these messages; ``context`` gives all of them one."""
    module = Module(f"house.{folder.name}", folder)
    module.catalogue.parent.mkdir(parents=True)
    catalogue, context = polib.POFile(), translations.pop("context", None)
    catalogue.extend(polib.POEntry(msgid=text, msgstr=told, msgctxt=context) for text, told in translations.items())
    catalogue.save(str(module.catalogue))
    return module


def test_one_message_with_two_translations_is_found_and_a_context_is_the_cure(tmp_path):
    first = written(tmp_path / "first", Open="Buka", Late="Terlambat")
    same = written(tmp_path / "same", Open="Buka", Late="Terlambat")
    other = written(tmp_path / "other", Open="Terbuka", Late="Terlambat")
    cured = written(tmp_path / "cured", Open="Terbuka", context="state")
    assert list(_disputed([first, same, cured])) == []
    assert list(_disputed([first, same, other, cured])) == [
        "translated in two ways, give it a context: 'Open':"
        " 'Buka' in house.first and house.same, 'Terbuka' in house.other"
    ]


def test_a_translation_that_is_missing_disputes_nothing(tmp_path):
    assert list(_disputed([written(tmp_path / "first", Open="Buka"), written(tmp_path / "other", Open="")])) == []
