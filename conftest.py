"""Fixtures for the tests of every module: a small world, and a browser in which to look at it."""

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.fixtures", "tests.browser"]
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no fault of a rule: no example is measured by the clock."""
settings.load_profile("house")
