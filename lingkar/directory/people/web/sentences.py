"""Why something about accounts and roles was turned down, in words."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lingkar.foundation.refusals import Refused


def sentence(refusal: Refused) -> str:
    """What happened and what to do now, for a refusal of this module."""
    days = {key: date_format(day, "j F Y") for key, day in refusal.details.items() if isinstance(day, date)}
    return _sentences()[refusal.code] % days


def _sentences() -> dict[str, str]:
    return {
        "people.own_grant": _("Another operator has to do this: nobody changes their own roles."),
        "people.own_account": _("Another operator has to do this: nobody does it to their own account."),
        "people.watchdog_needs_unit": _("Choose the unit for which this person reads sealed cases."),
        "people.last_operator": _("This is the last operator. Give that role to somebody else first, without an end."),
        "people.ends_before_it_begins": _("The last day lies before the first day."),
        "people.ends_in_the_past": _(
            "The last day cannot lie in the past: what was done under the role stays explained."
        ),
        "people.already_ends": _("This role already ends on %(valid_to)s."),
        "people.same_grant": _("This person already has this role there from that day on."),
        "people.email_taken": _("There is already an account with this e-mail address."),
        "people.nip_taken": _("There is already an account with this NIP."),
        "people.no_email": _("This account has no e-mail address, so no link can be sent to it."),
    }
