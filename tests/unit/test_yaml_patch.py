"""What changed in a plan is written into its author's YAML as the author would write it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from rak_excel.files import yaml_text
from rak_excel.files.yaml_patch import patch
from rak_excel.plan.canonical import from_json, to_json
from rak_excel.plan.codec import decode
from rak_excel.plan.merge import merge
from rak_excel.plan.model import Band, Form, Plan

if TYPE_CHECKING:
    from collections.abc import Callable

FORM = Form("kpu", frozenset({"kegiatan.uraian", "kegiatan.biaya"}), ())
HEAD = "rak: 1\ntahun: 2024\nunit: KPU Kabupaten Contoh\n"
FOOT = "penandatangan:\n  jabatan: Ketua\n  nama: SARJANI\n"


def plans(text: str) -> list[Plan]:
    found = yaml_text.read(text.encode())
    assert found.findings == ()
    return [decode(root, FORM).plan for root in found.roots]


def patched(text: str, edit: Callable[[Any], object], document: int = 0) -> str:
    """The text after somebody edited its plan, told as the JSON that scripts read."""
    ours = plans(text)
    told = to_json((ours[document],))
    edit(told["plans"][0])
    (theirs,) = from_json(told)
    theirs = replace(theirs, lembar=ours[document].lembar, tata_letak=ours[document].tata_letak)
    merged = merge(ours[document], ours[document], theirs)
    after = patch(text, document, ours[document], merged.plan, merged.sources)
    assert plans(after) == [*ours[:document], merged.plan, *ours[document + 1 :]]
    return after


def whole(below: str) -> str:
    """A plan with these lines as the kegiatan of its only indikator."""
    lines = "".join(f"          {line}\n" if line else "\n" for line in below.splitlines())
    indikator = (
        "  - uraian: Satu\n    indikator:\n      - uraian: Persen\n        target: 100\n        kegiatan:\n"
    )
    return f"{HEAD}sasaran:\n{indikator}{lines}{FOOT}"


def kegiatan(plan: Any) -> Any:
    return plan["sasaran"][0]["indikator"][0]["kegiatan"]


def lines_of(text: str) -> str:
    """What stands below `kegiatan:` in such a plan."""
    _, _, below = text.partition("kegiatan:\n")
    below = below.removesuffix(FOOT)
    return "".join(line.removeprefix("          ") for line in below.splitlines(keepends=True))


def edited(below: str, edit: Callable[[Any], object]) -> str:
    """The lines of the kegiatan after somebody edited them."""
    return lines_of(patched(whole(below), lambda plan: edit(kegiatan(plan))))


# --- values --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ("5000000", "7500000"),
        ("5.000.000", "7.500.000"),
        ("Rp 5.000.000", "Rp 7.500.000"),
        ("'Rp. 5.000.000,-'", "'Rp. 7.500.000,-'"),
        ('"5.000.000"   # DIPA', '"7.500.000"   # DIPA'),
        ("5,000,000", "7.500.000"),
        ("nihil", "7.500.000"),
        ('"-"', '"7.500.000"'),
        ("|-\n    5000000", "|-\n    7500000"),
    ],
)
def test_an_amount_is_written_as_its_author_writes_amounts(written: str, after: str) -> None:
    before = f"- uraian: Rapat\n  biaya: {written}\n  pelaksana: Divisi\n"

    assert edited(before, lambda rows: rows[0].update(biaya=7500000)) == before.replace(written, after)


@pytest.mark.parametrize(("word", "after"), [("nihil", "nihil"), ('"-"', '"-"'), ("Nihil", "Nihil")])
def test_a_cost_that_is_nil_gets_the_word_of_the_others(word: str, after: str) -> None:
    before = f"- uraian: Rapat\n  biaya: {word}\n- uraian: Bimtek\n  biaya: 5000\n"

    assert edited(before, lambda rows: rows[1].update(biaya=None)) == before.replace("5000", after)


def test_a_shared_cost_is_written_as_a_word() -> None:
    before = "- uraian: Rapat\n  biaya: 500\n- uraian: Bimtek\n  biaya: 5000\n"

    assert edited(before, lambda rows: rows[1].update(biaya="bersama")) == before.replace("5000", "bersama")


@pytest.mark.parametrize(
    ("written", "value", "after"),
    [
        ("Rapat", "Rapat kerja", "Rapat kerja"),
        ("Rapat", "Rapat: kerja", '"Rapat: kerja"'),
        ("'Rapat'", "Hari Jum'at", "'Hari Jum''at'"),
        ("'Rapat'", "dua\nbaris", '"dua\\nbaris"'),
        ('"Rapat"', "Rapat kerja", '"Rapat kerja"'),
        ('"Rapat"', 'sebuah "kutip" \\', '"sebuah \\"kutip\\" \\\\"'),
        ("|\n    Rapat", "dua\nbaris", "|\n    dua\n    baris"),
        (">-\n    Rapat\n    lagi", "dua\nbaris", ">-\n    dua\n\n    baris"),
        (">-\n    Rapat", "dua\n  baris", '"dua\\n  baris"'),
        ("Rapat\n    lagi # akhir", "Rapat", "Rapat # akhir"),
    ],
)
def test_a_text_keeps_its_quotation_marks_unless_they_would_change_it(
    written: str, value: str, after: str
) -> None:
    before = f"- uraian: {written}\n  biaya: 5000\n"

    assert edited(before, lambda rows: rows[0].update(uraian=value)) == before.replace(written, after)


@pytest.mark.parametrize(
    ("written", "after"), [("100", "89,5"), ("90.25", "89.5"), ("90,25 %", "89,5 %"), ("'B'", "'89,5'")]
)
def test_a_target_keeps_the_decimal_sign_of_its_author(written: str, after: str) -> None:
    before = f"- uraian: Rapat\n  target: {written}\n  biaya: 5000\n- uraian: Bimtek\n"

    assert edited(before, lambda rows: rows[0].update(target="89.5")) == before.replace(written, after)


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ("[1, 2]", "[2, 3, 4]"),
        ("[ T1, T2 ]  # rencana", "[ T2, T3, T4 ]  # rencana"),
        ("T1 T2", "T2 T3 T4"),
        ("1-2", "2-4"),
        ("TW I, TW II", "TW II, TW III, TW IV"),
        ("{1: x, 2: x, 3: tidak, 4: tidak}", "{1: tidak, 2: x, 3: x, 4: x}"),
        ("{T1: 1, T2: 1}", "{T2: 1, T3: 1, T4: 1}"),
        ("\n    - 1  # satu\n    - 2  # dua", "\n    - 2  # dua\n    - 3\n    - 4"),
        ("\n    1: √\n    2: √\n    4:", "\n    2: √\n    3: √\n    4: √"),
    ],
)
def test_ticks_keep_the_form_of_a_list_of_words_or_of_a_mapping(written: str, after: str) -> None:
    before = f"- uraian: Rapat\n  triwulan: {written}\n  biaya: 5000\n"

    edit = {"triwulan": [False, True, True, True]}
    assert edited(before, lambda rows: rows[0].update(edit)) == before.replace(written, after)


@pytest.mark.parametrize("written", ["[1, 2]", "T1", "\n    - 1", "{1: x, 2: x}", "semua"])
def test_without_any_tick_the_band_is_still_there(written: str) -> None:
    before = f"- uraian: Rapat\n  triwulan: {written}\n  biaya: 5000\n"

    after = edited(before, lambda rows: rows[0].update(triwulan=[False] * 4))

    assert after.splitlines()[1].strip() in ("triwulan: []", "triwulan: {}")


def test_values_of_periods_are_written_as_amounts_where_they_are_amounts() -> None:
    form = "- uraian: Rapat\n  anggaran_triwulan: {{1: {}, 2: 2.500.000}}\n"
    text = whole(form.format("5.000.000"))
    (root,) = yaml_text.read(text.encode()).roots
    money = Form("kpu", FORM.fields, (Band("anggaran_triwulan", "rupiah"),))
    ours = decode(root, money).plan
    told = to_json((ours,))
    kegiatan(told["plans"][0])[0]["anggaran_triwulan"][0] = "7500000"
    theirs = replace(from_json(told)[0], tata_letak="")

    merged = merge(ours, ours, theirs)

    assert patch(text, 0, ours, merged.plan, merged.sources) == whole(form.format("7.500.000"))


# --- keys ----------------------------------------------------------------------------------------------


def test_a_blanked_field_takes_its_key_and_its_comment_out() -> None:
    before = "- uraian: Rapat\n  # siapa\n  pelaksana: Divisi  # lama\n  biaya: 5000\n"

    after = edited(before, lambda rows: rows[0].update(pelaksana=""))

    assert after == "- uraian: Rapat\n  # siapa\n  biaya: 5000\n"


def test_the_next_key_takes_the_place_beside_the_dash() -> None:
    before = "- kode: 5.1\n\n  # judul\n  uraian: Rapat\n- {kode: 5.2, uraian: Bimtek}\n"

    after = edited(before, lambda rows: [row.pop("kode") for row in rows])

    assert after == "- # judul\n  uraian: Rapat\n- {uraian: Bimtek}\n"


def test_a_new_key_comes_where_it_usually_stands() -> None:
    before = "- uraian: Rapat # a\n  biaya: 5000\n- {uraian: Bimtek, biaya: 5000}\n"
    edit = {"kode": "5.1", "pelaksana": "Divisi, Data"}

    after = edited(before, lambda rows: [row.update(edit) for row in rows])

    assert after == (
        "- kode: 5.1\n  uraian: Rapat # a\n  biaya: 5000\n  pelaksana: Divisi, Data\n"
        '- {kode: 5.1, uraian: Bimtek, biaya: 5000, pelaksana: "Divisi, Data"}\n'
    )


def test_the_plan_itself_gets_new_keys_and_loses_others() -> None:
    before = f"{HEAD}pagu: 5.000 # lama\nlembar: RAK\n{whole('- uraian: Rapat')[len(HEAD) :]}"

    after = patched(before, lambda plan: plan.update(judul="RENCANA", pagu=None, unit="KPU", lembar="RAK"))

    assert after.startswith("rak: 1\njudul: RENCANA\ntahun: 2024\nunit: KPU\nlembar: RAK\nsasaran:\n")


# --- target and satuan ---------------------------------------------------------------------------------

THREE = "- uraian: Rapat\n- uraian: Bimtek\n- uraian: Jaringan\n"


def test_a_target_that_all_share_is_written_at_the_indikator() -> None:
    after = patched(whole(THREE), lambda plan: [row.update(target="90") for row in kegiatan(plan)])

    assert after == whole(THREE).replace("target: 100", "target: 90")


def test_a_target_that_one_has_alone_is_written_at_the_kegiatan() -> None:
    after = edited(THREE, lambda rows: rows[1].update(target="90"))

    assert after == "- uraian: Rapat\n- uraian: Bimtek\n  target: 90\n- uraian: Jaringan\n"


def test_a_target_that_one_has_no_longer_is_written_at_the_others() -> None:
    after = patched(whole(THREE), lambda plan: kegiatan(plan)[0].update(target=""))

    assert "        target: 100\n" not in after.partition("kegiatan:")[0]
    assert (
        lines_of(after)
        == "- uraian: Rapat\n- uraian: Bimtek\n  target: 100\n- uraian: Jaringan\n  target: 100\n"
    )


def test_a_moved_kegiatan_takes_along_the_target_it_had() -> None:
    second = "      - uraian: Lain\n        kegiatan:\n        - uraian: Tetap\n          target: 5\n"
    before = whole(THREE).replace(FOOT, second + FOOT)

    def move(plan: Any) -> None:
        plan["sasaran"][0]["indikator"][1]["kegiatan"].append(kegiatan(plan).pop(1))

    assert patched(before, move).endswith(f"{second}        - uraian: Bimtek\n          target: 100\n{FOOT}")


# --- items that come, go and move ----------------------------------------------------------------------

COMMENTED = """\
# kelompok satu

