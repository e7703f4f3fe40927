"""What officers find in their inbox. Numbers only: what a citizen wrote stays in the case."""

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.notify.notices import notice

RECEIVED = notice("reports.received", _("Report %(number)s is new in your queue."))
REFERRED = notice("reports.referred", _("Case %(number)s was referred to your unit."))
REOPENED = notice("reports.reopened", _("The reporter reopened case %(number)s: it is not solved."))
SEALED = notice("reports.sealed", _("A sealed case is in your queue: %(number)s."))
