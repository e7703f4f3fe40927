-- Reports in bulk, straight into the tables: what measuring needs is their number, not their life.
-- Three years of an agency: 4 of 100 open, the others closed; half of those published; each with its history.
INSERT INTO reports_numberseries (agency_id, last) VALUES (%(agency)s, 1000) ON CONFLICT (agency_id) DO NOTHING;

CREATE TEMP TABLE made AS
WITH units AS (SELECT array_agg(id ORDER BY path) AS ids FROM orgs_unit WHERE agency_id = %(agency)s),
     places AS (SELECT array_agg(id ORDER BY code) AS ids FROM places_place
                WHERE agency_id = %(agency)s AND kind = 'village'),
     subjects AS (SELECT array_agg(id ORDER BY code) AS ids, array_agg(unit_id ORDER BY code) AS units
                  FROM reports_category WHERE agency_id = %(agency)s AND NOT is_sensitive)
SELECT gen_random_uuid() AS id, n,
       now() - (n %% 1095) * interval '1 day' - (n %% 1440) * interval '1 minute' AS at,
       n %% 25 = 0 AS is_open,
       subjects.ids[1 + n %% cardinality(subjects.ids)] AS category,
       coalesce(subjects.units[1 + n %% cardinality(subjects.ids)], units.ids[1 + n %% cardinality(units.ids)]) AS unit,
       places.ids[1 + n %% cardinality(places.ids)] AS place,
       (ARRAY['Antrean KTP di loket lama sekali dan petugas meminta fotokopi',
              'Jalan berlubang di depan pasar membahayakan pengendara',
              'Sampah menumpuk sejak minggu lalu dan berbau',
              'Lampu jalan mati sehingga gelap kalau malam',
              'Air tidak mengalir dua hari dan belum ada kabar',
              'Saluran tersumbat, banjir setiap hujan'])[1 + n %% 6] || ', RT ' || n %% 20 || ' nomor ' || n AS words
FROM generate_series(1, %(count)s) AS n, units, places, subjects;

INSERT INTO reports_report (
    id, agency_id, number, receipt_key, code_digest, text, text_shown, place_id, location, location_shown, is_anonymous,
    is_secret, is_sealed, category_id, proposal, unit_id, state, revision, received_at, first_due, due, deadline_rule,
    first_answered_at, closed_at, reopened, published_at, rating_note)
SELECT id, %(agency)s, (SELECT last FROM reports_numberseries WHERE agency_id = %(agency)s) + n, 'bulk-' || n, 'bulk-' || n, words, words, place, 'depan balai', 'depan balai', false,
       false, false, category, '[]', unit, CASE WHEN is_open THEN 'received' ELSE 'silent' END,
       CASE WHEN is_open THEN 0 ELSE 3 END, at, (at + interval '7 days')::date, (at + interval '20 days')::date, '5wd:12345 14wd:12345 bench',
       CASE WHEN NOT is_open THEN at + interval '2 days' END, CASE WHEN NOT is_open THEN at + interval '9 days' END, 0,
       CASE WHEN n %% 2 = 1 THEN at + interval '1 day' END, ''
FROM made;

INSERT INTO reports_entry (id, agency_id, report_id, kind, is_internal, text, text_shown, unit_id, at)
SELECT gen_random_uuid(), %(agency)s, made.id, step.kind, false, step.words, step.words, made.unit, made.at + step.after
FROM made, (VALUES ('received', '', interval '0', true),
                   ('reply', 'Terima kasih, kami periksa hari ini.', interval '2 days', false),
                   ('closed', 'Sudah kami kerjakan; lihat foto.', interval '9 days', false),
                   ('lapsed', '', interval '23 days', false)) AS step (kind, words, after, always)
WHERE step.always OR NOT made.is_open;

UPDATE reports_numberseries SET last = last + %(count)s WHERE agency_id = %(agency)s;
DROP TABLE made;
