"""Fixtures for the tests of every module: a small world, and a browser in which to look at it."""

pytest_plugins = ["tests.fixtures", "tests.browser"]
