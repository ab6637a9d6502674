"""What it takes to get the same figures again: versions, seed, replications, policies in full, the command."""

import shlex
from pathlib import Path

from arsim.domain.policies import as_toml, built_in, read_policy
from arsim.domain.policy import Policy
from arsim.report import sure, words
from arsim.report.page.question import DEMO
from arsim.study.company import Company
from arsim.study.keep import COMPANY
from arsim.study.kept_study import KeptStudy
from arsim.study.question import made_by
from arsim.study.sure import SIGN


def facts(study: KeptStudy) -> list[tuple[str, str]]:
    """Label and text."""
    say, found, by = words.say, study.comparison, study.made_by
    lines = [(say("Versions"), f"arsim {by.get('arsim', '?')}, Python {by.get('python', '?')}, numpy {by.get('numpy', '?')}"),
             (say("Fingerprint of the code"), by.get("code", "?"))]  # fmt: skip
    if study.other_version:
        here = made_by()
        told = f"arsim {here['arsim']}, Python {here['python']}, numpy {here['numpy']}, {here['code']}"
        lines.append((say("Versions of this report"), told))
    return [
        *lines,
        (say("Fingerprint of the company (all a run can know of its customers and open invoices)"), study.company.fingerprint),
        (say("Fingerprint of the question"), study.fingerprint[:16]),
        (say("Seed"), str(found.seed)),
        (say("Replications"), str(len(found.replications))),
        (say("Why no more"), (" " if words.language() == "en" else "").join(ended(study))),
    ]


def ended(study: KeptStudy) -> list[str]:
    """Why there are so many replications."""
    found = study.comparison
    if study.stopped:
        return [words.say("The study was stopped after {done} of {asked} replications.", done=len(found.replications), asked=found.asked)]
    return sure.why(found) if found.stop else [words.say("This number was asked for.")]


def texts(study: KeptStudy) -> dict[str, str]:
    """Every policy in full, as a file of its own would have it, by the file's name."""
    return {f"{policy.name}.toml": as_toml(policy) for policy in study.comparison.policies}


def own(policy: Policy) -> bool:
    """Whether it is no built-in one, so that its file is needed."""
    return policy.name not in built_in() or read_policy(policy.name) != policy


def needed(study: KeptStudy) -> list[str]:
    """Files that must lie where the command is given: policies of one's own, and the company where it was learnt from a ledger."""
    return [*(f"{policy.name}.toml" for policy in study.comparison.policies if own(policy)), *([COMPANY] if study.company.learnt else [])]


def command(study: KeptStudy, what: str = "compare", out: str | Path = "again") -> str:
    """The command that asks the same again, or asks how robust it is, to be given where the files `needed` lie."""
    found, about = study.comparison, study.company
    words_ = ["arsim", what, *(f"{policy.name}.toml" if own(policy) else policy.name for policy in found.policies)]
    if about.learnt:
        words_ += ["--ledger", COMPANY]  # not where it lies here: a report is passed on
    elif about.name == DEMO and about.customers != len(Company.demo().population):
        words_ += ["--customers", str(about.customers)]
    words_ += ["--days", str(found.days), "--seed", str(found.seed)]
    if what == "compare":
        words_ += ["--scenario", found.scenario.name, "--replications", *_asked(study)]
    return " ".join(shlex.quote(one) for one in [*words_, "--out", str(out)])


def _asked(study: KeptStudy) -> list[str]:
    stop = study.comparison.stop
    if not stop:
        return [str(study.comparison.asked)]
    made = ["auto", "--budget", str(stop.rule.budget)]
    for key, width in stop.rule.within.items():
        made += ["--within", f"{key}={SIGN if width == SIGN else _width(key, width)}"]
    return made


def _width(key: str, width) -> str:
    from arsim.domain.money import FEN
    from arsim.study.outcome import OUTCOMES

    kind = next(one.unit for one in OUTCOMES if one.key == key)
    return f"{100 * width.value:.10g}%" if width.relative else f"{width.value / {'fen': FEN, 'share': 0.01}.get(kind, 1):.10g}"
