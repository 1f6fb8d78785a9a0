"""Every rule: its code, name, severity and words.  Data only; the first digit is the floor that finds it.

RAK0xx the file, RAK1xx shape and type of a value, RAK2xx what the plan says, RAK3xx layout and page,
RAK5xx edits and merges, RAK9xx ours.
"""

from typing import Final

from rak_excel.findings import Rule, Severity, Words

_RULES: Final[dict[str, Rule]] = {}
_SEVERITY: Final = {"E": Severity.ERROR, "W": Severity.WARNING, "N": Severity.NOTE}


def _rule(code: str, name: str, severity: str, message: Words, remedy: Words, exit_: int = 1) -> Rule:
    rule = Rule(f"RAK{code}", name, _SEVERITY[severity], message, remedy, exit_)
    if rule.code in _RULES:
        raise ValueError(f"{rule.code} is given twice")
    _RULES[rule.code] = rule
    return rule


# --- RAK0xx: the file -------------------------------------------------------------------------------

TIDAK_TERBACA: Final = _rule(
    "001", "tidak-terbaca", "E",
    Words("berkas tidak dapat dibaca: {sebab}", "the file cannot be read: {sebab}"),
    Words("periksa nama dan letak berkas, lalu ulangi", "check the file's name and folder, then try again"),
    4,
)
BERKAS_KOSONG: Final = _rule(
    "002", "berkas-kosong", "E",
    Words("berkas tidak berisi rencana", "the file holds no plan"),
    Words("mulai dari masukan baru: rak init rencana.yaml", "begin with a new input: rak init rencana.yaml"),
)
BUKAN_YAML: Final = _rule(
    "003", "bukan-yaml", "E",
    Words("mulai di sini susunannya bukan YAML: {sebab}", "from here on it is no YAML: {sebab}"),
    Words(
        "periksa spasi di awal baris dan titik dua; apit teks yang memuat “: ” atau diawali @ % ` & * ! dengan tanda kutip ganda",
        'check indentation and colons; put a text that holds ": " or begins with @ % ` & * ! in double quotes',
    ),
)
BENTUK_TIDAK_DIKENAL: Final = _rule(
    "004", "bentuk-tidak-dikenal", "E",
    Words("bentuk berkas “{value}” tidak dikenal", "the form of file “{value}” is not known"),
    Words("pakai nama yang berakhir .yaml, .yml atau .csv", "use a name that ends in .yaml, .yml or .csv"),
    4,
)
PEMISAH_TIDAK_JELAS: Final = _rule(
    "005", "pemisah-tidak-jelas", "E",
    Words("baris judul tabel tidak ditemukan, dengan pemisah koma, titik koma maupun tab", "no heading row is found, with comma, semicolon or tab as separator"),
    Words(
        "tulis baris judul: no,sasaran,indikator,target,kegiatan,t1,t2,t3,t4,biaya,pelaksana",
        "write the heading row: no,sasaran,indikator,target,kegiatan,t1,t2,t3,t4,biaya,pelaksana",
    ),
)
BUKAN_UTF8: Final = _rule(
    "006", "bukan-utf8", "E",
    Words("ada karakter yang bukan UTF-8 (bita {value})", "a character is not UTF-8 (byte {value})"),
    Words("simpan ulang berkas sebagai UTF-8", "save the file again as UTF-8"),
)
KARAKTER_KENDALI_BERKAS: Final = _rule(
    "007", "karakter-kendali-dalam-berkas", "E",
    Words("ada karakter kendali {value} yang tidak boleh ada dalam berkas", "control character {value} may not stand in the file"),
    Words("hapus karakter itu; sering terbawa saat menyalin dari PDF", "delete it; it often comes along when copying from a PDF"),
)
TERLALU_DALAM: Final = _rule(
    "008", "terlalu-dalam", "E",
    Words("susunan bersarang lebih dari {batas} tingkat", "the nesting is deeper than {batas} levels"),
    Words("hapus kurung atau spasi di awal baris yang berlebih", "take out superfluous brackets or indentation"),
)
ALIAS_DITOLAK: Final = _rule(
    "009", "alias-ditolak", "E",
    Words("“{value}”: jangkar, alias, << dan tag YAML tidak dipakai di sini", "“{value}”: anchors, aliases, << and tags of YAML are not used here"),
    Words("tulis isinya langsung; bila itu memang teks, apit dengan tanda kutip ganda", "write the content itself; if it is meant as text, put it in double quotes"),
)
TIDAK_TERTULIS: Final = _rule(
    "010", "tidak-tertulis", "E",
    Words("“{value}” tidak dapat ditulis: {sebab}", "“{value}” cannot be written: {sebab}"),
    Words("pilih tempat lain, atau periksa izin dan ruang simpan; berkas lama masih utuh", "choose another place, or check permission and space; the former file is untouched"),
    4,
)
SEDANG_DIBUKA: Final = _rule(
    "011", "sedang-dibuka", "E",
    Words("“{value}” sedang dibuka di Excel atau LibreOffice", "“{value}” is open in Excel or LibreOffice"),
    Words("tutup buku kerja itu lalu ulangi; bila sudah tertutup, hapus berkas kunci {kunci}", "close the workbook, then try again; if it is closed already, delete the lock file {kunci}"),
    4,
)
ISI_BUKAN_NAMANYA: Final = _rule(
    "012", "isi-bukan-namanya", "E",
    Words("nama berkas berakhir {akhiran}, tetapi isinya {isi}", "the name ends in {akhiran}, but the content is {isi}"),
    Words("pakai berkas yang benar, atau simpan ulang dalam bentuk yang sesuai namanya", "use the right file, or save it again in the form its name says"),
    4,
)
STRIP_TANPA_KUTIP: Final = _rule(
    "013", "strip-tanpa-kutip", "E",
    Words("tanda “-” sendirian adalah awal daftar dalam YAML, bukan nihil", "a bare “-” begins a list in YAML, it is not nil"),
    Words('tulis nihil atau "-"', 'write nihil or "-"'),
)
BERKAS_TERLALU_BESAR: Final = _rule(
    "014", "berkas-terlalu-besar", "E",
    Words("berkas lebih besar dari {batas} MB", "the file is larger than {batas} MB"),
    Words("periksa apakah ini berkas yang benar; bila ya, pecah menjadi beberapa berkas", "check whether this is the right file; if it is, split it into several"),
    4,
)
SUDAH_ADA: Final = _rule(
    "020", "sudah-ada", "E",
    Words("“{value}” sudah ada", "“{value}” exists already"),
    Words("pilih nama lain, atau pakai --force untuk menggantinya", "choose another name, or use --force to replace it"),
    2,
)
KELUARAN_ADALAH_MASUKAN: Final = _rule(
    "021", "keluaran-adalah-masukan", "E",
    Words("“{value}” adalah masukan, tidak boleh ditimpa", "“{value}” is an input and may not be overwritten"),
    Words("pilih nama lain dengan -o", "choose another name with -o"),
    2,
)
SATU_KELUARAN: Final = _rule(
    "022", "satu-keluaran-dua-masukan", "E",
    Words("“{value}” akan ditulis dari dua masukan: {masukan}", "“{value}” would be written from two inputs: {masukan}"),
    Words("beri nama yang berbeda, atau bangun satu per satu dengan -o", "give them different names, or build them one by one with -o"),
    2,
)
BUKAN_BUATAN_KAMI: Final = _rule(
    "023", "bukan-buatan-kami", "E",
    Words("“{value}” bukan buku kerja buatan rak, tidak ditimpa", "“{value}” is no workbook made by rak and is not overwritten"),
    Words("pilih nama lain dengan -o, atau pindahkan berkas itu", "choose another name with -o, or move that file away"),
    2,
)
TANPA_LIBREOFFICE: Final = _rule(
    "024", "tanpa-libreoffice", "E",
    Words("PDF tidak dapat dibuat: {sebab}", "the PDF cannot be made: {sebab}"),
    Words("pasang LibreOffice, atau cetak buku kerjanya dari Excel", "install LibreOffice, or print the workbook from Excel"),
    4,
)

