"""The columns of a sheet with services, and the headings under which officials write them."""

from django.utils.translation import gettext_lazy as _

from lingkar.directory.services.importer import cells as own
from lingkar.directory.services.rules import Component
from lingkar.directory.services.web.words import COMPONENTS
from lingkar.foundation.sheets import cells
from lingkar.foundation.sheets.tables import Column

COLUMNS: tuple[Column, ...] = (
    Column("code", _("Code"), ("Kode", "Kode Layanan"), own.code, anchor=True, example="ktp-baru"),
    Column(
        "name", _("Name"), ("Nama Layanan", "Nama", "Jenis Layanan", "Jenis Pelayanan", "Layanan", "Nama Pelayanan"),
        cells.text_up_to(160), required=True, example="KTP elektronik baru",
    ),
    Column(
        "unit", _("Unit"), ("Unit Kerja", "Unit Penyelenggara", "OPD", "Perangkat Daerah", "Kode Unit", "Unit"),
        cells.text_up_to(200), required=True, example="Dinas Kependudukan dan Pencatatan Sipil",
    ),
    Column(
        "summary", _("What it is for"), ("Ringkasan", "Keterangan Layanan", "Deskripsi", "Uraian", "Untuk apa"),
        own.prose(400), example="Bagi warga yang berusia 17 tahun atau sudah menikah dan belum punya KTP.",
    ),
    Column(
        "need", _("What people come for"), ("Keperluan", "Kategori", "Bidang Layanan", "Kelompok"), own.need,
        example="KTP, KK, dan surat kependudukan",
    ),
    Column("words", _("Other words for it"), ("Kata lain", "Kata kunci", "Sebutan lain"), own.prose(400)),
    Column(
        "requirements", COMPONENTS[Component.REQUIREMENTS], ("Persyaratan", "Syarat"), own.lines,
        example="Fotokopi kartu keluarga, 1 lembar; Surat pengantar RT",
    ),
    Column(
        "steps", COMPONENTS[Component.PROCEDURE],
        ("Prosedur", "Sistem, Mekanisme, dan Prosedur", "Alur", "Langkah", "Mekanisme"), own.lines,
        example="Ambil nomor antrean; Serahkan berkas di loket; Foto dan rekam sidik jari; Ambil KTP",
    ),
    Column(
        "working_days", COMPONENTS[Component.TIME],
        ("Waktu", "Jangka Waktu", "Jangka Waktu Penyelesaian", "Waktu Penyelesaian", "Hari Kerja"), own.days,
        example="1 hari kerja",
    ),
    Column("time_note", _("About the time"), ("Keterangan Waktu",), own.prose(300)),
    Column(
        "cost", COMPONENTS[Component.COST], ("Biaya", "Biaya/Tarif", "Tarif", "Retribusi"), own.cost, example="Gratis"
    ),
    Column("cost_note", _("About the cost"), ("Keterangan Biaya",), own.prose(300)),
    Column(
        "product", COMPONENTS[Component.PRODUCT], ("Produk", "Produk Pelayanan", "Produk Layanan", "Hasil"),
        own.prose(1000), example="KTP elektronik",
    ),
    Column(
        "complaints", COMPONENTS[Component.COMPLAINTS],
        ("Pengaduan", "Penanganan Pengaduan", "Penanganan Pengaduan, Saran, dan Masukan"), own.prose(2000),
        example="Lewat halaman Lapor, dijawab paling lama 14 hari kerja.",
    ),
    Column("legal_basis", COMPONENTS[Component.LEGAL_BASIS], ("Dasar Hukum",), own.lines),
    Column(
        "facilities", COMPONENTS[Component.FACILITIES],
        ("Sarana", "Sarana dan Prasarana", "Sarana, Prasarana, dan/atau Fasilitas", "Fasilitas"), own.prose(2000),
    ),
    Column("competence", COMPONENTS[Component.COMPETENCE], ("Kompetensi Pelaksana",), own.prose(2000)),
    Column("supervision", COMPONENTS[Component.SUPERVISION], ("Pengawasan Internal",), own.prose(2000)),
    Column("staff", COMPONENTS[Component.STAFF], ("Jumlah Pelaksana",), cells.whole(0, 10_000)),
    Column("guarantee", COMPONENTS[Component.GUARANTEE], ("Jaminan Pelayanan",), own.prose(2000)),
    Column(
        "safety", COMPONENTS[Component.SAFETY],
        ("Jaminan Keamanan", "Jaminan Keamanan dan Keselamatan Pelayanan"), own.prose(2000),
    ),
    Column("evaluation", COMPONENTS[Component.EVALUATION], ("Evaluasi", "Evaluasi Kinerja Pelaksana"), own.prose(2000)),
    Column(
        "at_counter", _("Address of the counter"), ("Loket", "Tempat Pelayanan", "Alamat Loket", "Lokasi"),
        own.prose(300), example="Loket 3, Jalan Merdeka 1",
    ),
    Column("online", _("Address on the internet"), ("Situs", "Website", "Tautan", "Laman"), own.prose(300)),
    Column("by_phone", _("Telephone or chat"), ("Telepon", "Telepon/WA", "WhatsApp", "Kontak"), own.prose(100)),
    Column("mobile", _("Mobile service"), ("Layanan Keliling", "Jemput Bola"), own.prose(300)),
    Column(
        "hours", _("Opening hours"), ("Jam Pelayanan", "Jam Buka", "Waktu Pelayanan", "Jam Layanan"), own.hours,
        example="Senin–Kamis 08.00–15.30; Jumat 08.00–11.30",
    ),
    Column("on_holidays", _("Also open on holidays"), ("Buka hari libur",), own.yes),
    Column(
        "since", _("In force from (empty: draft)"),
        ("Berlaku Mulai (kosong: draf)", "Berlaku Mulai", "Mulai Berlaku", "TMT", "Berlaku"), cells.day,
        example="01-02-2024",
    ),
    Column("reviewed_on", _("Reviewed"), ("Ditinjau", "Tanggal Tinjauan", "Tanggal Ditinjau"), cells.day),
)  # fmt: skip
