"""The positions of each sort of unit. Plain data, no Django."""

from dataclasses import dataclass

from lingkar.site.demo.tree import UnitRow


@dataclass(frozen=True)
class Post:
    """A position and who may hold it: ``schooling`` as in ``names.DEGREES``, ``share`` among the posts of a unit."""

    title: str
    kind: str
    level: str = ""
    echelon: str = ""
    schooling: str = "s1"
    share: int = 1


def _f(title: str, level: str, schooling: str = "s1", share: int = 1) -> Post:
    return Post(title, "functional", level, "", schooling, share)


def _p(title: str, schooling: str = "slta", share: int = 1) -> Post:
    return Post(title, "executive", "", "", schooling, share)


OFFICE = (
    _f("Analis Kebijakan Ahli Muda", "ahli_muda", "s2", 2),
    _f("Perencana Ahli Pertama", "ahli_pertama", "s1", 2),
    _f("Pranata Komputer Terampil", "terampil", "d3"),
    _f("Arsiparis Terampil", "terampil", "d3"),
    _f("Analis Sumber Daya Manusia Aparatur Ahli Pertama", "ahli_pertama", "s1"),
    _p("Penelaah Teknis Kebijakan", "s1", 4),
    _p("Pengolah Data dan Informasi", "d3", 4),
    _p("Pengadministrasi Perkantoran", "slta", 5),
    _p("Bendahara Pengeluaran", "s1"),
)
BY_FAMILY: dict[str, tuple[Post, ...]] = {
    "puskesmas": (
        _f("Dokter Ahli Pertama", "ahli_pertama", "dokter", 2),
        _f("Dokter Gigi Ahli Pertama", "ahli_pertama", "dokter"),
        _f("Perawat Terampil", "terampil", "perawat", 6),
        _f("Perawat Ahli Pertama", "ahli_pertama", "perawat", 3),
        _f("Bidan Terampil", "terampil", "perawat", 6),
        _f("Bidan Mahir", "mahir", "perawat", 3),
        _f("Apoteker Ahli Pertama", "ahli_pertama", "farmasi"),
        _f("Nutrisionis Terampil", "terampil", "d3"),
        _f("Tenaga Sanitasi Lingkungan Terampil", "terampil", "d3"),
        _f("Perekam Medis Terampil", "terampil", "d3", 2),
        _p("Petugas Pendaftaran", "slta", 3),
    ),
    "rsud": (
        _f("Dokter Ahli Muda", "ahli_muda", "spesialis", 2),
        _f("Dokter Ahli Pertama", "ahli_pertama", "dokter", 3),
        _f("Perawat Ahli Pertama", "ahli_pertama", "perawat", 6),
        _f("Perawat Mahir", "mahir", "perawat", 8),
        _f("Bidan Terampil", "terampil", "perawat", 4),
        _f("Radiografer Terampil", "terampil", "d3"),
        _f("Pranata Laboratorium Kesehatan Terampil", "terampil", "d3", 2),
        _p("Pengadministrasi Perkantoran", "slta", 3),
    ),
    "sekolah": (
        _f("Guru Ahli Pertama", "ahli_pertama", "guru", 8),
        _f("Guru Ahli Muda", "ahli_muda", "guru", 5),
        _f("Guru Ahli Madya", "ahli_madya", "guru", 2),
        _p("Pengadministrasi Sekolah", "slta", 1),
    ),
    "satpolpp": (
        _f("Polisi Pamong Praja Terampil", "terampil", "slta", 6),
        _f("Polisi Pamong Praja Mahir", "mahir", "slta", 3),
        _f("Polisi Pamong Praja Ahli Pertama", "ahli_pertama", "praja", 1),
        _p("Pengadministrasi Perkantoran", "slta", 2),
    ),
    "dukcapil": (
        _f("Administrator Database Kependudukan Ahli Pertama", "ahli_pertama", "s1", 2),
        _p("Operator Layanan Kependudukan", "slta", 6),
        _p("Pengolah Data dan Informasi", "d3", 3),
        _p("Penelaah Teknis Kebijakan", "s1", 2),
    ),
    "pupr": (
        _f("Penata Kelola Jalan dan Jembatan Ahli Pertama", "ahli_pertama", "s1", 2),
        _f("Penata Kelola Sumber Daya Air Ahli Muda", "ahli_muda", "s2"),
        _f("Teknik Jalan dan Jembatan Terampil", "terampil", "d3", 2),
        _p("Operator Alat Berat", "slta", 2),
        _p("Penelaah Teknis Kebijakan", "s1", 2),
        _p("Pengadministrasi Perkantoran", "slta", 2),
    ),
    "inspektorat": (
        _f("Auditor Ahli Muda", "ahli_muda", "s2", 3),
        _f("Auditor Ahli Pertama", "ahli_pertama", "s1", 3),
        _f("Pengawas Penyelenggaraan Urusan Pemerintahan Daerah Ahli Muda", "ahli_muda", "s1", 2),
        _p("Pengadministrasi Perkantoran", "slta"),
    ),
    "lapangan": (
        _p("Pengawas Lapangan", "slta", 4),
        _p("Pengemudi Armada", "slta", 4),
        _p("Penelaah Teknis Kebijakan", "s1", 2),
        _p("Pengadministrasi Perkantoran", "slta", 2),
        _f("Pengendali Dampak Lingkungan Ahli Pertama", "ahli_pertama", "s1"),
    ),
    "kelurahan": (
        Post("Sekretaris Kelurahan", "supervisor", "", "IV.b", "s1", 1),
        Post("Kepala Seksi Pemerintahan", "supervisor", "", "IV.b", "s1", 1),
        Post("Kepala Seksi Pemberdayaan Masyarakat", "supervisor", "", "IV.b", "s1", 1),
        _p("Pengadministrasi Pemerintahan", "slta", 3),
        _p("Pengolah Data dan Informasi", "d3", 1),
    ),
}
FAMILIES = {
    "health_centre": "puskesmas",
    "hospital": "rsud",
    "school": "sekolah",
    "inspectorate": "inspektorat",
    "village": "kelurahan",
}
BY_TOP = {
    "satpolpp": "satpolpp",
    "dukcapil": "dukcapil",
    "pupr": "pupr",
    "dlh": "lapangan",
    "dishub": "lapangan",
    "inspektorat": "inspektorat",
    "rsud": "rsud",
    "bpbd": "satpolpp",
}
SIZES = {
    "health_centre": 30, "hospital": 26, "school": 17, "village": 7, "district": 13, "technical": 7,
    "section": 8, "office": 4, "body": 4, "secretariat": 3, "council_secretariat": 4, "inspectorate": 3,
}  # fmt: skip
"""How many work in a unit beside its head, at scale 1."""
HEADS = {
    "secretariat": Post("Sekretaris Daerah", "jpt_pratama", "", "II.a", "praja"),
    "council_secretariat": Post("Sekretaris DPRD", "jpt_pratama", "", "II.b", "s2"),
    "inspectorate": Post("Inspektur Daerah", "jpt_pratama", "", "II.b", "s2"),
    "office": Post("Kepala {}", "jpt_pratama", "", "II.b", "s2"),
    "body": Post("Kepala {}", "jpt_pratama", "", "II.b", "s2"),
    "district": Post("Camat {}", "administrator", "", "III.a", "praja"),
    "village": Post("Lurah {}", "supervisor", "", "IV.a", "praja"),
    "section": Post("Kepala {}", "administrator", "", "III.b", "s2"),
    "technical": Post("Kepala {}", "supervisor", "", "IV.a", "s1"),
    "hospital": Post("Direktur {}", "administrator", "", "III.a", "dokter"),
    "health_centre": Post("Kepala {}", "supervisor", "", "IV.a", "dokter"),
    "school": Post("Kepala {}", "functional", "ahli_madya", "", "guru"),
}


def head_of(unit: UnitRow) -> Post:
    """The position that leads a unit."""
    post = HEADS[unit.kind]
    bare = unit.name.removeprefix("Kecamatan ").removeprefix("Kelurahan ")
    if unit.kind == "section" and bare.startswith(("Sekretariat", "Inspektur Pembantu")):
        title = bare.replace("Sekretariat", "Sekretaris", 1)
        return Post(title, "administrator", "", "III.a", "s2")
    if unit.kind == "section" and unit.parent in ("setda", "setwan"):
        return Post(f"Kepala {bare}", "administrator", "", "III.a", "s2")
    return Post(post.title.format(bare), post.kind, post.level, post.echelon, post.schooling)


def posts_of(unit: UnitRow, top: str) -> tuple[Post, ...]:
    """The positions beside the head."""
    return BY_FAMILY.get(FAMILIES.get(unit.kind, BY_TOP.get(top, "")), OFFICE)
