"""Exports as six systems write them: the columns are found, the documents told apart, the amounts and days right."""

from datetime import date

import pytest

from arsim.domain.headers import match
from arsim.domain.intake import How, take_in
from arsim.domain.sheet import Fate

DAY = date(2025, 3, 5)
# name: (file name, content, options; loaded, joined, dropped; customer, amounts in fen and paid date of the first invoice)
EXPORTS = {
    "SAP line items": (
        "fbl5n.txt",
        "Company Code\tAccount\tName 1\tDocument Number\tReference\tAssignment\tDocument Type\tDocument Date\tPosting Date\tNet due date\t"
        "Amount in local currency\tLocal Currency\tAmount in doc. curr.\tDocument currency\tClearing date\t"
        "Clearing Document\tInvoice reference\n"
        "1000\t200769\tAcme\t1800000001\tX1\t-\tRV\t05.03.2025\t05.03.2025\t04.04.2025\t1.234,56\tCNY\t170,00\tUSD\t14.04.2025\t1400000007\t\n"
        "1000\t200769\tAcme\t1800000002\tX2\t-\tRV\t25.03.2025\t25.03.2025\t24.04.2025\t500,00\tCNY\t500,00\tCNY\t\t\t\n"
        "1000\t200769\tAcme\t1600000003\tX3\t-\tDG\t26.03.2025\t26.03.2025\t26.03.2025\t100,00-\tCNY\t100,00-\tCNY\t\t\t1800000002\n"
        "1000\t200769\tAcme\t1400000007\tX4\t-\tDZ\t14.04.2025\t14.04.2025\t14.04.2025\t1.234,56-\tCNY\t170,00-\tUSD\t14.04.2025\t1400000007\t\n"
        "\t\t\t\t\t\t\t\t\t*\t400,00\tCNY\t\t\t\t\t\n", {},
        (2, 1, 2), "200769", [123456, 40000], date(2025, 4, 14)),
    "Kingdee": (
        "kingdee.csv",
        "单据类型,单据编号,业务日期,到期日,结算组织,客户,币别,价税合计,已核销金额,未核销金额,最后核销日期\n"
        '标准应收单,AR00001,2025/3/5,2025/4/4,总部,上海机械有限公司,人民币,"1,234.56","1,234.56",0,2025/4/14\n'
        "标准应收单,AR00002,2025/3/6,2025/4/5,总部,上海机械有限公司,人民币,500,100,400,2025/4/10\n"
        "收款单,SK00001,2025/4/14,,总部,上海机械有限公司,人民币,1234.56,,,\n"
        '合计,,,,,,,"2,969.12",,,\n', {}, (2, 0, 2), "上海机械有限公司", [123456, 40000], date(2025, 4, 14)),
    "Yonyou": (
        "yonyou.csv",
        "单据类型,单据编号,单据日期,客户编码,客户名称,币种,原币金额,本币金额,到期日,核销日期\n"
        "销售专用发票,0000000001,2025年3月5日,KH001,上海机械有限公司,美元,170,1234.56,2025年4月4日,2025年4月14日\n"
        "销售专用发票,0000000002,2025年3月6日,KH001,上海机械有限公司,人民币,500,500,2025年4月5日,\n"
        "预收款,0000000003,2025年3月6日,KH001,上海机械有限公司,人民币,-900,-900,2025年4月5日,\n"
        "小计,,,,,,,834.56,,\n", {}, (2, 0, 2), "KH001", [123456, 50000], date(2025, 4, 14)),
    "Oracle": (
        "oracle.csv",
        "Operating Unit,Trx Number,Class,Trx Date,Due Date,Bill To Customer,Customer Number,Invoice Currency Code,Amount Due Original,"
        "Amount Due Remaining,Actual Date Closed,Status\n"
        "CN01,10001,INV,05-MAR-25,04-APR-25,Acme,1021,CNY,1234.56,0,14-APR-25,CL\n"
        "CN01,10002,INV,06-MAR-25,05-APR-25,Acme,1021,CNY,500,400,,OP\n"
        "CN01,90001,PMT,14-APR-25,,Acme,1021,CNY,-1234.56,0,14-APR-25,CL\n", {}, (2, 0, 1), "1021", [123456, 40000], date(2025, 4, 14)),
    "QuickBooks": (
        "quickbooks.csv",
        "Type,Date,Num,Name,Terms,Due Date,Date Paid,Amount,Open Balance\n"
        "Invoice,03/05/2025,1001,Acme,Net 30,04/04/2025,04/14/2025,\"1,234.56\",0.00\n"
        "Invoice,03/06/2025,1002,Acme,Net 30,04/05/2025,,500.00,400.00\n"
        "Payment,04/14/2025,77,Acme,,,,-1234.56,\n"
        "Total Acme,,,,,,,500.00,400.00\n", {}, (2, 0, 2), "Acme", [123456, 40000], date(2025, 4, 14)),
    "Dynamics 365": (
        "d365.csv",
        "Legal entity;Customer account;Invoice;Voucher;Date;Due date;Currency;Amount in transaction currency;Balance;Last settlement date;"
        "Transaction type\n"
        "CNMF;DE-001;CIV-1;V1;5-3-2025;4-4-2025;CNY;1.234,56;0,00;14-4-2025;Customer invoice\n"
        "CNMF;DE-001;CIV-2;V2;6-3-2025;5-4-2025;CNY;500,00;400,00;;Customer invoice\n"
        "USMF;US-001;CIV-3;V3;6-3-2025;5-4-2025;USD;500,00;500,00;;Customer invoice\n"
        ";;;;;;;;;;\n", {"company": "CNMF"}, (2, 0, 1), "DE-001", [123456, 40000], date(2025, 4, 14)),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPORTS)
