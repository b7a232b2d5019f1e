"""A person at a terminal, asked for a key or a line."""

import os
import sys
import termios
import tty
from contextlib import suppress
from select import select
from typing import Self

with suppress(ImportError):  # lines can then be edited; without it the terminal's own erase keys do
    import readline  # noqa: F401 to import it is enough

# An arrow key sends an escape and two letters at once; what comes later than this is another key.
_SECONDS_WITHIN_A_KEY = 0.05
_ESCAPE, _END_OF_INPUT, _FIRST_BEYOND_ASCII = 0x1B, 0x04, 0x80


class Terminal:
    """Standard input, where it is a terminal: within `with` keys come as they are pressed, unseen and without Enter."""

    def __init__(self) -> None:
        self._descriptor = sys.stdin.fileno()
        self._before = termios.tcgetattr(self._descriptor)

    def __enter__(self) -> Self:
        """Take keys from now on."""
        self._take_keys()
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the terminal as it was."""
        self._take_lines()

    def key(self) -> str:
        """One key in lower case; empty at the end of input, a space for keys that are no letter (arrows, other alphabets)."""
        sys.stdout.flush()
        data = os.read(self._descriptor, 1)
        if not data or data[0] == _END_OF_INPUT:
            return ""
        if data[0] == _ESCAPE or data[0] >= _FIRST_BEYOND_ASCII:
            while select([self._descriptor], [], [], _SECONDS_WITHIN_A_KEY)[0] and os.read(self._descriptor, 16):
                pass
            return " "
        return data.decode("ascii").lower()

    def line(self, prompt: str) -> str | None:
        """A line of text, seen and edited as it is typed; None for Ctrl-D."""
        sys.stdout.flush()
        self._take_lines()
        try:
            return input(prompt)
        except EOFError:
            sys.stdout.write("\n")  # the cursor stands behind the prompt
            return None
        finally:
            self._take_keys()

    def _take_keys(self) -> None:
        tty.setcbreak(self._descriptor, termios.TCSADRAIN)  # what was typed ahead is kept

    def _take_lines(self) -> None:
        termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._before)
