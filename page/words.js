// The words of the page in both languages; findings, receipts and differences bring their own.

export const LANGUAGES = ["id", "en"];

export const WORDS = {
  skip: ["Langsung ke isi", "Skip to the content"],
  promise: [
    "Semua dikerjakan di komputer ini. Tidak ada berkas yang dikirim ke mana pun.",
    "All work is done on this computer. No file is sent anywhere.",
  ],
  language: ["Bahasa", "Language"],
  tasks: ["Pekerjaan", "Tasks"],
  progress: ["Kemajuan", "Progress"],
  cancel: ["Batalkan", "Cancel"],
  footer: [
    "Berkas Anda hanya dibaca di dalam halaman ini, dan dilupakan begitu halaman ditutup.",
    "Your files are read inside this page only, and forgotten as soon as it is closed.",
  ],
  starting: [
    "Menyiapkan halaman: biasanya 2 sampai 6 detik, di komputer lama sampai 20. Cukup sekali; berkas sudah boleh dipilih.",
    "Getting the page ready: 2 to 6 seconds as a rule, up to 20 on an old computer. Once only; files may be chosen already.",
  ],
  ready: ["Siap.", "Ready."],
  unstartable: [
    "Halaman ini tidak dapat disiapkan. Perbarui Chrome, Edge atau Firefox, lalu buka lagi.",
    "The page could not be made ready. Update Chrome, Edge or Firefox, then open it again.",
  ],
  working: ["Mengerjakan {what} …", "Working on {what} …"],
  seconds: ["{seconds} detik", "{seconds} s"],
  done: ["Selesai: {what}.", "Done: {what}."],
  cancelled: ["Dibatalkan: {what}.", "Cancelled: {what}."],
  broken: [
    "Ini kesalahan kami, bukan kesalahan berkas Anda. Berkasnya tidak berubah. Beri tahu pembuat rak-excel:",
    "This is our fault, not your file's. The file is unchanged. Please tell the makers of rak-excel:",
  ],
  begin: ["Mulai", "Begin"],
  begin_title: ["Mulai: ambil lembar isian", "Begin: get an input sheet"],
  begin_lead: [
    "Pilih formulir, unduh lembar isiannya, lalu isi dengan Excel. Setelah diisi, lanjut ke Periksa & buat.",
    "Choose a form, download its input sheet, fill it in with Excel. Then go on to Check & build.",
  ],
  which_form: ["Formulir yang mana?", "Which form?"],
  blank_sheet: ["Unduh lembar isian (Excel)", "Download the input sheet (Excel)"],
  blank_csv: ["sebagai CSV", "as CSV"],
  blank_yaml: ["sebagai YAML", "as YAML"],
  examine: ["Periksa & buat", "Check & build"],
  examine_title: [
    "Periksa isian, buat buku kerja resmi",
    "Check what was filled in, build the official workbook",
  ],
  examine_lead: [
    "Berikan lembar isian yang sudah diisi; boleh beberapa sekaligus. Semua kesalahan diberitahukan, masing-masing dengan tempat dan cara memperbaikinya.",
    "Give the input sheet that was filled in, or several at once. Every fault is told, each with its place and what to do.",
  ],
  drop_examine: ["Lembar isian, YAML, CSV, atau buku kerja", "Input sheets, YAML, CSV or workbooks"],
  bring: ["Kembalikan suntingan", "Bring edits back"],
  bring_title: ["Kembalikan suntingan ke sumbernya", "Bring the edits back into their source"],
  bring_lead: [
    "Buku kerja resmi sudah disunting di Excel? Jatuhkan buku kerja itu, dan sumber yang dulu dipakai membuatnya. Hasilnya sumber yang baru, dengan suntingan di dalamnya.",
    "Has the official workbook been edited in Excel? Drop it, and the source that it was built from. You get the source anew, with the edits in it.",
  ],
  drop_workbook: ["Buku kerja yang disunting", "The edited workbook"],
  drop_source: ["Sumbernya: lembar isian, YAML atau CSV", "Its source: input sheet, YAML or CSV"],
  source_optional: [
    "Tanpa sumber pun bisa: dibuatkan sumber baru.",
    "It works without one too: a new source is made.",
  ],
  compare: ["Bandingkan", "Compare"],
  compare_title: ["Bandingkan dua berkas", "Compare two files"],
  compare_lead: [
    "Dua berkas dari bentuk apa pun. Yang diceritakan hanya beda maknanya, dalam bahasa rencana.",
    "Two files of any form. Only what differs in meaning is told, in the words of the plan.",
  ],
  drop_before: ["Berkas lama", "The former file"],
  drop_after: ["Berkas baru", "The later file"],
  drop_hint: ["jatuhkan di sini, atau pilih", "drop it here, or choose"],
  size: [
    "{sasaran} sasaran, {kegiatan} kegiatan, jumlah {jumlah_biaya}",
    "goals: {sasaran}, activities: {kegiatan}, total: {jumlah_biaya}",
  ],
  good: ["Buku kerjanya siap diunduh.", "The workbook is ready for download."],
  heed: ["Lihat dulu peringatannya di bawah ini.", "Look at the warnings below first."],
  wrong: [
    "Ada yang perlu diperbaiki dulu; setelah itu buku kerja dapat dibuat.",
    "Something has to be mended first; then the workbook can be built.",
  ],
  counts: [
    "{errors} salah, {warnings} peringatan, {notes} catatan",
    "errors: {errors}, warnings: {warnings}, notes: {notes}",
  ],
  error: ["Harus diperbaiki", "To be mended"],
  warning: ["Periksa lagi", "To be looked at"],
  note: ["Untuk diketahui", "For your information"],
  one_error: ["salah", "error"],
  one_warning: ["peringatan", "warning"],
  one_note: ["catatan", "note"],
  more: ["Tampilkan {count} lagi", "Show {count} more"],
  show_cell: ["tunjukkan di formulir", "show in the form"],
  at_cell: ["lembar {sheet}, sel {cell}", "sheet {sheet}, cell {cell}"],
  at_line: ["baris {line}, kolom {column}", "line {line}, column {column}"],
  official: ["Unduh buku kerja resmi", "Download the official workbook"],
  marked: ["Unduh salinan bertanda", "Download the marked copy"],
  marked_hint: [
    "Salinan berkas Anda: sel yang salah diwarnai dan diberi catatan.",
    "A copy of your file: faulty cells are coloured and noted.",
  ],
  drawn: ["Formulir seperti akan tercetak", "The form as it will be printed"],
  draft: [
    "Rancangan: sel yang bertanda belum benar, dan belum dapat dicetak.",
    "A draft: the marked cells are not right yet, and cannot be printed.",
  ],
  undrawn: ["Formulirnya belum dapat digambar.", "The form cannot be drawn yet."],
  page_of: ["{sheet}, halaman {page} dari {pages}", "{sheet}, page {page} of {pages}"],
  left_out: ["{rows} baris berikutnya tidak digambar di sini.", "The next {rows} rows are not drawn here."],
  larger: ["Perbesar", "Larger"],
  smaller: ["Perkecil", "Smaller"],
  receipt: ["Yang terbaca", "What was read"],
  swapped: [
    "Kedua berkas tertukar tempatnya; sudah dibetulkan.",
    "The two files stood in each other's place; that was put right.",
  ],
  conflicts: ["Yang harus Anda pilih", "For you to choose"],
  conflicts_lead: [
    "Bagian ini berubah di buku kerja dan juga di sumber. Klik yang berlaku.",
    "These parts changed both in the workbook and in the source. Click the one that holds.",
  ],
  base: ["Semula", "Before"],
  theirs: ["Buku kerja", "Workbook"],
  ours: ["Sumber", "Source"],
  unsettled: ["Masih {count} yang belum dipilih.", "Still to be chosen: {count}."],
  merged: [
    "Suntingan sudah masuk ke sumber. Unduh, lalu ganti sumber yang lama dengannya.",
    "The edits are in the source now. Download it, and put it in place of the former one.",
  ],
  merged_same: [
    "Sumbernya sudah memuat semua itu; tidak ada yang perlu diganti.",
    "The source has all of that already; nothing needs to be replaced.",
  ],
  merged_new: [
    "Ada sumber baru dari buku kerja ini, untuk Excel atau sebagai teks.",
    "There is a new source from this workbook, for Excel or as text.",
  ],
  unmerged: [
    "Belum dapat dikembalikan. Sebabnya ada di bawah ini.",
    "It cannot be brought back yet. The reason is below.",
  ],
  download: ["Unduh {name}", "Download {name}"],
  differences: ["Yang berbeda: {count}", "What differs: {count}"],
  same: ["Tidak ada yang berbeda.", "Nothing differs."],
  uncompared: [
    "Belum dapat dibandingkan. Sebabnya ada di bawah ini.",
    "They cannot be compared yet. The reason is below.",
  ],
  whole_added: ["{name}: hanya ada di berkas baru", "{name}: in the later file only"],
  whole_removed: ["{name}: hanya ada di berkas lama", "{name}: in the former file only"],
  unreadable: [
    "{name} tidak dapat dibaca. Ini folder, atau berkasnya berubah setelah dipilih: pilih lagi.",
    "{name} cannot be read. It is a folder, or it has changed since it was chosen: choose it again.",
  ],
  remove: ["Singkirkan {name}", "Remove {name}"],
};

