"""The search box stands on every page of the office."""

from lingkar.foundation.ui.navigation import offer_search

offer_search("search:page", "search:suggestions")
