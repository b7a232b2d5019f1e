"""Arrow without pandas, on one thread, and with the memory of the system, in a process of our own.

pyarrow imports pandas, which takes a fifth of a second, as soon as it is given a list, to see whether that is a series. No step of a
build hands it one. Where pandas cannot be imported it does without; it asks once, so that pandas can still be imported
afterwards by who needs it (`pipelines.pandera_checks`).

Arrow's own pool of memory keeps pages that it will not need again and asks for new ones, and what it would share among threads is
over before they are awake: a build of 100,000 entries takes 80 MB and some tenths of a second less without either.
"""

import sys
from collections.abc import Sequence
from types import ModuleType


class _Hidden:
    """A finder of modules by which there is no pandas."""

    def find_spec(self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None, /) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name=name)


def use_arrow_alone() -> None:
    """Have pyarrow do without pandas its threads and its own pool for the rest of this process, unless it is at work already."""
    if "pandas" in sys.modules or "pyarrow" in sys.modules:
        return
    import pyarrow as pa  # noqa: PLC0415 before anything else gives it a list

    pa.set_memory_pool(pa.system_memory_pool())
    pa.set_cpu_count(1)
    hidden = _Hidden()
    sys.meta_path.insert(0, hidden)
    try:
        pa.array([0])
    finally:
        sys.meta_path.remove(hidden)
