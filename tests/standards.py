"""A whole standard, as an office would write it."""

from lingkar.directory.services.rules import Standard

FIVE_DAYS = {str(day): (("08:00", "12:00"), ("13:00", "15:30")) for day in range(1, 6)}

WHOLE = Standard(
    name="KTP elektronik baru",
    summary="Untuk warga yang baru berusia 17 tahun atau sudah menikah dan belum punya KTP.",
    need="identity",
    words="ktp, e-ktp, katepe, kartu tanda penduduk, rekam ktp",
    requirements=("Fotokopi Kartu Keluarga", "Datang sendiri untuk foto dan sidik jari"),
    steps=("Ambil nomor antrean", "Rekam foto, sidik jari, dan iris mata", "Ambil KTP di loket 3"),
    working_days=1,
    time_note="Perekaman sekitar 15 menit",
    cost=0,
    product="Kartu tanda penduduk elektronik",
    complaints="Sampaikan di loket pengaduan atau lewat Lingkar.",
    legal_basis=("UU 24/2013 tentang Administrasi Kependudukan", "Perpres 96/2018"),
    facilities="Ruang tunggu berpendingin, kursi prioritas, jalur kursi roda.",
    competence="Mampu mengoperasikan alat rekam dan aplikasi SIAK.",
    supervision="Diawasi langsung oleh kepala bidang setiap hari.",
    staff=6,
    guarantee="KTP yang salah cetak diganti hari itu juga tanpa biaya.",
    safety="Data pribadi disimpan sesuai UU 27/2022.",
    evaluation="Survei kepuasan setiap triwulan.",
    at_counter="Jl. Merdeka 1, lantai 1, loket 1–3",
    by_phone="0800-1-000-111",
    hours=FIVE_DAYS,
)
