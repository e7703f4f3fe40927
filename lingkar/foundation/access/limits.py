"""The cache behind rate limits and codes that are good once. All web workers share it; it tells nothing about anybody.

Django's own ``DatabaseCache`` takes six statements for what is one here, and pickles what it stores.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection

from lingkar.foundation.privacy.codes import digest

FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
SET = (
    "INSERT INTO shared_cache (cache_key, value, expires) VALUES (%s, %s, %s)"
    " ON CONFLICT (cache_key) DO UPDATE SET value = excluded.value, expires = excluded.expires"
)
ADD = f"{SET} WHERE shared_cache.expires < now()"
GET = "SELECT value FROM shared_cache WHERE cache_key = %s AND expires >= now()"


def cache_key(key: str, prefix: str, version: int) -> str:
    """A key as it is stored: keyed digests, so that no address, name or number can be read in the database."""
    return digest(settings.SECRET_KEY, "cache", f"{prefix}:{version}:{key}")


class SharedCache(BaseCache):
    """A Django cache in the table ``shared_cache``: every act is one statement, and ``add`` has one winner.

    Values are JSON. Expired rows are removed every night (``forget_expired``).
    """

    def __init__(self, location: str, params: Mapping[str, Any]) -> None:  # noqa: ARG002  # Django names a location
        super().__init__(dict(params))

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Store unless the key is taken; True for the one who stored it."""
        return self._do(ADD, (self._key(key, version), json.dumps(value), self._end(timeout))) == 1

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._do(SET, (self._key(key, version), json.dumps(value), self._end(timeout)))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(GET, (self._key(key, version),))
            row = cursor.fetchone()
        return json.loads(row[0]) if row else default

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        sql = "UPDATE shared_cache SET expires = %s WHERE cache_key = %s AND expires >= now()"
        return self._do(sql, (self._end(timeout), self._key(key, version))) == 1

    def delete(self, key: str, version: int | None = None) -> bool:
        return self._do("DELETE FROM shared_cache WHERE cache_key = %s", (self._key(key, version),)) == 1

    def clear(self) -> None:
        self._do("DELETE FROM shared_cache", ())

    def _key(self, key: str, version: int | None) -> str:
        return self.make_and_validate_key(key, version=version)

    def _end(self, timeout: Any) -> datetime:
        seconds = self.get_backend_timeout(timeout)
        return FOREVER if seconds is None else datetime.fromtimestamp(seconds, UTC)

    def _do(self, sql: str, values: tuple[Any, ...]) -> int:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return int(cursor.rowcount)


def forget_expired(at: datetime) -> int:
    """Remove what has expired; returns how many rows."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM shared_cache WHERE expires < %s", [at])
        return int(cursor.rowcount)
