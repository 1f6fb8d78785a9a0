"""Every rule: its code, name, severity and words.  Data only; the first digit is the floor that finds it.

RAK0xx the file, RAK1xx shape and type of a value, RAK2xx what the plan says, RAK3xx layout and page,
RAK4xx recognising a workbook, RAK5xx edits and merges, RAK6xx many plans, RAK9xx ours.
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
    Words("pakai nama yang berakhir .yaml, .yml, .csv atau .xlsx", "use a name that ends in .yaml, .yml, .csv or .xlsx"),
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
    Words("ada karakter yang bukan UTF-8 (byte {value})", "a character is not UTF-8 (byte {value})"),
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
    Words("pilih nama lain untuk keluarannya", "choose another name for the output"),
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
    Words("tulis dengan nama lain, atau pindahkan berkas itu", "write under another name, or move that file away"),
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
    Words("keluaran “{value}” tidak berakhir {akhiran}", "output “{value}” does not end in {akhiran}"),
    Words("beri nama yang berakhir {akhiran}, misalnya rencana{akhiran}", "give it a name that ends in {akhiran}, for instance rencana{akhiran}"),
    2,
)

BEBERAPA_RENCANA_DI_CSV: Final = _rule(
    "026", "beberapa-rencana-di-csv", "E",
    Words("satu CSV memuat satu rencana, sedangkan di sini ada {banyak}; “{value}” tidak ditulis", "a CSV holds one plan, but there are {banyak}; “{value}” is not written"),
    Words("tulis ke YAML, misalnya -o rencana.yaml", "write YAML, for instance -o rencana.yaml"),
    2,
)
BENTUK_TIDAK_MEMUAT: Final = _rule(
    "027", "bentuk-tidak-memuat", "E",
    Words("“{value}” tidak dapat memuat rencana ini tanpa mengubahnya: {beda}", "“{value}” cannot hold this plan without changing it: {beda}"),
    Words("simpan sebagai .yaml, dengan tata letak yang memuatnya", "save it as .yaml, with a layout that holds it"),
    2,
)
PENYANDIAN_DIGANTI: Final = _rule(
    "028", "penyandian-diganti", "N",
    Words("“{value}” ditulis sebagai UTF-8: penyandiannya semula ({dulu}) tidak memuat semua karakter yang baru", "“{value}” is written as UTF-8: the encoding it had ({dulu}) does not hold all of the new characters"),
    Words("biarkan; Excel mengenalinya dari tanda di awal berkas", "leave it; Excel knows it by the mark at the start of the file"),
)

BUKU_KERJA_KOSONG: Final = _rule(
    "030", "buku-kerja-kosong", "E",
    Words("berkas kosong (0 byte)", "the file is empty (0 bytes)"),
    Words("salin atau unduh ulang berkas itu", "copy or download the file again"),
    4,
)
BUKU_KERJA_RUSAK: Final = _rule(
    "031", "buku-kerja-rusak", "E",
    Words("buku kerja terpotong atau rusak: {sebab}", "the workbook is cut off or damaged: {sebab}"),
    Words("salin atau unduh ulang berkas itu; bila tetap rusak, buka di Excel agar diperbaiki, lalu simpan ulang", "copy or download the file again; if it stays damaged, let Excel open and repair it, then save it again"),
    4,
)
BERSANDI: Final = _rule(
    "032", "bersandi", "E",
    Words("buku kerja ini terkunci kata sandi", "this workbook is locked with a password"),
    Words("buka di Excel dengan kata sandinya, kosongkan kata sandi itu di File > Info > Proteksi Buku Kerja (Protect Workbook) > Enkripsi dengan Kata Sandi (Encrypt with Password), lalu simpan", "open it in Excel with its password, clear the password in File > Info > Protect Workbook > Encrypt with Password, then save"),
    4,
)
BENTUK_LAIN: Final = _rule(
    "033", "bentuk-lain", "E",
    Words("isinya {isi}, bukan buku kerja Excel .xlsx", "the content is {isi}, not an Excel workbook .xlsx"),
    Words("buka di Excel atau LibreOffice, lalu simpan sebagai Buku Kerja Excel (.xlsx)", "open it in Excel or LibreOffice, then save it as Excel Workbook (.xlsx)"),
    4,
)
BUKAN_BUKU_KERJA: Final = _rule(
    "034", "bukan-buku-kerja", "E",
    Words("isinya {isi}, bukan buku kerja Excel", "the content is {isi}, not an Excel workbook"),
    Words("periksa apakah ini berkas yang benar", "check whether this is the right file"),
    4,
)
TEKS_BERNAMA_XLSX: Final = _rule(
    "035", "teks-bernama-xlsx", "E",
    Words("isinya {isi}, bukan buku kerja Excel", "the content is {isi}, not an Excel workbook"),
    Words("beri nama yang berakhir {akhiran}, atau buka di Excel lalu simpan sebagai Buku Kerja Excel (.xlsx)", "give it a name that ends in {akhiran}, or open it in Excel and save it as Excel Workbook (.xlsx)"),
    4,
)
BAGIAN_HILANG: Final = _rule(
    "036", "bagian-hilang", "E",
    Words("bagian {value} tidak ada dalam buku kerja", "part {value} is missing in the workbook"),
    Words("buka di Excel atau LibreOffice, periksa isinya, lalu simpan ulang", "open it in Excel or LibreOffice, check the content, then save it again"),
    4,
)
BAGIAN_RUSAK: Final = _rule(
    "037", "bagian-rusak", "E",
    Words("bagian {bagian} rusak di baris {baris}, kolom {kolom}: {sebab}", "part {bagian} is damaged at line {baris}, column {kolom}: {sebab}"),
    Words("buka di Excel agar diperbaiki, periksa isinya, lalu simpan ulang", "let Excel open and repair it, check the content, then save it again"),
    4,
)
TEKS_SEL_HILANG: Final = _rule(
    "038", "teks-sel-hilang", "E",
    Words("{banyak} sel menunjuk teks yang tidak ada dalam buku kerja, yang pertama nomor {value}", "cells that point to texts which are not in the workbook: {banyak}, the first to number {value}"),
    Words("buka di Excel agar diperbaiki, periksa isinya, lalu simpan ulang", "let Excel open and repair it, check the content, then save it again"),
    4,
)
GAYA_SEL_HILANG: Final = _rule(
    "039", "gaya-sel-hilang", "W",
    Words("{banyak} sel memakai gaya yang tidak ada, yang pertama nomor {value}; angkanya dibaca apa adanya, bukan sebagai persen atau tanggal", "cells with styles that are not there: {banyak}, the first with number {value}; their numbers are read as they stand, not as percents or dates"),
    Words("periksa angkanya di Excel lalu simpan ulang", "check the numbers in Excel, then save it again"),
)
MELAMPAUI_BATAS: Final = _rule(
    "040", "melampaui-batas", "E",
    Words("{bagian} melampaui batas: {sebab}", "{bagian} is over the limit: {sebab}"),
    Words("pindahkan lembar rencana ke buku kerja baru, tanpa lembar dan baris yang tidak perlu", "move the plan's sheet into a new workbook, without sheets and rows that are not needed"),
    4,
)
TIPE_DOKUMEN_DITOLAK: Final = _rule(
    "041", "tipe-dokumen-ditolak", "E",
    Words("bagian {bagian} memuat <!DOCTYPE atau entitas; buku kerja yang wajar tidak memuatnya", "part {bagian} holds <!DOCTYPE or entities, which no proper workbook does"),
    Words("tanyakan dulu asal berkas ini; bila memang milik Anda, buka di Excel lalu simpan ulang", "ask first where this file comes from; if it is your own, open it in Excel and save it again"),
    4,
)
NAMA_BAGIAN_DITOLAK: Final = _rule(
    "042", "nama-bagian-ditolak", "E",
    Words("nama bagian “{value}” ditolak: {sebab}", "part name “{value}” is refused: {sebab}"),
    Words("tanyakan dulu asal berkas ini; bila memang milik Anda, buka di Excel lalu simpan ulang", "ask first where this file comes from; if it is your own, open it in Excel and save it again"),
    4,
)
SEL_RUSAK: Final = _rule(
    "043", "sel-rusak", "E",
    Words("isi lembar rusak di “{value}”: {sebab}", "the sheet is damaged at “{value}”: {sebab}"),
    Words("buka di Excel agar diperbaiki, periksa isinya, lalu simpan ulang", "let Excel open and repair it, check the content, then save it again"),
    4,
)
MAKRO_TIDAK_DIJALANKAN: Final = _rule(
    "044", "makro-tidak-dijalankan", "N",
    Words("buku kerja ini memuat makro; makro tidak dijalankan, hanya isinya yang dibaca", "this workbook holds macros; they are not run, only the content is read"),
    Words("simpan sebagai .xlsx bila makro tidak diperlukan", "save it as .xlsx where no macros are needed"),
)
LEMBAR_TIDAK_DIBACA: Final = _rule(
    "045", "lembar-tidak-dibaca", "N",
    Words("lembar tersembunyi “{value}” ({ukuran} MB) tidak dibaca", "hidden sheet “{value}” ({ukuran} MB) is not read"),
    Words("tampilkan lembar itu bila rencana ada di dalamnya", "unhide that sheet if it holds a plan"),
)
BAGIAN_TIDAK_TERTAMBAL: Final = _rule(
    "046", "bagian-tidak-tertambal", "E",
    Words("bagian {bagian} tidak dapat diubah dengan aman: {sebab}", "part {bagian} cannot be changed safely: {sebab}"),
    Words("buka di Excel atau LibreOffice, simpan ulang, lalu ulangi", "open it in Excel or LibreOffice, save it again, then try again"),
    4,
)
TIDAK_DAPAT_DITANDAI: Final = _rule(
    "047", "tidak-dapat-ditandai", "E",
    Words("“{value}” tidak dapat ditandai: --mark hanya untuk satu buku kerja Excel", "“{value}” cannot be marked: --mark is for one Excel workbook"),
    Words("tandai buku kerja satu per satu; untuk bentuk lain jalankan rak check tanpa --mark", "mark workbooks one by one; for other forms run rak check without --mark"),
    2,
)
SALINAN_SUDAH_ADA: Final = _rule(
    "048", "salinan-sudah-ada", "E",
    Words("“{value}” sudah ada: bukan buatan --mark, atau sudah disunting sejak dibuat", "“{value}” exists already: it was not made by --mark, or was edited since"),
    Words("pilih nama lain untuk --mark, atau pindahkan berkas itu", "choose another name for --mark, or move that file away"),
    2,
)
PDF_TIDAK_DIBACA: Final = _rule(
    "049", "pdf-tidak-dibaca", "E",
    Words("“{value}” adalah PDF; teks PDF tidak dibaca", "“{value}” is a PDF; the text of a PDF is not read"),
    Words("minta berkas Excel-nya, atau salin tabelnya ke lembar Excel, periksa kolomnya, dan simpan sebagai .xlsx", "ask for its Excel file, or copy the table to an Excel sheet, check its columns, and save it as .xlsx"),
    4,
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

TAHUN_DIPINDAH: Final = _rule(
    "225", "tahun-dipindah", "N",
    Words("{bidang} “{value}” menjadi “{kini}”", "{bidang} “{value}” becomes “{kini}”"),
    Words("kembalikan bila yang dimaksud memang tahun lama", "put it back where the old year was meant"),
)
TAHUN_LAMA: Final = _rule(
    "226", "tahun-lama", "W",
    Words("{bidang} masih menyebut {value}, tahun rencana yang disalin", "{bidang} still names {value}, the year of the plan that was copied"),
    Words("ganti bila tertinggal; biarkan bila memang tahun itu yang dimaksud", "change it if it was left over; leave it if that year is meant"),
)
TAHUN_DEPAN_LAMA: Final = _rule(
    "227", "tahun-depan-lama", "W",
    Words(
        "{bidang} menyebut {value}, yang di rencana lama bukan tahunnya sendiri dan kini menjadi tahun rencana ini",
        "{bidang} names {value}, which was not the old plan's own year and now is this plan's",
    ),
    Words("periksa tahun yang dimaksud: mungkin harus ikut maju", "check which year is meant: it may have to move too"),
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
TIDAK_DITEMPATKAN: Final = _rule(
    "305", "tidak-ditempatkan", "W",
    Words("“{value}” tidak ditempatkan, di tata letak hanya jadi komentar: {sebab}", "“{value}” is not placed, it is only a comment in the layout: {sebab}"),
    Words("lengkapi baris komentar itu, atau hapus", "complete that comment, or delete it"),
)
TEKS_LEBIH_DARI_HALAMAN: Final = _rule(
    "310", "teks-lebih-dari-halaman", "E",
    Words("{bidang} terlalu panjang untuk satu halaman: perlu {perlu} baris, muat {muat}", "{bidang} is too long for one page: it needs {perlu} lines, {muat} fit"),
    Words("ringkas teks yang diawali “{value}”", "shorten the text that begins “{value}”"),
)

# --- RAK4xx: recognising a workbook -------------------------------------------------------------------

TABEL_TIDAK_ADA: Final = _rule(
    "401", "tabel-tidak-ditemukan", "E",
    Words("tidak ada lembar yang memuat judul kolom sebuah rencana", "no sheet holds the headings of a plan"),
    Words("pastikan baris judul kolom ada, misalnya Sasaran, Indikator, Kegiatan, T1, Biaya, Pelaksana", "make sure that the heading row is there, such as Sasaran, Indikator, Kegiatan, T1, Biaya, Pelaksana"),
)
KOLOM_HILANG: Final = _rule(
    "402", "kolom-hilang", "E",
    Words("kolom “{kolom}” tidak ada di lembar ini; isinya tidak terbaca", "column “{kolom}” is not on this sheet; its values cannot be read"),
    Words("kembalikan kolom itu, atau beri judul “{kolom}” pada kolom yang memuatnya", "bring the column back, or head the column that holds it “{kolom}”"),
)
KOLOM_DIDUGA: Final = _rule(
    "403", "kolom-diduga", "W",
    Words("kolom “{value}” dibaca sebagai “{kolom}”: letak dan isinya cocok", "column “{value}” is read as “{kolom}”: its place and its values fit"),
    Words("bila benar, ganti judulnya menjadi “{kolom}”; bila tidak, beri judul yang jelas", "if that is right, head it “{kolom}”; if not, give it a clear heading"),
)
TATA_LETAK_LAIN: Final = _rule(
    "404", "tata-letak-lain", "N",
    Words("dibangun dengan tata letak {value}, dibaca dengan {dipakai}", "it was built with layout {value} and is read with {dipakai}"),
    Words("letakkan berkas tata letak itu di folder buku kerja, atau periksa hasil bacaannya dengan: rak show", "put the file of that layout into the workbook's folder, or check what was understood with: rak show"),
)
LEMBAR_LAIN: Final = _rule(
    "405", "lembar-lain", "N",
    Words("lembar “{value}” bukan rencana dan tidak ikut dibaca; isinya {isi}", "sheet “{value}” is no plan and is not read; it holds {isi}"),
    Words("biarkan bila memang lampiran sendiri", "leave it if it is your own attachment"),
)
LEMBAR_TERSEMBUNYI: Final = _rule(
    "406", "lembar-tersembunyi", "W",
    Words("lembar “{value}” tersembunyi dan tidak ikut dibaca; isinya {isi}", "sheet “{value}” is hidden and is not read; it holds {isi}"),
    Words("tampilkan lembar itu bila isinya bagian dari rencana", "unhide the sheet if it is a part of the plan"),
)
LEMBAR_HILANG: Final = _rule(
    "407", "lembar-hilang", "W",
    Words("rencana “{value}” ada ketika buku kerja ini dibangun, sekarang lembarnya tidak ada", "plan “{value}” was there when this workbook was built, now its sheet is gone"),
    Words("kembalikan lembar itu bila rencananya masih berlaku; bila tidak, hapus juga rencananya dari sumber", "bring the sheet back if the plan still holds; if not, delete the plan from its source too"),
)
LEMBAR_BERGANTI_NAMA: Final = _rule(
    "408", "lembar-berganti-nama", "N",
    Words("lembar “{lama}” kini bernama “{value}”; nama itu tidak disimpan karena rencana tidak memberi nama lembar", "sheet “{lama}” is now called “{value}”; the name is not kept, since the plan names no sheet"),
    Words("tulis lembar: {value} di dalam rencana bila nama itu harus tetap", "write lembar: {value} in the plan if the name is to stay"),
)
LEMBAR_BARU: Final = _rule(
    "409", "lembar-baru", "N",
    Words("lembar “{value}” belum ada ketika buku kerja ini dibangun; dibaca sebagai rencana baru", "sheet “{value}” was not there when this workbook was built; it is read as a new plan"),
    Words("hapus lembarnya bila bukan rencana", "delete the sheet if it is no plan"),
)
NILAI_DI_BAWAH_GABUNGAN: Final = _rule(
    "410", "nilai-di-bawah-gabungan", "W",
    Words("“{value}” tersembunyi di bawah sel gabungan {gabungan} dan tidak ikut dibaca", "“{value}” is hidden under the merged cell {gabungan} and is not read"),
    Words("pisahkan sel gabungan itu untuk melihatnya, lalu hapus atau pindahkan nilainya", "unmerge the cell to see it, then delete or move the value"),
)
RUMUS_BELUM_DIHITUNG: Final = _rule(
    "411", "rumus-belum-dihitung", "E",
    Words("rumus “{value}” belum pernah dihitung, jadi nilainya tidak ada", "formula “{value}” was never calculated, so it has no value"),
    Words("buka dan simpan di Excel atau LibreOffice, atau ketik nilainya", "open and save it in Excel or LibreOffice, or type the value"),
)
RUMUS_DIBACA: Final = _rule(
    "412", "rumus-dibaca-nilainya", "N",
    Words("rumus “{rumus}” dibaca menurut nilai yang tersimpan: {value}", "formula “{rumus}” is read for the value that is stored: {value}"),
    Words("ketik nilainya bila rumus itu tidak perlu", "type the value if the formula is not needed"),
)
DUA_TEMPAT_BERBEDA: Final = _rule(
    "413", "dua-tempat-berbeda", "E",
    Words("{bidang} di sini “{value}”, tetapi di {sel} “{lain}”", "{bidang} is “{value}” here, but “{lain}” in {sel}"),
    Words("samakan keduanya", "make both the same"),
)
JUMLAH_DITIMPA: Final = _rule(
    "414", "jumlah-ditimpa", "W",
    Words("jumlah yang tertulis {tertulis}, sedangkan biaya semuanya {jumlah}", "the total says {tertulis}, while the costs add up to {jumlah}"),
    Words("periksa biaya yang keliru; jumlah dihitung ulang ketika dibangun", "look for the cost that is wrong; the total is calculated again when built"),
)
SEL_TANPA_JUDUL: Final = _rule(
    "415", "sel-tanpa-judul", "W",
    Words("sel di luar kolom yang berjudul tidak ikut dibaca: {isi}", "cells outside the columns that have a heading are not read: {isi}"),
    Words("pindahkan ke kolom yang benar bila bagian dari rencana", "move them into the right column if they are a part of the plan"),
)
TEKS_DI_LUAR_TABEL: Final = _rule(
    "416", "teks-di-luar-tabel", "N",
    Words("teks di luar tabel tidak ikut dibaca: “{value}”", "text outside the table is not read: “{value}”"),
    Words("biarkan bila hanya catatan", "leave it if it is only a note"),
)
BARIS_BUKAN_KEGIATAN: Final = _rule(
    "417", "baris-bukan-kegiatan", "W",
    Words("baris ini bukan kegiatan dan tidak ikut dibaca: “{value}”", "this row is no activity and is not read: “{value}”"),
    Words("pindahkan isinya ke kolom yang benar bila bagian dari rencana", "move it into the right columns if it is a part of the plan"),
)
BARIS_DI_BAWAH_JUMLAH: Final = _rule(
    "418", "baris-di-bawah-jumlah", "W",
    Words("kegiatan “{value}” tertulis di bawah baris jumlah; tetap dibaca sebagai kegiatan terakhir", "activity “{value}” stands below the total; it is read as one of the last activities all the same"),
    Words("pindahkan ke atas baris jumlah", "move it above the total"),
)
GABUNGAN_MELINTANG: Final = _rule(
    "419", "gabungan-melintang", "E",
    Words("“{value}” di sel gabungan {gabungan} dapat berarti beberapa kolom: {kolom}", "“{value}” in the merged cell {gabungan} can mean several columns: {kolom}"),
    Words("pisahkan sel gabungan itu dan isi tiap kolomnya", "unmerge the cell and fill in each column"),
)
BARIS_TERSEMBUNYI: Final = _rule(
    "420", "baris-tersembunyi", "N",
    Words("baris {baris} tersembunyi, tetapi ikut dibaca", "hidden, but read too: rows {baris}"),
    Words("hapus barisnya bila kegiatan itu tidak berlaku lagi", "delete the rows if those activities no longer hold"),
)
KOLOM_TERSEMBUNYI: Final = _rule(
    "421", "kolom-tersembunyi", "N",
    Words("kolom {kolom} tersembunyi, tetapi ikut dibaca", "hidden, but read too: columns {kolom}"),
    Words("tampilkan kolom itu untuk memeriksa isinya", "unhide them to check what they hold"),
)
NOMOR_TIDAK_URUT: Final = _rule(
    "422", "nomor-tidak-urut", "N",
    Words("nomor sasaran tidak urut dan dinomori ulang: {isi}", "the goals are not numbered in order and are numbered again: {isi}"),
    Words("biarkan bila urutan sasarannya benar", "leave it if the order of the goals is right"),
)
DIBACA_SATU: Final = _rule(
    "423", "dibaca-satu", "N",
    Words("{bagian} “{value}” tertulis di dua sel berurutan; dibaca sebagai satu", "{bagian} “{value}” stands in two cells one below the other; it is read as one"),
    Words("gabungkan selnya bila satu; bedakan teksnya bila dua", "merge the cells if it is one; make the texts differ if they are two"),
)
SATU_TEKS_BEBERAPA_BARIS: Final = _rule(
    "424", "satu-teks-beberapa-baris", "W",
    Words("kegiatan “{value}” digabung atas beberapa baris yang isinya berbeda; tiap baris dibaca sebagai satu kegiatan", "activity “{value}” is merged over several rows that differ; each row is read as one activity"),
    Words("pisahkan selnya dan beri tiap baris teksnya sendiri", "unmerge the cell and give each row its own text"),
)
BERSAMA_DARI_DASAR: Final = _rule(
    "425", "bersama-dari-dasar", "N",
    Words("biaya kosong dibaca bersama dengan {sel}, seperti ketika dibangun", "the blank cost is read as shared with {sel}, as when it was built"),
    Words("gabungkan selnya dengan jumlah di atasnya, atau isi biayanya", "merge the cell with the amount above, or fill in the cost"),
)
SEPERTI_DI_ATAS: Final = _rule(
    "426", "seperti-di-atas", "N",
    Words("{bidang} kosong, dibaca seperti di atasnya: {dibaca}", "{bidang} is blank and read as above it: {dibaca}"),
    Words("isi {bidang} bila bukan itu", "fill in {bidang} if it is not that"),
)
IKUT_DI_ATAS: Final = _rule(
    "427", "ikut-di-atas", "W",
    Words("{bagian} kosong; kegiatan “{value}” dibaca sebagai bagian dari {bagian} di atasnya", "the {bagian} is blank; activity “{value}” is read as a part of the {bagian} above"),
    Words("isi {bagian} pada baris ini bila lain", "fill in the {bagian} on this row if it is another"),
)
CATATAN_SEL: Final = _rule(
    "428", "catatan-sel", "N",
    Words("catatan pada sel tidak ikut dibaca: {isi}", "notes on cells are not read: {isi}"),
    Words("pindahkan ke dalam rencana bila perlu", "move them into the plan where they are needed"),
)
IKUT_DI_BAWAH: Final = _rule(
    "429", "ikut-di-bawah", "W",
    Words("kegiatan “{value}” tertulis di atas {bagian} pertama; dibaca sebagai bagian dari {bagian} itu", "activity “{value}” stands above the first {bagian} and is read as a part of that {bagian}"),
    Words("gabungkan sel {bagian} sampai ke baris ini, atau pindahkan barisnya", "merge the cell of the {bagian} up to this row, or move the row"),
)
PEMBAWA_HILANG: Final = _rule(
    "430", "pembawa-hilang", "N",
    Words("yang hilang dari buku kerja ini: {apa}", "what this workbook has lost: {apa}"),
    Words("biarkan; yang tercetak tetap terbaca", "leave it; what is printed is read all the same"),
)
DASAR_RUSAK: Final = _rule(
    "431", "dasar-rusak", "N",
    Words("salinan rencana di dalam buku kerja tidak dapat dipakai: {sebab}", "the copy of the plan inside the workbook cannot be used: {sebab}"),
    Words("biarkan; yang tercetak tetap terbaca", "leave it; what is printed is read all the same"),
)
TANPA_DASAR: Final = _rule(
    "432", "tanpa-dasar", "N",
    Words("buku kerja tidak membawa rencana asalnya; yang tidak tercetak tidak terbaca: {bidang}", "the workbook does not carry the plan it was built from; what is not printed is not read: {bidang}"),
    Words("lengkapi bidang itu di dalam rencana bila perlu", "fill those fields in where the plan needs them"),
)
PENGENAL_GANDA: Final = _rule(
    "433", "pengenal-ganda", "N",
    Words("baris {baris} adalah salinan; dibaca sebagai kegiatan baru", "copied, and read as new activities: rows {baris}"),
    Words("biarkan bila memang kegiatan baru", "leave it if they are new activities"),
)
PENGENAL_TIDAK_COCOK: Final = _rule(
    "434", "pengenal-tidak-cocok", "N",
    Words("tanda pengenal baris {baris} tidak cocok dengan isinya dan tidak dipakai", "ids that do not fit what their rows hold are not used: rows {baris}"),
    Words("yang tampak itulah yang dibaca; periksa apakah sebagian kolom pernah diurutkan tanpa yang lain", "what is seen is what is read; check whether some columns were sorted without the others"),
)
LEMBAR_KEMBAR: Final = _rule(
    "435", "lembar-kembar", "W",
    Words("lembar “{value}” berjudul dan bertanda tangan sama dengan lembar “{lain}”; keduanya dibaca sebagai rencana", "sheet “{value}” has the title and signature of sheet “{lain}”; both are read as plans"),
    Words("hapus salinannya bila rencananya satu", "delete the copy if it is one plan"),
)
SUMBER_JADI_DASAR: Final = _rule(
    "436", "sumber-jadi-dasar", "W",
    Words("buku kerja tidak membawa rencana asalnya; bila berbeda dari “{value}”, yang di buku kerja berlaku", "the workbook does not carry the plan it was built from; where it differs from “{value}” the workbook holds"),
    Words("periksa daftar perbedaannya: yang diubah di “{value}” sesudah buku kerja dibangun ikut terganti", "go through the differences: what was changed in “{value}” after the workbook was built is replaced too"),
)
GAMBAR: Final = _rule(
    "437", "gambar", "N",
    Words("gambar, bagan atau bentuk tidak ikut dibaca: di {sel}", "pictures, charts and shapes are not read: at {sel}"),
    Words("pasang lagi pada buku kerja yang baru bila perlu", "put them on the new workbook again where they are needed"),
)
JUDUL_TIDAK_ADA: Final = _rule(
    "440", "judul-tidak-ada", "N",
    Words("judul tidak ditemukan di atas tabel; dipakai “{dipakai}”", "no title is found above the table; “{dipakai}” is used"),
    Words("tulis judulnya di atas tabel bila lain", "write the title above the table if it is another"),
)
PANGKAT_DIDUGA: Final = _rule(
    "441", "pangkat-diduga", "N",
    Words("“{value}” di bawah nama dibaca sebagai pangkat", "“{value}” below the name is read as the rank"),
    Words("pindahkan dari bawah nama bila bukan pangkat", "move it away from below the name if it is no rank"),
)
TEMPAT_TANGGAL_DIDUGA: Final = _rule(
    "442", "tempat-tanggal-diduga", "N",
    Words("“{value}” dibaca: {dibaca}", "“{value}” is read as {dibaca}"),
    Words("periksa dengan: rak show", "check it with: rak show"),
)
UNIT_TANPA_LABEL: Final = _rule(
    "443", "unit-tanpa-label", "N",
    Words("baris judul “{value}” dibaca sebagai unit", "the title line “{value}” is read as the unit"),
    Words("tulis “Unit Kerja : …” bila unitnya lain", "write “Unit Kerja : …” if the unit is another"),
)
DAFTAR_LAIN: Final = _rule(
    "444", "daftar-lain", "W",
    Words("di bawah tabel ada daftar lain, tidak ikut dibaca: {isi}", "below the table stands another list, which is not read: {isi}"),
    Words("pindahkan isinya ke kolom tabel bila bagian dari rencana", "move it into the table's columns if it is a part of the plan"),
)
PITA_BERISI_NILAI: Final = _rule(
    "445", "pita-berisi-nilai", "W",
    Words("kolom “{kolom}” berisi nilai dan dibaca sebagai nilai, sedang tata letak {layout} mencetak centang", "column “{kolom}” holds values and is read as values, but layout {layout} prints ticks"),
    Words("pakai tata letak yang mencetak nilai, atau buat sendiri: rak layout new NAMA --from BERKAS.xlsx", "use a layout that prints values, or make your own: rak layout new NAME --from FILE.xlsx"),
)
JUMLAH_TANPA_BIAYA: Final = _rule(
    "446", "jumlah-tanpa-biaya", "W",
    Words("baris “{value}” tidak menjumlahkan apa pun: kolom Perkiraan Biaya atau Anggaran tidak ada", "row “{value}” sums nothing: there is no column of costs"),
    Words("kembalikan kolom biayanya bila pernah ada, atau hapus baris itu", "bring back the column of costs if there was one, or delete the row"),
)
SEL_GALAT: Final = _rule(
    "450", "sel-galat", "E",
    Words("{bidang} berisi galat Excel {value}", "{bidang} holds Excel's error {value}"),
    Words("ketik ulang nilainya", "type the value again"),
)
SEL_TANGGAL: Final = _rule(
    "451", "sel-tanggal", "E",
    Words("{bidang} tersimpan sebagai tanggal {value}; yang diketik sudah diubah Excel", "{bidang} is stored as the date {value}; Excel has changed what was typed"),
    Words("ketik ulang sebagai teks, diawali tanda petik satu", "type it again as text, with an apostrophe first"),
)
SEL_LOGIKA: Final = _rule(
    "452", "sel-logika", "E",
    Words("{bidang} berisi nilai logika {value}", "{bidang} holds the logical value {value}"),
    Words("ketik ulang sebagai teks", "type it again as text"),
)
TANGGAL_DIBACA: Final = _rule(
    "453", "tanggal-dibaca", "N",
    Words("{bidang} tersimpan sebagai tanggal {value}, dibaca “{dibaca}”", "{bidang} is stored as the date {value} and is read as “{dibaca}”"),
    Words("biarkan bila benar", "leave it if that is right"),
)

# --- RAK5xx: edits and merges -----------------------------------------------------------------------

BERUBAH_DI_DUA_TEMPAT: Final = _rule(
    "501", "berubah-di-dua-tempat", "E",
    Words("{bidang} {bagian} berubah di dua tempat: semula {base}, di sumber {ours}, di buku kerja {theirs}", "{bidang} of {bagian} changed in two places: it was {base}, is {ours} in the source and {theirs} in the workbook"),
    Words("samakan keduanya, atau pilih salah satu lewat --conflicts KONFLIK.xlsx lalu --resolve KONFLIK.xlsx", "make both the same, or choose one with --conflicts KONFLIK.xlsx and then --resolve KONFLIK.xlsx"),
    3,
)
BERUBAH_DAN_DIHAPUS: Final = _rule(
    "502", "berubah-dan-dihapus", "E",
    Words("{bagian} dihapus di {penghapus}, tetapi di {pengubah} berubah: {ubahan}", "{bagian} was deleted in {penghapus}, but changed in {pengubah}: {ubahan}"),
    Words("hapus atau pertahankan di keduanya, atau pilih lewat --conflicts KONFLIK.xlsx lalu --resolve KONFLIK.xlsx", "delete or keep it in both, or choose with --conflicts KONFLIK.xlsx and then --resolve KONFLIK.xlsx"),
    3,
)
DIPINDAH_KE_DUA_TEMPAT: Final = _rule(
    "503", "dipindah-ke-dua-tempat", "E",
    Words("{bagian} dipindah ke dua tempat: di sumber ke bawah {ours}, di buku kerja ke bawah {theirs}", "{bagian} was moved to two places: below {ours} in the source, below {theirs} in the workbook"),
    Words("letakkan di tempat yang sama, atau pilih lewat --conflicts KONFLIK.xlsx lalu --resolve KONFLIK.xlsx", "put it at the same place, or choose with --conflicts KONFLIK.xlsx and then --resolve KONFLIK.xlsx"),
    3,
)
BIAYA_BERSAMA_PUTUS: Final = _rule(
    "504", "biaya-bersama-putus", "E",
    Words("biaya {bagian} akan berubah arti bila kedua suntingan digabung: di sumber {ours}, di buku kerja {theirs}", "the cost of {bagian} would change its meaning with both edits: it is {ours} in the source, {theirs} in the workbook"),
    Words("tulis jumlahnya sendiri pada kegiatan itu, atau pilih susunan dan biaya salah satu sisi untuk seluruh sasaran lewat --conflicts lalu --resolve", "give that activity an amount of its own, or choose one side's rows and costs for the whole goal with --conflicts and then --resolve"),
    3,
)
URUTAN_BERTENTANGAN: Final = _rule(
    "505", "urutan-bertentangan", "E",
    Words("urutan {isi} di bawah {bagian} diubah di sumber dan di buku kerja, dan keduanya bertentangan", "the order of the {isi} below {bagian} was changed in the source and in the workbook, and the two contradict each other"),
    Words("samakan urutannya, atau pilih lewat --conflicts KONFLIK.xlsx lalu --resolve KONFLIK.xlsx", "use the same order in both, or choose with --conflicts KONFLIK.xlsx and then --resolve KONFLIK.xlsx"),
    3,
)
DITAMBAH_BERBEDA: Final = _rule(
    "506", "ditambah-berbeda", "E",
    Words("{bagian} ditambahkan di sumber dan di buku kerja, tetapi {bidang} berbeda: {ours} dan {theirs}", "{bagian} was added in the source and in the workbook, but {bidang} differs: {ours} and {theirs}"),
    Words("samakan isinya; bila memang dua kegiatan, bedakan uraiannya; atau pilih lewat --conflicts lalu --resolve", "make them equal; if two activities are meant, give them different texts; or choose with --conflicts and then --resolve"),
    3,
)
KOLOM_DIHAPUS_DAN_DIISI: Final = _rule(
    "507", "kolom-dihapus-dan-diisi", "E",
    Words("kolom {bidang} dihapus di {penghapus}, tetapi di {pengubah} isinya berubah: {ubahan}", "the column of {bidang} was deleted in {penghapus}, but its cells changed in {pengubah}: {ubahan}"),
    Words("kembalikan kolom itu, atau pilih lewat --conflicts KONFLIK.xlsx lalu --resolve KONFLIK.xlsx", "put the column back, or choose with --conflicts KONFLIK.xlsx and then --resolve KONFLIK.xlsx"),
    3,
)
PILIHAN_USANG: Final = _rule(
    "508", "pilihan-usang", "E",
    Words("pilihan “{value}” tidak cocok lagi: konflik itu sudah tidak ada, atau isinya berubah sejak ditulis", "choice “{value}” no longer fits: the conflict is gone, or has changed since it was written"),
    Words("tulis ulang dengan --conflicts, lalu pilih lagi", "write it again with --conflicts, then choose again"),
    3,
)
PILIHAN_TIDAK_DIKENAL: Final = _rule(
    "509", "pilihan-tidak-dikenal", "E",
    Words("pilihan “{value}” kosong atau tidak dikenal", "choice “{value}” is blank or not known"),
    Words("pilih “sumber” atau “buku kerja” dari daftar di sel itu", "choose “source” or “workbook” from the list in that cell"),
    3,
)
SUNTINGAN_AKAN_HILANG: Final = _rule(
    "510", "suntingan-akan-hilang", "E",
    Words("“{value}” sudah berubah sejak dibuat rak; suntingannya akan hilang bila ditimpa", "“{value}” has changed since rak made it; its edits would be lost"),
    Words("masukkan suntingannya dulu: {perintah}; atau bangun dengan nama lain (-o), atau dengan --force bila boleh hilang", "bring the edits in first: {perintah}; or build under another name (-o), or with --force if they may go"),
    3,
)

BERUBAH_SEJAK_KONFLIK: Final = _rule(
    "511", "berubah-sejak-konflik", "E",
    Words("“{value}” sudah berubah sejak lembar konfliknya ditulis; tidak ada yang ditulis", "“{value}” has changed since its sheet of conflicts was written; nothing is written"),
    Words("tulis lembar konflik baru dengan --conflicts, lalu pilih lagi", "write a new sheet of conflicts with --conflicts, then choose again"),
    3,
)
BUKAN_LEMBAR_KONFLIK: Final = _rule(
    "512", "bukan-lembar-konflik", "E",
    Words("“{value}” bukan lembar konflik buatan rak", "“{value}” is no sheet of conflicts made by rak"),
    Words("sebut berkas yang ditulis dengan --conflicts", "name the file that --conflicts wrote"),
    2,
)

ISI_LUAR_AKAN_HILANG: Final = _rule(
    "513", "isi-luar-akan-hilang", "E",
    Words("“{value}” memuat isi di luar rencana yang akan hilang bila ditimpa: {isi}", "“{value}” holds what is no part of the plan and would be lost: {isi}"),
    Words("bangun dengan nama lain (-o), atau dengan --force bila isi itu boleh hilang", "build under another name (-o), or with --force if it may go"),
    3,
)
TAMPILAN_HILANG: Final = _rule(
    "514", "tampilan-diganti", "N",
    Words("“{value}” pernah disimpan ulang; isinya sudah ada di sumber, tetapi tampilan yang diubah dengan tangan tidak dipertahankan", "“{value}” was saved again since; its content is in the source already, but looks that were changed by hand are not kept"),
    Words("biarkan; bila tampilan itu diperlukan, bangun dengan nama lain (-o)", "leave it; if those looks are needed, build under another name (-o)"),
)
RUMUS_DIGANTI: Final = _rule(
    "515", "rumus-diganti", "W",
    Words("rumus “{rumus}” diganti dengan nilainya: {isi}", "formula “{rumus}” is replaced by its value: {isi}"),
    Words("tulis lagi rumusnya bila masih perlu", "type the formula again if it is still needed"),
)
IKUT_BARIS: Final = _rule(
    "516", "ikut-baris", "N",
    Words("yang ikut pindah bersama barisnya: {isi}", "what moves along with its row: {isi}"),
    Words("biarkan; periksa letaknya sesudah ditulis", "leave it; look where it stands once it is written"),
)
LEPAS_DARI_BARIS: Final = _rule(
    "517", "lepas-dari-baris", "W",
    Words("yang tidak dapat dipertahankan karena barisnya dihapus atau berubah letak: {isi}", "what cannot be kept, since its row goes or changes its place: {isi}"),
    Words("bila masih perlu, salin lagi dari berkas lama (.bak)", "if it is still needed, copy it from the former file (.bak)"),
)
RENCANA_TANPA_LEMBAR: Final = _rule(
    "518", "rencana-tanpa-lembar", "E",
    Words("{rencana} belum punya lembar isian di “{value}”", "{rencana} has no input sheet in “{value}” yet"),
    Words(
        "salin satu lembar isian di berkas itu, isi unit dan penandatangannya, lalu ulangi; atau tulis semuanya ke berkas baru (-o)",
        "copy an input sheet in that file, fill in its unit and signatory, then try again; or write all to a new file (-o)",
    ),
    2,
)
BIDANG_TANPA_SEL: Final = _rule(
    "519", "bidang-tanpa-sel", "E",
    Words("{bidang} “{value}” tidak punya sel di lembar ini", "{bidang} “{value}” has no cell on this sheet"),
    Words("tulis labelnya di atas tabel dengan satu sel kosong di kanannya, lalu ulangi", "type its label above the table, with a blank cell to the right of it, then try again"),
)

TANDA_TIDAK_COCOK: Final = _rule(
    "520", "tanda-baris-tidak-cocok", "N",
    Words("tanda pengenal baris ini milik {lain}, tetapi isinya tidak cocok; yang dipakai isi yang terlihat", "the id of this row belongs to {lain}, but its content does not fit; what can be seen is used"),
    Words("biarkan; periksa ringkasan perubahan bila sebagian kolom pernah diurutkan", "leave it; look at the summary of changes if only some columns were sorted"),
)
RENCANA_SUDAH_DIHAPUS: Final = _rule(
    "521", "rencana-sudah-dihapus", "N",
    Words("{rencana} sudah tidak ada di sumber dan tidak berubah di buku kerja; tidak dimasukkan lagi", "{rencana} is no longer in the source and did not change in the workbook; it is not brought back"),
    Words("biarkan bila memang dihapus; bila masih berlaku, tulis ke berkas baru dengan -o dan salin dari sana", "leave it if it was deleted on purpose; if it still holds, write it to a new file with -o and copy it from there"),
)

# --- RAK60x: many plans -----------------------------------------------------------------------------

SALINAN: Final = _rule(
    "601", "salinan", "N",
    Words("isinya sama dengan {lain}; rencana ini dihitung sekali", "its content is the same as that of {lain}; this plan is counted once"),
    Words("biarkan, atau hapus salah satunya", "leave it, or delete one of the two"),
)
DIGANTIKAN: Final = _rule(
    "602", "digantikan", "N",
    Words("sudah digantikan {lain}, yang dibuat dari rencana ini lalu disunting", "it is superseded by {lain}, which was made from this plan and then edited"),
    Words("biarkan; bila justru rencana ini yang berlaku, kecualikan yang lain: {perintah}", "leave it; if this plan is the one that holds, exclude the other: {perintah}"),
)
PERLU_DIPILIH: Final = _rule(
    "603", "perlu-dipilih", "E",
    Words("ada {banyak} versi rencana “{value}” ({jabatan}, {tahun}), tidak jelas mana yang berlaku, jadi tidak ada yang dihitung: {berkas}", "there are {banyak} versions of the plan of “{value}” ({jabatan}, {tahun}), which of them holds is not clear, so none is counted: {berkas}"),
    Words("kecualikan yang tidak berlaku, misalnya {perintah}; bila semuanya berlaku, bedakan unit atau jabatannya", "exclude what does not hold, for instance {perintah}; if all of them do, give them different units or positions"),
)
TAHUN_TIDAK_DIHITUNG: Final = _rule(
    "604", "tahun-tidak-dihitung", "W",
    Words("rencana ini untuk tahun {value}, rekapitulasinya untuk {tahun}; tidak dihitung", "this plan is for {value}, the recapitulation is for {tahun}; it is not counted"),
    Words("perbaiki tahunnya, atau kecualikan berkas itu dengan --exclude", "correct its year, or exclude the file with --exclude"),
)
TAHUN_SERI: Final = _rule(
    "605", "tahun-seri", "E",
    Words("rencana tahun {lain} sama banyaknya dengan rencana tahun {tahun}; yang dihitung {tahun}, karena terbaru", "there are as many plans of {lain} as of {tahun}; {tahun} is counted, since it is the newest"),
    Words("kecualikan rencana tahun yang lain dengan --exclude", "exclude the plans of the other year with --exclude"),
)
BELUM_MASUK: Final = _rule(
    "606", "belum-masuk", "E",
    Words("unit “{value}” belum masuk rekapitulasi: {sebab}", "unit “{value}” is not in the recapitulation yet: {sebab}"),
    Words("minta rencananya atau perbaiki yang salah; bila unit itu memang tidak ada, hapus dari {daftar}", "ask for its plan or mend what is wrong; if there is no such unit, delete it from {daftar}"),
)
DI_LUAR_DAFTAR: Final = _rule(
    "607", "di-luar-daftar", "W",
    Words("unit “{value}” tidak ada di {daftar}; rencananya dihitung juga", "unit “{value}” is not in {daftar}; its plans are counted all the same"),
    Words("tambahkan unit itu ke {daftar}, atau kecualikan berkasnya dengan --exclude", "add the unit to {daftar}, or exclude its file with --exclude"),
)
EJAAN_UNIT: Final = _rule(
    "608", "ejaan-unit", "N",
    Words("unit “{value}” ditulis juga {ejaan}; semuanya dijadikan satu unit", "unit “{value}” is also written {ejaan}; all of them are one unit"),
    Words("biarkan bila memang satu kantor; bila bukan, bedakan namanya", "leave it if they are one office; if not, give them different names"),
)
NAMA_BERKAS_SAMA: Final = _rule(
    "610", "nama-berkas-sama", "N",
    Words("berkas bernama “{value}” ada juga di {lain}", "there is a file named “{value}” in {lain} too"),
    Words("biarkan; bila tertukar, beri nama yang berbeda", "leave it; if they are mixed up, give them different names"),
)
POLA_TANPA_BERKAS: Final = _rule(
    "611", "pola-tanpa-berkas", "W",
    Words("pola “{value}” tidak mengecualikan satu berkas pun", "pattern “{value}” excludes no file"),
    Words('periksa tulisannya; polanya dicocokkan dengan nama berkas, misalnya --exclude "*lama*"', 'check its spelling; it is compared with names of files, for instance --exclude "*old*"'),
)
DAFTAR_TANPA_UNIT: Final = _rule(
    "612", "daftar-tanpa-unit", "E",
    Words("daftar unit ini tidak punya kolom berjudul “unit”", "this list of units has no column headed “unit”"),
    Words("daftarnya berkas CSV: tulis “unit” di baris pertama, lalu satu nama unit di setiap baris di bawahnya", "the list is a CSV: write “unit” in the first line, and the name of one unit in every line below it"),
    2,
)
UNIT_KOSONG: Final = _rule(
    "613", "unit-kosong", "W",
    Words("baris ini tidak menyebut unit; baris ini dilewati", "this line names no unit; it is passed over"),
    Words("tulis nama unitnya, atau hapus baris itu", "write the name of the unit, or delete the line"),
)
UNIT_BERULANG: Final = _rule(
    "614", "unit-berulang", "W",
    Words("unit “{value}” sudah disebut di baris {baris}; dihitung sekali", "unit “{value}” was named in line {baris} already; it is counted once"),
    Words("hapus salah satu barisnya", "delete one of the lines"),
)
ANGGARAN_BERBEDA: Final = _rule(
    "615", "anggaran-berbeda", "W",
    Words("anggaran triwulan {bagian} berjumlah {anggaran}, biayanya {biaya}; biaya per triwulan dibagi menurut jadwal", "the quarterly budget of {bagian} comes to {anggaran}, its cost is {biaya}; the cost a quarter follows the schedule"),
    Words("samakan jumlah anggaran triwulannya dengan biaya", "make the quarterly budget add up to the cost"),
)
TIDAK_ADA_YANG_DIHITUNG: Final = _rule(
    "616", "tidak-ada-yang-dihitung", "E",
    Words("dari {banyak} berkas tidak ada rencana yang dapat dihitung", "none of {banyak} file(s) holds a plan that can be counted"),
    Words("perbaiki berkasnya; sebabnya tersebut untuk setiap berkas, juga di lembar “Berkas”", "mend the files; the reason is told for each of them, on the sheet “Berkas” too"),
)
KELUARAN_REKAP: Final = _rule(
    "617", "keluaran-rekap", "E",
    Words("bentuk rekapitulasi “{value}” tidak dikenal", "the form of recapitulation “{value}” is not known"),
    Words("beri nama yang berakhir .xlsx, .parquet, .csv atau .json", "give it a name that ends in .xlsx, .parquet, .csv or .json"),
    2,
)
REKAP_DISUNTING: Final = _rule(
    "618", "rekap-disunting", "E",
    Words("“{value}” sudah disunting sejak dibuat rak; suntingannya akan hilang bila ditimpa", "“{value}” was edited since rak made it; its edits would be lost"),
    Words("tulis dengan nama lain, atau pindahkan berkas itu", "write under another name, or move that file away"),
    3,
)
WILAYAH_TIDAK_PASTI: Final = _rule(
    "619", "wilayah-tidak-pasti", "N",
    Words("wilayah unit “{value}” tidak pasti; unit ini dihitung menurut tulisannya saja", "the region of unit “{value}” is not certain; it is counted by its text alone"),
    Words("tulis tingkatnya, misalnya KPU Kabupaten Bandung atau KPU Kota Bandung", "write its level, for instance KPU Kabupaten Bandung or KPU Kota Bandung"),
)
BUKAN_REKAP: Final = _rule(
    "620", "bukan-rekap", "E",
    Words("“{value}” bukan rekapitulasi buatan rak, tidak ditimpa", "“{value}” is no recapitulation made by rak and is not overwritten"),
    Words("tulis dengan nama lain, atau pindahkan berkas itu", "write under another name, or move that file away"),
    2,
)

# --- RAK63x: many files -----------------------------------------------------------------------------

SIMPANAN_RUSAK: Final = _rule(
    "630", "simpanan-rusak", "N",
    Words("simpanan “{value}” rusak; berkas dibaca lagi dan disimpan dari awal", "the cache “{value}” is damaged; files are read again and kept anew"),
    Words("biarkan; bila terulang, periksa media penyimpannya", "leave it; if it happens again, check the disk"),
)
SIMPANAN_LAIN_VERSI: Final = _rule(
    "631", "simpanan-lain-versi", "N",
    Words("simpanan “{value}” dibuat rak versi lain; isinya dikosongkan", "the cache “{value}” was made by another version of rak; it is emptied"),
    Words("biarkan; berkas dibaca lagi sekali", "leave it; files are read once more"),
)
SIMPANAN_TIDAK_DIPAKAI: Final = _rule(
    "632", "simpanan-tidak-dipakai", "W",
    Words("simpanan “{value}” tidak dipakai: {sebab}; hasilnya sama, tetapi lain kali semua berkas dibaca lagi", "the cache “{value}” is not used: {sebab}; the result is the same, but next time every file is read again"),
    Words("perbaiki sebabnya, sebut folder lain di RAK_CACHE, atau pakai --no-cache", "remove the cause, name another folder in RAK_CACHE, or use --no-cache"),
)
BERKAS_MENGHENTIKAN: Final = _rule(
    "633", "berkas-menghentikan", "E",
    Words("program yang membaca berkas ini berhenti dua kali tanpa jawaban", "the program that reads this file ended twice without an answer"),
    Words("periksa berkas ini tersendiri dengan rak check; mungkin memorinya tidak cukup", "check this file alone with rak check; the memory may be too small"),
    4,
)
SEMENTARA_DI_MEMORI: Final = _rule(
    "634", "sementara-di-memori", "N",
    Words("hasil sementara tidak muat di media penyimpan dan tetap di memori: {sebab}", "what is worked out does not fit on the disk and stays in memory: {sebab}"),
    Words("biarkan; sediakan ruang di folder sementara bila memorinya kurang", "leave it; make room in the temporary folder if memory runs short"),
)

# --- RAK64x: the recapitulation as a workbook -------------------------------------------------------

REKAP_BUKAN_RENCANA: Final = _rule(
    "640", "rekap-bukan-rencana", "E",
    Words("ini rekapitulasi atau laporan temuan buatan rak, bukan rencana", "this is a recapitulation or a report of findings made by rak, and no plan"),
    Words("sebut berkas rencananya; bila rekapitulasi perlu diubah, perbaiki rencananya lalu jalankan rak consolidate lagi", "name the files of the plans; to change a recapitulation, mend the plans and run rak consolidate again"),
)
LEBIH_DARI_LEMBAR: Final = _rule(
    "641", "lebih-dari-lembar", "E",
    Words("lembar {lembar} perlu {banyak} baris, padahal lembar Excel hanya memuat {batas}; tidak ada yang ditulis", "sheet {lembar} needs {banyak} rows, but a sheet of Excel holds {batas}; nothing is written"),
    Words("tulis sebagai rekap.parquet atau rekap.csv, atau buat satu rekapitulasi untuk tiap provinsi", "write rekap.parquet or rekap.csv, or make one recapitulation for each province"),
    4,
)
LEBIH_DARI_15_ANGKA: Final = _rule(
    "642", "lebih-dari-15-angka", "W",
    Words("{banyak} bilangan lebih panjang dari 15 angka, yang pertama {value} di {sel}; Excel membulatkannya", "{banyak} numbers have more than 15 digits, the first is {value} in {sel}; Excel rounds them"),
    Words("periksa apakah biaya sebesar itu benar; jumlah yang tepat ada di rekap.json, rekap.csv, dan rekap.parquet", "check whether such a cost is right; exact amounts are in rekap.json, rekap.csv and rekap.parquet"),
)
TEKS_DIPOTONG: Final = _rule(
    "643", "teks-dipotong", "W",
    Words("{banyak} teks lebih panjang daripada isi satu sel Excel ({batas} karakter), yang pertama di {sel}; di sana teksnya dipotong", "{banyak} texts are longer than a cell of Excel holds ({batas} characters), the first in {sel}; they are cut there"),
    Words("ringkaskan teksnya di rencana; teks utuh ada di rekap.json, rekap.csv, dan rekap.parquet", "shorten the text in the plan; the whole text is in rekap.json, rekap.csv and rekap.parquet"),
)

# --- RAK65x: the recapitulation for programs --------------------------------------------------------

TANPA_PYARROW: Final = _rule(
    "651", "tanpa-pyarrow", "E",
    Words("Parquet perlu pyarrow, yang belum terpasang", "Parquet needs pyarrow, which is not installed"),
    Words('pasang dengan: pip install "rak-excel[parquet]"; atau tulis rekap.csv atau rekap.json', 'install it with: pip install "rak-excel[parquet]"; or write rekap.csv or rekap.json'),
    2,
)
RUPIAH_DI_ATAS_64_BIT: Final = _rule(
    "652", "rupiah-di-atas-64-bit", "E",
    Words("{kolom} {value} melebihi bilangan bulat 64 bit (9.223.372.036.854.775.807); tidak ada yang ditulis", "{kolom} {value} is beyond 64-bit integers (9,223,372,036,854,775,807); nothing is written"),
    Words("periksa apakah biaya sebesar itu benar; rekap.csv dan rekap.json memuat bilangan sebesar apa pun", "check whether such a cost is right; rekap.csv and rekap.json hold numbers of any size"),
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