KELUARAN_BUKAN_XLSX: Final = _rule(
    "025", "keluaran-bukan-xlsx", "E",
    Words("keluaran “{value}” tidak berakhir .xlsx", "output “{value}” does not end in .xlsx"),
    Words("tulis misalnya -o rencana.xlsx", "write for instance -o rencana.xlsx"),
    2,
)

# --- RAK1xx: shape and type of a value --------------------------------------------------------------

KUNCI_TIDAK_DIKENAL: Final = _rule(
    "101", "kunci-tidak-dikenal", "E",
    Words("kunci “{value}” tidak dikenal di {bagian}", "key “{value}” is not known in {bagian}"),
    Words("yang dikenal: {dikenal}", "known are: {dikenal}"),
)
KUNCI_BERULANG: Final = _rule(
    "102", "kunci-berulang", "E",
    Words("kunci “{value}” ditulis dua kali di {bagian}", "key “{value}” is written twice in {bagian}"),
    Words("hapus salah satunya; yang pertama di baris {baris}", "delete one of them; the first is on line {baris}"),
)
BUKAN_PEMETAAN: Final = _rule(
    "103", "bukan-pemetaan", "E",
    Words("{bagian} harus berupa pasangan “kunci: nilai”, bukan {isi}", "{bagian} must be pairs of “key: value”, not {isi}"),
    Words("tulis seperti contoh dari: rak init rencana.yaml", "write it like the example of: rak init rencana.yaml"),
)
BUKAN_DAFTAR: Final = _rule(
    "104", "bukan-daftar", "E",
    Words("{bagian} harus berupa daftar, bukan {isi}", "{bagian} must be a list, not {isi}"),
    Words("awali tiap butir dengan tanda “- ”", "begin each item with “- ”"),
)
BUKAN_TEKS: Final = _rule(
    "105", "bukan-teks", "E",
    Words("{bagian} harus berupa satu nilai, bukan {isi}", "{bagian} must be one value, not {isi}"),
    Words("tulis satu nilai; apit teks yang memuat “: ” atau diawali kurung dengan tanda kutip ganda", 'write one value; put a text that holds ": " or begins with a bracket in double quotes'),
)
BELUM_DIISI: Final = _rule(
    "106", "belum-diisi", "E",
    Words("{bidang} belum diisi", "nothing is filled in for {bidang}"),
    Words("isi {bidang}, misalnya {contoh}", "fill in {bidang}, for instance {contoh}"),
)
VERSI_TIDAK_DIKENAL: Final = _rule(
    "107", "versi-tidak-dikenal", "E",
    Words("versi “{value}” tidak dikenal", "version “{value}” is not known"),
    Words("tulis rak: 1, atau pakai rak-excel yang lebih baru", "write rak: 1, or use a newer rak-excel"),
)
TANPA_VERSI: Final = _rule(
    "108", "tanpa-versi", "N",
    Words("baris “rak: 1” tidak ada; dibaca sebagai versi 1", "there is no line “rak: 1”; read as version 1"),
    Words("tambahkan rak: 1 di awal rencana (dalam CSV: rak,1)", "add rak: 1 at the plan's beginning (in a CSV: rak,1)"),
)
BUKAN_RUPIAH: Final = _rule(
    "110", "biaya-bukan-rupiah", "E",
    Words("{bidang} “{value}” bukan jumlah rupiah: {alasan}", "{bidang} “{value}” is not an amount in rupiah: {alasan}"),
    Words("tulis bilangan bulat, misalnya 306461000 atau 306.461.000", "write a whole number, such as 306461000 or 306.461.000"),
)
RUPIAH_INGGRIS: Final = _rule(
    "111", "pemisah-ribuan-koma", "N",
    Words("{bidang} “{value}” dibaca {dibaca} rupiah: koma sebagai pemisah ribuan", "{bidang} “{value}” is read as {dibaca} rupiah: commas group the thousands"),
    Words("tulis {dibaca}", "write {dibaca}"),
)
BUKAN_PERIODE: Final = _rule(
    "112", "bukan-periode", "E",
    Words("“{value}” bukan {pita} 1 sampai {banyak}", "“{value}” is no {pita} from 1 to {banyak}"),
    Words("tulis misalnya [1, 2], 1-{banyak} atau semua", "write for instance [1, 2], 1-{banyak} or semua"),
)
BUKAN_CENTANG: Final = _rule(
    "113", "bukan-centang", "E",
    Words("“{value}” bukan tanda centang, padahal kolom {pita} formulir ini berisi centang", "“{value}” is no tick, but the {pita} columns of this form hold ticks"),
    Words("tulis √, v, x, 1 atau ya; kosongkan atau tulis - bila tidak", "write √, v, x, 1 or ya; leave it blank or write - where there is none"),
)
BUKAN_TAHUN: Final = _rule(
    "114", "bukan-tahun", "E",
    Words("“{value}” bukan tahun", "“{value}” is no year"),
    Words("tulis empat angka, misalnya 2026", "write four digits, such as 2026"),
)
NIP_SALAH_PANJANG: Final = _rule(
    "115", "nip-salah-panjang", "E",
    Words("NIP “{value}” bukan 18 angka (terbaca {banyak})", "NIP “{value}” does not have 18 digits ({banyak} were read)"),
    Words("salin NIP lengkap, misalnya 198205062010122002", "copy the whole NIP, such as 198205062010122002"),
)
NIP_RUSAK: Final = _rule(
    "116", "nip-rusak", "E",
    Words("NIP “{value}” sudah dirusak Excel: angka belakangnya hilang", "NIP “{value}” was ruined by Excel: its last digits are gone"),
    Words("ketik ulang NIP dari sumbernya sebagai teks", "type the NIP again from its source, as text"),
)
NIP_MERAGUKAN: Final = _rule(
    "117", "nip-meragukan", "W",
    Words("NIP “{value}” meragukan: {alasan}", "NIP “{value}” is doubtful: {alasan}"),
    Words("cocokkan NIP dengan kartu pegawai", "compare it with the civil servant's card"),
)
TARGET_APA_ADANYA: Final = _rule(
    "118", "target-apa-adanya", "N",
    Words("target “{value}” dicetak apa adanya sebagai teks", "target “{value}” is printed as it stands, as text"),
    Words("bila ini bilangan, tulis tanpa titik ribuan dan tanpa nol di depan, misalnya 1500 atau 1,5", "if it is a number, write it without grouping and leading zeros, such as 1500 or 1,5"),
)
TEKS_TERLALU_PANJANG: Final = _rule(
    "119", "teks-terlalu-panjang", "E",
    Words("{bidang} berisi {banyak} karakter; satu sel Excel memuat paling banyak 32767", "{bidang} has {banyak} characters; a cell of Excel holds at most 32767"),
    Words("ringkas teksnya", "shorten the text"),
)
KARAKTER_KENDALI: Final = _rule(
    "120", "karakter-kendali", "E",
    Words("{bidang} memuat karakter kendali {value} yang tidak dapat disimpan Excel", "{bidang} holds control character {value}, which Excel cannot store"),
    Words("hapus karakter itu", "delete that character"),
)
BUKAN_KERTAS: Final = _rule(
    "121", "bukan-kertas", "E",
    Words("kertas “{value}” tidak dikenal", "paper “{value}” is not known"),
    Words("tulis F4 atau A4", "write F4 or A4"),
)
NAMA_LEMBAR: Final = _rule(
    "122", "nama-lembar-tidak-sah", "E",
    Words("“{value}” tidak dapat menjadi nama lembar: {alasan}", "“{value}” cannot be the name of a sheet: {alasan}"),
    Words("pilih nama lain, paling panjang 31 karakter, tanpa [ ] : * ? / \\", "choose another name of at most 31 characters, without [ ] : * ? / \\"),
)
RUPIAH_TERLALU_BESAR: Final = _rule(
    "124", "rupiah-terlalu-besar", "E",
    Words("{bidang} “{value}” lebih dari 15 angka; Excel akan mengubah angka belakangnya", "{bidang} “{value}” has more than 15 digits; Excel would change the last ones"),
    Words("periksa jumlah nolnya", "check the number of zeros"),
)
TATA_LETAK_TIDAK_DIKENAL: Final = _rule(
    "125", "tata-letak-tidak-dikenal", "E",
    Words("tata letak “{value}” tidak ditemukan", "layout “{value}” is not found"),
    Words("yang tersedia: {dikenal}; atau tulis letak berkas tata letak (.yaml)", "there are: {dikenal}; or write the path of a layout's file (.yaml)"),
)
KOLOM_TIDAK_DIKENAL: Final = _rule(
    "126", "kolom-tidak-dikenal", "W",
    Words("kolom “{value}” tidak dikenal dan tidak ikut dibaca; isinya: {isi}", "column “{value}” is not known and is not read; it holds: {isi}"),
    Words("ganti judulnya, atau abaikan bila memang tambahan sendiri", "change its heading, or ignore this if the column is your own addition"),
)
KOLOM_BERULANG: Final = _rule(
    "127", "kolom-berulang", "E",
    Words("kolom “{value}” ada dua kali", "column “{value}” stands twice"),
    Words("hapus salah satunya", "delete one of them"),
)
KOLOM_TIDAK_ADA: Final = _rule(
    "128", "kolom-tidak-ada", "E",
    Words("kolom {kolom} tidak ada", "column {kolom} is missing"),
    Words("tulis kolom itu pada baris judul", "write it in the heading row"),
)
NILAI_BUKAN_PERIODE: Final = _rule(
    "129", "nilai-tanpa-periode", "E",
    Words("{pita} perlu nilai tiap periode, bukan hanya “{value}”", "{pita} needs a value for each period, not just “{value}”"),
    Words("tulis pasangan periode dan nilai, misalnya {{1: 25, 2: 50}}", "write pairs of period and value, such as {{1: 25, 2: 50}}"),
)
SEL_BERLEBIH: Final = _rule(
    "130", "sel-berlebih", "E",
    Words("ada sel “{value}” di luar kolom yang berjudul", "cell “{value}” stands outside the columns that have a heading"),
    Words("apit teks yang memuat pemisah dengan tanda kutip ganda, atau hapus selnya", "put a text that holds the separator in double quotes, or delete the cell"),
)
PERIODE_BERULANG: Final = _rule(
    "131", "periode-berulang", "W",
    Words("{pita} {nomor} disebut dua kali", "{pita} {nomor} is named twice"),
    Words("hapus satu, atau periksa apakah yang dimaksud periode lain", "delete one, or check whether another period was meant"),
)
KUTIP_TIDAK_DITUTUP: Final = _rule(
    "132", "kutip-tidak-ditutup", "E",
    Words("tanda kutip yang dibuka di sini tidak ditutup", "the quotation mark opened here is not closed"),
    Words("tutup tanda kutipnya, atau gandakan tanda kutip di dalam teks", "close it, or double a quotation mark inside the text"),
)

