"""Value, risk and relationship beside each other: what each policy does to all three, against the first."""

from arsim.report import fonts, words
from arsim.report.figures import Scale, figure, money_scale, unit
from arsim.report.firm import Firm
from arsim.report.plots import WIDTH, _png
from arsim.report.table import comparison_scale
from arsim.study.comparison import Comparison
from arsim.study.outcome import OUTCOMES

THREE = ("net_value", "run_off_loss", "goodwill")
SHOWN = ("net_value", "collection_cost", "overdue_share", "run_off_loss", "goodwill", "walked_sales", "contacts", "utilisation")
_SHARP, _ROW, _HEAD = 1.5, 30, 96  # pixels a policy, and above and below the rows
# Okabe and Ito's blue, vermilion and a grey, each with a mark of its own: no verdict is told by colour alone.
_LOOKS = {1: ("#0072B2", "o"), -1: ("#D55E00", "X"), 0: ("#777777", "D")}


def picture(comparison: Comparison, currency: str = "CNY") -> bytes:
    """The change in each of `THREE` against the first policy, with its 95 % interval, a row a policy.

    Parameters
    ----------
    comparison : Comparison
        Of at least two policies.
    currency : str
        Of the money.

    Returns
    -------
    bytes
        PNG.
    """
    fonts.prepare()
    from matplotlib.figure import Figure

    policies, height = comparison.policies[1:], _HEAD + _ROW * len(comparison.policies[1:])
    made = Figure(figsize=(WIDTH / 100, height / 100), dpi=100 * _SHARP, facecolor="white")
    titles = [policy.called(words.language()) for policy in policies]
    axes = made.subplots(1, 3, sharey=True, gridspec_kw={"left": 0.335, "right": 0.985, "top": 1 - 34 / height, "bottom": 48 / height})
    table = comparison.summary().set_index(["policy", "outcome"])
    for axis, key in zip(axes, THREE, strict=True):
        outcome = next(one for one in OUTCOMES if one.key == key)
        scale = money_scale(float("inf"), currency) if outcome.unit == "fen" else Scale(1, unit(outcome.unit, Scale(1, "")))
        axis.axvline(0, color="#999999", linewidth=0.9)
        for row, policy in enumerate(policies):
            line = table.loc[policy.name, key]
            colour, mark = _LOOKS[int(line.better)]
            axis.plot([line.low / scale.fen, line.high / scale.fen], [row, row], color=colour, linewidth=1.6)
            axis.plot([line.difference / scale.fen], [row], color=colour, marker=mark, markersize=6.5)
        axis.set_title(_titled(outcome, scale), fontsize=8.5, loc="left", pad=5)
        axis.set_ylim(len(policies) - 0.5, -0.5)
        axis.xaxis.set_major_formatter(lambda value, _: f"{value:,.6g}".replace("-", "−"))
        axis.tick_params(axis="y", length=0)
        axis.locator_params(axis="x", nbins=3)
        axis.tick_params(labelsize=8, color="#999999")
        axis.grid(axis="x", color="#e4e4e4", linewidth=0.7)
        axis.spines[["top", "right", "left"]].set_visible(False)
    axes[0].set_yticks(range(len(policies)), titles, fontsize=9)
    note = words.say("Change against {first}, with 95 % interval. ● better, ✖ worse, ◆ cannot be told",
                     first=comparison.policies[0].called(words.language()))  # fmt: skip
    made.text(0.985, 6 / height, note, ha="right", va="bottom", fontsize=8, color="#555555")
    return _png(made)


def rows(comparison: Comparison, firm: Firm | None = None, shown: tuple[str, ...] = SHOWN) -> list[list[str]]:
    """A line an outcome, a column a policy: the means, with units.

    Parameters
    ----------
    comparison : Comparison
    firm : Firm, optional
    shown : tuple of str
        Keys of outcomes.

    Returns
    -------
    list of list of str
        The head first.
    """
    scale = comparison_scale(comparison, firm)
    made = [[words.say("Mean of {count} replications", count=len(comparison.replications)),
             *(policy.called(words.language()) for policy in comparison.policies)]]  # fmt: skip
    for outcome in (one for one in OUTCOMES if one.key in shown):
        means = [_mean(comparison.values(policy.name, outcome.key)) for policy in comparison.policies]
        label = words.say("{label} ({unit})", label=words.pick(outcome.label), unit=unit(outcome.unit, scale))
        made.append([label, *(figure(mean, outcome.unit, scale) for mean in means)])
    return made


def _titled(outcome, scale: Scale) -> str:
    short = {"net_value": words.say("Value: net value"), "run_off_loss": words.say("Risk: unpaid a year later"),
             "goodwill": words.say("Relationship: goodwill")}[outcome.key]  # fmt: skip
    return f"{short}\n{scale.name}"


def _mean(values) -> float:
    known = values[values == values]
    return float(known.mean()) if len(known) else float("nan")
