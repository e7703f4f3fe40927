"""The cache that all web workers share: counters of rate limits and codes that were used.

Unlogged: what it holds may be lost in a crash, and writing it costs no disk.
"""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.RunSQL(
            "CREATE UNLOGGED TABLE shared_cache"
            " (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);"
            "CREATE INDEX shared_cache_expires ON shared_cache (expires);",
            "DROP TABLE shared_cache;",
        ),
    ]
