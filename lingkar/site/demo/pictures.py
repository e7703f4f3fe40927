"""Photos of the demo: simple scenes, drawn. No picture of anybody or of a real place."""

import random
from collections.abc import Callable
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFilter

SIZE = (960, 720)
HORIZON = 300
Draw = ImageDraw.ImageDraw
DAY = ((168, 202, 224), (226, 234, 232))
NIGHT = ((10, 14, 30), (28, 32, 52))
ASPHALT, DIRT, GRASS, WATER = (92, 94, 98), (148, 118, 86), (104, 138, 82), (126, 112, 88)


def photo(scene: str, *, seed: str) -> SimpleUploadedFile:
    """A scene as a phone would send it: the same scene and seed give the same bytes."""
    chance = random.Random(f"{scene} {seed}")  # noqa: S311  (a picture, not a secret)
    image = Image.new("RGB", SIZE)
    SCENES[scene](ImageDraw.Draw(image), chance)
    image = _grain(image.rotate(chance.uniform(-1.5, 1.5)), chance)  # the steps of its edges go as it is blurred
    buffer = BytesIO()
    image.crop((24, 18, 936, 702)).save(buffer, "JPEG", quality=82)
    return SimpleUploadedFile(f"{scene}.jpg", buffer.getvalue(), "image/jpeg")


def _grain(image: Image.Image, chance: random.Random) -> Image.Image:
    noise = Image.frombytes("L", (240, 180), chance.randbytes(240 * 180)).resize(SIZE)
    grain = Image.merge("RGB", (noise, noise, noise))
    return Image.blend(image.filter(ImageFilter.BoxBlur(2)), grain, 0.07)


def _sky(draw: Draw, colours: tuple[tuple[int, int, int], tuple[int, int, int]] = DAY) -> None:
    top, low = colours
    for y in range(HORIZON):
        part = y / HORIZON
        draw.line([(0, y), (960, y)], fill=tuple(round(a + (b - a) * part) for a, b in zip(top, low, strict=True)))


def _ground(draw: Draw, colour: tuple[int, int, int]) -> None:
    draw.rectangle((0, HORIZON, 960, 720), fill=colour)


