"""Questionnaires that come with the product. Words of law stay as the law has them; the questions are our own words.

The sample questionnaire of PermenPANRB 14/2017 asks about facilities (U9) as its eighth question and about complaints
(U8) as its ninth: a question is bound to its element, never to its place.
"""

from datetime import date

from lingkar.listen.surveys.rules import Question, Unsur

NATIONAL = "2017"
SOURCE = "PermenPANRB 14/2017"
SINCE = date(2017, 1, 1)


def _scale(word: str) -> tuple[str, str, str, str]:
    return (f"Tidak {word}", f"Kurang {word}", word.capitalize(), f"Sangat {word}")


QUESTIONS = (
    Question(Unsur.REQUIREMENTS, "Apakah syarat yang diminta sesuai dengan layanannya?", _scale("sesuai")),
    Question(Unsur.PROCEDURE, "Apakah urutan langkahnya mudah diikuti?", _scale("mudah")),
    Question(Unsur.TIME, "Apakah Anda dilayani dengan cepat?", _scale("cepat")),
    Question(
        Unsur.COST,
        "Bagaimana biaya atau tarif layanan ini?",
        ("Sangat mahal", "Cukup mahal", "Murah", "Gratis"),
    ),
    Question(Unsur.PRODUCT, "Apakah hasil yang Anda terima sesuai dengan yang dijanjikan?", _scale("sesuai")),
    Question(Unsur.COMPETENCE, "Apakah petugas menguasai pekerjaannya (kompeten)?", _scale("kompeten")),
    Question(Unsur.CONDUCT, "Apakah petugas sopan dan ramah?", _scale("sopan dan ramah")),
    Question(
        Unsur.FACILITIES,
        "Bagaimana ruang, alat, dan sarana di tempat layanan?",
        ("Buruk", "Cukup", "Baik", "Sangat baik"),
    ),
    Question(
        Unsur.COMPLAINTS,
        "Bagaimana pengaduan pengguna layanan ditangani?",
        ("Tidak ada", "Ada, tetapi tidak berfungsi", "Berfungsi, tetapi kurang maksimal", "Dikelola dengan baik"),
    ),
)
