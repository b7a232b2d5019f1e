"""Bytes to text: which encoding a page is in, what in it is no character, and what was spoiled before it was saved.

The names in `pages.encoding`:

- `utf-8`, and `utf-8-sig` with a byte order mark. ASCII is `utf-8`.
- `utf-16-le`, `utf-16-be`, `utf-32-le`, `utf-32-be`: by their mark, or by where their NUL bytes stand.
- Without any declaration, by how the bytes are spelled: `windows-1252`, `windows-1250`, `windows-1251`, `koi8-r`, `ibm866`,
  `gb18030` (which GBK and GB 2312 are part of), `big5`, `shift_jis`, `euc-jp`, `euc-kr`.
- If a page or its server declares it: these, and every other encoding of the web (https://encoding.spec.whatwg.org),
  `iso-8859-2` to `iso-8859-16`, `windows-874` to `windows-1258`, `koi8-u`, `macintosh`, `x-mac-cyrillic`, `iso-2022-jp`;
  `iso-8859-1` and `ascii` mean `windows-1252` there.
- `utf-8+windows-1252` and the like (also `utf-8-sig+…`): UTF-8, some lines in the other one.
"""

from pipelines.read.encoding.decoding import decode
from pipelines.read.encoding.mojibake import find_mojibake
from pipelines.read.encoding.values import Decoded

__all__ = ["Decoded", "decode", "find_mojibake"]
