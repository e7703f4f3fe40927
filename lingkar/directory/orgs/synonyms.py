"""What people call the offices of a local government. Offices are named differently everywhere; these meet."""

from lingkar.foundation.search.registry import register_synonyms

register_synonyms(
    "orgs",
    """
dukcapil, disdukcapil, kependudukan
dinkes, kesehatan
disdik, dindik, pendidikan
pupr, pekerjaan umum
dishub, perhubungan
dlh, lingkungan hidup
dinsos, sosial
disnaker, tenaga kerja
dpmptsp, penanaman modal, perizinan
bkpsdm, bkd, bkpp, kepegawaian
bappeda, perencanaan pembangunan
bpbd, penanggulangan bencana
satpol pp, satpol, satuan polisi pamong praja
setda, sekretariat daerah
setwan, sekretariat dprd
rsud, rumah sakit
diskominfo, kominfo, komunikasi
pdam, air minum
""",
)
