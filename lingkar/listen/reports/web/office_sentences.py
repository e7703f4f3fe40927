"""What an officer reads when a rule said no: what is wrong, what was kept, what to do now."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lingkar.foundation.refusals import Refused
from lingkar.foundation.ui.words import day

SENTENCES: dict[str, str | Promise | Callable[..., str]] = {
    "reports.not_now": _("This can no longer be done: the case stands elsewhere by now. Look at its history below."),
    "reports.same_unit": _("The case is already with this unit. Choose another one."),
    "reports.unit_complained_of": _("The report complains of this unit. Choose a unit that is not concerned."),
    "reports.sealed_stays": _(
        "A sealed case goes to the Inspectorate or the regional secretariat only. To give it to another unit, open the "
        "seal first."
    ),
    "reports.no_answer": _("Write what was done: the reporter reads it."),
    "reports.no_proof": _("Attach at least one photo or PDF: an answer is closed only with proof."),
    "reports.no_note": _("The note is empty. Write what colleagues should know."),
    "reports.no_other_agency": _("Say which agency answers and how the reporter reaches it."),
    "reports.no_reason": _("Write the reason: it stays in the history of the case."),
    "reports.not_sealed": _("This case is not sealed any more."),
    "reports.not_public": _("A sealed or secret report is never published."),
    "reports.same_category": _("The case already has this category. Choose another one."),
    "reports.longer_needs_reason": lambda before, after: (
        gettext(
            "With this category the promised date moves from %(before)s back to %(after)s. Write why: the reporter "
            "reads it."
        )
        % {"before": day(before), "after": day(after)}
    ),
    "reports.no_watchdog": _(
        "No Inspectorate is set up, so a sealed case would have nobody to open it. Ask the operator to add the unit."
    ),
    "reports.not_ready": _("This category has no unit that answers. Ask the coordinator to name one."),
    "reports.category_needs_unit": _("Choose the unit that answers: a report must always have somebody to answer it."),
    "reports.category_of_the_rest": _(
        "Reports that fit nowhere else land in this category: it stays in use, and it stays open."
    ),
}

FIELDS = {
    "reports.same_unit": "to_unit",
    "reports.unit_complained_of": "to_unit",
    "reports.sealed_stays": "to_unit",
    "reports.no_answer": "text",
    "reports.no_note": "text",
    "reports.no_proof": "proofs",
    "reports.no_reason": "note",
    "reports.no_other_agency": "to_agency",
    "reports.same_category": "category",
    "reports.longer_needs_reason": "reason",
    "reports.category_needs_unit": "unit",
    "reports.no_watchdog": "sensitive",
}
"""The input that a refusal is about."""


def sentence(refusal: Refused) -> str:
    """The sentence for a refusal; one that is not listed here still says that nothing was changed."""
    known = SENTENCES.get(refusal.code)
    if known is None:
        return gettext("This could not be done; nothing was changed. Code: %(code)s") % {"code": refusal.code}
    return known(**refusal.details) if callable(known) and not isinstance(known, Promise) else str(known)
