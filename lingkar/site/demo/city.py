"""What the demo consists of: two governments, their units, places and people. Plain data, no Django.

Teluk Kawung and Rawa Bening do not exist; province 99 does not exist either. Nobody here is a real person.
"""

from dataclasses import dataclass
from datetime import date
from random import Random

from lingkar.site.demo.tree import CITY_OFFICES, MARSH_OFFICES, UnitRow, grown

PASSWORD = "kawung-selalu-bundar"  # noqa: S105  (the demo's, printed at its start)
FOUNDED = date(2020, 1, 1)


@dataclass(frozen=True)
class PlaceRow:
    """A district (6 digits) or village (10 digits, the first 6 are its district's)."""

    code: str
    name: str
    latitude: float
    longitude: float
    boundary: tuple[tuple[float, float], ...] = ()

    @property
    def parent(self) -> str:
        return self.code[:6] if len(self.code) > 6 else ""


@dataclass(frozen=True)
class PersonRow:
    """Somebody with a role over a unit; no unit means the whole agency."""

    name: str
    nip: str
    role: str
    unit: str = ""
    email: str = ""
    title: str = ""

    @property
    def password(self) -> str:
        return PASSWORD


@dataclass(frozen=True)
class Government:
    """One agency of the demo."""

    code: str
    name: str
    host: str
    timezone: str
    units: tuple[UnitRow, ...]
    places: tuple[PlaceRow, ...]
    people: tuple[PersonRow, ...]


BAND = 0.006
"""Degrees of latitude that a village reaches from north to south: about 660 m."""
HALF = 0.012
"""Degrees of longitude from the middle of a village to its edge."""


def _places(prefix: str, districts: dict[str, tuple[float, float, list[str]]]) -> tuple[PlaceRow, ...]:
    """Districts, and under each its villages from north to south; neighbours share a border."""
    rows = []
    for number, (name, (latitude, longitude, villages)) in enumerate(districts.items(), start=1):
        district = f"{prefix}{number:02}"
        lines = [_border(district, latitude, longitude, order) for order in range(len(villages) + 1)]
        west, east = [line[0] for line in lines], [line[-1] for line in lines]
        around = (*lines[0], *east[1:-1], *reversed(lines[-1]), *reversed(west[1:-1]))
        rows.append(PlaceRow(district, name, latitude, longitude, around))
        for order, village in enumerate(villages, start=1):
            shift = BAND * order
            edge = (*lines[order - 1], *reversed(lines[order]))
            code = f"{district}{1000 + order}"
            rows.append(PlaceRow(code, village, latitude - shift, longitude + shift / 2, edge))
    return tuple(rows)


def _border(district: str, latitude: float, longitude: float, order: int) -> tuple[tuple[float, float], ...]:
    """The line below the ``order``-th village, from west to east, a little crooked."""
    chance = Random(f"border {district} {order}")  # noqa: S311
    line, middle = latitude - BAND * (order + 0.5), longitude + BAND * (order + 0.5) / 2
    steps = (-HALF, -HALF / 3, HALF / 3, HALF)
    bend = BAND / 5
    return tuple(
        (round(line + chance.uniform(-bend, bend), 5), round(middle + step + chance.uniform(-bend, bend), 5))
        for step in steps
    )


