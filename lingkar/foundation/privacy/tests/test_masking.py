"""What may not be shown is not shown; what a complaint needs stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingkar.foundation.privacy.masking import mask

SECRETS = [
    ("Nama saya Budi Santoso, tolong dibantu", "Budi"),
    ("NIK 3171014508900001", "3171014508900001"),
    ("hp 0812-3456-7890", "3456"),
    ("wa 62 813 7777 1234 ya", "7777"),
    ("nol8123456789o hub saya", "8123456789"),
    ("kosong delapan satu dua 3456 7890 telp saya", "3456 7890"),
    ("hub 0 8 1 2 3 4 5 6 7 8 9 0 ya", "3 4 5 6"),
    ("surel budi.s@contoh.co.id", "budi.s"),
    ("ig saya @siti.aminah99", "siti.aminah99"),
    ("cek https://contoh.id/akun/saya", "contoh.id"),
    ("saya tinggal di Jl. Melati No. 5 RT 02 RW 03", "Melati"),
    ("rek BCA 1234567890", "1234567890"),
    ("mobil plat BP 1234 AB", "1234 AB"),
    ("BPJS 0001234567890 ditolak", "0001234567890"),
    ("petugas bernama Rahmat Hidayat minta uang", "Rahmat"),
]


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_personal_data_is_masked(text, secret):
    masked = mask(text)
    assert secret not in masked.text
    assert masked.kinds


@pytest.mark.parametrize(
    "text",
    [
        "Lampu jalan di Jl. Kenanga depan no 12 mati sejak 3 November 2026",
        "Jalan rusak di jl raya km 12, sudah tiga orang jatuh",
        "Dipungut Rp1.500.000 oleh juru parkir",
        "Antrean di puskesmas dari jam 07.00 sampai 12.30",
        "Sampah sudah 2 minggu tidak diangkut, RT 03",
    ],
)
def test_what_the_complaint_needs_stays(text):
    assert mask(text).text == text


@given(st.text(max_size=300))
def test_any_text_can_be_masked(text):
    masked = mask(text)
    assert bool(masked.kinds) == (masked.text != text)


@given(st.integers(min_value=10_000_000, max_value=9_999_999_999))
def test_no_mobile_number_survives(rest):
    assert str(rest) not in mask(f"telepon saya 08{rest} sore").text
