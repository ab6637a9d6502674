"""A study of robustness as files and as plain data."""

import math
from pathlib import Path

import pandas as pd

from arsim.report import parameter, robust, robust_plots, words
from arsim.report.figures import file_unit
from arsim.report.firm import Firm
from arsim.report.put import csv, put
from arsim.study.company import Company
from arsim.study.kept_robustness import FILE, as_file
from arsim.study.losers import MEASURES
from arsim.study.regret import minimax, regret_table
from arsim.study.robust import TOGETHER, Robust, Share
from arsim.study.robustness import Robustness


def frames(study: Robustness, firm: Firm | None = None) -> dict[str, pd.DataFrame]:
    """Every table of the study by file name; money in fen, shares 0 … 1."""
    found, titles, currency = study.found, robust.titled(study.found), (firm or Firm()).currency
    unit = file_unit(robust.OUTCOME[study.outcome].unit, currency)
    pulls = pd.DataFrame([(pull.path, parameter.called(pull.path), pull.effect, pull.low, pull.high, unit, pull.share, pull.sure)
                          for pull in study.pulls.pulls],
                         columns=["parameter", "label", "effect", "low", "high", "unit", "variance_share", "sure"])  # fmt: skip
    tips = pd.DataFrame([(one.constant.path, parameter.called(one.constant.path), value, one.used, *point, unit)
                         for one in study.tips for value, point in zip(one.values, one.points, strict=True)],
                        columns=["parameter", "label", "value", "used", "difference", "low", "high", "unit"])  # fmt: skip
    who = pd.DataFrame([(one.grouping, one.segment, robust.segment(one), one.customers, one.measure, robust.measure(one.measure),
                         file_unit(MEASURES[one.measure][0], currency), one.reference, one.difference, one.low, one.high, one.verdict,
                         one in study.losers.flagged) for one in study.losers.effects],
                       columns=["grouping", "segment", "segment_label", "customers", "measure", "measure_label", "unit", "reference",
                                "difference", "low", "high", "verdict", "flagged"])  # fmt: skip
    alone = pd.DataFrame([(path, parameter.called(path), moved, unit) for path, moved in study.tried.items()],
                         columns=["parameter", "label", "change", "unit"])  # fmt: skip
    return {
        "worlds.csv": found.worlds.frame(), "runs.csv": found.runs(), "shares.csv": _shares(found, titles),
        "regret.csv": _regrets(found, titles, currency), "tornado.csv": pulls, "tipping.csv": tips,
        "tried_alone.csv": alone, "who_loses.csv": who,
    }  # fmt: skip


def pictures(study: Robustness, firm: Firm | None = None) -> dict[str, bytes]:
    """Every picture of the study by file name."""
    currency = (firm or Firm()).currency
    scale = robust.scale_of(study.found, currency)
    return {
        "share_of_worlds.png": robust_plots.shares(study.found),
        "tornado.png": robust_plots.tornado(study.pulls, scale, study.outcome),
        **({"tipping.png": robust_plots.tipping(study.tips, scale)} if study.tips else {}),
        "who_loses.png": robust_plots.losers(study.losers, currency),
    }


def write(study: Robustness, folder: Path, firm: Firm | None = None, company: Company | None = None) -> list[Path]:
    """Write tables as CSV (UTF-8 with byte-order mark, for Excel) and pictures, with their descriptions in ``pictures.txt``.

    With the `company` it is about, also all of it in ``robust.json``, from which ``arsim report`` takes it.
    """
    written = []
    for name, frame in frames(study, firm).items():
        written.append(put(folder / name, csv(frame)))
    drawn = pictures(study, firm)
    for name, picture in drawn.items():
        written.append(put(folder / name, picture))
    told = "".join(f"{name}\n{robust_plots.alt(picture)}\n\n" for name, picture in drawn.items())
    written.append(put(folder / "pictures.txt", told.encode()))
    return [*written, put(folder / FILE, as_file(study, company))] if company else written


def as_dict(study: Robustness, firm: Firm | None = None) -> dict:
    """For ``--json``: money in fen, null where there is no number."""
    found, firm = study.found, firm or Firm()
    tables = {name: [{key: _plain(value) for key, value in row.items()} for row in frame.to_dict("records")]
              for name, frame in ((name.removesuffix(".csv"), frame) for name, frame in frames(study, firm).items())
              if name not in ("worlds", "runs", "tried_alone")}  # fmt: skip
    values = found.in_worlds(study.outcome)
    return {
        "policies": list(found.names), "reference": found.names[0], "policy": study.policy, "outcome": study.outcome,
        "worlds": len(found.worlds), "asked": found.asked, "replications_in_world": found.each, "days": found.days, "seed": found.seed,
        "scenario_weights": found.worlds.weights, "known": found.worlds.known, "varied": len(found.worlds.varied),
        "company": firm.called, "money": "fen" if firm.currency == "CNY" else f"0.01 {firm.currency}",
        "minimax_regret": minimax(regret_table(found.names, values, robust.OUTCOME[study.outcome].direction or 1)),
        "variance": {"luck": _plain(study.pulls.luck), "scenario": study.pulls.scenario, "rest": study.pulls.rest},
        "turns_at": {one.constant.path: _turns(one) for one in study.tips}, "loses_where": _box(study), **tables,
    }  # fmt: skip


def _turns(one) -> dict:
    low, high, share = one.range
    return {"value": one.value, "low": _plain(low), "high": _plain(high), "share_of_draws": share, "used": one.used}


def _box(study: Robustness) -> dict | None:
    if study.box is None:
        return None
    conditions = [{"parameter": one.path, "above": one.above, "value": one.value} for one in study.box.conditions]
    return {"conditions": conditions, "coverage": study.box.coverage, "density": study.box.density, "base": study.box.base}


def _shares(found: Robust, titles: dict[str, str]) -> pd.DataFrame:
    rows = []
    for key in TOGETHER:
        best, label = found.best(key), words.pick(robust.OUTCOME[key].label)
        rows += [(name, titles[name], key, label, "best", *_three(best[name]), float("nan")) for name in found.names]
        rows += [(name, titles[name], key, label, "beats_reference", *_three(found.beats(name, key)), found.on_average(name, key))
                 for name in found.names[1:]]  # fmt: skip
    rows += [(name, titles[name], "all_three", words.say("all three at once"), "beats_reference", *_three(found.all_three(name)),
              float("nan")) for name in found.names[1:]]  # fmt: skip
    return pd.DataFrame(rows, columns=["policy", "policy_title", "outcome", "outcome_label", "what", "share", "low", "high",
                                       "luck_averaged_out"])  # fmt: skip


def _regrets(found: Robust, titles: dict[str, str], currency: str) -> pd.DataFrame:
    rows = []
    for key in TOGETHER:
        kind = robust.OUTCOME[key]
        for one in regret_table(found.names, found.in_worlds(key), kind.direction or 1):
            rows.append((one.policy, titles[one.policy], key, words.pick(kind.label), file_unit(kind.unit, currency), one.mean, one.often,
                         one.most))  # fmt: skip
    return pd.DataFrame(rows, columns=["policy", "policy_title", "outcome", "outcome_label", "unit", "mean", "quantile_90", "maximum"])


def _three(share: Share) -> tuple[float, float, float]:
    return share.share, share.low, share.high


def _plain(value):
    return None if isinstance(value, float) and math.isnan(value) else value