_DISTRICTS: dict[str, tuple[float, float, list[str]]] = {
    "Kawung Hilir": (-1.412, 106.105, ["Pasar Lama", "Muara Kawung", "Kampung Nelayan", "Bandar Baru", "Pelabuhan"]),
    "Kawung Hulu": (
        -1.455,
        106.132,
        ["Bukit Sirih", "Sumber Jernih", "Ladang Panjang", "Talang Damar", "Simpang Tiga"],
    ),
    "Tanjung Rengas": (-1.398, 106.171, ["Rengas Timur", "Rengas Barat", "Pasir Putih", "Karang Anyar"]),
    "Seberang Kuala": (-1.437, 106.214, ["Kuala Dalam", "Seberang Pasar", "Teluk Bakau", "Mekar Sari"]),
}
_OFFICES = grown(CITY_OFFICES)


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def _area_units(districts: dict[str, tuple[float, float, list[str]]]) -> tuple[UnitRow, ...]:
    rows = []
    for district, (_, _, villages) in districts.items():
        code = f"kec-{_slug(district)}"
        rows.append(UnitRow(code, "district", f"Kecamatan {district}", f"Kec. {district}"))
        rows += [
            UnitRow(f"kel-{_slug(name)}", "village", f"Kelurahan {name}", f"Kel. {name}", code) for name in villages
        ]
    return tuple(rows)


def _officers(domain: str, rows: tuple[tuple[str, str, str], ...]) -> tuple[PersonRow, ...]:
    return tuple(PersonRow(name, nip, "officer", unit, f"{unit}@{domain}") for unit, name, nip in rows)


_CITY = "teluk-kawung.example"
PARTICIPANT = PersonRow("Nadia Safitri", "199903152025042006", "", "pendaftaran", f"peserta@{_CITY}", "Peserta PKTBT")
TRAINER = PersonRow("Yusuf Maulana", "198011232006041009", "", "organisasi", f"pengajar@{_CITY}", "Pengajar PKTBT")
MENTOR = PersonRow("Rosdiana Simbolon", "197605182001122003", "", "pendaftaran", f"mentor@{_CITY}", "Mentor PKTBT")
COACH = PersonRow("Gede Suryana", "198207092008041007", "", "organisasi", f"coach@{_CITY}", "Coach PKTBT")
EXAMINER = PersonRow("Marlina Siahaan", "197204252000032005", "", "bkpsdm", f"penguji@{_CITY}", "Penguji PKTBT")
"""People without a role: what they may do follows from taking part, or from a duty."""

LOGINS = (
    PersonRow("Ratna Wulandari", "198704122010012004", "officer", "dukcapil", f"petugas@{_CITY}", "Pejabat penghubung"),
    PersonRow(
        "Hendra Saputra", "198209032006041007", "coordinator", "", f"koordinator@{_CITY}", "Koordinator pengaduan"
    ),
    PersonRow(
        "Yuliana Tambunan",
        "197911252003122002",
        "inspector",
        "inspektorat",
        f"inspektur@{_CITY}",
        "Pemeriksa Inspektorat",
    ),
    PersonRow("Bambang Iriawan", "196806171994031005", "leader", "", f"pimpinan@{_CITY}", "Pimpinan"),
    PersonRow(
        "Wahyu Kristianto",
        "198810042011011003",
        "personnel",
        "",
        f"kepegawaian@{_CITY}",
        "Pengelola kepegawaian (BKPSDM)",
    ),
    PersonRow(
        "Intan Permatasari",
        "198905152015032004",
        "training",
        "",
        f"pelatihan@{_CITY}",
        "Admin pelatihan (BKPSDM)",
    ),
    PersonRow("Sri Rahayu Lubis", "197407192000032002", "supervisor", "dukcapil", f"atasan@{_CITY}", "Atasan"),
    PersonRow("Dimas Prakoso", "199302142019031011", "operator", "", f"operator@{_CITY}", "Operator"),
    PARTICIPANT,
    TRAINER,
    MENTOR,
)
"""One login for each role, printed when the demo starts. The title is the role's, as ``/demo/masuk/`` shows it."""

_SECOND_WATCHDOG = PersonRow("Laksmi Damayanti", "197305202000032003", "inspector", "setda", f"asisten@{_CITY}")
"""Reads complaints about the Inspektorat itself."""