# tentang rapat
# dua baris
- uraian: Rapat  # penting
  biaya: 5000

# tentang bimtek
- uraian: Bimtek
  # di dalam
  biaya: 6000  # murah
   # di bawah

# kelompok dua

- uraian: Jaringan
  biaya: 7000
"""


def test_a_deleted_item_takes_its_comments_along_and_no_others() -> None:
    after = edited(COMMENTED, lambda rows: rows.pop(1))

    assert after == (
        "# kelompok satu\n\n# tentang rapat\n# dua baris\n- uraian: Rapat  # penting\n  biaya: 5000\n"
        "\n# kelompok dua\n\n- uraian: Jaringan\n  biaya: 7000\n"
    )


def test_a_moved_item_carries_its_comments() -> None:
    after = edited(COMMENTED, lambda rows: rows.append(rows.pop(1)))

    assert after == (
        "# kelompok satu\n\n# tentang rapat\n# dua baris\n- uraian: Rapat  # penting\n  biaya: 5000\n"
        "\n# kelompok dua\n\n- uraian: Jaringan\n  biaya: 7000\n"
        "\n# tentang bimtek\n- uraian: Bimtek\n  # di dalam\n  biaya: 6000  # murah\n   # di bawah\n"
    )


def test_a_comment_deeper_than_those_of_the_next_item_belongs_to_the_item_before() -> None:
    before = "- uraian: Rapat\n  # catatan rapat\n# tentang bimtek\n- uraian: Bimtek\n"

    assert edited(before, lambda rows: rows.pop(1)) == "- uraian: Rapat\n  # catatan rapat\n"
    assert edited(before, lambda rows: rows.pop(0)) == "# tentang bimtek\n- uraian: Bimtek\n"


def test_blank_lines_stand_between_new_items_as_between_the_others() -> None:
    after = edited("- uraian: A\n\n- uraian: B\n", lambda rows: rows.insert(1, dict(rows[0], uraian="Baru")))

    assert after == "- uraian: A\n\n- uraian: Baru\n\n- uraian: B\n"


def test_an_item_moves_to_another_parent_with_its_lines_shifted() -> None:
    text = f"""{HEAD}sasaran:
