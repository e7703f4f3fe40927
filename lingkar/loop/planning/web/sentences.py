"""What people read when a rule of this module says no, and why somebody stays."""

from collections.abc import Callable, Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingkar.foundation.refusals import Refused
from lingkar.loop.planning.rules import NotHeld, Rule, Why

RULES: Mapping[Rule, Promise] = {
    Rule.SEATS: gettext_lazy("seats of a training"),
    Rule.BUDGET: gettext_lazy("the money of a source"),
    Rule.CLASH: gettext_lazy("nobody at two trainings on one day"),
    Rule.CAP: gettext_lazy("the most hours of a PPPK contract"),
    Rule.ABSENCE: gettext_lazy("not too many of a unit away on one day"),
    Rule.COUNTER: gettext_lazy("somebody stays at each counter"),
    Rule.ELIGIBLE: gettext_lazy("a training closes a gap of whoever goes"),
}
WHY: Mapping[Why, Promise] = {
    Why.BY_HAND: gettext_lazy("Stays by decision"),
    Why.FULL: gettext_lazy("All seats are taken by people who need it as much or more"),
    Why.NOT_HELD: gettext_lazy("The training is not held in this proposal"),
    Why.CLASHES: gettext_lazy("Is at another training on the same day"),
    Why.CAPPED: gettext_lazy("Would pass the most hours of the contract"),
    Why.UNIT_AWAY: gettext_lazy("Too many of the unit would be away on one day"),
    Why.LAST_AT_COUNTER: gettext_lazy("Nobody would be left at the counter"),
    Why.OTHERS_FIRST: gettext_lazy("The gap is less urgent, or another training closes it"),
}

NOT_HELD: Mapping[NotHeld, Promise] = {
    NotHeld.NOBODY: gettext_lazy("Nobody is known to lack what it teaches."),
    NotHeld.TOO_FEW: gettext_lazy("Fewer people lack it than have to take part."),
    NotHeld.MONEY: gettext_lazy("It costs more than its source pays."),
    NotHeld.RULES: gettext_lazy("Too few may be away from their unit at the same time, or have hours left."),
    NotHeld.OTHERS: gettext_lazy("Money and days go to trainings that close more."),
}


def _listed(names: Iterable[Rule]) -> str:
    return ", ".join(str(RULES[rule]) for rule in names)


SENTENCES: Mapping[str, Promise | Callable[..., str]] = {
    "planning.year_taken": lambda year: (
        _("There is a plan for %(year)s already. Open it in the list.") % {"year": year}
    ),
    "planning.unknown": gettext_lazy("Something here is not known any more. Open the page anew; nothing was changed."),
    "planning.level_unusable": gettext_lazy("A level is a number from 1 to 5."),
    "planning.seats_unusable": gettext_lazy("The fewest participants are at least 1 and at most the seats."),
    "planning.numbers_unusable": gettext_lazy("Hours are more than 0, costs 0 or more."),
    "planning.days_unusable": gettext_lazy("The last day lies before the first one. Choose it anew."),
    "planning.other_year": lambda year: _("The first day must lie in %(year)s, the year of the plan.") % {"year": year},
    "planning.approved": gettext_lazy("This plan is approved and changes no more. Nothing was changed."),
    "planning.searching": gettext_lazy(
        "A proposal is being looked for. Wait until it stands, or stop it; nothing was changed."
    ),
    "planning.no_runs": gettext_lazy("Write down a training first, or take one that needs speak for."),
    "planning.not_approved": gettext_lazy("Approve the plan first; then its trainings can be opened."),
    "planning.nobody_goes": gettext_lazy("Nobody goes to this training. Nothing was opened."),
    "programmes.code_taken": gettext_lazy("Another cohort has this code. Choose another one; nothing was opened."),
    "programmes.type_unknown": gettext_lazy("Choose a kind of programme. Nothing was opened."),
    "programmes.seats_impossible": lambda most: (
        _("A cohort has at most %(most)s seats. Split the training in the plan; nothing was opened.") % {"most": most}
    ),
    "planning.empty": gettext_lazy("Nobody goes anywhere yet. Ask for a proposal first; nothing was approved."),
    "planning.collide": lambda rules: (
        _("No plan keeps what you decided by hand together with: %(rules)s. Take a decision back; nothing was changed.")
        % {"rules": _listed(rules)}
    ),
    "planning.ran_out": gettext_lazy(
        "The time was over before a proposal was found; what stood before stays. Propose anew, or decide more by hand."
    ),
    "planning.breaks": lambda rules: (
        _("This would break a rule: %(rules)s. Nothing was changed.") % {"rules": _listed(rules)}
    ),
}
FIELDS = {
    "planning.year_taken": "year",
    "planning.level_unusable": "level",
    "planning.seats_unusable": "least",
    "planning.numbers_unusable": "jp",
    "planning.days_unusable": "last",
    "planning.other_year": "first",
    "programmes.code_taken": "code",
    "programmes.type_unknown": "kind",
}


def sentence(no: Refused) -> str:
    """The sentence for a refusal of this module; codes of others raise ``KeyError``."""
    words = SENTENCES[no.code]
    return str(words) if isinstance(words, Promise) else words(**no.details)
