"""What officers read when a rule of this module says no, and the words of causes."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lingkar.foundation.refusals import Refused
from lingkar.grow.competence import queries as competence
from lingkar.loop.causes.models import CauseKind
from lingkar.loop.causes.rules import Suggestion

SENTENCES: dict[str, str | Promise] = {
    "causes.still_open": gettext_lazy("This case is open again. Say why it arose once it is closed."),
    "causes.competency_missing": gettext_lazy("Choose the competency that officers were lacking."),
    "causes.competency_unknown": gettext_lazy("Choose the competency that officers were lacking."),
    "causes.no_competency": gettext_lazy("Training does not cure this cause: leave the competency empty."),
}
FIELDS = {"causes.still_open": None}
"""Where a refusal is shown; on the competency when it is not here."""


def sentence(no: Refused) -> str:
    """The sentence for a refusal."""
    return str(SENTENCES[no.code])


def cause(kind: str, competency: str, names: Mapping[str, str] | None = None) -> str:
    """A cause in words: "Conduct of officers: communication"."""
    label = str(CauseKind(kind).label)
    if not competency:
        return label
    known = competence.names() if names is None else names  # whoever tells several asks once
    return f"{label}: {known.get(competency, competency)}"


def reason(found: Suggestion) -> str:
    """Why something is suggested: words of the case, earlier cases."""
    parts = []
    if found.words:
        quoted = ", ".join(f"“{word}”" for word in found.words)
        parts.append(_("the case says %(words)s") % {"words": quoted})
    if found.earlier:
        counted = {"n": found.earlier, "of": found.of}
        parts.append(ngettext("%(n)s of %(of)s earlier case", "%(n)s of %(of)s earlier cases", found.of) % counted)
    return "; ".join(parts)
