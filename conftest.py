"""Fixtures for the tests of every module: a small world, and a browser in which to look at it."""

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.fixtures", "tests.browser"]
CALM = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
"""A busy machine is no fault of a rule: no example is measured by the clock."""
settings.register_profile("house", deadline=None, suppress_health_check=CALM)
settings.load_profile("house")