def test_exports_are_understood(name, tmp_path):
    file, content, options, fates, customer, amounts, paid = EXPORTS[name]
    (tmp_path / file).write_text(content, "utf-8")
    intake = take_in(tmp_path / file, How(**options))
    assert not intake.faults(), "\n".join(map(str, intake.faults()))
    assert tuple(intake.count(fate) for fate in (Fate.LOADED, Fate.JOINED, Fate.DROPPED)) == fates
    ledger = intake.ledger
    assert set(ledger.customer) == {customer} and ledger.amount.tolist() == amounts and ledger.currency == "CNY"
    assert ledger.issued[0].item() == DAY and ledger.paid.tolist() == [paid, None]


def test_a_list_of_open_items_needs_no_paid_date(tmp_path):
    content = "单据编号,客户,单据日期,到期日,余额\nA1,甲,2025-03-05,2025-04-04,100\nA2,乙,2025-03-05,2025-04-04,0\n"
    (tmp_path / "open.csv").write_text(content, "utf-8")
    intake = take_in(tmp_path / "open.csv")
    assert intake.ledger.amount.tolist() == [10000] and intake.ledger.open.all() and intake.count(Fate.DROPPED) == 1


def test_open_and_closed_items_may_stand_in_two_files(tmp_path):
    head = "Invoice number,Customer,Issue date,Due date,Amount,Paid date\n"
    (tmp_path / "open.csv").write_text(head + "A1,Acme,2025-03-05,2025-04-04,10,\nA2,Acme,2025-03-06,2025-04-04,20,\n", "utf-8")
    (tmp_path / "closed.txt").write_text(
        "发票号码\t客户\t开票日期\t到期日\t金额\t收款日期\nA1\tAcme\t2025-03-05\t2025-04-04\t10\t2025-04-20\n"
        "A0\tAcme\t2025-01-05\t2025-02-04\tx\t\n",
        "gb18030",
    )
    intake = take_in([tmp_path / "open.csv", tmp_path / "closed.txt"])
    assert intake.ledger.invoice == ("A1", "A2") and intake.ledger.paid.tolist() == [date(2025, 4, 20), None]
    assert intake.ledger.source == "open.csv + closed.txt" and intake.count(Fate.DROPPED) == 1
    (fault,) = intake.faults()
    assert (fault.file, fault.row, fault.column) == ("closed.txt", 3, "金额")


def test_the_better_of_two_names_is_taken():
    found = match(["Posting Date", "Document Date", "Name 1", "Account", "Num"], 1)
    assert found.at["issued"] == 1
    assert {name for name in found.at} >= {"issued", "invoice"}
