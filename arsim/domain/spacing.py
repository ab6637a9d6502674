"""The gap between Chinese and half-width writing: one rule, for what is written and for what is filled in later.

A space stands between a Chinese character and a half-width letter, digit or `{hole}` beside it, on either side; none beside
full-width punctuation, and none before %. Code, formulas, links' targets, HTML tags, titles in 《》 and official numbers stay as
they are.
"""

import re
from functools import cache
from itertools import cycle
from string import Formatter

HAN = "\u3400-\u4dbf\u4e00-\u9fff〇"
WIDE = "，。；：？！、（）“”‘’《》〈〉【】〔〕"
_CODE, _TARGET, _OTHER, _FROM, _TO = "\ue000\ue001\ue002\ue003\ue004"  # stand for what is kept, and for the two ends of bold or of a hole
_HALF = f"A-Za-z0-9{_CODE}"
_KEPT = re.compile(
    r"(?P<other>```.*?```|\$\$.*?\$\$|\$[^$\n]*\$|<!--.*?-->|</?[A-Za-z][^>\n]*>"  # code blocks, formulas, HTML
    rf"|https?://[^\s{HAN}{WIDE}]+|\{{\{{|\}}\}}|\\[^\s{HAN}]"  # addresses, braces meant as such, escapes such as \n in a file
    rf"|《[^》\n]*》|〔\d+〕\d+号|令第\d+号|公告\d+年第\d+号|（\d{{4}}）[{HAN}]+\d*[{HAN}]+\d+号)"  # names and numbers given by others
    r"|(?P<target>\]\([^)\n]*\))"
    r"|`[^`\n]*`|\{[^{}\n]*\}",  # code and holes: untouched inside, half-width to their neighbours
    re.DOTALL,
)
_BOLD = re.compile(r"\*\*")
_GAPS = (
    (re.compile(rf"(?<=[0-9{_CODE}]) (?=[%‰])"), ""),
    (re.compile(rf"(?<=[{_HALF}{HAN}%‰]) (?=[{WIDE}])|(?<=[{WIDE}]) (?=[{_HALF}{HAN}])"), ""),
    (re.compile(rf"(?<=[{HAN}])({_TO}?)(?={_FROM}?\[?[−±≥≤≈¥+]?[{_HALF}])"), r"\1 "),
    (re.compile(rf"(?<=[{_HALF}])([%‰]?\]?{_TARGET}?{_TO}?)(?={_FROM}?[{HAN}])"), r"\1 "),
)
# Where something was filled in: the space goes when Chinese stands on both sides, and comes when it doesn't.
_SEAMS = (
    (re.compile(rf"(?<=[{HAN}]) ?{_FROM}(?=[{HAN}{WIDE}])|(?<=[{HAN}{WIDE}]){_TO} ?(?=[{HAN}])"), ""),
    (re.compile(rf"(?<=[{HAN}]){_FROM}(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%]){_TO}(?=[{HAN}])"), " "),
    (re.compile(f"[{_FROM}{_TO}]"), ""),
)


def spaced(text: str) -> str:
    """`text` with its gaps between Chinese and half-width writing put right.

    >>> spaced("重复40次，DSO降了3天（95 % 区间）")
    '重复 40 次，DSO 降了 3 天（95% 区间）'
    >>> spaced("2025年1月1日起，{name}欠{sum:,}元， 占15%的货款")
    '2025 年 1 月 1 日起，{name} 欠 {sum:,} 元，占 15% 的货款'
    >>> spaced("约**40**次，**约**40次，用`arsim warm`准备，见[DSO](d1.ipynb)一章")
    '约 **40** 次，**约** 40 次，用 `arsim warm` 准备，见 [DSO](d1.ipynb) 一章'
    >>> spaced("《企业会计准则第22号》，法释〔2020〕17号，`第3行`，$一1$，<b>3</b>张")
    '《企业会计准则第22号》，法释〔2020〕17号，`第3行`，$一1$，<b>3</b>张'
    >>> spaced(spaced("共3张B级")) == spaced("共3张B级"), spaced("40 calls a day, 15 percent")
    (True, '40 calls a day, 15 percent')
    """
    kept = []

    def keep(match: re.Match) -> str:
        kept.append(match[0])
        return _OTHER if match["other"] else _TARGET if match["target"] else _CODE

    lines = [_line(line) for line in _KEPT.sub(keep, text).split("\n")]
    back = iter(kept)
    return re.sub(f"[{_CODE}{_TARGET}{_OTHER}]", lambda _: next(back), "\n".join(lines))


def _line(line: str) -> str:
    """One line, its bold marks told apart: a gap stands outside the marks. A line without Chinese is left alone."""
    if not re.search(f"[{HAN}]", line):
        return line
    marks = cycle(_FROM + _TO)
    line = _BOLD.sub(lambda _: next(marks), line)
    for pattern, gap in _GAPS:
        line = pattern.sub(gap, line)
    return re.sub(f"[{_FROM}{_TO}]", "**", line)


def closed(text: str) -> str:
    """`text` without its gaps between Chinese and half-width writing: to be compared, not to be read.

    >>> closed("6 月 24 日，a b"), closed("付 13.8 万")
    ('6月24日，a b', '付13.8万')
    """
    return re.sub(rf"(?<=[{HAN}]) (?=[A-Za-z0-9])|(?<=[A-Za-z0-9%]) (?=[{HAN}])", "", text)


def filled(text: str, /, **values) -> str:
    """`text` with its holes filled as ``str.format`` does, and no gap left between Chinese and Chinese.

    >>> filled("客户 {name} 欠 {sum:,} 元", name="锦舟", sum=12000), filled("客户 {name} 欠款", name="K7")
    ('客户锦舟欠 12,000 元', '客户 K7 欠款')
    >>> filled("{when}到期", when="2025-03-05"), filled("{share} 的发票", share="（按金额）一半")
    ('2025-03-05 到期', '（按金额）一半的发票')
    >>> filled("{who} owes {sum}", who="金", sum=3)
    '金 owes 3'
    """
    text = _marked(text).format(**values)
    for pattern, gap in _SEAMS:
        text = pattern.sub(gap, text)
    return text


@cache
def _marked(text: str) -> str:
    """`text` with the ends of its holes marked, where Chinese stands in it."""
    if not re.search(f"[{HAN}]", text):
        return text
    made = ""
    for literal, name, spec, conversion in Formatter().parse(text):
        made += literal.replace("{", "{{").replace("}", "}}")
        if name is not None:
            made += f"{_FROM}{{{name}{'!' + conversion if conversion else ''}{':' + spec if spec else ''}}}{_TO}"
    return made
