"""Needs stand with what the training office does."""

from django.utils.translation import gettext_lazy as _

from lingkar.foundation.ui.navigation import Section, register
from lingkar.loop.needs.access import Action

register("needs:list", _("Training needs"), icon="list-checks", section=Section.CIRCLE, order=10, needs=Action.VIEW)
