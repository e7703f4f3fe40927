"""Each unit that is there gets the state it has; from now on states of a unit never overlap."""

from django.db import migrations

STATES = """
    INSERT INTO orgs_unitstate (agency_id, unit_id, name, short_name, kind, parent_id, valid_from, valid_to)
    SELECT agency_id, id, name, short_name, kind, parent_id, valid_from, valid_to FROM orgs_unit
"""
# btree_gist is not there, so the unit stands in the index as a range of one number: its hash. Checked at the end of
# the transaction: while a unit is changed, two of its states may meet.
NEVER_OVERLAP = """
    ALTER TABLE orgs_unitstate ADD CONSTRAINT unit_states_never_overlap EXCLUDE USING gist (
        int8range(uuid_hash_extended(unit_id, 0) >> 1, uuid_hash_extended(unit_id, 0) >> 1, '[]') WITH &&,
        daterange(valid_from, valid_to, '[]') WITH &&
    ) DEFERRABLE INITIALLY DEFERRED
"""


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0002_history_and_positions"),
    ]

    operations = [
        migrations.RunSQL(STATES, migrations.RunSQL.noop),
        # foreign keys of the rows just written are checked now: a table whose checks wait cannot be altered
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RunSQL(NEVER_OVERLAP, "ALTER TABLE orgs_unitstate DROP CONSTRAINT unit_states_never_overlap"),
    ]
