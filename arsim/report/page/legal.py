"""Notes of law on the legal levers that policies use: the rule, its article, the day it was checked. Not legal advice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from arsim.domain.law import Rule, rules
from arsim.domain.policy import Policy
from arsim.report import words
from arsim.report.lever import CHOICES
from arsim.report.page.question import whole_title

_GUARANTEE = ("guarantee_kind", "guarantee_period", "guarantee_act")
_ROUTES = {
    "payment_order": ("payment_order", "payment_order_objection"), "mediation": ("mediation",),
    "suit": ("small_claims", "summary", "ordinary"), "preserved_suit": ("preservation", "summary", "ordinary"),
}  # fmt: skip


@dataclass(frozen=True)
class Use:
    """A lever that touches the law: where it stands, whether a policy uses it, the rules that speak of it, and the choice that matters."""

    path: str
    used: Callable[[Policy], bool]
    rules: tuple[str, ...]
    choice: str = ""

    @property
    def label(self) -> str:
        """What is used, as the lab has it."""
        told = whole_title(self.path)
        return words.say("{lever}: {choice}", lever=told, choice=words.say(CHOICES[self.choice])) if self.choice else told


def _sues(policy: Policy) -> bool:
    return policy.law.days > 0 or policy.law.on_refusal == "yes"


def _route(name: str) -> Callable[[Policy], bool]:
    return lambda policy: _sues(policy) and policy.law.route == name


USES = (
    Use("law.days", lambda policy: policy.law.days > 0, ("limitation", "limitation_suit")),
    Use("law.on_refusal", lambda policy: policy.law.on_refusal == "yes", ("limitation", "limitation_suit")),
    *(Use("law.route", _route(name), known, name) for name, known in _ROUTES.items()),
    Use("law.enforce", lambda policy: _sues(policy) and policy.law.enforce == "yes", ("enforcement", "nothing_found")),
    Use("law.complaint_days", lambda policy: policy.law.complaint_days > 0, ("sme_scope", "sme_terms", "sme_complaint")),
    Use("interest.rate", lambda policy: policy.interest.rate > 0, ("late_penalty", "late_silent", "late_statement", "late_sme")),
    Use("plan.offer", lambda policy: policy.plan.offer == "yes", ("limitation_promise", "limitation_instalments")),
    Use("plan.accelerate", lambda policy: policy.plan.offer == policy.plan.accelerate == "yes", ("instalment_sale",)),
    Use("plan.notarised", lambda policy: policy.plan.offer == policy.plan.notarised == "yes", ("notarised",)),
    Use("plan.security", lambda policy: policy.plan.offer == "yes" and policy.plan.security == "guarantee", _GUARANTEE),
    Use("credit.security", lambda policy: policy.credit.security in ("general_guarantee", "joint_guarantee"), _GUARANTEE),
    Use("credit.security", lambda policy: policy.credit.security == "retention", ("retention_of_title",)),
    Use("credit.hold_overdue_days", lambda policy: policy.credit.hold_overdue_days > 0, ("credit_hold",)),
    Use("credit.hold_review_days", lambda policy: policy.credit.hold_review_days > 0, ("credit_hold",)),
    Use("credit.over_limit", lambda policy: policy.credit.over_limit == "hold", ("credit_hold",)),
    Use("warning.stop", lambda policy: policy.warning.check != "never" and policy.warning.stop != "none", ("credit_hold",)),
    Use("dispute.claim_undisputed", lambda policy: policy.dispute.claim_undisputed == "yes", ("limitation_part", "sme_undisputed")),
    Use("team.confirm_calls", lambda policy: policy.team.confirm_calls == "yes", ("demand", "limitation_restart")),
    Use("dunning.N.channel", lambda policy: any(level.channel == "lawyer_letter" for level in policy.dunning),
        ("demand", "limitation_restart"), "lawyer_letter"),
    Use("promise.follow_up", lambda policy: policy.promise.follow_up == "lawyer_letter", ("demand", "limitation_restart"),
        "lawyer_letter"),
    Use("write_off.then", lambda policy: policy.write_off.then == "lawyer_on_commission", ("limitation", "limitation_effect")),
)  # fmt: skip


@dataclass(frozen=True)
class Note:
    """A rule, and because of what it stands here: the lever and the policies that use it."""

    rule: Rule
    because: str


def notes(policies: Sequence[Policy]) -> list[Note]:
    """The rules that matter to the legal levers `policies` use, in the order of the book of law; none where none is used."""
    because: dict[str, dict[str, list[str]]] = {}
    for use in USES:
        who = [policy.called(words.language()) for policy in policies if use.used(policy)]
        for key in use.rules if who else ():
            told = because.setdefault(key, {}).setdefault(use.label, [])
            told += [one for one in who if one not in told]
    return [
        Note(rule, words.listed(words.say("{lever} ({policies})", lever=lever, policies=words.listed(who))
                                for lever, who in because[key].items()))
        for key, rule in rules().items() if key in because
    ]  # fmt: skip
