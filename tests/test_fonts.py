"""Chinese in figures: every glyph found, with the system's fonts and without."""

import io
import warnings

import matplotlib
import pytest
from matplotlib.figure import Figure

from arsim.report import fonts

TEXT = "应收账款 喆镕堃 ￥1,234 −5 “逾期”——30%"


def _draw(text):
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # "Glyph ... missing from font(s)" is a warning
        figure = Figure(figsize=(3, 1))
        figure.text(0.1, 0.5, text)
        figure.savefig(io.BytesIO(), format="png")


@pytest.fixture(autouse=True)
def untouched():
    with matplotlib.rc_context():
        fonts.prepare.cache_clear()
        yield
    fonts.prepare.cache_clear()


def test_bare_matplotlib_draws_boxes():
    matplotlib.rcParams["font.family"] = ["DejaVu Sans"]
    with pytest.raises(UserWarning, match="missing"):
        _draw(TEXT)


def test_chinese_is_drawn():
    families = fonts.prepare()
    assert matplotlib.rcParams["font.family"] == list(families)
    assert matplotlib.rcParams["axes.unicode_minus"] is False
    _draw(TEXT)


def test_chinese_is_drawn_where_the_system_has_no_chinese_font(monkeypatch):
    monkeypatch.setattr(fonts, "CHINESE", ())
    assert fonts.prepare() == ("DejaVu Sans", "Noto Sans SC")
    _draw(TEXT)


def test_preparing_twice_changes_nothing():
    assert fonts.prepare() is fonts.prepare()


def test_only_installed_fonts_are_named(caplog):
    fonts.prepare()
    _draw(TEXT)
    assert "not found" not in caplog.text