def _houses(draw: Draw, chance: random.Random, *, dark: bool = False) -> None:
    for x in range(0, 960, 160):
        height, shade = chance.randint(60, 130), chance.randint(20, 40) if dark else chance.randint(150, 215)
        draw.rectangle((x, HORIZON - height, x + 130, HORIZON), fill=(shade, shade - 8, shade - 18))
        draw.polygon(
            [(x - 12, HORIZON - height), (x + 65, HORIZON - height - 48), (x + 142, HORIZON - height)],
            fill=(shade // 2 + 30, shade // 3, shade // 4),
        )


def _street(draw: Draw, chance: random.Random) -> None:
    _sky(draw)
    _houses(draw, chance)
    _ground(draw, GRASS)
    draw.polygon([(330, HORIZON), (630, HORIZON), (980, 720), (-20, 720)], fill=ASPHALT)
    for y in range(HORIZON + 20, 720, 90):
        wide = (y - HORIZON) / 30
        draw.polygon(
            [(480 - wide, y), (480 + wide, y), (480 + wide * 1.6, y + 44), (480 - wide * 1.6, y + 44)], fill="#ddd"
        )


def _pothole(draw: Draw, chance: random.Random) -> None:
    _street(draw, chance)
    points = [(300 + 90 * i + chance.randint(-24, 24), 560 + chance.randint(-54, 54)) for i in range(5)]
    draw.polygon([*points, (640, 640), (330, 650)], fill=(66, 58, 50))
    draw.ellipse((380, 560, 590, 632), fill=(118, 108, 92))


def _patched(draw: Draw, chance: random.Random) -> None:
    _street(draw, chance)
    draw.polygon([(300, 520), (690, 512), (720, 650), (270, 660)], fill=(44, 45, 48))


def _dark_street(draw: Draw, chance: random.Random) -> None:
    _sky(draw, NIGHT)
    _houses(draw, chance, dark=True)
    _ground(draw, (16, 18, 26))
    for x in (150, 420, 700):
        draw.line([(x, 120), (x, 420)], fill=(52, 54, 62), width=8)
        draw.line([(x, 124), (x + 60, 118)], fill=(52, 54, 62), width=6)


def _lit_street(draw: Draw, chance: random.Random) -> None:
    _dark_street(draw, chance)
    for x in (150, 420, 700):
        for radius in range(150, 20, -10):
            warm = 40 + (150 - radius)
            draw.ellipse(
                (x + 55 - radius, 120 - radius // 3, x + 55 + radius, 120 + radius),
                outline=(warm, warm - 12, 40),
                width=8,
            )
        draw.ellipse((x + 38, 106, x + 76, 134), fill=(255, 240, 190))


def _rubbish(draw: Draw, chance: random.Random) -> None:
    _sky(draw)
    _ground(draw, DIRT)
    draw.rectangle((80, 200, 880, 330), fill=(176, 172, 164))
    for _ in range(260):
        x, y, size = chance.randint(120, 840), chance.randint(330, 690), chance.randint(14, 52)
        colour = chance.choice(
            [(40, 40, 44), (228, 228, 224), (60, 110, 170), (190, 60, 50), (210, 180, 70), (90, 120, 80)]
        )
        draw.polygon([(x, y), (x + size, y + chance.randint(-14, 14)), (x + size // 2, y + size)], fill=colour)


def _beach(draw: Draw, chance: random.Random) -> None:
    _sky(draw)
    draw.rectangle((0, 260, 960, 420), fill=(86, 140, 160))
    draw.rectangle((0, 420, 960, 720), fill=(222, 202, 158))
    for _ in range(60):
        x, y = chance.randint(0, 940), chance.randint(430, 700)
        draw.rectangle((x, y, x + 26, y + 10), fill=chance.choice([(240, 240, 240), (70, 120, 180), (200, 70, 60)]))


def _flood(draw: Draw, chance: random.Random) -> None:
    _sky(draw, ((140, 146, 152), (180, 182, 180)))
    _houses(draw, chance)
    _ground(draw, WATER)
    for _ in range(70):
        x, y = chance.randint(0, 900), chance.randint(HORIZON + 10, 700)
        draw.line([(x, y), (x + chance.randint(30, 120), y)], fill=(162, 150, 126), width=3)


def _roof(draw: Draw, chance: random.Random) -> None:
    draw.rectangle((0, 0, 960, 720), fill=(214, 206, 188))
    for x in range(0, 960, 120):
        draw.line([(x, 0), (x, 420)], fill=(150, 120, 88), width=14)
    for _ in range(7):
        x, y = chance.randint(80, 840), chance.randint(40, 340)
        draw.ellipse((x, y, x + chance.randint(50, 150), y + chance.randint(40, 110)), fill=(150, 126, 92))
    draw.polygon([(400, 120), (520, 90), (560, 200), (430, 240)], fill=(196, 218, 232))
    draw.rectangle((0, 430, 960, 720), fill=(168, 150, 124))


def _new_roof(draw: Draw, chance: random.Random) -> None:
    draw.rectangle((0, 0, 960, 720), fill=(232, 228, 216))
    for x in range(0, 960, 60):
        draw.line([(x, 0), (x, 430)], fill=(150 + chance.randint(0, 10), 172, 186), width=40)
    draw.rectangle((0, 430, 960, 720), fill=(186, 170, 144))


def _bridge(draw: Draw, chance: random.Random, *, broken: bool = True) -> None:
    _sky(draw)
    draw.rectangle((0, HORIZON, 960, 720), fill=(96, 128, 124))
    for i in range(12):
        missing = broken and i in {4, 5, 8}
        top = 330 + i * 32
        draw.rectangle(
            (180 - i * 12, top, 780 + i * 12, top + 24),
            fill=(46, 66, 66) if missing else (150 - chance.randint(0, 22), 112, 74),
        )
    for x in (170, 790):
        draw.line([(x, 250), (x, 330)], fill=(90, 70, 50), width=12)


def _mended_bridge(draw: Draw, chance: random.Random) -> None:
    _bridge(draw, chance, broken=False)
    for y in (262, 292):
        draw.line([(150, y), (810, y)], fill=(240, 196, 60), width=9)


def _paper(draw: Draw, chance: random.Random) -> None:
    draw.rectangle((0, 0, 960, 720), fill=(128, 96, 70))
    draw.polygon([(230, 40), (740, 60), (720, 690), (210, 670)], fill=(246, 244, 238))
    draw.line([(290, 130), (670, 140)], fill=(40, 40, 48), width=10)
    for y in range(190, 560, 34):
        draw.line([(280, y), (660 - chance.randint(0, 160), y + 6)], fill=(120, 120, 128), width=6)
    draw.ellipse((520, 530, 650, 640), outline=(70, 60, 150), width=7)
    draw.line([(540, 600), (600, 560), (610, 610), (660, 570)], fill=(40, 50, 120), width=5)


def _board(draw: Draw, chance: random.Random) -> None:
    draw.rectangle((0, 0, 960, 720), fill=(206, 214, 208))
    draw.rectangle((170, 90, 790, 560), fill=(11, 95, 107))
    draw.rectangle((200, 120, 760, 530), fill=(250, 249, 244))
    for y in range(170, 500, 46):
        draw.rectangle((230, y, 252, y + 20), fill=(47, 125, 79))
        draw.line([(276, y + 10), (700 - chance.randint(0, 160), y + 10)], fill=(70, 74, 84), width=9)


def _chairs(draw: Draw, chance: random.Random) -> None:
    draw.rectangle((0, 0, 960, 720), fill=(224, 228, 224))
    draw.rectangle((0, 500, 960, 720), fill=(196, 190, 178))
    for row in range(2):
        for x in range(70, 880, 120):
            y = 330 + row * 150
            draw.rectangle((x, y, x + 92, y + 84), fill=(30, 110 + chance.randint(0, 12), 140))
            draw.rectangle((x, y + 84, x + 92, y + 104), fill=(22, 84, 110))


def _fence(draw: Draw, chance: random.Random) -> None:
    _sky(draw)
    _houses(draw, chance)
    _ground(draw, DIRT)
    for i, x in enumerate(range(60, 900, 70)):
        lean = 60 if i in {5, 6, 7} else 0
        draw.polygon(
            [(x, 600), (x + 34, 600), (x + 34 + lean, 330 + lean), (x + lean, 330 + lean)], fill=(202, 196, 184)
        )


def _fog(draw: Draw, chance: random.Random) -> None:
    _street(draw, chance)
    for _ in range(60):
        x, y, size = chance.randint(0, 900), chance.randint(150, 620), chance.randint(60, 200)
        draw.ellipse((x, y, x + size, y + size // 2), fill=(214, 218, 216))


def _pavement(draw: Draw, chance: random.Random) -> None:
    _street(draw, chance)
    draw.polygon([(630, HORIZON), (760, HORIZON), (1100, 720), (860, 720)], fill=(188, 150, 120))
    draw.line([(650, HORIZON), (900, 720)], fill=(240, 196, 60), width=14)


def _cow(draw: Draw, chance: random.Random) -> None:
    _street(draw, chance)
    for x in (330, 560):
        draw.rectangle((x, 430, x + 170, 520), fill=(120, 82, 54))
        draw.rectangle((x + 150, 400, x + 205, 450), fill=(110, 74, 48))
        for leg in (8, 42, 118, 150):
            draw.rectangle((x + leg, 515, x + leg + 16, 590), fill=(96, 64, 42))


def _ramp(draw: Draw, chance: random.Random) -> None:
    _sky(draw)
    draw.rectangle((260, 90, 960, 470), fill=(226, 218, 200))
    draw.rectangle((620, 200, 780, 470), fill=(80, 60, 46))
    _ground(draw, (182, 176, 166))
    draw.polygon([(80, 640), (640, 470), (820, 470), (420, 690)], fill=(210 - chance.randint(0, 6), 206, 198))
    draw.line([(80, 560), (640, 400)], fill=(11, 95, 107), width=12)


def _tree(draw: Draw, chance: random.Random) -> None:
    _sky(draw)
    _ground(draw, GRASS)
    draw.rectangle((200, 180, 260, 620), fill=(92, 66, 44))
    for _ in range(60):
        x, y = chance.randint(60, 620), chance.randint(40, 320)
        draw.ellipse((x, y, x + 90, y + 64), fill=(54 + chance.randint(0, 40), 104, 58))
    draw.line([(240, 240), (820, 330)], fill=(84, 60, 40), width=26)
    for y in (250, 280):
        draw.line([(0, y), (500, y + 60), (960, y)], fill=(30, 30, 34), width=5)


SCENES: dict[str, Callable[[Draw, random.Random], None]] = {
    "lubang": _pothole,
    "tambal": _patched,
    "gelap": _dark_street,
    "lampu": _lit_street,
    "sampah": _rubbish,
    "pantai": _beach,
    "banjir": _flood,
    "atap": _roof,
    "atap-baru": _new_roof,
    "jembatan": _bridge,
    "jembatan-baru": _mended_bridge,
    "surat": _paper,
    "papan": _board,
    "kursi": _chairs,
    "pagar": _fence,
    "fogging": _fog,
    "trotoar": _pavement,
    "sapi": _cow,
    "landai": _ramp,
    "pohon": _tree,
}
