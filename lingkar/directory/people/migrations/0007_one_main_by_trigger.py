"""One main placement at a time, held by a trigger that looks at a whole statement instead of an index of periods.

The index cost five times as much as the rows themselves when many people came at once (decision 0110).
"""

from django.db import migrations

# Whoever writes main placements of somebody first locks the person, so that of two who write at once the second sees
# what the first one wrote. The foreign key needs a lock of that row anyway: it costs nothing more.
FUNCTION = """
    CREATE FUNCTION people_one_main_at_a_time() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE twice uuid;
    BEGIN
        IF NOT EXISTS (SELECT FROM written WHERE is_main) THEN
            RETURN NULL;
        END IF;
        IF current_setting('transaction_isolation') = 'repeatable read' THEN
            RAISE EXCEPTION 'main placements are not written by repeatable read: it does not see what others wrote'
                USING ERRCODE = 'feature_not_supported';
        END IF;
        PERFORM FROM people_person WHERE id IN (SELECT person_id FROM written WHERE is_main)
            ORDER BY id FOR NO KEY UPDATE;
        SELECT w.person_id INTO twice FROM written w JOIN people_placement p ON p.person_id = w.person_id
            WHERE w.is_main AND p.is_main AND p.id <> w.id
              AND p.valid_from <= coalesce(w.valid_to, 'infinity') AND w.valid_from <= coalesce(p.valid_to, 'infinity')
            LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'placement_one_main_at_a_time: two main placements of % on one day', twice
                USING ERRCODE = 'exclusion_violation', CONSTRAINT = 'placement_one_main_at_a_time',
                      TABLE = 'people_placement', SCHEMA = TG_TABLE_SCHEMA;
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER placement_one_main_when_added AFTER INSERT ON people_placement
        REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION people_one_main_at_a_time();
    CREATE TRIGGER placement_one_main_when_changed AFTER UPDATE ON people_placement
        REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION people_one_main_at_a_time();
"""
NO_FUNCTION = """
    DROP TRIGGER placement_one_main_when_added ON people_placement;
    DROP TRIGGER placement_one_main_when_changed ON people_placement;
    DROP FUNCTION people_one_main_at_a_time();
"""
TYPE = "CREATE TYPE person_range AS RANGE (subtype = uuid)"


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_second_looks"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="placement", name="placement_one_main_at_a_time"),
        migrations.RunSQL("DROP TYPE person_range", TYPE),
        migrations.RunSQL(FUNCTION, NO_FUNCTION),
    ]
