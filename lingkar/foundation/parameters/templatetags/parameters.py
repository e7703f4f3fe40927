"""Values in templates."""

from django import template

from lingkar.foundation.parameters.web import words

register = template.Library()
register.filter("shown", words.shown)
