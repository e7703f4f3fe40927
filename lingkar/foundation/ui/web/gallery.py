"""Every element in every state, on one page, for developers, screenshots and the accessibility test."""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from lingkar.foundation.access.web import Request
from lingkar.foundation.ui import charts

LEAVES = [
    {"title": "Bidang Pelayanan Pendaftaran Penduduk", "href": "#t", "depth": 1},
    {"title": "Seksi Pindah Datang dan Pendataan Penduduk", "href": "#t", "depth": 2},
]
BRANCHES = [
    {"title": "Dinas Kependudukan", "href": "#t", "meta": "Dinas", "summary": "2 unit di bawahnya", "below": LEAVES},
    {"title": "Dinas Kesehatan", "href": "#t", "meta": "Dinas · 40 unit di bawahnya", "below": []},
]
OPTIONS = [
    {"value": 0, "words": "Memintanya pulang"},
    {"value": 1, "words": "Melayaninya, karena fotokopi bukan persyaratan layanan ini", "is_chosen": True},
]
PLACES = [{"number": n, "url": f"#{n}", "is_done": n < 8, "is_here": n == 5} for n in range(1, 21)]
MOMENT = datetime(2026, 11, 21, 3, 32, tzinfo=UTC)

RECEIVED = (84, 91, 120, 77, 65, 98, 143, 132, 88, 0, 1284, 45)
TREND = charts.trend(
    charts.Month(date(2026, number, 1), value, value // 2 + 40, f"#bulan-{number}")
    for number, value in enumerate(RECEIVED, 1)
)
BARS = charts.bars(
    [
        charts.Bar("Dinas Kependudukan dan Pencatatan Sipil", 412, "#u1", "12 terlambat", "#u2", "bad"),
        charts.Bar("Puskesmas Melati", 87, "#u3"),
        charts.Bar("Kelurahan Sumberasih", 3, "#u4"),
    ]
)


class Sample(forms.Form):
    """One field of each kind."""

    story = forms.CharField(
        label="Apa yang terjadi?", help_text="Ceritakan dengan kata Anda sendiri.", widget=forms.Textarea
    )
    place = forms.CharField(label="Di mana?", required=False)
    unit = forms.ChoiceField(label="Unit", choices=[("", "Pilih unit"), ("a", "Dinas Kependudukan")])
    kind = forms.ChoiceField(
        label="Jenis laporan",
        help_text="Boleh dilewati.",
        choices=[("a", "Pengaduan"), ("b", "Pertanyaan")],
        widget=forms.RadioSelect,
    )
    photo = forms.FileField(label="Foto", required=False, help_text="JPG atau PNG, paling besar 10 MB.")
    agreed = forms.BooleanField(label="Saya sudah membaca bagian ini")
    anonymous = forms.BooleanField(
        label="Kirim tanpa nama", required=False, help_text="Petugas tidak melihat siapa Anda."
    )


def gallery(request: Request) -> HttpResponse:
    """The gallery; it exists in development only."""
    if not settings.DEBUG:
        raise Http404
    if "panel" in request.GET:
        return render(request, "ui/gallery_panel.html")
    messages.success(request, "Tersimpan.")
    office = request.GET.get("layout") == "office"
    form = Sample({"place": "Loket 3"} if "errors" in request.GET else None)
    context: dict[str, Any] = {
        "layout": "ui/office.html" if office else "ui/citizen.html",
        "form": form,
        "moment": MOMENT,
    }
    context |= {"trend": TREND, "no_trend": charts.trend([]), "bars": BARS}
    return render(
        request,
        "ui/gallery.html",
        context
        | {
            "branches": BRANCHES,
            "options": OPTIONS,
            "places": PLACES,
            "big": 1284,
            "codes": ["7F3K-9QTM", "X2AB-R4TB"],
            "page": Paginator(range(90), 10).page(2),
        },
    )
