"""The units of the two governments, as an indented list. Plain data, no Django.

Each line: code, kind, name, and after ``|`` the short name. Two spaces more is one level lower.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class UnitRow:
    """A unit; ``parent`` is the code of the unit above."""

    code: str
    kind: str
    name: str
    short: str
    parent: str = ""


CITY_OFFICES = """
setda secretariat Sekretariat Daerah | Setda
  tapem section Bagian Tata Pemerintahan | Bagian Tapem
  hukum section Bagian Hukum | Bagian Hukum
  kesra section Bagian Kesejahteraan Rakyat | Bagian Kesra
  ekbang section Bagian Perekonomian dan Pembangunan | Bagian Ekbang
  pbj section Bagian Pengadaan Barang dan Jasa | Bagian PBJ
  organisasi section Bagian Organisasi | Bagian Organisasi
  umum section Bagian Umum | Bagian Umum
  protokol section Bagian Protokol dan Komunikasi Pimpinan | Bagian Prokopim
setwan council_secretariat Sekretariat DPRD | Setwan
  setwan-sidang section Bagian Persidangan dan Perundang-undangan | Persidangan
  setwan-keuangan section Bagian Program dan Keuangan | Keuangan Setwan
inspektorat inspectorate Inspektorat Daerah | Inspektorat
  inspektorat-sekretariat section Sekretariat Inspektorat | Sekretariat Inspektorat
  irban-1 section Inspektur Pembantu Wilayah I | Irban I
  irban-2 section Inspektur Pembantu Wilayah II | Irban II
  irban-khusus section Inspektur Pembantu Investigasi | Irban Investigasi
dukcapil office Dinas Kependudukan dan Pencatatan Sipil | Dukcapil
  dukcapil-sekretariat section Sekretariat Dukcapil | Sekretariat Dukcapil
  pendaftaran section Bidang Pelayanan Pendaftaran Penduduk | Pendaftaran Penduduk
  pencatatan section Bidang Pelayanan Pencatatan Sipil | Pencatatan Sipil
  piak section Bidang Pengelolaan Informasi Administrasi Kependudukan | PIAK
pupr office Dinas Pekerjaan Umum dan Penataan Ruang | PUPR
  pupr-sekretariat section Sekretariat PUPR | Sekretariat PUPR
  binamarga section Bidang Bina Marga | Bina Marga
  sda section Bidang Sumber Daya Air | Sumber Daya Air
  ciptakarya section Bidang Cipta Karya | Cipta Karya
  tataruang section Bidang Penataan Ruang | Tata Ruang
  alat-berat technical UPTD Peralatan dan Perbengkelan | UPTD Alat Berat
dinkes office Dinas Kesehatan | Dinkes
  dinkes-sekretariat section Sekretariat Dinas Kesehatan | Sekretariat Dinkes
  kesmas section Bidang Kesehatan Masyarakat | Kesmas
  p2p section Bidang Pencegahan dan Pengendalian Penyakit | P2P
  yankes section Bidang Pelayanan dan Sumber Daya Kesehatan | Yankes
  puskesmas-hilir health_centre Puskesmas Kawung Hilir | Puskesmas Kawung Hilir
  puskesmas-bandar health_centre Puskesmas Bandar Baru | Puskesmas Bandar Baru
  puskesmas-hulu health_centre Puskesmas Kawung Hulu | Puskesmas Kawung Hulu
  puskesmas-talang health_centre Puskesmas Talang Damar | Puskesmas Talang Damar
  puskesmas-rengas health_centre Puskesmas Tanjung Rengas | Puskesmas Tanjung Rengas
  puskesmas-kuala health_centre Puskesmas Seberang Kuala | Puskesmas Seberang Kuala
  farmasi technical UPTD Instalasi Farmasi | Instalasi Farmasi
rsud hospital RSUD Teluk Kawung | RSUD
  rsud-medik section Bidang Pelayanan Medik | Pelayanan Medik
  rsud-perawat section Bidang Keperawatan | Keperawatan
  rsud-penunjang section Bidang Penunjang | Penunjang
  igd technical Instalasi Gawat Darurat | IGD