NOMOR_BUKAN_URUTAN: Final = _rule(
    "133", "nomor-bukan-urutan", "W",
    Words("nomor “{value}” akan dicetak {nomor}: sasaran dinomori menurut urutannya", "number “{value}” will be printed as {nomor}: goals are numbered in their order"),
    Words("perbaiki nomornya, atau susun sasaran menurut nomor", "mend the number, or put the goals in the order of their numbers"),
)
NOMOR_SUDAH_DIPAKAI: Final = _rule(
    "134", "nomor-sudah-dipakai", "W",
    Words("nomor “{value}” sudah dipakai sasaran di baris {baris}; di sini dibaca sebagai sasaran baru", "number “{value}” is that of the goal on line {baris}; here it is read as a new goal"),
    Words("samakan uraiannya dan satukan barisnya bila sasarannya sama, atau beri nomor lain", "use the same text and put the rows together if it is the same goal, or give another number"),
)
BUTIR_BERULANG: Final = _rule(
    "135", "butir-berulang", "W",
    Words("{bagian} “{value}” sudah ada di baris {baris}; di sini dibaca sebagai {bagian} baru", "{bagian} “{value}” stands on line {baris} already; here it is read as a new {bagian}"),
    Words("satukan barisnya bila yang dimaksud sama", "put the rows together if the same one is meant"),
)
KUNCI_DI_BAWAH_TABEL: Final = _rule(
    "136", "kunci-di-bawah-tabel", "N",
    Words("“{value}” tertulis di bawah tabel; tetap dibaca sebagai kunci", "“{value}” stands below the table; it is read as a key all the same"),
    Words("pindahkan ke atas baris judul", "move it above the heading row"),
)
BARIS_JUMLAH: Final = _rule(
    "137", "baris-jumlah", "W",
    Words("baris “{value}” dianggap jumlah dan tidak ikut dibaca: {isi}", "row “{value}” is taken for a total and is not read: {isi}"),
    Words("hapus baris itu; jumlah dihitung dari biaya tiap kegiatan", "delete the row; the total is counted from the cost of each activity"),
)
KUTIP_TIDAK_DIGANDAKAN: Final = _rule(
    "138", "kutip-tidak-digandakan", "E",
    Words("tanda kutip di dalam “{value}” tidak digandakan", "a quotation mark inside “{value}” is not doubled"),
    Words('gandakan tiap tanda kutip di dalam teks yang diapit tanda kutip, misalnya "Rapat ""inti"" unit"', 'double each quotation mark inside a quoted text, such as "Rapat ""inti"" unit"'),
)

