"""The city of these tests."""

from tests.serving import place as place
