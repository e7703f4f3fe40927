"""Measurements of the shipped server and what happens to it when its parts are killed. See ``docs/figures.md``."""
