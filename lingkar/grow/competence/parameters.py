"""Numbers behind gaps and JPM: dated, sourced, changed by the agency on a page."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.parameters.registry import spec

SINCE = date(2017, 1, 1)
OURS = "Pilihan Lingkar"
BANDS = "Kategori JPM dalam praktik penilaian kompetensi (PermenPANRB 38/2017, PerBKN 26/2019)"
OPTIMAL = spec(
    "competence.jpm_optimal",
    Decimal(90),
    Decimal,
    _("percent"),
    _("JPM from which somebody fits optimally"),
    BANDS,
    SINCE,
    _("The bounds are in use; the number of the rule was not confirmed."),
    least=0,
    most=100,
)
FAIR = spec(
    "competence.jpm_fair",
    Decimal(78),
    Decimal,
    _("percent"),
    _("JPM from which somebody fits fairly"),
    BANDS,
    SINCE,
    _("The bounds are in use; the number of the rule was not confirmed."),
    least=0,
    most=100,
)
CAPPED = spec(
    "competence.jpm_capped",
    False,
    bool,
    _("yes or no"),
    _("A level beyond the required one counts only as the required one (JPM)"),
    "Σ capaian ÷ Σ standar × 100, dikutip dari ingatan",
    SINCE,
    _("Whether a surplus in one competency may make up for a gap in another one was not confirmed."),
)
VALID_YEARS = spec(
    "competence.valid_years",
    3,
    int,
    _("years"),
    _("How long an assessment counts"),
    "Lazim dipakai; tidak ditetapkan sumbernya",
    SINCE,
    _("Agencies differ; no rule was found that fixes it."),
    least=1,
    most=10,
)
SMALLEST_GROUP = spec(
    "competence.smallest_group",
    5,
    int,
    _("people"),
    _("Fewest people assessed of whom a mean is shown"),
    OURS,
    SINCE,
    least=5,
    most=50,
)
NUMBERS = (OPTIMAL, FAIR, CAPPED, SMALLEST_GROUP)
