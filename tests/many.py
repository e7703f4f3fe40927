"""Many reports of any shape for a test of lists and numbers: written past the services, in the database itself.

Nothing here happened: no event, no audit, no mail, no file. The rows have the shape and the mixture of real ones
(2 in 100 open, a quarter of those late, 1 in 200 sealed), so that the plans of the database are those of a busy city.
"""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

REPORTS = """
WITH words AS (SELECT string_to_array(%(words)s, ' ') AS list),
units AS (SELECT array_agg(id ORDER BY path) AS ids FROM orgs_unit WHERE agency_id = %(agency)s),
subjects AS (SELECT array_agg(id ORDER BY code) AS ids FROM reports_category
             WHERE agency_id = %(agency)s AND NOT is_sensitive),
villages AS (SELECT array_agg(id ORDER BY code) AS ids FROM places_place
             WHERE agency_id = %(agency)s AND parent_id IS NOT NULL),
watchdog AS (SELECT id FROM orgs_unit WHERE agency_id = %(agency)s AND kind = 'inspectorate' ORDER BY path LIMIT 1),
rows AS (
  SELECT n, hashint8(n) & 2147483647 AS h, hashint8(n + 1000000007) & 2147483647 AS k,
         %(at)s::timestamptz - (n::double precision / %(count)s * 720 + 1) * interval '1 day' AS received
  FROM generate_series(1, %(count)s) n
),
told AS (
  SELECT rows.*, h %% 50 = 0 AS is_open, h %% 200 = 1 AS is_sealed,
    (SELECT string_agg(list[1 + (hashint8(n * 31 + w) & 2147483647) %% array_length(list, 1)], ' ')
     FROM words, generate_series(1, 14 + (h %% 17)::int) w) AS text
  FROM rows
)
INSERT INTO reports_report (
  id, agency_id, number, receipt_key, code_digest, text, text_shown, place_id, location, location_shown,
  is_anonymous, is_secret, is_sealed, category_id, proposal, unit_id, state, revision, received_at,
  first_due, due, deadline_rule, first_answered_at, closed_at, reopen_until, reopened, published_at, rating, rating_note
)
SELECT
  gen_random_uuid(), %(agency)s, %(first)s + n, 'bench-' || md5('r' || n), 'bench-' || md5('c' || n), text, text,
  villages.ids[1 + k %% array_length(villages.ids, 1)], '', '',
  h %% 7 = 0, h %% 11 = 0, is_sealed,
  subjects.ids[1 + k %% array_length(subjects.ids, 1)], '[]',
  CASE WHEN is_sealed THEN watchdog.id ELSE units.ids[1 + (h / 7) %% array_length(units.ids, 1)] END,
  CASE WHEN is_open THEN (ARRAY['received', 'in_progress', 'reopened'])[1 + k %% 3]
       WHEN k %% 60 = 0 THEN 'answered' WHEN k %% 9 = 0 THEN 'outside' WHEN k %% 2 = 0 THEN 'rated' ELSE 'silent' END,
  3, received,
  CASE WHEN is_open THEN %(today)s::date + (k %% 20)::int - 5 ELSE received::date + 7 END,
  CASE WHEN is_open THEN %(today)s::date + (k %% 20)::int + 5 ELSE received::date + 20 END,
  '5wd:12345 14wd:12345 bench',
  CASE WHEN is_open THEN NULL ELSE received + interval '3 days' END,
  CASE WHEN is_open THEN NULL ELSE received + interval '9 days' END,
  CASE WHEN is_open THEN NULL ELSE received::date + 30 END,
  0,
  CASE WHEN NOT is_sealed AND h %% 11 <> 0 AND h %% 3 = 0 THEN received + interval '1 day' END,
  CASE WHEN NOT is_open AND k %% 2 = 0 THEN 1 + (k %% 5)::int END, ''
FROM told, units, subjects, villages, watchdog
"""
ENTRIES = """
INSERT INTO reports_entry (id, agency_id, report_id, kind, is_internal, text, text_shown, unit_id, at)
SELECT gen_random_uuid(), r.agency_id, r.id, e.kind, e.kind = 'note',
       CASE WHEN e.kind IN ('note', 'reply') THEN r.text_shown ELSE '' END,
       CASE WHEN e.kind = 'reply' THEN r.text_shown ELSE '' END, r.unit_id, r.received_at + e.after
FROM reports_report r, (VALUES ('received', interval '0'), ('accepted', interval '1 day'), ('note', interval '2 days'),
                               ('reply', interval '3 days')) AS e (kind, after)
WHERE r.agency_id = %(agency)s AND r.number > %(first)s AND r.number <= %(first)s + %(count)s
"""
WORDS = (
    "jalan berlubang sekolah lampu mati gelap sampah menumpuk bau busuk parit tersumbat banjir antrean loket "
    "lama petugas ramah puskesmas obat habis air keruh jembatan rusak pohon tumbang kabel trotoar pasar lapak malam "
    "bising anak ibu bapak warga kami mohon segera diperbaiki terima kasih sudah lapor belum ada jawaban minggu "
    "rumah gang masjid kantor lurah camat dekat simpang pelabuhan kampung nelayan hujan panas motor truk angkot parkir"
)


@transaction.atomic
def add_reports(*, agency: UUID, count: int, at: datetime) -> int:
    """``count`` reports with four entries each; returns how many the agency has now. For benches only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(number), 1000) FROM reports_report WHERE agency_id = %s", [agency])
        facts = {
            "agency": agency,
            "count": count,
            "at": at,
            "today": at.date(),
            "first": cursor.fetchone()[0],
            "words": WORDS,
        }
        cursor.execute(REPORTS, facts)
        cursor.execute(ENTRIES, facts)
        cursor.execute(
            "UPDATE reports_numberseries SET last = %(first)s + %(count)s WHERE agency_id = %(agency)s", facts
        )
        cursor.execute("SELECT count(*) FROM reports_report WHERE agency_id = %s", [agency])
        total: int = cursor.fetchone()[0]
    return total
