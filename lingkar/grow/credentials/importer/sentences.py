"""Why a line of a sheet with hours or predicates was refused."""

from django.utils.translation import gettext as _

from lingkar.directory.people import queries as people
from lingkar.foundation.refusals import Refused
from lingkar.grow.credentials.web import sentences


def sentence(refused: Refused) -> str:
    """Words for a code of this module and for who a line is about; ``KeyError`` for others."""
    own = {
        "credentials.no_form": _(
            "“%(value)s” is none of the 24 forms of learning. Write its code or its name, such as B7 or Workshop."
        ),
        "credentials.no_amount": _("“%(value)s” is no amount. Write a number, such as 8 or 7,5."),
        "credentials.no_predicate": _(
            "“%(value)s” is no SKP predicate. There are: Sangat Baik, Baik, Butuh Perbaikan, Kurang, Sangat Kurang."
        ),
        "credentials.not_over": _("It is not over yet. Hours are recorded when the last day has come."),
        "credentials.needs_hours": _("This form is counted by hours: fill the column “JP”."),
        "credentials.needs_day": _("This form is counted by days: fill the column “Hari”."),
        "credentials.table_differs_day": _(
            "%(amount)s days give %(full)s JP by the table, not %(jp)s. Look at the days, the form, and whether it was "
            "abroad."
        ),
        "credentials.table_differs_time": _(
            "%(amount)s times give %(full)s JP by the table, not %(jp)s. Look at the column “Kali” and the form."
        ),
        "credentials.table_differs_semester": _(
            "%(amount)s semesters give %(full)s JP by the table, not %(jp)s. Look at the column “Semester”."
        ),
        "credentials.recorded_otherwise": _(
            "The same training on this day is recorded with %(before)s, not %(now)s. Take that one back first, on the "
            "page of the person."
        ),
    }
    if refused.code in own:
        return own[refused.code] % refused.details
    try:
        return people.numbered_sentence(refused)
    except KeyError:
        return sentences.sentence(refused)
