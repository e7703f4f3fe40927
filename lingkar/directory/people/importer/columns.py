"""The columns of a sheet with people, and the headings under which officials write them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingkar.directory.people.importer import cells as own
from lingkar.foundation.sheets import cells
from lingkar.foundation.sheets.tables import Column

COLUMNS: tuple[Column, ...] = (
    Column(
        "nip", "NIP",
        ("NIP Baru", "NIP/NI PPPK", "NIP / NIPPPK", "NI PPPK", "NIPPPK", "Nomor Induk Pegawai", "NIP Pegawai",
         "NIP 18"),
        cells.digits, anchor=True, example="199008152016011005",
    ),
    Column(
        "name", _("Name"),
        ("Nama", "Nama Lengkap", "Nama Lengkap dengan gelar", "Nama Pegawai", "Nama dan Gelar", "Nama ASN",
         "Nama Lengkap dan Gelar", "Nama Pegawai/Gelar", "Nama Peserta", "Nama PNS"),
        own.name, required=True, example="Siti Nur'aini, S.Sos., M.Si.",
    ),
    Column("title_before", _("Title before the name"), ("Gelar Depan",), own.or_nothing),
    Column("title_after", _("Degree after the name"), ("Gelar Belakang", "Gelar"), own.or_nothing),
    Column(
        "kind", pgettext_lazy("employment", "Kind"),
        ("Jenis Pegawai", "Jenis ASN", "Status Pegawai", "Status Kepegawaian", "Jenis Kepegawaian", "Status ASN"),
        own.kind, example="PNS",
    ),
    Column(
        "birth", _("Place and date of birth"),
        ("Tempat, Tgl Lahir", "Tempat/Tanggal Lahir", "TTL", "Tempat dan Tanggal Lahir", "Tempat Tanggal Lahir",
         "Tmp/Tgl Lahir", "Tempat Tgl. Lahir"),
        cells.place_and_day,
    ),
    Column(
        "birth_place", _("Place of birth"), ("Tempat Lahir", "Kelahiran Tempat", "Tmp Lahir"), cells.text_up_to(100),
        example="Tanjungpinang",
    ),
    Column(
        "birth_date", _("Date of birth"), ("Tanggal Lahir", "Tgl Lahir", "Tgl. Lahir", "Kelahiran Tanggal"),
        cells.day, example="15-08-1990",
    ),
    Column("sex", _("Sex"), ("Jenis Kelamin", "L/P", "JK", "Kelamin", "Gender"), own.sex, example="P"),
    Column(
        "golongan", _("Grade (golongan)"),
        ("Golongan", "Gol", "Gol. Ruang", "Gol/Ruang", "Golongan Ruang", "Pangkat/Gol", "Pangkat, Gol/Ruang",
         "Pangkat/Golongan Ruang", "Pangkat Golongan", "Pangkat / Gol. Ruang"),
        own.golongan, example="III/b",
    ),
    Column(
        "education", _("Education"), ("Pendidikan", "Pendidikan Terakhir", "Tingkat Pendidikan"), own.or_nothing,
        example="S1 Ilmu Administrasi",
    ),
    Column(
        "title", pgettext_lazy("placement", "Title"),
        ("Jabatan", "Nama Jabatan", "Jabatan Terakhir"), cells.text_up_to(200),
        example="Analis Kebijakan Ahli Pertama",
    ),
    Column(
        "unit", _("Unit"),
        ("Unit Kerja", "Unit Organisasi", "Tempat Tugas", "Bidang/Bagian", "Nama Unit", "Sub Unit", "UPT"),
        cells.text_up_to(200), anchor=True, example="Dinas Kependudukan dan Pencatatan Sipil",
    ),
    Column(
        "above", _("Office above"),
        ("OPD", "Perangkat Daerah", "SKPD", "Satuan Kerja", "Unit Induk", "Dinas/Badan"), cells.text_up_to(200),
    ),
    Column(
        "since", _("In the position since"), ("TMT", "TMT Jabatan", "Tanggal Mulai Tugas", "TMT Unit Kerja"),
        cells.day, example="01-02-2024",
    ),
    Column("email", _("E-mail"), ("Email", "Alamat Email", "Surel", "E-mail"), own.email),
    Column(
        "phone", _("Phone"), ("No HP", "Nomor HP", "Telepon", "No. Telp", "HP", "No. WA", "WhatsApp"), own.phone,
    ),
    Column(
        "institution", _("Institution"), ("Instansi", "Asal Instansi", "Instansi Asal", "Lembaga"), own.or_nothing,
    ),
)  # fmt: skip
