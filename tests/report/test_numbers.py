"""Every number of the report equals the one that an independent query finds in the tables, in JSON and on the page."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from lxml import html

from pipelines.report.rendering import percent
from tests.report.counted import Counted

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "report.schema.json").read_text(encoding="utf-8"))
# Where digits stand that count nothing: texts from raw, names of ours, positions and labels of pictures, code of characters, fixed texts.
NOT_COUNTED = (
    "//style | //bdi | //code | //*[@data-of] | //*[@data-part] | //*[@data-length-of] | //svg | //*[@class='keys'] | //*[@class='key'] "
    "| //*[@class='unseen'] | //*[@class='when'] | //*[@class='code'] | //*[@class='more'] | //footer | //title"
)


def at(report, pointer):
    for step in pointer.split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")  # noqa: PLW2901 as RFC 6901 unescapes
        report = report[int(step) if isinstance(report, list) else step]
    return report


SECTIONS = [
    "report_version", "counts", "reconciliation", "pages", "documents", "columns", "collections", "parties", "matches", "issues", "missing",
    "checks",
]  # fmt: skip


@pytest.mark.parametrize("section", SECTIONS)
def test_every_number_of_the_report_is_that_of_a_query(release, report, section):
    assert report[section] == getattr(Counted(release), section)()


def test_the_report_has_no_section_that_is_not_counted(report):
    assert list(report) == SECTIONS


def test_what_the_made_pages_are_to_show_is_there(generated):
    report = json.loads((generated / "report.json").read_bytes())
    assert report["parties"]["pair_count"] > 60
    assert len(report["documents"]["by_genre"]) == 4
    assert report["missing"]["listings"][0]["missing_entry_count"] > 0
    assert {listing["told_by"] for listing in report["missing"]["listings"]} == {"address", "printed"}
    assert report["collections"]["set_count"] > 24
    assert {found["with_others"] for found in report["collections"]["sets"]} == {True, False}
    assert report["documents"]["years_per_period"] == 10
    assert report["documents"]["undated_document_count"] > 0
    assert report["matches"]["merged"]["with_reasons_count"] > 40


def test_the_report_is_as_its_schema_declares(report):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(report, SCHEMA)


def test_the_schema_refuses_what_is_no_report(report):
    for change in ({"counts": {"documents": -1}}, {"report_version": "0.9"}, {"gates": {}}, {"pages": {}}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(report | change, SCHEMA)


def test_every_number_on_the_page_is_the_one_of_the_report(release, report):
    page = html.document_fromstring((release / "report.html").read_text(encoding="utf-8"))
    numbers = page.xpath("//data[@data-of]")
    assert len(numbers) > 25
    for element in numbers:
        value = at(report, element.get("data-of"))
        shown = element.text_content().replace(",", "")
        assert (shown == f"{value:.2f}") if isinstance(value, float) else (int(shown) == value), element.get("data-of")
        assert float(element.get("value")) == value
    for element in page.xpath("//*[@data-length-of]"):
        assert int(element.text_content().replace(",", "")) == len(at(report, element.get("data-length-of")))
    for element in page.xpath("//*[@data-part]"):
        expected = percent(at(report, element.get("data-part")), at(report, element.get("data-whole")))
        assert element.text_content() == f"{expected}\u00a0%"


def test_every_shape_of_a_picture_stands_for_a_number_of_the_report(release, report):
    page = html.document_fromstring((release / "report.html").read_text(encoding="utf-8"))
    for shape in page.xpath("//svg//*[@data-of]"):
        assert float(shape.get("data-value")) == at(report, shape.get("data-of"))


def test_columns_of_a_picture_are_as_high_as_their_numbers(release):
    page = html.document_fromstring((release / "report.html").read_text(encoding="utf-8"))
    for picture in page.xpath("//svg[@class='years']"):
        shares = [
            (float(shape.get("height")), int(shape.get("data-value"))) for shape in picture.xpath(".//rect[@data-of]")
        ]
        scale = max(height / value for height, value in shares)
        assert all(abs(height - scale * value) < 0.01 for height, value in shares)


def test_bars_are_as_long_as_their_share(sample):
    page = html.document_fromstring((sample / "report.html").read_text(encoding="utf-8"))
    widths = [
        float(shape.get("width").rstrip("%")) for shape in page.xpath("//svg[@class='stack'][1]//rect[@data-of]")
    ][:4]
    assert [round(width * 617 / 100) for width in widths] == [275, 60, 6, 276]


def test_no_number_on_the_page_is_without_its_place_in_the_report(release):
    page = html.document_fromstring((release / "report.html").read_text(encoding="utf-8"))
    for element in page.xpath(NOT_COUNTED):
        element.drop_tree() if element.getparent() is not None else None
    assert re.findall(r".{0,30}[0-9]+.{0,30}", page.text_content()) == []
