"""Published versions and pledges never change: see ``published.sql``."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).resolve().parent.parent / "published.sql").read_text()
UNDO = """
DROP TRIGGER services_pledge_stays ON services_pledge;
DROP TRIGGER services_version_stays ON services_version;
DROP FUNCTION services_published_stays();
"""


class Migration(migrations.Migration):
    dependencies = (("services", "0001_initial"),)
    operations = (migrations.RunSQL(SQL, UNDO),)