# --- RAK2xx: what the plan says ---------------------------------------------------------------------

SASARAN_TANPA_INDIKATOR: Final = _rule(
    "201", "sasaran-tanpa-indikator", "E",
    Words("{bagian} tidak punya indikator", "{bagian} has no indicator"),
    Words("tambahkan paling sedikit satu indikator", "add at least one indicator"),
)
INDIKATOR_TANPA_KEGIATAN: Final = _rule(
    "202", "indikator-tanpa-kegiatan", "E",
    Words("{bagian} tidak punya kegiatan", "{bagian} has no activity"),
    Words("tambahkan paling sedikit satu kegiatan", "add at least one activity"),
)
TANPA_TARGET: Final = _rule(
    "203", "tanpa-target", "E",
    Words("{bagian} tidak punya target", "{bagian} has no target"),
    Words("isi target pada indikator, misalnya 100; atau pada kegiatan bila berbeda-beda", "give the indicator a target, such as 100; or its activities where they differ"),
)
KEGIATAN_TANPA_PERIODE: Final = _rule(
    "204", "kegiatan-tanpa-periode", "E",
    Words("{bagian} tidak punya {pita}", "{bagian} has no {pita}"),
    Words("tandai paling sedikit satu {pita}", "mark at least one {pita}"),
)
KEGIATAN_TANPA_BIAYA: Final = _rule(
    "205", "kegiatan-tanpa-biaya", "E",
    Words("biaya {bagian} kosong; kosong tidak berarti nihil", "the cost of {bagian} is blank; blank does not mean nil"),
    Words("isi jumlahnya; atau nihil; atau bersama, bila biayanya satu dengan kegiatan di atasnya", "give the amount; or nihil; or bersama, where it shares the amount of the activity above"),
)
KEGIATAN_TANPA_PELAKSANA: Final = _rule(
    "206", "kegiatan-tanpa-pelaksana", "E",
    Words("{bagian} tidak punya pelaksana", "{bagian} has no unit in charge"),
    Words("isi pelaksana, misalnya Sub Bagian Hukum dan SDM", "fill in pelaksana, for instance Sub Bagian Hukum dan SDM"),
)
BERSAMA_TANPA_BIAYA: Final = _rule(
    "207", "bersama-tanpa-biaya", "E",
    Words("biaya bersama, tetapi tidak ada jumlah di atasnya dalam sasaran yang sama", "shared cost, but no amount stands above it in the same goal"),
    Words("tulis jumlahnya pada kegiatan pertama, lalu bersama pada kegiatan berikutnya", "write the amount at the first activity, then bersama at those that follow"),
)
SATU_KEGIATAN: Final = _rule(
    "208", "satu-kegiatan", "E",
    Words("{bagian} punya {banyak} kegiatan, formulir {formulir} tidak memuat kolom kegiatan", "{bagian} has {banyak} activities, form {formulir} has no column for them"),
    Words("jadikan tiap kegiatan indikator tersendiri, atau pilih tata letak dengan kolom kegiatan", "make each activity an indicator of its own, or choose a layout with a column for them"),
)
DI_ATAS_PAGU: Final = _rule(
    "210", "di-atas-pagu", "W",
    Words("jumlah biaya {jumlah} di atas pagu {pagu} (selisih {selisih})", "the costs add up to {jumlah}, above the ceiling of {pagu} (by {selisih})"),
    Words("kurangi biaya kegiatan, atau perbaiki pagu", "lower the costs, or mend the ceiling"),
)
KEGIATAN_BERULANG: Final = _rule(
    "211", "kegiatan-berulang", "W",
    Words("kegiatan “{value}” sudah ada: {lain}", "activity “{value}” stands already as {lain}"),
    Words("hapus salah satunya bila tertulis dua kali", "delete one of them if it was written twice"),
)
EJAAN_BERBEDA: Final = _rule(
    "212", "ejaan-unit-berbeda", "W",
    Words("unit “{value}” juga ditulis “{lain}” ({banyak} kali)", "unit “{value}” is also written “{lain}” ({banyak}×)"),
    Words("samakan ejaannya", "use one spelling"),
)
JUMLAH_DI_BAWAH_PERSEN: Final = _rule(
    "214", "jumlah-di-bawah-persen", "W",
    Words("indikator “{value}” menghitung jumlah, tetapi targetnya dalam persen", "indicator “{value}” counts a number, but its target is in per cent"),
    Words("tulis “Persentase …”, atau beri target dengan satuannya, misalnya 2 Dokumen", "write “Persentase …”, or give the target with its unit, such as 2 Dokumen"),
)
PERSEN_DI_ATAS_SERATUS: Final = _rule(
    "215", "persen-di-atas-seratus", "W",
    Words("target {value} % di atas 100", "target {value} % is above 100"),
    Words("periksa angkanya", "check the number"),
)
DUA_TARGET: Final = _rule(
    "216", "dua-target", "N",
    Words("satu indikator punya beberapa target: {target}", "one indicator has several targets: {target}"),
    Words("biarkan bila memang berbeda tiap kegiatan", "leave it if they do differ by activity"),
)
PELAKSANA_TANPA_HURUF: Final = _rule(
    "217", "pelaksana-tanpa-huruf", "W",
    Words("pelaksana “{value}” bukan nama unit", "“{value}” is no name of a unit in charge"),
    Words("tulis nama unitnya; dalam CSV, apit jumlah yang memuat koma dengan tanda kutip ganda", "write the unit's name; in a CSV, put an amount that holds commas in double quotes"),
)
KANTOR_LAIN: Final = _rule(
    "220", "kantor-lain", "W",
    Words("{bidang} menyebut kantor lain: “{value}”", "{bidang} names another office: “{value}”"),
    Words("ganti dengan nama kantor ini; mungkin terbawa saat menyalin", "write this office's name; it may have come along in copying"),
)
TAHUN_LAIN: Final = _rule(
    "221", "tahun-lain", "W",
    Words("{bidang} menyebut tahun {value}, sedangkan rencana ini tahun {tahun}", "{bidang} names the year {value}, while this plan is for {tahun}"),
    Words("periksa apakah tahunnya tertinggal dari rencana lama", "check whether the year was left over from an older plan"),
)
TOTAL_TERLALU_BESAR: Final = _rule(
    "222", "total-terlalu-besar", "W",
    Words("jumlah biaya {jumlah} lebih dari 15 angka; Excel membulatkannya saat menghitung ulang", "the costs add up to {jumlah}, more than 15 digits; Excel rounds it when it recalculates"),
    Words("periksa jumlah nol pada biaya", "check the number of zeros in the costs"),
)
TIDAK_DICETAK: Final = _rule(
    "223", "tidak-dicetak", "N",
    Words("{bidang} diisi, tetapi formulir {formulir} tidak mencetaknya", "{bidang} is given, but form {formulir} does not print it"),
    Words("boleh dibiarkan: buku kerja menyimpannya tanpa menampilkannya; atau pilih tata letak yang memuatnya", "you may leave it: the workbook keeps it without showing it; or choose a layout that has it"),
)
PENANDATANGAN_BERLEBIH: Final = _rule(
    "224", "penandatangan-berlebih", "E",
    Words("ada {banyak} penandatangan, formulir {formulir} memuat paling banyak {muat}", "there are {banyak} signatories, form {formulir} has room for {muat}"),
    Words("kurangi penandatangan, atau pilih tata letak lain", "name fewer, or choose another layout"),
)

