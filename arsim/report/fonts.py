"""Fonts: Chinese in a figure is drawn, not boxed, on any machine.

Matplotlib takes each glyph from the first font of a list that has it: Latin from its own DejaVu Sans, Chinese from the
system's font, and what that one lacks from the Noto Sans SC (OFL) that comes with the package.
"""

from functools import cache

CHINESE = ("Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei")
BUNDLED = "Noto Sans SC"


@cache
def prepare() -> tuple[str, ...]:
    """Set matplotlib up for Chinese, once; call it before the first figure, since one made earlier keeps its boxes.

    Returns
    -------
    tuple of str
        The font families now in use, in the order they are tried.
    """
    import matplotlib
    from matplotlib.font_manager import fontManager
    from pylopdf_fonts_zh_cn import sans_path

    fontManager.addfont(sans_path())
    installed = set(fontManager.get_font_names())
    # Only installed ones: matplotlib complains, on every text, about each name it cannot find.
    system = next(([name] for name in CHINESE if name in installed), [])
    families = ["DejaVu Sans", *system, BUNDLED]
    matplotlib.rcParams["font.family"] = families
    matplotlib.rcParams["axes.unicode_minus"] = False
    return tuple(families)
