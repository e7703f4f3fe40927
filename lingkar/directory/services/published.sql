-- What was published is what people were promised: it never changes. A version may only end, a pledge not even that.

CREATE OR REPLACE FUNCTION services_published_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'services_version' THEN
    IF to_jsonb(OLD) ->> 'published_at' IS NULL THEN
      RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE'
       AND to_jsonb(NEW) - '{valid_to,search,spellings}'::text[] = to_jsonb(OLD) - '{valid_to,search,spellings}'::text[] THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'a published row of % never changes', TG_TABLE_NAME;
END
$$;

CREATE TRIGGER services_version_stays BEFORE UPDATE OR DELETE ON services_version
  FOR EACH ROW EXECUTE FUNCTION services_published_stays();
CREATE TRIGGER services_pledge_stays BEFORE UPDATE OR DELETE ON services_pledge
  FOR EACH ROW EXECUTE FUNCTION services_published_stays();
