"""Addresses of the circle."""

from lingkar.foundation.access.web import route
from lingkar.loop.scoreboard.access import Action
from lingkar.loop.scoreboard.web import office, public

app_name = "scoreboard"
ONE = "lingkar/<slug:code>/"
PUBLIC = "layanan/<slug:code>/lingkar/"

urlpatterns = [
    route("lingkar/", office.board, name="board", needs=Action.VIEW),
    route("lingkar/hitung/", office.compute, name="compute", needs=Action.COMPUTE),
    route(ONE, office.one, name="one", needs=Action.VIEW),
    route(f"{ONE}kasus/", office.cases, name="cases", needs=Action.VIEW),
    route("anda-sampaikan/", public.listing, name="said", public=True),
    route(PUBLIC, public.one, name="public", public=True),
    route(f"{PUBLIC}ringkas/", public.panel, name="panel", public=True),
]