disdik office Dinas Pendidikan | Disdik
  disdik-sekretariat section Sekretariat Dinas Pendidikan | Sekretariat Disdik
  paud section Bidang PAUD dan Pendidikan Nonformal | PAUD
  dikdas section Bidang Pendidikan Dasar | Pendidikan Dasar
  gtk section Bidang Guru dan Tenaga Kependidikan | GTK
  sdn-02 school SD Negeri 02 Kuala Dalam | SDN 02
  sdn-05 school SD Negeri 05 Bandar Baru | SDN 05
  sdn-07 school SD Negeri 07 Ladang Panjang | SDN 07
  sdn-09 school SD Negeri 09 Rengas Timur | SDN 09
  sdn-11 school SD Negeri 11 Talang Damar | SDN 11
  sdn-12 school SD Negeri 12 Karang Anyar | SDN 12
  sdn-14 school SD Negeri 14 Pasir Putih | SDN 14
  sdn-16 school SD Negeri 16 Seberang Pasar | SDN 16
  sdn-18 school SD Negeri 18 Teluk Bakau | SDN 18
  sdn-01 school SD Negeri 01 Pasar Lama | SDN 01
  smpn-1 school SMP Negeri 1 Teluk Kawung | SMPN 1
  smpn-2 school SMP Negeri 2 Teluk Kawung | SMPN 2
  smpn-3 school SMP Negeri 3 Teluk Kawung | SMPN 3
  smpn-4 school SMP Negeri 4 Teluk Kawung | SMPN 4
  smpn-6 school SMP Negeri 6 Teluk Kawung | SMPN 6
dlh office Dinas Lingkungan Hidup | DLH
  dlh-sekretariat section Sekretariat DLH | Sekretariat DLH
  persampahan section Bidang Pengelolaan Sampah | Persampahan
  penaatan section Bidang Penaatan dan Pengendalian Pencemaran | Penaatan
  tpa technical UPTD Tempat Pemrosesan Akhir | UPTD TPA
dishub office Dinas Perhubungan | Dishub
  dishub-sekretariat section Sekretariat Dishub | Sekretariat Dishub
  lalulintas section Bidang Lalu Lintas dan Penerangan Jalan | Lalu Lintas
  angkutan section Bidang Angkutan dan Pelayaran | Angkutan
  kir technical UPTD Pengujian Kendaraan Bermotor | UPTD KIR
satpolpp office Satuan Polisi Pamong Praja | Satpol PP
  satpolpp-sekretariat section Sekretariat Satpol PP | Sekretariat Satpol PP
  tibum section Bidang Ketertiban Umum | Ketertiban Umum
  perda section Bidang Penegakan Peraturan Daerah | Penegakan Perda
dinsos office Dinas Sosial | Dinsos
  dinsos-sekretariat section Sekretariat Dinas Sosial | Sekretariat Dinsos
  linjamsos section Bidang Perlindungan dan Jaminan Sosial | Linjamsos
  rehabsos section Bidang Rehabilitasi Sosial | Rehabsos
dpmptsp office Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu | DPMPTSP
  dpmptsp-sekretariat section Sekretariat DPMPTSP | Sekretariat DPMPTSP
  perizinan section Bidang Pelayanan Perizinan | Perizinan
  investasi section Bidang Penanaman Modal | Penanaman Modal
diskominfo office Dinas Komunikasi dan Informatika | Diskominfo
  aptika section Bidang Aplikasi Informatika | Aptika
  ikp section Bidang Informasi dan Komunikasi Publik | IKP
bkpsdm body Badan Kepegawaian dan Pengembangan Sumber Daya Manusia | BKPSDM
  bkpsdm-sekretariat section Sekretariat BKPSDM | Sekretariat BKPSDM
  mutasi section Bidang Mutasi dan Promosi | Mutasi
  pengembangan section Bidang Pengembangan Kompetensi | Pengembangan Kompetensi
  kinerja section Bidang Penilaian Kinerja | Penilaian Kinerja
bappeda body Badan Perencanaan Pembangunan Daerah | Bappeda
  perencanaan section Bidang Perencanaan dan Evaluasi | Perencanaan
  riset section Bidang Riset dan Inovasi | Riset dan Inovasi
