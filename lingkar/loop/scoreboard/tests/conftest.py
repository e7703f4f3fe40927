"""The city of these tests."""

from tests.circles import busy as busy
from tests.serving import place as place
