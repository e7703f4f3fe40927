"""Nobody sits in a unit or position, or holds a role over a unit, after its last day: the database holds it.

Each side is checked when it is written, with the row of the other side locked, so that of two that meet one is refused.
Services hold the tree (``orgs.services.hold_tree``) and refuse with words before it comes to this.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION people_check_placements() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM orgs_unit WHERE id IN (SELECT unit_id FROM fresh) ORDER BY id FOR SHARE;
    PERFORM FROM orgs_position WHERE id IN (SELECT position_id FROM fresh) ORDER BY id FOR SHARE;
    IF EXISTS (
        SELECT FROM fresh JOIN orgs_unit unit ON unit.id = fresh.unit_id
        WHERE unit.valid_to < coalesce(fresh.valid_to, 'infinity')
    ) OR EXISTS (
        SELECT FROM fresh JOIN orgs_position post ON post.id = fresh.position_id
        WHERE post.valid_to < coalesce(fresh.valid_to, 'infinity')
    ) THEN
        RAISE EXCEPTION 'a placement outlasts its unit or position'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_ends_with_its_unit';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION people_check_placement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM orgs_unit WHERE id = NEW.unit_id FOR SHARE;
    PERFORM FROM orgs_position WHERE id = NEW.position_id FOR SHARE;
    IF EXISTS (SELECT FROM orgs_unit WHERE id = NEW.unit_id AND valid_to < coalesce(NEW.valid_to, 'infinity'))
    OR EXISTS (SELECT FROM orgs_position WHERE id = NEW.position_id AND valid_to < coalesce(NEW.valid_to, 'infinity'))
    THEN
        RAISE EXCEPTION 'a placement outlasts its unit or position'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_ends_with_its_unit';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION people_check_grant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM orgs_unit WHERE id = NEW.unit_id FOR SHARE;
    IF EXISTS (SELECT FROM orgs_unit WHERE id = NEW.unit_id AND valid_to < coalesce(NEW.valid_to, 'infinity')) THEN
        RAISE EXCEPTION 'a role outlasts its unit'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'grant_ends_with_its_unit';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION people_check_ending() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM people_placement held JOIN people_person person ON person.id = held.person_id
        WHERE person.status = 'active' AND coalesce(held.valid_to, 'infinity') > NEW.valid_to
        AND CASE TG_TABLE_NAME WHEN 'orgs_unit' THEN held.unit_id = NEW.id ELSE held.position_id = NEW.id END
    ) THEN
        RAISE EXCEPTION 'somebody still sits there'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_ends_with_its_unit';
    END IF;
    IF TG_TABLE_NAME = 'orgs_unit' AND EXISTS (
        SELECT FROM people_rolegrant held JOIN people_account account ON account.id = held.account_id
        WHERE held.unit_id = NEW.id AND account.is_active AND coalesce(held.valid_to, 'infinity') > NEW.valid_to
        AND coalesce(held.valid_to, 'infinity') >= held.valid_from
    ) THEN
        RAISE EXCEPTION 'somebody still holds a role over it'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'grant_ends_with_its_unit';
    END IF;
    RETURN NULL;
END $$;
"""
LONGER = "coalesce(NEW.valid_to, 'infinity') > coalesce(OLD.valid_to, 'infinity')"
SHORTER = "NEW.valid_to < coalesce(OLD.valid_to, 'infinity')"
TRIGGERS = f"""
CREATE TRIGGER placements_end_with_their_unit AFTER INSERT ON people_placement
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION people_check_placements();
CREATE TRIGGER placement_ends_with_its_unit AFTER UPDATE OF unit_id, position_id, valid_to ON people_placement
    FOR EACH ROW WHEN (
        {LONGER} OR NEW.unit_id <> OLD.unit_id OR NEW.position_id IS DISTINCT FROM OLD.position_id
    ) EXECUTE FUNCTION people_check_placement();
CREATE TRIGGER new_grant_ends_with_its_unit AFTER INSERT ON people_rolegrant
    FOR EACH ROW WHEN (NEW.unit_id IS NOT NULL) EXECUTE FUNCTION people_check_grant();
CREATE TRIGGER grant_ends_with_its_unit AFTER UPDATE OF unit_id, valid_to ON people_rolegrant
    FOR EACH ROW WHEN (
        NEW.unit_id IS NOT NULL AND ({LONGER} OR NEW.unit_id IS DISTINCT FROM OLD.unit_id)
    ) EXECUTE FUNCTION people_check_grant();
CREATE TRIGGER nobody_sits_in_an_ended_unit AFTER UPDATE OF valid_to ON orgs_unit
    FOR EACH ROW WHEN ({SHORTER}) EXECUTE FUNCTION people_check_ending();
CREATE TRIGGER nobody_sits_in_an_ended_position AFTER UPDATE OF valid_to ON orgs_position
    FOR EACH ROW WHEN ({SHORTER}) EXECUTE FUNCTION people_check_ending();
"""
UNDO = """
DROP TRIGGER nobody_sits_in_an_ended_position ON orgs_position;
DROP TRIGGER nobody_sits_in_an_ended_unit ON orgs_unit;
DROP TRIGGER grant_ends_with_its_unit ON people_rolegrant;
DROP TRIGGER new_grant_ends_with_its_unit ON people_rolegrant;
DROP TRIGGER placement_ends_with_its_unit ON people_placement;
DROP TRIGGER placements_end_with_their_unit ON people_placement;
DROP FUNCTION people_check_ending, people_check_grant, people_check_placement, people_check_placements;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_one_main_by_trigger"),
        ("orgs", "0006_positions_never_overlap"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGERS, UNDO),
    ]
