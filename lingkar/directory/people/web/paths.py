"""Parts of an address that mean something here."""

from django.urls import register_converter
from django.urls.converters import get_converters


class AccountKey:
    """An account's id as it stands in a link: 32 hex digits, without dashes."""

    regex = "[0-9a-f]{32}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def register() -> None:
    """Make ``<account_key:…>`` known, once."""
    if "account_key" not in get_converters():
        register_converter(AccountKey, "account_key")
