"""What a page says around its list: heading, description and captions."""

import pytest

from pipelines.extract.kinds import kinds_of
from pipelines.extract.region import read_region


@pytest.mark.parametrize(
    ("lines", "caption", "heading", "description"),
    [
        (["Skip to content", "Photograph", "", "Berlin"], "Photograph", "Berlin", None),
        (["Skip to content", "", "Berlin", "", "Photograph"], None, "Berlin", "Photograph"),
        (["Skip to content", "", "Photograph", "Berlin", "Photograph"], "Photograph", "Berlin", None),
        (["Skip to content", "", "Berlin"], None, "Berlin", None),
        (["Skip to content", "", "Berlin", "Berlin"], None, "Berlin", "Berlin"),
    ],
)
def test_a_caption_stands_straight_after_the_skip_link_or_is_repeated_at_the_end(lines, caption, heading, description):
    frame, spans = read_region(lines, kinds_of(lines), 1, len(lines), kind=None)
    assert (frame.image_caption, frame.heading, frame.description) == (caption, heading, description)
    assert sorted(span.line_first for span in spans) == [
        number for number, line in enumerate(lines, 1) if line and number > 1
    ]
