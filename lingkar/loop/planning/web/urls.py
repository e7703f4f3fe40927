"""Addresses of plans."""

from lingkar.foundation.access.web import route
from lingkar.loop.planning.access import Action
from lingkar.loop.planning.web import opening, suggested, views

PLAN = "rencana/<int:year>/"
RUN = f"{PLAN}kegiatan/<uuid:run>/"
SUGGESTED = f"{PLAN}saran/<slug:code>/<slug:competency>/"

app_name = "planning"
urlpatterns = [
    route("rencana/", views.listing, name="plans", needs=Action.VIEW),
    route("rencana/baru/", views.make, name="make", needs=Action.MAKE),
    route("rencana/panel/saran/", suggested.waiting, name="waiting", needs=Action.MAKE),
    route("rencana/panel/kebutuhan/<uuid:need>/", suggested.from_need, name="from_need", needs=Action.MAKE),
    route("rencana/panel/tim/", opening.team, name="team", needs=Action.TEAM),
    route(PLAN, views.plan, name="plan", needs=Action.VIEW),
    route(f"{PLAN}anggaran/", views.money, name="money", needs=Action.MAKE),
    route(f"{PLAN}saran/", suggested.listing, name="suggestions", needs=Action.MAKE),
    route(SUGGESTED, suggested.one, name="suggested", needs=Action.MAKE),
    route(f"{SUGGESTED}lewati/", suggested.leave, name="leave", needs=Action.MAKE),
    route(f"{PLAN}kegiatan/baru/", views.add, name="add", needs=Action.MAKE),
    route(f"{PLAN}susun/", views.propose, name="propose", needs=Action.MAKE),
    route(f"{PLAN}susun/henti/", views.stop, name="stop", needs=Action.MAKE),
    route(f"{PLAN}setujui/", views.approve, name="approve", needs=Action.APPROVE),
    route(RUN, views.run, name="run", needs=Action.VIEW),
    route(f"{RUN}putuskan/", views.decide, name="decide", needs=Action.MAKE),
    route(f"{RUN}hapus/", views.drop, name="drop", needs=Action.MAKE),
    route(f"{RUN}angkatan/", opening.open_cohort, name="open", needs=Action.MAKE),
]
