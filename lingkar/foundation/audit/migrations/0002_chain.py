"""The chain and the append-only rule live in the database: see ``chain.sql``."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).resolve().parent.parent / "chain.sql").read_text()
UNDO = """
DROP TRIGGER audit_no_truncate ON audit_auditentry;
DROP TRIGGER audit_append_only ON audit_auditentry;
DROP TRIGGER audit_chain ON audit_auditentry;
DROP FUNCTION audit_append_only();
DROP FUNCTION audit_chain();
"""


class Migration(migrations.Migration):
    dependencies = (("audit", "0001_initial"),)
    operations = (migrations.RunSQL(SQL, UNDO),)
