"""What officers find in their inbox, and what the letters are. Numbers only: a citizen's words stay in the case."""

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.notify.notices import letter, notice

RECEIVED = notice("reports.received", _("Report %(number)s is new in your queue."))
REFERRED = notice("reports.referred", _("Case %(number)s was referred to your unit."))
REOPENED = notice("reports.reopened", _("The reporter reopened case %(number)s: it is not solved."))
NEWS = letter("reports/mail/news.txt", _("News for a reporter"))
SEALED = notice("reports.sealed", _("A sealed case is in your queue: %(number)s."))