- uraian: Satu
  indikator:
  - uraian: Persen
    target: 100
    kegiatan:
        # tentang rapat
        -   uraian: |
              dua
                baris

            biaya: 5000
        -   uraian: Tetap
- uraian: Dua
  indikator:
  - {{uraian: Lain, target: 100}}
  - uraian: Lagi
    target: 100
    kegiatan: []  # belum ada
{FOOT}"""

    def move(plan: Any) -> None:
        plan["sasaran"][1]["indikator"][1]["kegiatan"] = [kegiatan(plan).pop(0)]

    assert patched(text, move).endswith(f"""
    kegiatan:
        -   uraian: Tetap
- uraian: Dua
  indikator:
  - {{uraian: Lain, target: 100}}
  - uraian: Lagi
    target: 100
    kegiatan:  # belum ada
        # tentang rapat
        -   uraian: |
              dua
                baris

            biaya: 5000
{FOOT}""")


def test_new_items_are_written_like_their_neighbour() -> None:
    new = {"uraian": "Baru, lagi", "target": "100", "triwulan": [True, False, False, True], "biaya": 12000}
    block = "-   uraian: 'Rapat'\n    biaya: Rp 5.000\n    triwulan: T1\n"
    flow = '- {uraian: "Rapat", triwulan: [1], biaya: 5000}\n'

    assert edited(block, lambda rows: rows.append({**rows[0], **new})) == (
        block + "-   uraian: 'Baru, lagi'\n    biaya: Rp 12.000\n    triwulan: T1 T4\n"
    )
    assert edited(flow, lambda rows: rows.insert(0, {**rows[0], **new})) == (
        '- {uraian: "Baru, lagi", triwulan: [1, 4], biaya: 12000}\n' + flow
    )


def test_a_new_sasaran_is_written_with_all_that_stands_below_it() -> None:
    def add(plan: Any) -> None:
        below = [{**kegiatan(plan)[0], "uraian": "Baru"}]
        plan["sasaran"].append({"uraian": "Dua", "indikator": [{"uraian": "Jumlah", "kegiatan": below}]})

    new = (
        "  - uraian: Dua\n    indikator:\n      - uraian: Jumlah\n        target: 100\n        kegiatan:\n"
        "          - uraian: Baru\n            biaya: 5000\n"
    )
    before = whole("- uraian: Rapat\n  biaya: 5000")
    assert patched(before, add) == before.removesuffix(FOOT) + new + FOOT


@pytest.mark.parametrize("written", ["kegiatan: []", "kegiatan:", "kegiatan: # belum", None])
def test_an_empty_list_is_filled(written: str | None) -> None:
    head, _, _ = whole("").partition("        kegiatan:")
    before = head + (f"        {written}\n" if written else "") + FOOT
    new = {"uraian": "Rapat", "target": "100", "biaya": 5000, "pelaksana": ""}
    comment = " # belum" if written and "#" in written else ""

    after = patched(before, lambda plan: plan["sasaran"][0]["indikator"][0].update(kegiatan=[new]))

    assert (
        after
        == f"{head}        kegiatan:{comment}\n          - uraian: Rapat\n            biaya: 5.000\n{FOOT}"
    )


def test_a_list_that_gets_empty_says_so_and_keeps_what_is_nobodys() -> None:
    after = patched(whole(COMMENTED), lambda plan: kegiatan(plan).clear())

    assert after.partition("        kegiatan:")[2] == (
        " []\n          # kelompok satu\n\n\n          # kelompok dua\n\n" + FOOT
    )


def test_in_brackets_every_item_on_its_line_stays_there() -> None:
    first, second = (
        "          # a\n          {{uraian: A}}{}  # akhir a\n",
        "          {{uraian: B}}{}  # akhir b\n",
    )
    below = f"kegiatan: [\n{first.format(',')}{second.format('')}        ]\n"
    text = whole("").replace("kegiatan:\n", below)

    after = patched(text, lambda plan: kegiatan(plan).reverse())

    below = f"kegiatan: [\n{second.format(',')}{first.format('')}        ]\n"
    assert after == whole("").replace("kegiatan:\n", below)


def test_comments_of_an_item_that_moves_into_brackets_stand_above_it() -> None:
    second = "      - uraian: Lain\n        target: 100\n        kegiatan: [{uraian: Tetap}]\n"
    text = whole("# tentang rapat\n- uraian: Rapat  # penting\n- uraian: Bimtek").replace(FOOT, second + FOOT)

    def move(plan: Any) -> None:
        plan["sasaran"][0]["indikator"][1]["kegiatan"].append(kegiatan(plan).pop(0))

    assert patched(text, move).endswith(
        "        kegiatan: [\n          {uraian: Tetap},\n          # tentang rapat\n          # penting\n"
        f"          {{uraian: Rapat}},\n        ]\n{FOOT}"
    )


# --- signatories ---------------------------------------------------------------------------------------

NEW = {"jabatan": "Sekretaris", "nama": "MERY", "nip": "198205062010122002"}


def signed(plan: Any, **fields: str) -> dict[str, Any]:
    return {**plan["penandatangan"][0], **fields}


def test_a_second_signatory_makes_a_list_of_a_mapping() -> None:
    text = whole("- uraian: Rapat").replace(
        "  jabatan: Ketua\n", "  # pejabat\n  jabatan: Ketua  # sejak 2023\n"
    )

    after = patched(text, lambda plan: plan["penandatangan"].append(signed(plan, **NEW)))

    assert after.partition("penandatangan:\n")[2] == (
        "  # pejabat\n  - jabatan: Ketua  # sejak 2023\n    nama: SARJANI\n"
        "  - jabatan: Sekretaris\n    nama: MERY\n    nip: 198205062010122002\n"
    )


def test_another_signatory_takes_the_place_of_the_only_one() -> None:
    after = patched(whole("- uraian: Rapat"), lambda plan: plan.update(penandatangan=[signed(plan, **NEW)]))

    assert after.endswith("penandatangan:\n  jabatan: Sekretaris\n  nama: MERY\n  nip: 198205062010122002\n")


def test_signatories_in_a_list_change_places() -> None:
    text = whole("- uraian: Rapat").replace(
        FOOT, "penandatangan:\n- {jabatan: Ketua, nama: A} # satu\n- {jabatan: Sekretaris, nama: B}\n"
    )

    after = patched(text, lambda plan: plan["penandatangan"].reverse())

    assert after.endswith("- {jabatan: Sekretaris, nama: B}\n- {jabatan: Ketua, nama: A} # satu\n")


# --- files ---------------------------------------------------------------------------------------------


def test_nothing_changed_is_the_same_text() -> None:
    assert patched(whole(COMMENTED), lambda plan: plan) == whole(COMMENTED)


def test_line_ends_and_the_byte_order_mark_stay() -> None:
    text = "\ufeff" + whole("- uraian: Rapat\n- uraian: Bimtek").replace("\n", "\r\n").removesuffix("\r\n")
    ours = plans(text)[0]
    told = to_json((ours,))
    kegiatan(told["plans"][0]).append({**kegiatan(told["plans"][0])[0], "uraian": "Baru"})
    told["plans"][0]["penandatangan"].append(
        NEW | dict.fromkeys(("pangkat", "tempat", "tanggal", "pengantar"))
    )
    merged = merge(ours, ours, replace(from_json(told)[0], tata_letak=""))

    after = patch(text, 0, ours, merged.plan, merged.sources)

    assert after.startswith("\ufeffrak: 1\r\n")
    assert after.endswith("    nip: 198205062010122002")
    assert after.count("\n") == after.count("\r\n") == text.count("\r\n") + 4


def test_only_the_document_that_was_edited_changes() -> None:
    one, two = whole("- uraian: Rapat # a"), whole("- uraian: Bimtek # b")
    text = f"# pembuka\n{one}---\n# kosong\n---\n{two}...\n"

    after = patched(text, lambda plan: kegiatan(plan)[0].update(biaya=5000), document=1)

    assert after == text.replace("Bimtek # b\n", "Bimtek # b\n            biaya: 5.000\n")


@pytest.mark.parametrize("indent", [None, 2])
def test_json_stays_json(indent: int | None) -> None:
    told = to_json(tuple(plans(whole(THREE))))["plans"][0]
    text = json.dumps(
        {
            "rak": "1",
            "tahun": 2024,
            "unit": "KPU",
            "sasaran": told["sasaran"],
            "penandatangan": {"jabatan": "Ketua", "nama": "SARJANI"},
        },
        indent=indent,
    ).replace("null", '""')

    def edit(plan: Any) -> None:
        plan["pagu"] = 50000
        kegiatan(plan).insert(1, {**kegiatan(plan)[0], "uraian": "Baru", "biaya": 5000})
        kegiatan(plan)[0]["kode"] = "5.1"
        kegiatan(plan).pop()

    after = json.loads(patched(text, edit))
    assert [row["uraian"] for row in kegiatan(after)] == ["Rapat", "Baru", "Bimtek"]
    assert after["pagu"] == "50.000"
