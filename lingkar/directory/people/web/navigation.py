"""Where the pages about people and accounts stand in the navigation of the office."""

from django.utils.translation import gettext_lazy as _

from lingkar.directory.people.access import Action
from lingkar.directory.people.queries import corrections
from lingkar.foundation.ui.navigation import Section, register

register("people:me", _("My account"), icon="user", order=10, account=True)
register("mfa_index", _("Sign-in and security"), icon="lock", order=20, account=True)
register("people:people", _("People"), icon="users", section=Section.AGENCY, order=60)
register(
    "people:corrections",
    _("Requests about data"),
    icon="pencil",
    section=Section.AGENCY,
    order=62,
    needs=Action.RECORDS,
    count=corrections,
    covers=("/pegawai/penghapusan/",),
)
register("people:mine", _("My data"), icon="file-text", order=12, account=True)
register("people:delegations", _("Roles while away"), icon="key-round", order=14, account=True)
register("people:grants", _("Roles"), icon="key-round", section=Section.AGENCY, order=80, needs=Action.GRANT)
