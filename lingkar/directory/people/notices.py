"""What people find in their inbox about roles and their own data. Never anybody's words."""

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.notify.notices import notice

OFFERED = notice("people.delegation_offered", _("A colleague offers you their role for some days."))
ACCEPTED = notice("people.delegation_accepted", _("Your colleague has accepted your role."))
DECLINED = notice("people.delegation_declined", _("Your colleague has declined your role."))
ENDED = notice("people.delegation_ended", _("A role that was handed over has come back."))
GRANT_WAITS = notice("people.grant_waits", _("A role waits until a second person approves it."))
GRANT_DECIDED = notice("people.grant_decided", _("A role that you gave was decided by a second person."))
LINKED = notice("people.account_linked", _("Your account was joined with a record of a person, or parted from it."))
ASKED = notice("people.correction_asked", _("Somebody asks for a correction of their data. Answer by the deadline."))
ANSWERED = notice("people.correction_answered", _("Your request about your data was answered."))
ERASURE_ASKED = notice("people.erasure_asked", _("An erasure waits for a second person to decide."))
