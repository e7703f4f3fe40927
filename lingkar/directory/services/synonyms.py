"""What people call papers and services."""

from lingkar.foundation.search.registry import register_synonyms

register_synonyms(
    "services",
    """
ktp, kartu tanda penduduk, e ktp
kk, kartu keluarga
kia, kartu identitas anak
akta, akte
imb, pbg, izin mendirikan bangunan, persetujuan bangunan gedung
nib, izin usaha, perizinan usaha
bpjs, jkn, jaminan kesehatan
pbb, pajak bumi dan bangunan
skck, catatan kepolisian
sktm, keterangan tidak mampu
pju, lampu jalan, penerangan jalan
ambulans, ambulan, ambulance
sampah, limbah
imunisasi, vaksin, vaksinasi
""",
)