# --- RAK3xx: layout and page ------------------------------------------------------------------------

LAYOUT_NILAI: Final = _rule(
    "301", "tata-letak-nilai", "E",
    Words("{bidang} “{value}” tidak dapat dipakai: {alasan}", "{bidang} “{value}” cannot be used: {alasan}"),
    Words("bandingkan dengan: rak layout show kpu", "compare with: rak layout show kpu"),
)
LAYOUT_KURANG: Final = _rule(
    "302", "tata-letak-kurang", "E",
    Words("tata letak tidak punya {bidang}", "the layout has no {bidang}"),
    Words("bandingkan dengan: rak layout show kpu", "compare with: rak layout show kpu"),
)
LAYOUT_RUJUKAN: Final = _rule(
    "303", "tata-letak-rujukan", "E",
    Words("{bidang} menunjuk “{value}”, yang tidak ada di tata letak ini", "{bidang} points at “{value}”, which is not in this layout"),
    Words("yang ada: {dikenal}", "there are: {dikenal}"),
)
LAYOUT_TERLALU_LEBAR: Final = _rule(
    "304", "tata-letak-terlalu-lebar", "E",
    Words("kolom-kolom selebar {lebar} hanya muat pada skala cetak {skala} %", "columns of width {lebar} fit only at a print scale of {skala} %"),
    Words("persempit kolom sampai skala cetak paling sedikit {batas} %", "make the columns narrower until the print scale is at least {batas} %"),
)
TEKS_LEBIH_DARI_HALAMAN: Final = _rule(
    "310", "teks-lebih-dari-halaman", "E",
    Words("{bidang} terlalu panjang untuk satu halaman: perlu {perlu} baris, muat {muat}", "{bidang} is too long for one page: it needs {perlu} lines, {muat} fit"),
    Words("ringkas teks yang diawali “{value}”", "shorten the text that begins “{value}”"),
)

# --- RAK5xx: edits and merges -----------------------------------------------------------------------

SUNTINGAN_AKAN_HILANG: Final = _rule(
    "510", "suntingan-akan-hilang", "E",
    Words("“{value}” sudah berubah sejak dibuat rak; suntingannya akan hilang bila ditimpa", "“{value}” has changed since rak made it; its edits would be lost"),
    Words("bangun dengan nama lain (-o), atau pakai --force bila suntingan itu boleh hilang", "build under another name (-o), or use --force if those edits may go"),
    3,
)

# --- RAK9xx: ours -----------------------------------------------------------------------------------

KESALAHAN_KAMI: Final = _rule(
    "900", "kesalahan-kami", "E",
    Words("ini kesalahan rak sendiri: {sebab}", "this is a fault of rak itself: {sebab}"),
    Words("ulangi dengan -v, lalu laporkan keluarannya beserta berkas masukannya", "run it again with -v, then report what it prints together with the input file"),
    4,
)

RULES: Final[tuple[Rule, ...]] = tuple(_RULES.values())
"""All rules in the order of their codes."""
