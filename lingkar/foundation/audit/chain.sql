-- The chain is kept by the database, so that no code path can skip it.
-- Deferred to commit: the head row is locked for the length of a commit only, after every other lock was taken.
CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    tip text;
    n bigint;
    link text;
BEGIN
    INSERT INTO audit_audithead (agency_id, count, hash) VALUES (NEW.agency_id, 0, '') ON CONFLICT (agency_id) DO NOTHING;
    SELECT count + 1, hash INTO n, tip FROM audit_audithead WHERE agency_id = NEW.agency_id FOR UPDATE;
    link := encode(sha256(convert_to(n || '|' || tip || '|' || NEW.content, 'UTF8')), 'hex');
    UPDATE audit_auditentry SET position = n, previous = tip, hash = link WHERE id = NEW.id;
    UPDATE audit_audithead SET count = n, hash = link WHERE agency_id = NEW.agency_id;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER audit_chain AFTER INSERT ON audit_auditentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_chain();

CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.position IS NULL AND NEW.position IS NOT NULL AND NEW.content = OLD.content THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the audit trail is append-only';
END $$;

CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit_auditentry
    FOR EACH ROW EXECUTE FUNCTION audit_append_only();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only();
