"""Each position that is there gets the state it has; from now on its states never overlap, and a unit has one head."""

from django.db import migrations

STATES = """
    INSERT INTO orgs_positionstate (
        agency_id, position_id, unit_id, title, kind, level, echelon, leads, seats, profile, valid_from, valid_to
    )
    SELECT agency_id, id, unit_id, title, kind, level, echelon, leads, seats, profile, valid_from, valid_to
    FROM orgs_position
"""
# as for units (0003): the id stands in the index as a range of one number, its hash; checked at the end of the
# transaction
NEVER_OVERLAP = """
    ALTER TABLE orgs_positionstate ADD CONSTRAINT position_states_never_overlap EXCLUDE USING gist (
        int8range(uuid_hash_extended(position_id, 0) >> 1, uuid_hash_extended(position_id, 0) >> 1, '[]') WITH &&,
        daterange(valid_from, valid_to, '[]') WITH &&
    ) DEFERRABLE INITIALLY DEFERRED
"""
ONE_HEAD = """
    ALTER TABLE orgs_positionstate ADD CONSTRAINT unit_is_led_by_one_position EXCLUDE USING gist (
        int8range(uuid_hash_extended(unit_id, 0) >> 1, uuid_hash_extended(unit_id, 0) >> 1, '[]') WITH &&,
        daterange(valid_from, valid_to, '[]') WITH &&
    ) WHERE (leads) DEFERRABLE INITIALLY DEFERRED
"""
TABLE = "ALTER TABLE orgs_positionstate"


class Migration(migrations.Migration):
    dependencies = [
        ("orgs", "0005_position_states"),
    ]

    operations = [
        migrations.RunSQL(STATES, migrations.RunSQL.noop),
        # foreign keys of the rows just written are checked now: a table whose checks wait cannot be altered
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RunSQL(NEVER_OVERLAP, f"{TABLE} DROP CONSTRAINT position_states_never_overlap"),
        migrations.RunSQL(ONE_HEAD, f"{TABLE} DROP CONSTRAINT unit_is_led_by_one_position"),
    ]
