"""Promises and limits of reports: dated, sourced, changed by the agency on a page."""

from datetime import date

from lingkar.foundation.parameters.specs import spec

SP4N = "Praktik operasional SP4N-LAPOR! (PermenPANRB 62/2018, diganti PermenPANRB 5/2025)"
DOUBT = "Batas waktu rinci PermenPANRB 5/2025 belum kami baca; angka ini mengikuti praktik sebelumnya."
SINCE = date(2018, 1, 1)

FIRST_ANSWER_DAYS = spec(
    "reports.first_answer_days",
    default=5,
    type=int,
    unit="hari kerja",
    label="Jawaban pertama",
    source=SP4N,
    valid_from=SINCE,
    doubt=DOUBT,
)
ANSWER_DAYS = {
    "complaint": spec(
        "reports.answer_days.complaint",
        default=14,
        type=int,
        unit="hari kerja",
        label="Penyelesaian pengaduan tidak berkadar pengawasan",
        source=SP4N,
        valid_from=SINCE,
        doubt=DOUBT,
    ),
    "supervised": spec(
        "reports.answer_days.supervised",
        default=60,
        type=int,
        unit="hari kerja",
        label="Penyelesaian pengaduan berkadar pengawasan",
        source=SP4N,
        valid_from=SINCE,
        doubt=DOUBT,
    ),
    "aspiration": spec(
        "reports.answer_days.aspiration",
        default=5,
        type=int,
        unit="hari kerja",
        label="Jawaban aspirasi",
        source=SP4N,
        valid_from=SINCE,
        doubt=DOUBT,
    ),
    "information": spec(
        "reports.answer_days.information",
        default=5,
        type=int,
        unit="hari kerja",
        label="Jawaban permintaan informasi",
        source=SP4N,
        valid_from=SINCE,
        doubt=DOUBT,
    ),
}
REOPEN_DAYS = spec(
    "reports.reopen_days",
    default=10,
    type=int,
    unit="hari kerja",
    label="Waktu pelapor menilai atau membuka kembali",
    source=SP4N,
    valid_from=SINCE,
    doubt=DOUBT,
)
SEAL_THRESHOLD = spec(
    "reports.seal_threshold",
    default=0.3,
    type=float,
    unit="bagian (0–1)",
    label="Bagian kata sensitif yang menyegel laporan",
    source="Pilihan Lingkar",
    valid_from=SINCE,
)
LONGEST_TEXT = spec(
    "reports.longest_text",
    default=5000,
    type=int,
    unit="huruf",
    label="Panjang laporan paling banyak",
    source="Pilihan Lingkar",
    valid_from=SINCE,
)
MOST_PHOTOS = spec(
    "reports.most_photos",
    default=3,
    type=int,
    unit="foto",
    label="Foto paling banyak per laporan",
    source="Pilihan Lingkar",
    valid_from=SINCE,
)
DRAFT_HOURS = spec(
    "reports.draft_hours",
    default=24,
    type=int,
    unit="jam",
    label="Laporan yang belum dikirim disimpan selama",
    source="Pilihan Lingkar",
    valid_from=SINCE,
)
