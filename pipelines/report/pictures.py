"""Where things stand in pictures: plain numbers for the templates, widths in percent so that text keeps its size on every screen.

The same report gives the same pictures, digit by digit.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pipelines.report.periods import PRECISIONS

PLOT_HEIGHT = 160
SPARK_HEIGHT = 28
MOST_LABELS = 6
MOST_TICKS = 4
MOST_NODES = 14
_NEAR_AN_EDGE = 6.0


class Piece(NamedTuple):
    """A stretch of a bar: where it begins and how long it is, in percent of the whole."""

    x: str
    width: str


class Segment(NamedTuple):
    """A part of a column, in pixels from the top of the plot."""

    name: str
    y: str
    height: str


class Column(NamedTuple):
    """A column of a plot and the place of its row in the report."""

    row: int
    x: str
    width: str
    segments: tuple[Segment, ...]


class Label(NamedTuple):
    """A text under or beside a plot, and how it is anchored."""

    text: str
    place: str
    anchor: str


class Plot(NamedTuple):
    """Columns over time with the labels below and the heights that lines are drawn at."""

    columns: tuple[Column, ...]
    labels: tuple[Label, ...]
    ticks: tuple[Label, ...]


class Ribbon(NamedTuple):
    """A line from a sender to a receiver: a path, its thickness in pixels, and the place of the pair in the report."""

    row: int
    path: str
    thickness: str


class Network(NamedTuple):
    """Senders at the left, receivers at the right, each by name; and the lines between them."""

    senders: tuple[str, ...]
    receivers: tuple[str, ...]
    ribbons: tuple[Ribbon, ...]

    @property
    def row_count(self) -> int:
        """How many rows high it is."""
        return max(len(self.senders), len(self.receivers))


class Dot(NamedTuple):
    """A point of a curve."""

    x: str
    y: str


def pieces(counts: Sequence[int]) -> list[Piece]:
    """A bar cut up by counts.

    >>> pieces([1, 3])
    [Piece(x='0', width='25'), Piece(x='25', width='75')]
    """
    whole = sum(counts) or 1
    ends = [sum(counts[:at]) for at in range(len(counts))]
    return [
        Piece(_number(100 * end / whole), _number(100 * count / whole)) for end, count in zip(ends, counts, strict=True)
    ]


def plot(periods: Sequence[Mapping[str, Any]]) -> Plot:
    """Columns for the periods of `by_period`, cut up by precision, the most precise at the bottom."""
    step = _step(max(period["document_count"] for period in periods), MOST_TICKS)
    top = step * -(-max(period["document_count"] for period in periods) // step)
    share = 100 / len(periods)
    columns = tuple(
        Column(at, _number(share * (at + 0.12)), _number(share * 0.76), _segments(period, top))
        for at, period in enumerate(periods)
    )
    ticks = tuple(
        Label(f"{value:,}", _number(PLOT_HEIGHT - PLOT_HEIGHT * value / top), "start")
        for value in range(step, top + 1, step)
    )
    return Plot(columns, tuple(_labels(periods)), ticks)


def _segments(period: Mapping[str, Any], top: int) -> tuple[Segment, ...]:
    found, below = [], 0
    for name in PRECISIONS:
        count = period[f"{name}_count"]
        below += count
        if count:
            y = PLOT_HEIGHT - PLOT_HEIGHT * below / top
            found.append(Segment(name, _number(y), _number(PLOT_HEIGHT * count / top)))
    return tuple(found)


def _labels(periods: Sequence[Mapping[str, Any]]) -> list[Label]:
    unit = periods[0]["year_last"] - periods[0]["year_first"] + 1
    every = unit * _step(len(periods), MOST_LABELS)
    found = []
    for at, period in enumerate(periods):
        if period["year_first"] % every == 0:
            middle = 100 * (at + 0.5) / len(periods)
            anchor = "start" if middle < _NEAR_AN_EDGE else "end" if middle > 100 - _NEAR_AN_EDGE else "middle"
            found.append(Label(str(period["year_first"]), _number(middle), anchor))
    return found


def _step(most: int, count: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 … of which at most so many make the number or more.

    >>> _step(3, 4), _step(64, 4), _step(8000, 4)
    (1, 20, 2000)
    """
    step = 1
    while True:
        for factor in (1, 2, 5):
            if step * factor * count >= most:
                return step * factor
        step *= 10


def network(pairs: Sequence[Mapping[str, Any]]) -> Network:
    """The names that most documents are from and to, and who of them wrote to whom; receivers beside those who wrote to them."""
    sent, received = Counter[str](), Counter[str]()
    for pair in pairs:
        sent[pair["from"]] += pair["document_count"]
        received[pair["to"]] += pair["document_count"]
    senders = _most(sent)
    chosen = set(_most(received))
    shown = [(at, pair) for at, pair in enumerate(pairs) if pair["from"] in senders and pair["to"] in chosen]
    row = {name: at for at, name in enumerate(senders)}
    height: dict[str, float] = {}
    for name in chosen:
        letters = [(row[pair["from"]], pair["document_count"]) for _, pair in shown if pair["to"] == name]
        if letters:
            height[name] = sum(at * count for at, count in letters) / sum(count for _, count in letters)
    receivers = sorted(height, key=lambda name: (height[name], name))
    writing = {pair["from"] for _, pair in shown}
    senders = [name for name in senders if name in writing]
    left, right = ({name: at + 0.5 for at, name in enumerate(names)} for names in (senders, receivers))
    most = max((pair["document_count"] for _, pair in shown), default=1)
    ribbons = tuple(
        Ribbon(at, _curve(left[pair["from"]], right[pair["to"]]), _number(1.5 + 8.5 * pair["document_count"] / most))
        for at, pair in shown
    )
    return Network(tuple(senders), tuple(receivers), ribbons)


def _most(counted: Counter[str]) -> list[str]:
    return sorted(counted, key=lambda name: (-counted[name], name))[:MOST_NODES]


def _curve(left: float, right: float) -> str:
    return f"M0,{_number(left)} C45,{_number(left)} 55,{_number(right)} 100,{_number(right)}"


def curve(values: Sequence[int]) -> list[Dot]:
    """A point for each value, from left to right; the lowest at the bottom, equal ones in the middle."""
    low, high = min(values), max(values)
    inner = SPARK_HEIGHT - 10
    return [
        Dot(
            _number(50 if len(values) == 1 else 3 + 94 * at / (len(values) - 1)),
            _number(5 + (inner / 2 if high == low else inner * (high - value) / (high - low))),
        )
        for at, value in enumerate(values)
    ]


def _number(value: float) -> str:
    """A number as a picture writes it: to a thousandth, no zeros at the end.

    >>> _number(33.33333), _number(100.0), _number(0)
    ('33.333', '100', '0')
    """
    return f"{value:.3f}".rstrip("0").rstrip(".")
