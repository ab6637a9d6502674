"""Rules for keeping customers: care, sales and finance working together, tools."""

from arsim.domain.lever import Part, YesNo, lever


class Relations(Part):
    """Service, and sales and finance pulling together."""

    care_calls: int = lever(0, 0, 12, unit="a year", en="Care calls to each good payer", zh="每年给守信客户的关怀电话")
    recovery_kpi: float = lever(
        0.0, 0.0, 1.0, unit="share of the sales bonus", en="Sales bonus that depends on recovery", zh="销售奖金与回款挂钩的比例"
    )
    joint_visits: YesNo = lever("no", unit="choice", en="Sales and finance visit together", zh="销售与财务联合拜访")


class Tools(Part):
    """Tools that help; each costs its licence."""

    crm: YesNo = lever("no", unit="choice", en="CRM with the right contact persons", zh="用 CRM 管理正确的联系人")
    e_statement: YesNo = lever("no", unit="choice", en="Monthly e-statement and online reconciliation", zh="每月电子对账")
    one_click: YesNo = lever("no", unit="choice", en="One-click payment", zh="一键付款")
