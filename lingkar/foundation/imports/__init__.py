"""Imports: a sheet becomes rows of the agency, after somebody saw what would happen, all of it or nothing."""