TELUK_KAWUNG = Government(
    code="teluk-kawung",
    name="Kota Teluk Kawung",
    host="",
    timezone="Asia/Jakarta",
    units=_OFFICES + _area_units(_DISTRICTS),
    places=_places("9971", _DISTRICTS),
    people=(
        *LOGINS,
        _SECOND_WATCHDOG,
        COACH,
        EXAMINER,
        *_officers(
            _CITY,
            (
                ("organisasi", "Sri Handayani", "198503192009022006"),
                ("tapem", "Wan Azhari", "198106232005011004"),
                ("pendaftaran", "Poniman Saputro", "197708142006041005"),
                ("binamarga", "Elvira Koto", "198612052011012007"),
                ("dpmptsp", "Vivian Halim", "199102142015032004"),
                ("bapenda", "Sahat Panjaitan", "198009172005021002"),
                ("bpbd", "La Ode Rahim", "198502112009031006"),
                ("puskesmas-hilir", "Halimah Zain", "198704022010012011"),
                ("puskesmas-bandar", "Ni Luh Putu Arini", "199008272014032009"),
                ("puskesmas-hulu", "Dorkas Wanggai", "198909302014032003"),
                ("puskesmas-talang", "Teguh Raharjo", "198301092008041003"),
                ("puskesmas-rengas", "Rosmaini Sikumbang", "198602182010012013"),
                ("puskesmas-kuala", "Khairul Basri", "199203112017031002"),
                ("pupr", "Agus Setiawan", "198108072005011009"),
                ("dinkes", "Nurhayati Lubis", "198612302011012003"),
                ("disdik", "Made Suartana", "197805212002121004"),
                ("dlh", "Fitriani Daulay", "199011052015032008"),
                ("dishub", "Rahmat Hidayat", "198402282008041002"),
                ("satpolpp", "Yohanes Wenda", "198907162012121003"),
                ("dinsos", "Siti Marlina", "198801092010122005"),
                ("bkpsdm", "Lestari Kusuma", "198306242007012010"),
                ("diskominfo", "Arif Budiman", "199109182016041001"),
                ("rsud", "Maria Kristanti", "198510272009122001"),
                ("kec-kawung-hilir", "Syahrul Ramadhan", "197712132001121006"),
                ("kec-kawung-hulu", "Endang Purwanti", "198004302003122007"),
                ("kec-tanjung-rengas", "Taufik Siregar", "198211152006041003"),
                ("kec-seberang-kuala", "Novita Anggraini", "198908232014032002"),
            ),
        ),
    ),
)

_MARSH = "rawa-bening.example"
_MARSH_DISTRICTS: dict[str, tuple[float, float, list[str]]] = {
    "Rawa Bening": (-2.104, 111.402, ["Bening Kota", "Sungai Pandan"]),
    "Danau Teratai": (-2.151, 111.447, ["Teratai Putih", "Lubuk Ikan"]),
}
RAWA_BENING = Government(
    code="rawa-bening",
    name="Kabupaten Rawa Bening",
    host="rawa-bening.localhost",
    timezone="Asia/Makassar",
    units=(
        *grown(MARSH_OFFICES),
        *_area_units(_MARSH_DISTRICTS),
    ),
    places=_places("9902", _MARSH_DISTRICTS),
    people=(
        PersonRow("Johan Pratama", "198601042010011012", "coordinator", "", f"koordinator@{_MARSH}"),
        PersonRow("Kartika Dewi", "199004172014032006", "inspector", "inspektorat", f"inspektur@{_MARSH}"),
        PersonRow("Samuel Ginting", "198112092006041008", "operator", "", f"operator@{_MARSH}"),
        *_officers(
            _MARSH,
            (
                ("dukcapil", "Dewi Sartika Ningsih", "198707262011012009"),
                ("pupr", "Eko Wahyudi", "198303112008041005"),
                ("dinkes", "Norhayati", "198905142014032007"),
                ("setda", "Gusti Rahmadi", "198402092009041003"),
            ),
        ),
    ),
)
GOVERNMENTS = (TELUK_KAWUNG, RAWA_BENING)