bapenda body Badan Pendapatan Daerah | Bapenda
  pendataan section Bidang Pendataan dan Penetapan | Pendataan
  penagihan section Bidang Penagihan dan Keberatan | Penagihan
bpkad body Badan Pengelolaan Keuangan dan Aset Daerah | BPKAD
  anggaran section Bidang Anggaran | Anggaran
  aset section Bidang Aset | Aset
bpbd body Badan Penanggulangan Bencana Daerah | BPBD
  siaga section Bidang Pencegahan dan Kesiapsiagaan | Kesiapsiagaan
  damkar section Bidang Pemadam Kebakaran dan Penyelamatan | Damkar
"""

MARSH_OFFICES = """
setda secretariat Sekretariat Daerah | Setda
  organisasi section Bagian Organisasi | Bagian Organisasi
inspektorat inspectorate Inspektorat Daerah | Inspektorat
dukcapil office Dinas Kependudukan dan Pencatatan Sipil | Dukcapil
  pendaftaran section Bidang Pelayanan Pendaftaran Penduduk | Pendaftaran Penduduk
pupr office Dinas Pekerjaan Umum dan Penataan Ruang | PUPR
  binamarga section Bidang Bina Marga | Bina Marga
dinkes office Dinas Kesehatan | Dinkes
  puskesmas-teratai health_centre Puskesmas Danau Teratai | Puskesmas Danau Teratai
bkpsdm body Badan Kepegawaian dan Pengembangan Sumber Daya Manusia | BKPSDM
"""

MARSH_CLINIC = "puskesmas-teratai"

CLINICS = {
    "puskesmas-hilir": ("Pasar Lama", "Muara Kawung", "Kampung Nelayan"),
    "puskesmas-bandar": ("Bandar Baru", "Pelabuhan"),
    "puskesmas-hulu": ("Bukit Sirih", "Sumber Jernih"),
    "puskesmas-talang": ("Ladang Panjang", "Talang Damar", "Simpang Tiga"),
    "puskesmas-rengas": ("Rengas Timur", "Rengas Barat", "Pasir Putih", "Karang Anyar"),
    "puskesmas-kuala": ("Kuala Dalam", "Seberang Pasar", "Teluk Bakau", "Mekar Sari"),
}
"""The villages that each puskesmas serves."""

SCHOOLS = {
    "Pasar Lama": ("SDN 01", "SMPN 1"),
    "Muara Kawung": ("SDN 01", "SMPN 1"),
    "Kampung Nelayan": ("SDN 01", "SMPN 1"),
    "Bandar Baru": ("SDN 05", "SMPN 1"),
    "Pelabuhan": ("SDN 05", "SMPN 1"),
    "Bukit Sirih": ("SDN 07", "SMPN 2"),
    "Sumber Jernih": ("SDN 07", "SMPN 3"),
    "Ladang Panjang": ("SDN 07", "SMPN 3"),
    "Talang Damar": ("SDN 11", "SMPN 3"),
    "Simpang Tiga": ("SDN 11", "SMPN 2"),
    "Rengas Timur": ("SDN 09", "SMPN 4"),
    "Rengas Barat": ("SDN 09", "SMPN 4"),
    "Pasir Putih": ("SDN 14", "SMPN 4"),
    "Karang Anyar": ("SDN 12", "SMPN 4"),
    "Kuala Dalam": ("SDN 02", "SMPN 6"),
    "Seberang Pasar": ("SDN 16", "SMPN 6"),
    "Teluk Bakau": ("SDN 18", "SMPN 6"),
    "Mekar Sari": ("SDN 18", "SMPN 6"),
}
"""Where the children of each village go to school."""


def grown(outline: str) -> tuple[UnitRow, ...]:
    """The units of an indented list, from the top."""
    rows: list[UnitRow] = []
    above = ["", ""]
    for line in outline.strip().splitlines():
        depth = (len(line) - len(line.lstrip())) // 2
        code, kind, rest = line.split(maxsplit=2)
        name, _, short = rest.partition(" | ")
        rows.append(UnitRow(code, kind, name, short, above[depth]))
        above[depth + 1 :] = [code]
    return tuple(rows)
