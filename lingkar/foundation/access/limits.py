"""The cache behind rate limits. It is shared by all web workers and tells nothing about anybody."""

from django.conf import settings

from lingkar.foundation.privacy.codes import digest


def cache_key(key: str, prefix: str, version: int) -> str:
    """A key as it is stored: keyed digests, so that no address, name or number can be read in the database."""
    return digest(settings.SECRET_KEY, "cache", f"{prefix}:{version}:{key}")
