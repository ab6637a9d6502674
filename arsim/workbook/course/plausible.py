"""All the unknowns at once: a small study of robustness in a lesson, looked at piece by piece."""

from arsim.domain.policy import Policy
from arsim.report import robust as told
from arsim.report import robust_plots, words
from arsim.study.regret import minimax, regret_table
from arsim.study.robust import robust
from arsim.study.robustness import Robustness, look_into
from arsim.workbook.course.lesson import show_table
from arsim.workbook.course.rollout import display_picture

WORLDS, EACH, REPLICATIONS = 60, 2, 12  # a class is waiting: `arsim robust` takes more
TOP = 6
AMONG = (
    "liquidity.sound_tight", "liquidity.tight_sound", "liquidity.tight_distressed", "liquidity.distressed_tight", "liquidity.tight",
    "liquidity.distressed", "price.gross_margin", "goodwill.orders", "promise.kept", "answer.promise", "answer.hardship_distressed",
    "channel.call.effect", "channel.call.reach", "channel.call.right_party", "law.filing_goodwill", "law.complies",
    "together.statement_finds", "together.kpi_orders", "dispute.contested_high", "money.part_tight",
)  # looked at, so that the intervals need to hold for these only: what `arsim robust` found to matter, and what the lesson talks about
SHOWN = ("value", "overdue_share", "lost", "goodwill")  # of who loses


def study(first: Policy, second: Policy, *others: Policy, worlds: int = WORLDS) -> Robustness:
    """Run the policies in plausible worlds, and look into the second against the first; what the worlds are made of is shown."""
    found = robust([first, second, *others], count=worlds, each=EACH)
    print(told.assumptions(found.worlds, EACH))
    return look_into(found, policy=second.name, walked=1, among=AMONG, replications=REPLICATIONS)


def shares(made: Robustness, outcome: str = "net_value") -> float:
    """Show in how many worlds it is better; the share for `outcome`, in percent."""
    print(told.verdict(made.found, made.policy))
    return 100 * made.found.beats(made.policy, outcome).share


def regret(made: Robustness) -> str:
    """Show what it costs not to have known the world; the policy with the smallest worst regret, by what it is called."""
    show_table(told.regret_rows(made.found, made.outcome))
    least = minimax(regret_table(made.found.names, made.found.in_worlds(made.outcome)))
    return told.titled(made.found)[least]


def strongest(made: Robustness) -> str:
    """Show the parameters that move the difference most, and what else does; the path of the strongest."""
    scale = told.scale_of(made.found)
    drawn = robust_plots.tornado(made.pulls, scale, made.outcome, TOP)
    display_picture(drawn, robust_plots.alt(drawn))
    print(told.sieved(made), told.parts(made.pulls), sep="\n")
    return made.pulls.pulls[0].path


def turns(made: Robustness) -> float | None:
    """Say where the strongest parameter turns the verdict, and where losing worlds lie; that value, None if it does not turn."""
    title = told.titled(made.found)[made.policy]
    print(told.tipping_line(made.tips[0], told.scale_of(made.found)), told.box_line(made.box, title), sep="\n")
    return made.tips[0].value


def who_loses(made: Robustness) -> int:
    """Show what the policy does to each kind of customer; how many segments are surely worse off although the total is not."""
    show_table(told.loser_rows(made.losers, measures=SHOWN))
    print(words.say("▲ surely better, ▼ surely worse, * may be nothing, ! worse although the total is not."))
    print(*told.loser_lines(made.losers), sep="\n")
    return len({(one.grouping, one.segment) for one in made.losers.flagged})
