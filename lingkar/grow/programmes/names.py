"""Names of bands, reasons and sources, for pages and papers."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from lingkar.grow.programmes.rules import Predicate

PREDICATES: dict[str, Promise] = {
    Predicate.EXCELLENT.value: pgettext_lazy("predicate", "Excellent"),
    Predicate.GOOD.value: pgettext_lazy("predicate", "Good"),
    Predicate.FAIR.value: pgettext_lazy("predicate", "Fair"),
    Predicate.DEFERRED.value: pgettext_lazy("predicate", "Deferred"),
    Predicate.POOR.value: pgettext_lazy("predicate", "Poor"),
}
WHY: dict[str, Promise] = {
    "marks": gettext_lazy("A mark is missing."),
    "attendance": gettext_lazy("Too few sessions were attended."),
    "band": gettext_lazy("The final mark lies below the band that passes."),
}
SOURCES: dict[str, Promise] = {
    "quiz": gettext_lazy("from the quiz"),
    "project": gettext_lazy("from the project"),
}
