"""The distribution of a book's loss, in a few lines."""

from collections.abc import Sequence

from arsim.report import words
from arsim.report.calc.answer import percent, rough, table
from arsim.study.loss_distribution import LossDistribution

LEVELS = (0.5, 0.95, 0.99)


def losses(found: Sequence[tuple[str, LossDistribution]]) -> tuple[list[str], list[dict]]:
    """Each distribution as a row: mean, sd and the losses that are not exceeded with the chances `LEVELS`; and the same as plain data."""
    say = words.say
    head = ["", say("mean"), say("standard deviation"), *(percent(level) for level in LEVELS)]
    rows = [[name, rough(loss.mean), rough(loss.sd), *(rough(loss.quantile(level)) for level in LEVELS)] for name, loss in found]
    data = [{"mean": loss.mean, "sd": loss.sd, "quantiles": {f"{level:g}": loss.quantile(level) for level in LEVELS}} for _, loss in found]
    return [
        say("Loss, and what it does not exceed with these chances, if the invoices or customers fail independently:"),
        *table(head, rows),
    ], data
