"""Refusals and faults of letters, in words."""

from django.utils.translation import gettext as _

from lingkar.foundation.refusals import Refused


def sentence(refusal: Refused) -> str:
    """What happened and what to do, for a refusal of this module."""
    return {
        "notify.not_an_address": _("This is not an e-mail address. Please check it, for example nama@contoh.id."),
        "notify.not_in_this_state": _("Somebody else has decided about this letter already."),
    }[refusal.code]


def fault_in_words(fault: str) -> str:
    """Why a letter did not go out, for the operator."""
    known = {
        "interrupted": _("Interrupted while it was being sent"),
        "timeouterror": _("The mail server did not answer in time"),
        "connectionrefusederror": _("The mail server cannot be reached"),
        "gaierror": _("The mail server cannot be reached"),
        "smtpserverdisconnected": _("The mail server hung up"),
        "no_tls_for_the_password": _("The mail server offers no encryption for the password"),
        "unreadable": _("It can no longer be opened: the secret of this installation has changed"),
        "smtp_535": _("The mail server does not accept the password"),
        "smtp_550": _("The address does not exist"),
        "ENOSPC": _("The disk is full"),
    }
    code = fault.removeprefix("smtp_")
    if code.isdecimal() and fault not in known:
        return _("The mail server answered %(code)s") % {"code": code}
    return known.get(fault, fault)
