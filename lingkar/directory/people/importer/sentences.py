"""Why a line of a sheet with people was refused."""

from django.utils.translation import gettext as _

from lingkar.directory.people.web import sentences
from lingkar.foundation.refusals import Refused


def sentence(refused: Refused) -> str:
    """Words for a code of this module; ``KeyError`` for others."""
    own = {
        "people.unit_not_found": _("The unit “%(value)s” is not known. Nearest: %(near)s."),
        "people.unit_not_known": _("The unit “%(value)s” is not known. Use its code or its full name."),
        "people.unit_not_one": _("%(count)s units are called “%(value)s”. Use the code, or name the office above."),
        "people.unit_needed_here": _("The unit is missing. Fill the column “Unit Kerja” or “OPD”."),
        "people.not_yours": _("This person is recorded in a unit that you do not look after."),
        "people.own_record": _("This is you. Nobody changes what is recorded about themselves."),
    }
    return own[refused.code] % refused.details if refused.code in own else sentences.sentence(refused)
