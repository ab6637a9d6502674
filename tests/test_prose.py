"""The rules of writing: each can fail, and what people write passes."""

import pytest

from arsim.workbook.prose import faults


@pytest.mark.parametrize("text", [
    "客户付款, 然后", "账龄(按到期日计算)", '他说"明天付"。', "再等等...", "付款--收款", "客户 ，付款", "共３张",
    "请看 this is a whole English sentence here 再说", "应收帐款", "付款令",
])  # fmt: skip
def test_wrong_chinese_is_told(text):
    assert list(faults("zh", text))


@pytest.mark.parametrize("text", [
    "客户付款，然后（按到期日）再说：“明天付”。……等等——好。", "DSO、BPDSO 和 ADD 都是天数。",
    "`arsim course timetable --lang zh` 打印课程表。",
    "[English](../en/start_here.ipynb)", "2/10 net 30 的代价是多少？", "用 Kaplan–Meier 曲线看。", "**运行所有单元格…**",
    "先看**规则**，再做。**小结。** 完。**完。**",
    "{discount}% 的折扣",
])  # fmt: skip
def test_good_chinese_passes(text):
    assert not list(faults("zh", text))


@pytest.mark.parametrize("text", ["The customer says 我们下个星期一定付款的 again.", "An installment plan.", "The aging report."])
def test_wrong_english_is_told(text):
    assert list(faults("en", text))


@pytest.mark.parametrize("text", ["A chain of debts (三角债) is common.", "[中文版](../zh/start_here.ipynb)", "Managing, imaging, ageing."])
def test_good_english_passes(text):
    assert not list(faults("en", text))
