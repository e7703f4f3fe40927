"""How long an import is kept."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.parameters.registry import spec

KEEP_DAYS = spec(
    "imports.keep_days",
    14,
    int,
    _("days"),
    _("How long an imported file and its rows are kept"),
    "Pilihan Lingkar",
    date(2018, 1, 1),
    least=1,
    most=365,
)