/** The forms in English; a layout tells of itself in Indonesian. */
const FORMS = {
  kpu: "Performance action plan of the KPU: four quarters with ticks, and costs",
  bulanan: "Schedule of twelve months with ticks, budget and person in charge",
  "dua-penandatangan": "Two signatories: Acknowledged at the left, the maker of the plan at the right",
  "dua-pita": "Performance and financial targets of each quarter, in two bands side by side",
  "kpu-tanpa-biaya": "Performance action plan of the KPU without costs: four quarters with ticks",
  opd: "Regional office: programme, activity, sub-activity and numbered columns, A4",
  "target-triwulan": "Targets of each indicator by quarter, with units, without activities and costs",
};

let language = "id";

/** Speak another language from now on. */
export function speak(wanted) {
  language = wanted;
}

export function spoken() {
  return language;
}

/** A sentence of the page, with its facts put in. */
export function say(key, facts = {}) {
  const text = WORDS[key][LANGUAGES.indexOf(language)];
  return text.replace(/\{(\w+)\}/g, (_, name) => String(facts[name]));
}

/** One of two texts as `rak_excel` gives them. */
export function told(words) {
  return words[language];
}

/** What a form is, by its name and what its layout tells of itself. */
export function formOf(name, about) {
  return (language === "en" && FORMS[name]) || about;
}
