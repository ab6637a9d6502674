"""Text with a little marking as HTML: a paragraph a line, `code`, and code of several lines between lines of three backticks."""

import html
import re

_CODE, _AS_CODE = re.compile(r"`([^`]*)`"), r"<code>\1</code>"
_FENCE = re.compile(r"^```\n(.*?)\n```$", re.DOTALL | re.MULTILINE)


def paragraphs(text: str) -> str:
    r"""The text as HTML.

    >>> paragraphs("Like `a < b`:\n```\nx = 1\ny = 2\n```")
    '<p>Like <code>a &lt; b</code>:</p><pre style="white-space:pre-wrap">x = 1\ny = 2</pre>'
    """
    made = ""
    for at, part in enumerate(_FENCE.split(text)):
        if at % 2:
            made += f'<pre style="white-space:pre-wrap">{html.escape(part)}</pre>'
        else:
            made += "".join(f"<p>{_CODE.sub(_AS_CODE, html.escape(line))}</p>" for line in part.splitlines() if line.strip())
    return made
