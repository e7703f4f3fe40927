"""Invented names of people from many places, as they are printed. Plain data, no Django.

Given and family names are common ones put together by chance: whoever is called so in life is not meant.
"""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Folk:
    """How names are made in one part of the country: given names by sex, and what follows them."""

    share: int
    men: tuple[str, ...]
    women: tuple[str, ...]
    last: tuple[str, ...] = ()
    is_mononym: int = 0
    """Of 100 people so many have one name only."""
    patronym: str = ""
    """"bin" or "binti" style: the father's name may follow."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _lines(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


MALAY_MEN = _lines(
    "Syahrul, Raja Hafiz, Zulkifli, Azman, Encik Said, Tengku Fadli, Hamzah, Khairul, Rizal, Amirudin, Fauzan, Saiful, "
    "Iskandar, Badrul, Jamaludin, Syafrizal, Wan Ismail, Hasnan, Mahmud, Taufik, Azhari, Norman, Effendi, Kamaruddin"
)
MALAY_WOMEN = _lines(
    "Zubaidah, Nurhaliza, Raja Mardiana, Syarifah, Rosnah, Halimah, Normah, Zaleha, Hafizah, Tengku Safina, Mariam, "
    "Saodah, Rokiah, Aisyah, Nur Asyikin, Salmah, Fatimah, Khadijah, Wan Zulaikha, Yusnita, Latifah, Azizah"
)
FOLKS = (
    Folk(
        30,
        MALAY_MEN,
        MALAY_WOMEN,
        _words(
            "Ramadhan Hidayat Abdullah Harun Yusuf Ismail Saleh Idris Hasan Syukri Basri Daud Mansur Razali Zain Latif "
            "Rauf Arifin Usman Bakar Yahya Anwar Munir Jaafar"
        ),
        10,
    ),
    Folk(
        24,
        _words(
            "Agus Bambang Eko Slamet Joko Sugeng Wahyu Dwi Tri Heru Suryanto Widodo Purnomo Hartono Supri Sutrisno "
            "Budi Mulyono Yudi Aris Teguh Wawan Sarwono Karyadi Poniman Ngadimin"
        ),
        _words(
            "Sri Endang Wahyuni Sulastri Retno Dewi Siti Partini Sumiyati Ningsih Ratna Yuni Tuti Lestari Wening "
            "Suparmi Rahayu Kartini Murni Indah Tri Dwi Poniyem Wagiyem"
        ),
        _words(
            "Wibowo Prasetyo Nugroho Santoso Utomo Setiawan Handoko Susanto Raharjo Saputro Kurniawan Mulyadi "
            "Hadiningrat Purwanto Suwarno Astuti Handayani Wulandari Puspita Rahmawati Utami Kusumastuti"
        ),
        18,
    ),
    Folk(
        14,
        _words("Parlindungan Togar Jonson Rudi Hotman Saut Marihot Bonar Poltak Sahat Ramlan Binsar Dapot Mangasi"),
        _words("Rotua Tiurma Lasma Hotmaida Duma Rosdiana Nurcahaya Tetty Marlina Sondang Riama Basaria Delima"),
        _words(
            "Siregar Tambunan Simanjuntak Nasution Harahap Lubis Daulay Hutabarat Sitompul Panjaitan Pasaribu Ginting "
            "Sembiring Tarigan Manurung Silalahi Sinaga Purba Saragih Hasibuan Ritonga Pane"
        ),
    ),
    Folk(
        11,
        _lines(
            "Yusrizal, Syafril, Zulfahmi, Afrizal, Rinaldi, Hendri, Indra, Masrul, Nasrul, Zainal, Erizal, Febrianto"
        ),
        _words("Yulidar Rosmaini Desmawati Yusneli Elvira Nurhayati Zulfahni Rahmi Fitra Yenti Asnimar Welmi"),
        _words("Chaniago Piliang Koto Sikumbang Tanjung Jambak Caniago Guci Pitopang Melayu"),
        30,
    ),
    Folk(
        7,
        _lines("Andi Rustam, Daeng Tata, Muhammad Arsyad, Baharuddin, Syamsul, Andi Fajar, La Ode Hasim, Mappa"),
        _lines("Andi Tenri, Hasnawati, Daeng Ngai, Sitti Hajar, Nurlaela, Wa Ode Salma, Andi Besse, Rosmiati"),
        _words("Mappanyukki Pasinringi Baso Makkulau Tappa Rahim Amran Lewa"),
        34,
    ),
    Folk(
        6,
        _lines("Hendra, Tommy, Johan, Edwin, Liem Kian, Ferry, Andreas, Robin, Steven, Akiong"),
        _lines("Linda, Vivian, Lily, Meiling, Suyanti, Jessica, Angela, Merry, Fenny, Susan"),
        _words("Wijaya Tan Lim Halim Gunawan Salim Kosasih Tanoto Hartanto Ong Chandra"),
    ),
    Folk(
        4,
        _words("Yohanes Markus Frans Yakobus Natalis Piter Septinus Alex Benyamin Melkias"),
        _words("Maria Yosefina Dorkas Naomi Agustina Selfina Marice Fransina Debora Ester"),
        _words("Wenda Kogoya Rumbiak Tabuni Mandacan Korwa Wanggai Yikwa Nauw Howay"),
    ),
    Folk(
        4,
        _lines("I Made, I Wayan, I Ketut, I Nyoman, Ida Bagus, I Gede, I Putu"),
        _lines("Ni Made, Ni Wayan, Ni Ketut, Ni Nyoman, Ida Ayu, Ni Luh Putu"),
        _words("Suartana Sudarma Artawan Wirawan Suryani Adnyana Parwati Sukerta Dharma Arini"),
    ),
)
"""Where the people of a harbour city come from, and in what shares."""

DEGREES = {
    "slta": ("",),
    "d3": ("A.Md.", "A.Md.Kep.", "A.Md.Keb.", "A.Md.Kom."),
    "s1": ("S.E.", "S.Sos.", "S.Kom.", "S.H.", "S.IP.", "S.T.", "S.A.P.", "S.P.", "S.I.Kom.", "S.Pd.I."),
    "s2": (
        "S.E., M.M.",
        "S.Sos., M.Si.",
        "S.T., M.T.",
        "S.H., M.H.",
        "S.IP., M.A.P.",
        "S.Pd., M.Pd.",
        "S.K.M., M.Kes.",
    ),
    "guru": ("S.Pd.", "S.Pd.", "S.Pd.SD", "S.Pd., Gr.", "S.Pd.I.", "M.Pd."),
    "dokter": ("dr.", "drg.", "dr."),
    "spesialis": ("Sp.PD", "Sp.A", "Sp.OG", "Sp.B"),
    "perawat": ("A.Md.Kep.", "S.Kep., Ns.", "S.Kep., Ns.", "A.Md.Keb.", "S.Tr.Keb."),
    "farmasi": ("S.Farm., Apt.", "A.Md.Farm."),
    "praja": ("S.STP", "S.STP, M.Si.", "S.Tr.I.P."),
}
"""Degrees by schooling, as they stand behind a name (a doctor's stands before it)."""


@dataclass(frozen=True)
class Name:
    """A bare name, the one used among neighbours, and the sex it goes with ("m" or "f")."""

    full: str
    call: str
    sex: str


def name(chance: Random, sex: str = "") -> Name:
    """An invented person's name."""
    sex = sex or chance.choice("mf")
    folk = chance.choices(FOLKS, [folk.share for folk in FOLKS])[0]
    given = chance.choice(folk.men if sex == "m" else folk.women)
    if chance.randrange(100) < folk.is_mononym:
        return Name(given, given.split()[-1], sex)
    middle = chance.choice(folk.men if sex == "m" else folk.women) if chance.random() < 0.18 else ""
    parts = [given, middle if middle.split()[:1] != given.split()[:1] else "", chance.choice(folk.last)]
    return Name(" ".join(part for part in parts if part), given.split()[-1], sex)


def printed(bare: str, schooling: str, chance: Random) -> str:
    """The name with its degrees, as a decree prints it."""
    if schooling in ("dokter", "spesialis"):
        after = f", {chance.choice(DEGREES['spesialis'])}" if schooling == "spesialis" else ""
        return f"{chance.choice(DEGREES['dokter'])} {bare}{after}"
    degree = chance.choice(DEGREES[schooling])
    return f"{bare}, {degree}" if degree else bare
