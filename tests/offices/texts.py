"""What the plans of election offices speak of: goals with their indicators, and what is done for them."""

from __future__ import annotations

from typing import Final, NamedTuple


class Goal(NamedTuple):
    """A goal as offices write it, the usual spelling first; its indicators, and what is worked on."""

    sasaran: tuple[str, ...]
    indikator: tuple[str, ...]
    objek: tuple[str, ...]


GOALS: Final = (
    Goal(
        (
            "Terlaksananya perencanaan, program dan anggaran yang tepat waktu",
            "Terlaksananya perencanaan, program, dan anggaran yang tepat waktu",
        ),
        (
            "Persentase dokumen perencanaan yang disampaikan tepat waktu",
            "Persentase revisi anggaran yang diselesaikan sesuai ketentuan",
        ),
        (
            "rencana kerja dan anggaran",
            "usulan revisi anggaran",
            "rencana penarikan dana",
            "perjanjian kinerja",
            "rencana aksi kinerja",
        ),
    ),
    Goal(
        (
            "Tersedianya data pemilih yang mutakhir dan akurat",
            "Tersedianya data pemilih yang mutakhir serta akurat",
        ),
        (
            "Persentase kecamatan yang data pemilihnya dimutakhirkan",
            "Persentase tanggapan masyarakat atas daftar pemilih yang dijawab",
        ),
        (
            "pemutakhiran data pemilih berkelanjutan",
            "rekapitulasi daftar pemilih",
            "pencocokan data kependudukan",
            "layanan cek data pemilih",
        ),
    ),
    Goal(
        (
            "Terwujudnya pengelolaan keuangan yang tertib dan akuntabel",
            "Terwujudnya pengelolaan keuangan yang tertib & akuntabel",
        ),
        ("Persentase laporan keuangan yang disampaikan tepat waktu", "Nilai kinerja anggaran"),
        (
            "laporan pertanggungjawaban bendahara",
            "rekonsiliasi belanja",
            "pembayaran gaji dan tunjangan",
            "laporan keuangan semesteran",
            "tindak lanjut hasil pemeriksaan",
        ),
    ),
    Goal(
        ("Terpenuhinya sarana dan prasarana kantor",),
        ("Persentase sarana kantor yang berfungsi baik", "Persentase kendaraan dinas yang layak pakai"),
        (
            "pemeliharaan gedung kantor",
            "servis kendaraan dinas",
            "pengadaan alat tulis kantor",
            "langganan daya dan jasa",
            "pengamanan kantor",
        ),
    ),
    Goal(
        (
            "Terkelolanya logistik yang tercatat dan terawat",
            "Terkelolanya logistik yang tercatat dan dirawat",
        ),
        ("Persentase barang persediaan yang tercatat", "Persentase kotak suara yang masih layak pakai"),
        (
            "pencatatan barang persediaan",
            "penataan gudang logistik",
            "pemilahan kotak suara bekas",
            "inventarisasi barang milik negara",
        ),
    ),
    Goal(
        ("Meningkatnya kapasitas sumber daya manusia",),
        ("Persentase pegawai yang mengikuti pelatihan", "Indeks profesionalitas pegawai"),
        (
            "pelatihan teknis pegawai",
            "penilaian kinerja pegawai",
            "penyelesaian kenaikan pangkat",
            "pembinaan disiplin pegawai",
        ),
    ),
    Goal(
        ("Tersedianya produk hukum dan bantuan hukum",),
        ("Persentase rancangan keputusan yang diselesaikan", "Persentase sengketa yang didampingi"),
        ("rancangan keputusan", "penyuluhan peraturan", "pendampingan sengketa", "dokumentasi produk hukum"),
    ),
    Goal(
        ("Meningkatnya pemahaman pemilih pemula", "Meningkatnya pemahaman para pemilih pemula"),
        (
            "Persentase sekolah menengah yang menerima pendidikan pemilih",
            "Persentase kelompok sasaran yang dijangkau",
        ),
        (
            "kelas pemilih pemula di sekolah",
            "bahan ajar pendidikan pemilih",
            "kunjungan rumah pintar pemilu",
            "sosialisasi kepada kelompok rentan",
        ),
    ),
    Goal(
        ("Terwujudnya keterbukaan informasi",),
        ("Nilai keterbukaan informasi publik", "Persentase permohonan informasi yang dijawab"),
        (
            "daftar informasi publik",
            "layanan permohonan informasi",
            "pemberitaan di laman kantor",
            "pengelolaan media sosial",
        ),
    ),
    Goal(
        ("Meningkatnya akuntabilitas kinerja kantor",),
        ("Nilai evaluasi akuntabilitas kinerja", "Persentase rekomendasi yang ditindaklanjuti"),
        ("laporan kinerja", "evaluasi kinerja triwulanan", "pengendalian intern", "survei kepuasan layanan"),
    ),
    Goal(
        ("Terlaksananya penataan partai politik yang tertib",),
        ("Persentase data partai politik yang mutakhir",),
        (
            "pemutakhiran data partai politik",
            "verifikasi kepengurusan partai",
            "bimbingan aplikasi partai politik",
        ),
    ),
    Goal(
        ("Terkelolanya arsip dan persuratan",),
        ("Persentase arsip yang tertata", "Persentase surat yang ditindaklanjuti"),
        ("penataan arsip dinamis", "penyusutan arsip", "tata persuratan elektronik"),
    ),
)

WORK: Final = (
    "Penyusunan",
    "Rapat koordinasi",
    "Monitoring",
    "Bimbingan teknis",
    "Evaluasi",
    "Supervisi",
    "Pelaksanaan",
    "Konsultasi",
)

DOERS: Final = (
    "Sub Bagian Perencanaan, Data dan Informasi",
    "Sub Bagian Keuangan, Umum dan Logistik",
    "Sub Bagian Hukum dan SDM",
    "Sub Bagian Teknis Penyelenggaraan Pemilu, Partisipasi dan Hubungan Masyarakat",
)
OTHER_SPELLINGS: Final = (
    "Subbag Perencanaan, Data & Informasi",
    "Sub Bagian Keuangan, Umum, dan Logistik",
    "Sub bagian hukum dan SDM",
    "Subbagian Teknis Penyelenggaraan Pemilu, Partisipasi & Hubungan Masyarakat",
)
"""Each is another spelling of the doer in its place, by case, punctuation and short forms alone."""

FIRST: Final = (
    "AHMAD",
    "SITI",
    "BUDI",
    "RATNA",
    "YUSUF",
    "DEWI",
    "HENDRA",
    "MARIA",
    "I MADE",
    "ENDAH",
    "FAISAL",
    "NURUL",
    "JOKO",
    "LINDA",
    "RAHMAT",
    "WATI",
)
LAST: Final = (
    "SANTOSO",
    "HIDAYAT",
    "LESTARI",
    "SIREGAR",
    "WIJAYA",
    "RAHMAWATI",
    "PUTRA",
    "KUSUMA",
    "HARAHAP",
    "PRATAMA",
    "SAPUTRI",
    "NUGROHO",
    "MAULANA",
    "ANGGRAINI",
)
