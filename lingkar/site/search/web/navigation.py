"""The search box stands on every page of the office."""

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.ui.navigation import Section, offer_search, register
from lingkar.site.search.access import Action

offer_search("search:page", "search:suggestions")
register("search:synonyms", _("Synonyms"), icon="search", section=Section.SYSTEM, order=87, needs=Action.SYNONYMS)
