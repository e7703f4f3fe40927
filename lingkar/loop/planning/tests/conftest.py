"""The city of tests that begin with a need."""

from tests.serving import place as place
