"""Bytes to text: which encoding, and what is said of it. Every text is made up; the bytes are written by Python's codecs."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.problems import PROBLEMS
from pipelines.read.encoding import Decoded, decode, find_mojibake
from pipelines.read.encoding.binary import binary_format
from pipelines.read.encoding.declarations import encoding_declared_in
from pipelines.read.encoding.labels import encoding_labelled
from pipelines.records import Issue

CODECS = {
    "windows-1252": "cp1252", "windows-1250": "cp1250", "windows-1251": "cp1251", "koi8-r": "koi8-r", "ibm866": "cp866",
    "gb18030": "gb18030", "big5": "big5", "shift_jis": "cp932", "euc-jp": "euc-jp", "euc-kr": "euc-kr",
}  # fmt: skip
ENGLISH = "Harbour Papers, 1921-1939\n\nLetter from the Harbour Master to the Minister\nHe asks for instructions about the salt.\n"
TEXTS = {
    "windows-1252": "Letter from Zoë Müller to the Café Société in Orléans\nHe was, as Señor Núñez says, “at ease” – for once…\n",
    "windows-1250": "Letter from Władysław Gomułka to Wałęsa, by way of Żółkiew\nBolesław Bierut’s reply about Łódź\n",
    "windows-1251": "Письмо Анастаса Микояна из Бэйпина\nЗапись беседы товарища Сталина с послом о поставках соли\n",
    "koi8-r": "Письмо Анастаса Микояна из Бэйпина\nЗапись беседы товарища Сталина с послом о поставках соли\n",
    "ibm866": "Письмо Анастаса Микояна из Бэйпина\nЗапись беседы товарища Сталина с послом о поставках соли\n",
    "gb18030": "关于港口贸易的谈话记录\n外交部致驻苏联大使馆的电报，一九五五年三月\n",
    "big5": "關於港口貿易的談話記錄\n外交部致駐蘇聯大使館的電報，一九五五年三月\n",
    "shift_jis": "港の貿易についての会談の記録\n大使館への電報です。それはまだ来ていない。\n",
    "euc-jp": "港の貿易についての会談の記録\n大使館への電報です。それはまだ来ていない。\n",
    "euc-kr": "항구 무역에 관한 대화 기록\n소련 대사관에 보내는 전보와 그에 대한 회답이다\n",
}


def decoded(data, **hints):
    found = decode(data, source_path="page.txt", **hints)
    assert isinstance(found, Decoded), found
    return found


def refused(data, **hints):
    found = decode(data, source_path="page.txt", **hints)
    assert isinstance(found, Issue), found
    return found


def told(found):
    """The encoding, and the codes of what is doubted."""
    return found.encoding, [issue.problem for issue in found.issues]


@pytest.mark.parametrize(
    "text", ["", "\n", "Herring\n", "Zoë\n", "关于港口\n", "Письмо\n", "a\x0cb\x1b[2J\x07\x1a\n", "\x80", "🐟\n"]
)
def test_utf_8_is_read_as_it_is_and_nothing_is_said(text):
    assert decoded(text.encode()) == Decoded(text, "utf-8")


def test_a_byte_order_mark_is_no_text_and_is_in_the_name():
    assert decoded(b"\xef\xbb\xbfZo\xc3\xab\n") == Decoded("Zoë\n", "utf-8-sig")


@pytest.mark.parametrize(
    "text", [ENGLISH, "Letter from Жуков\n" * 3, "Письмо Жукова от 3 мая 1950\n", "关于港口贸易的谈话记录\nA\n"]
)
@pytest.mark.parametrize(("codec", "name"), [("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"), ("utf-32-le", "utf-32-le"), ("utf-32-be", "utf-32-be")])  # fmt: skip
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["unmarked", "marked"])
def test_utf_16_and_utf_32_are_known_by_their_mark_or_their_nuls(text, codec, name, mark):
    assert decoded((mark + text).encode(codec)) == Decoded(text, name)


def test_a_mark_of_utf_32_is_not_one_of_utf_16():
    assert decoded(b"\xff\xfe\0\0A\0\0\0").encoding == "utf-32-le"
    assert decoded(b"\xff\xfeA\0").encoding == "utf-16-le"


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("english", ["", ENGLISH], ids=["alone", "among-english"])
def test_a_text_in_an_older_encoding_is_known_by_its_spelling_and_not_doubted(name, english):
    text = english + TEXTS[name] + english
    assert decoded(text.encode(CODECS[name])) == Decoded(text, name)


SHORT = [
    ("windows-1252", "Résumé of the talks\n"), ("windows-1252", "Señor Núñez\n"), ("windows-1252", "It’s “so” – he says…\n"),
    ("windows-1252", "• ÖSTERREICH und die Schweiz, übermäßig\n"), ("windows-1252", "São Tomé e Príncipe à la carte\n"),
    ("windows-1252", "Grønland og Færøerne\n"), ("windows-1251", "Беседа с послом\n"), ("windows-1251", "Письмо Сталина\n"),
    ("windows-1251", "ТЕЛЕГРАММА ПОСЛА\n"), ("windows-1251", "Лист до посла України\n"), ("koi8-r", "Беседа с послом\n"),
    ("ibm866", "Беседа с послом\n"), ("gb18030", "外交部电报\n"), ("gb18030", "毛主席\n"), ("big5", "外交部電報\n"), ("big5", "蔣總統\n"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "title"), SHORT)
def test_one_short_title_among_english_is_read_rightly_and_at_most_doubted(name, title):
    found = decoded((ENGLISH + title + ENGLISH).encode(CODECS[name]))
    assert found.text == ENGLISH + title + ENGLISH
    assert told(found) in [(name, []), (name, ["encoding_assumed"])]


def test_what_is_taken_to_be_likely_is_a_warning_with_its_first_line():
    found = decoded("Herring\nSalt, à la carte\n".encode("cp1252"))
    message = "page.txt:2: no encoding is declared and the text leaves several; read as windows-1252"
    assert found == Decoded(
        "Herring\nSalt, à la carte\n",
        "windows-1252",
        (Issue("encoding_assumed", message, source_path="page.txt", line_first=2, line_last=2, value="windows-1252"),),
    )


@pytest.mark.parametrize(
    ("text", "codec"),
    [("Hálfdan Þór og Ðýri úr Þingi\n", "cp1252"), ("Dışişleri Bakanlığı şöyle dedi\n", "cp1254"), ("Novotný a Dubček píší Šikovi\n", "cp1250"), ("שלום לכולם מן הנמל\n", "cp1255")],
    ids=["icelandic", "turkish", "czech", "hebrew"],
)  # fmt: skip
def test_letters_that_several_code_pages_have_elsewhere_are_never_read_without_a_doubt(text, codec):
    found = decode(text.encode(codec), source_path="page.txt")
    problems = [found.problem] if isinstance(found, Issue) else [issue.problem for issue in found.issues]
    assert problems in (["encoding_assumed"], ["encoding_unknown"])


@pytest.mark.parametrize(("text", "codec"), [("Ελλάδα και Κύπρος σήμερα, η ιστορία\n", "cp1253"), ("สวัสดีชาวโลกทุกคนที่ท่าเรือ\n", "cp874"), ("مرحبا بالعالم في الميناء\n", "cp1256")])  # fmt: skip
def test_bytes_that_make_words_in_no_known_encoding_are_refused(text, codec):
    issue = refused(text.encode(codec))
    assert issue.problem == "encoding_unknown"
    assert issue.line_first == 1
    assert "save it again as UTF-8" in issue.message


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("utf8", "utf-8"), (" UTF-8 ", "utf-8"), ("ISO-8859-1", "windows-1252"), ("latin1", "windows-1252"), ("ascii", "windows-1252"),
        ("us-ascii", "windows-1252"), ("gb2312", "gb18030"), ("GBK", "gb18030"), ("Big5-HKSCS", "big5"), ("x-sjis", "shift_jis"),
        ("koi8-u", "koi8-u"), ("cp1251", "windows-1251"), ("iso-8859-9", "windows-1254"), ("'utf-8'", "utf-8"), ("utf-16", "utf-16-le"),
        ("unicode", "utf-16-le"), ("ks_c_5601-1987", "euc-kr"), ("l2", "iso-8859-2"),
    ],
)  # fmt: skip
def test_labels_mean_what_they_mean_on_the_web(label, name):
    encoding = encoding_labelled(label)
    assert encoding.name == name
    assert "Herring".encode(encoding.codec)


@pytest.mark.parametrize(
    "label",
    [None, "", "klingon", "utf-7", "rot13", "zip", "hz-gb-2312", "utf-8\0", "a" * 10_000, "unicode_escape", "idna"],
)
def test_a_label_that_browsers_do_not_know_stands_for_nothing(label):
    assert encoding_labelled(label) is None


@pytest.mark.parametrize(
    ("text", "label", "name"),
    [
        ("Ελλάδα\n", "iso-8859-7", "iso-8859-7"), ("Grčki Ovčji otoci\n", "windows-1250", "windows-1250"), ("Dışişleri\n", "iso-8859-9", "windows-1254"),
        ("я\n", "windows-1251", "windows-1251"), ("三\n", "gbk", "gb18030"), ("三\n", "big5", "big5"), ("シオ\n", "sjis", "shift_jis"),
        ("žluťoučký\n", "latin2", "iso-8859-2"), ("שלום\n", "windows-1255", "windows-1255"), ("é\n", "latin1", "windows-1252"),
    ],
)  # fmt: skip
def test_a_declared_encoding_decides_where_the_bytes_allow_it(text, label, name):
    codec = encoding_labelled(label).codec
    assert decoded(text.encode(codec), declared=label) == Decoded(text, name)


def test_ascii_with_escapes_is_japanese_where_that_is_declared():
    data = "港の記録".encode("iso-2022-jp")
    assert decoded(data, declared="iso-2022-jp") == Decoded("港の記録", "iso-2022-jp")
    assert decoded(data).encoding == "utf-8"
    assert decoded(b"\x1b[2J", declared="iso-2022-jp") == Decoded("\x1b[2J", "utf-8")


@pytest.mark.parametrize("label", ["windows-1252", "iso-8859-1", "gb2312", "koi8-r", "utf-16"])
def test_what_is_utf_8_is_read_so_whatever_is_declared_and_that_is_told(label):
    found = decoded("Herring\nZoë Müller\n".encode(), declared=label)
    assert (found.text, *told(found)) == ("Herring\nZoë Müller\n", "utf-8", ["encoding_contradicted"])
    assert found.issues[0].line_first == 2


def test_ascii_contradicts_no_declaration():
    assert decoded(b"Herring\n", declared="koi8-r") == Decoded("Herring\n", "utf-8")


@pytest.mark.parametrize("label", ["klingon", "", None])
def test_a_declaration_that_means_nothing_is_as_none(label):
    assert decoded(TEXTS["koi8-r"].encode("koi8-r"), declared=label) == Decoded(TEXTS["koi8-r"], "koi8-r")


@pytest.mark.parametrize(("name", "label"), [("windows-1252", "utf-8"), ("windows-1251", "utf-8"), ("windows-1251", "iso-8859-1"), ("gb18030", "iso-8859-1"), ("big5", "gb2312"), ("gb18030", "utf-8"), ("koi8-r", "windows-1251")])  # fmt: skip
def test_a_declared_encoding_in_which_the_bytes_are_no_words_is_contradicted(name, label):
    found = decoded(TEXTS[name].encode(CODECS[name]), declared=label)
    assert (found.text, *told(found)) == (TEXTS[name], name, ["encoding_contradicted"])


def test_a_mark_contradicts_a_declaration():
    found = decoded("\ufeffПисьмо\n".encode("utf-16-le"), declared="windows-1251")
    assert (found.text, *told(found)) == ("Письмо\n", "utf-16-le", ["encoding_contradicted"])
    assert told(decoded("\ufeffПисьмо\n".encode("utf-16-be"), declared="utf-16")) == ("utf-16-be", [])


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b'<meta charset="windows-1251">', "windows-1251"), (b"<META CHARSET=windows-1251 >", "windows-1251"), (b"<meta charset='koi8-r'/>", "koi8-r"),
        (b'<!DOCTYPE html><html><head><meta name="a" content="b"><meta http-equiv="Content-Type" content="text/html; charset=gb2312">', "gb18030"),
        (b"<meta content=\"text/html;charset='big5'\" http-equiv=content-type>", "big5"),
        (b'<?xml version="1.0" encoding="iso-8859-2"?><html>', "iso-8859-2"), (b'<meta charset="utf-16">', "utf-8"),
        (b'<!-- <meta charset="koi8-r"> --><meta charset="utf-8">', "utf-8"), (b'<!--><meta charset="koi8-r">', "koi8-r"),
        (b'<a title="<meta charset=koi8-r>"><meta charset="big5">', "big5"), (b'<meta charset="klingon"><meta charset="big5">', "big5"),
        (b"<meta\ncharset\n=\n'big5'>", "big5"), (b'<meta charset="big5" charset="koi8-r">', "big5"),
    ],
)  # fmt: skip
def test_a_page_declares_its_encoding_near_its_beginning(head, name):
    assert encoding_declared_in(head).name == name


@pytest.mark.parametrize(
    "head",
    [
        b"", b"<", b"<meta", b"<meta charset", b"<meta charset=", b"<meta charset=''>", b"<metacharset=big5>", b"<!-- <meta charset=big5>",
        b'<meta name="charset" content="big5">', b'<meta content="text/html; charset=big5">', b"charset=big5", b"<meta charset='big5",
        b"</meta charset=big5>", b" " * 5000 + b"<meta charset=big5>", b'<meta http-equiv="refresh" content="charset=big5">',
    ],
)  # fmt: skip
def test_what_only_looks_like_a_declaration_is_none(head):
    assert encoding_declared_in(head) is None


def test_the_header_counts_before_the_page_and_the_page_only_where_it_is_html():
    page = b'<meta charset="koi8-r">' + "я".encode("cp1251")
    assert told(decoded(page, declared="windows-1251", is_html=True)) == ("windows-1251", [])
    assert decoded(page, is_html=True).encoding == "koi8-r"
    assert decoded(page, declared="klingon", is_html=True).encoding == "koi8-r"


PAGE = "Zoë Müller “asks” – twice\nHerring\nJosé writes to Señor Núñez\n" * 3


def test_lines_of_another_encoding_among_utf_8_are_read_in_their_own():
    data = PAGE.encode() + "Father Noël’s café\nSalt\nÉtats généraux\n".encode("cp1252") + PAGE.encode()
    found = decoded(data)
    assert found.text == PAGE + "Father Noël’s café\nSalt\nÉtats généraux\n" + PAGE
    assert told(found) == ("utf-8+windows-1252", ["encoding_mixed"])
    assert found.issues[0].message == "page.txt:10: a page in UTF-8 of which 2 lines are not; read as windows-1252"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_line_of_what_is_mixed_is_right_for_every_kind_of_line_end(end):
    data = PAGE.replace("\n", end).encode() + f"Письмо Сталина{end}".encode("cp1251")
    found = decoded(data)
    assert (found.encoding, found.issues[0].line_first) == ("utf-8+windows-1251", 10)
    assert found.text == PAGE.replace("\n", end) + f"Письмо Сталина{end}"


def test_a_few_lines_of_utf_8_among_another_encoding_are_read_in_their_own():
    data = PAGE.encode("cp1252") + "Café “Orléans”\n".encode()
    found = decoded(data)
    assert found.text == PAGE + "Café “Orléans”\n"
    assert told(found) == ("utf-8+windows-1252", ["encoding_mixed"])


def test_a_page_with_a_mark_can_be_mixed_too():
    found = decoded(b"\xef\xbb\xbf" + PAGE.encode() + "Café Société\n".encode("cp1252"))
    assert told(found) == ("utf-8-sig+windows-1252", ["encoding_mixed"])


@pytest.mark.parametrize(
    "bad", [b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x80", b"\xfe\xfe\xff\xff"]
)
def test_a_line_of_utf_8_with_spoiled_bytes_is_not_taken_for_another_encoding(bad):
    found = decoded(PAGE.encode() + b"He says " + bad + b" here\n" + PAGE.encode())
    assert found.encoding == "utf-8"
    assert found.text.replace("\ufffd", "") == f"{PAGE}He says  here\n{PAGE}"
    assert [(issue.problem, issue.line_first) for issue in found.issues] == [("bytes_undecodable", 10)]


def test_bytes_that_are_no_character_are_shown_and_named_with_line_offset_and_hex():
    found = decoded("Zoë\n".encode() + b"Herring \xff and salt \xc0\xaf\nand the harbour master\n")
    assert found.text == "Zoë\nHerring \ufffd and salt \ufffd\ufffd\nand the harbour master\n"
    message = "page.txt:2: not utf-8, shown as U+FFFD: ff at offset 13; c0 at offset 24; af at offset 25"
    assert found.issues == (
        Issue("bytes_undecodable", message, source_path="page.txt", line_first=2, line_last=2, value="ff"),
    )


def test_of_many_bytes_that_are_no_character_three_are_named_and_all_counted():
    found = decoded(("Zoë and the herring, and salt, and the harbour master\n".encode() + b"\xff\n") * 20)
    assert found.text.count("\ufffd") == 20
    assert found.issues[0].message.endswith("ff at offset 55; ff at offset 112; ff at offset 169 and 17 more")


def test_the_offset_counts_the_byte_order_mark():
    assert "offset 11" in decoded(b"\xef\xbb\xbfHerring \xff and salt and so on\n").issues[0].message


def test_a_replacement_character_that_the_page_prints_is_not_counted():
    assert decoded("Herring \ufffd\n".encode()) == Decoded("Herring \ufffd\n", "utf-8")
    issue = decoded("Herring and salt \ufffd\n".encode() + b"and more \xff\n").issues[0]
    assert issue.message == "page.txt:2: not utf-8, shown as U+FFFD: ff at offset 30"


def test_bytes_that_a_declared_encoding_does_not_have_are_named_by_it():
    found = decoded("Письмо Сталина\n".encode("cp1251") + b"\x98 \n", declared="windows-1251")
    assert found.text == "Письмо Сталина\n\ufffd \n"
    assert found.issues[0].message == "page.txt:2: not windows-1251, shown as U+FFFD: 98 at offset 15"


@pytest.mark.parametrize(
    ("data", "text", "name", "rest"),
    [
        ("Herring\nice “".encode()[:-1], "Herring\nice ", "utf-8", "e2 80"),
        ("Zoë “".encode()[:-2], "Zoë ", "utf-8", "e2"),
        ("Herring\nice".encode("utf-16-le")[:-1], "Herring\nic", "utf-16-le", "65"),
        (("\ufeffHerring\n🐟".encode("utf-16-le"))[:-2], "Herring\n", "utf-16-le", "3d d8"),
        ("Herring\nice".encode("utf-32-be")[:-2], "Herring\nic", "utf-32-be", "00 00"),
        (TEXTS["gb18030"].strip().encode("gb18030")[:-1], TEXTS["gb18030"].strip()[:-1], "gb18030", "d4"),
        (TEXTS["big5"].strip().encode("big5")[:-1], TEXTS["big5"].strip()[:-1], "big5", "a4"),
    ],
)  # fmt: skip
def test_a_file_that_ends_within_a_character_is_read_up_to_it_and_says_so(data, text, name, rest):
    found = decoded(data)
    assert (found.text, *told(found)) == (text, name, ["cut_character"])
    assert found.issues[0].message == f"page.txt:2: the file ends within a character: {rest}" or name == "utf-8"


def test_an_accent_at_the_very_end_is_a_letter_where_its_encoding_is_declared():
    assert decoded(b"caf\xe9", declared="latin1") == Decoded("café", "windows-1252")
    assert told(decoded(b"caf\xe9")) == ("utf-8", ["cut_character"])


def test_half_of_a_pair_in_utf_16_is_shown_and_named():
    found = decoded(
        b"\xff\xfe" + "Herring ".encode("utf-16-le") + b"\x00\xd8" + " and salt, and more\n".encode("utf-16-le")
    )
    assert found.text == "Herring \ufffd and salt, and more\n"
    assert found.issues[0].message == "page.txt:1: not utf-16-le, shown as U+FFFD: 00 d8 at offset 18"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"fish\n\0ice", "a NUL byte at offset 5; if it is text, save it again as UTF-8"),
        (b"\0" * 100, "a NUL byte at offset 0; if it is text, save it again as UTF-8"),
        (b"Herring and salt\n" * 50 + b"\0", "a NUL byte at offset 850; if it is text, save it again as UTF-8"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG image"), (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG image"), (b"GIF89a\1\0", "a GIF image"),
        (b"%PDF-1.7\n", "a PDF document"), (b"PK\x03\x04\x14\0", "a ZIP archive or an Office document"), (b"{\\rtf1\\ansi Herring}", "an RTF document"),
        (b"\x1f\x8b\x08\0", "gzip"), (b"RIFF\x24\0\0\0WEBPVP8 ", "a WebP image"), (b"\0\0\0\x18ftypmp42", "an MP4 film or HEIC image"),
        (b"BZh91AY&SY\0", "bzip2"), (b"\xff\xfe\0A\0\0", "a NUL character in utf-16-le"),
        (b"\xe9\x01\x02\x03 Herring \xff\x05", "control characters among bytes that are not UTF-8"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_refused_with_the_reason(data, reason):
    issue = refused(data)
    is_known_format = reason.startswith(
        ("a PNG", "a JPEG", "a GIF", "a PDF", "a ZIP", "an RTF", "gzip", "a WebP", "an MP4", "bzip2")
    )
    problem = "file_other_format" if is_known_format else "file_not_text"
    assert (issue.problem, issue.message) == (problem, f"page.txt: file refused: {reason}")


@pytest.mark.parametrize(
    "data",
    [b"BZh is a word\n", b"RIFF is a word\n", b"PNG\n", b"%PDF", b"GIF\n", b"PKO\n", b"\x1b", b"ID3 tags\n", b"{\\r"],
)
def test_a_text_that_nearly_begins_like_a_format_is_text(data):
    assert binary_format(data) is None
    assert decoded(data).text == data.decode()


@pytest.mark.parametrize("data", [b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"fish\n\n\xc3\n"])
def test_a_file_of_hardly_anything_but_spoiled_bytes_is_refused(data):
    assert refused(data).problem == "encoding_unknown"


SPOILED = [
    ("Café de la Société", "utf-8", "cp1252"), ("“Herring”, he says – it’s", "utf-8", "cp1252"), ("Österreich", "utf-8", "cp1252"),
    ("Письмо Сталина", "utf-8", "cp1251"), ("关于港口", "utf-8", "cp1252"), ("Hồ Chí Minh", "utf-8", "cp1252"), ("it’s", "utf-8", "cp1251"),
    ("café", "utf-8", "cp1251"), ("Gomułka", "utf-8", "latin-1"), ("Письмо Сталина послу", "cp1251", "cp1252"),
    ("Письмо Сталина послу", "koi8-r", "cp1252"), ("外交部致驻苏联大使馆的电报", "gb18030", "cp1252"), ("Brežněv", "utf-8", "cp1252"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "was", "read_as"), SPOILED)
def test_text_that_was_read_in_a_wrong_encoding_is_told(text, was, read_as):
    printed = "".join(bytes([byte]).decode(read_as, "ignore") or chr(byte) for byte in text.encode(was))
    issue = find_mojibake(["Herring", f"Letter, {printed} and so on"], source_path="page.txt")
    assert (issue.problem, issue.line_first) == ("text_mojibake", 2)
    assert "on 1 line: " in issue.message


def test_what_is_told_is_the_first_line_how_many_and_what_it_likely_was():
    lines = ["Herring", "Letter from the CafÃ© MÃ¼ller", "Zoë", "It isnâ€™t", "ZoÃ« and ZoÃ«"]
    message = "page.txt:2: utf-8 read as windows-1252 and saved so, on 3 lines: CafÃ©: likely Café"
    expected = Issue("text_mojibake", message, source_path="page.txt", line_first=2, line_last=2, value="CafÃ©")
    assert find_mojibake(lines, source_path="page.txt") == expected


INNOCENT = [
    "", "Herring", "Strauß“", "„Strauß“ sagt er", "CAFÉ—", "CAFÉ—OPEN", "ESPAÑA… ÎLE “À” LA", "ÅÄÖ åäö", "jäääär", "SÃO PAULO", "IRMÃ”", "MANHÃ…", "é”—", "café…”",
    "Nguyễn Văn Thiệu và Hồ Chí Minh ở Hà Nội", "Ngô Đình Diệm", "Příliš žluťoučký kůň úpěl ďábelské ódy", "„Bangladéš“", "Zażółć gęślą jaźń",
    "Władysław Gomułka, Łódź", "Bolesław Bierut", "João Goulart, Conceição", "Çankaya’da Atatürk’ün", "Gheorghe Gheorghiu-Dej, Țară și", "Ceaușescu",
    "Kádár János és Nagy Imre, őrült", "Þingvellir, Ísland; Hálfdán", "Tromsø, Ålesund, Ærø", "ÆØÅ—", "关于港口贸易的谈话记录", "關於港口", "港の記録", "항구 무역",
    "Письмо Сталина «Правде»", "США» и СССР»…", "Рік, Рівне, Її Єдність", "Њујорк, Ћуприја, Ђоковић", "Белоруссия № 5", "Ελλάδα και Κύπρος", "“À bientôt”", "À…", "£5, €6, 5°", "½ • ¼",
    "————————", "••••••••", "…………", "±±±±±±±±", "££££££££", "««««»»»»", "àâäéèêëîïôöùûü", "ÀÁÂÃÄÅÆÇÈÉÊË", "Â£", "Â", "Ã", "ï", "Â\xa0Herring", "n° 5", "L’Été—l’Hiver", "Œuvre—œuvre",
    "Ñandú—ÑANDÚ”", "Ωmega·", "ΑΒΓ»", "№ 1", "Đặng Tiểu Bình", "Lê Duẩn", "Trường Chinh", "Björn ® ™ ©", "naïve® café™", "Zoë’s", "MÜLLER’S", "Ö–Ä", "¿Qué?", "¡Olé!…",
]  # fmt: skip


@pytest.mark.parametrize("line", INNOCENT)
def test_what_a_language_may_print_is_left_alone(line):
    assert find_mojibake([line], source_path="page.txt") is None


def test_all_that_is_innocent_is_so_together():
    assert find_mojibake([line for line in INNOCENT if line != "Â£"], source_path="page.txt") is None


def test_a_pound_sign_behind_an_accent_twice_is_no_accident():
    issue = find_mojibake(["Herring, Â£5", "Salt, Â£6"], source_path="page.txt")
    assert issue.message == "page.txt:1: utf-8 read as windows-1252 and saved so, on 2 lines: Â£5: likely £5"


def hostile():
    chance, size = random.Random("hostile"), 1 << 22
    yield "no NUL", chance.randbytes(size).replace(b"\0", b"a")
    yield "high", bytes(byte | 0x80 for byte in chance.randbytes(size))
    yield "accents", b"\xe9\n" * (size // 2)
    yield "mixed", ("éé\n".encode() + b"caf\xe9\n") * (size // 10)
    yield "spoiled", ("ééééé\n".encode() + b"\xff\n") * (size // 13)
    yield "twice", "РіРівЂ".encode() * (size // 12)
    yield "spoilt", "CafÃ© Ñòàëèí\n".encode() * (size // 22)
    yield "one line", "café ".encode("cp1252") * (size // 5)
    yield "carriage returns", b"\r\xe9" * (size // 2)
    yield "cut", b"\xe2\x80" * (size // 2)
    yield "surrogates", b"\xff\xfe" + b"\x00\xd8" * (size // 2)
    yield "metas", b"<meta charset=" * (size // 14) + b"\xe9"
    yield "gb18030", "外交部电报\n".encode("gb18030") * (size // 11)


@pytest.mark.parametrize(("name", "data"), [pytest.param(*case, id=case[0]) for case in hostile()])
def test_four_megabytes_of_anything_take_less_than_two_seconds(name, data):
    start = time.process_time()
    found = decode(data, source_path=name, is_html=True)
    if isinstance(found, Decoded):
        find_mojibake(found.text.split("\n"), source_path=name)
    assert time.process_time() - start < 2


LABELS = st.one_of(
    st.none(),
    st.sampled_from(["utf-8", "latin1", "gbk", "big5", "koi8-r", "utf-16", "iso-2022-jp", "euc-jp", "sjis"]),
    st.text(),
)


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=400), LABELS, st.booleans())
def test_any_bytes_are_text_or_refused_with_a_known_code(data, label, is_html):
    found = decode(data, source_path="page.txt", declared=label, is_html=is_html)
    issues = [found] if isinstance(found, Issue) else found.issues
    assert {issue.problem for issue in issues} <= PROBLEMS.keys()
    if isinstance(found, Decoded):
        assert found.text.encode() is not None
        assert ("\ufffd" in found.text) <= (
            b"\xef\xbf\xbd" in data
            or any(issue.problem == "bytes_undecodable" for issue in issues)
            or not data.isascii()
        )
        lines = found.text.count("\n") + found.text.count("\r") + 1
        assert all(1 <= (issue.line_first or 1) <= lines for issue in issues)
    assert decode(data, source_path="page.txt", declared=label, is_html=is_html) == found


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200))
def test_any_text_in_utf_8_comes_back_as_it_was(text):
    data = text.encode()
    if not data.startswith(b"\xef\xbb\xbf") and binary_format(data) is None:
        assert decoded(data) == Decoded(text, "utf-8")


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(max_size=60)))
def test_looking_for_spoiled_text_never_fails(lines):
    issue = find_mojibake(lines, source_path="page.txt")
    assert issue is None or 1 <= issue.line_first <= len(lines)
