"""What going to law costs by statute, each fee with its article and version. Not legal advice."""

from arsim.domain.law_fees import Tariff, tariffs
from arsim.report import words
from arsim.report.calc.answer import Answer, money, percent, table


def fees(amount: int) -> Answer:
    """Every statutory fee for a claim of `amount` fen."""
    say, pick = words.say, words.pick
    found = {key: tariff.fee(amount) for key, tariff in tariffs().items()}
    rows = [[pick(tariff.label), money(found[key]), percent(found[key] / amount)] for key, tariff in tariffs().items()]
    return Answer(
        answer=(
            say("For a claim of CNY {amount}:", amount=money(amount)),
            *table([say("fee"), say("CNY"), say("of the claim")], rows),
        ),
        working=tuple(f"{pick(tariff.label)}: {_banded(tariff, amount)} = {money(found[key])}" for key, tariff in tariffs().items()),
        beware=(
            say("These are not what a suit costs: your lawyer, evidence, time and the travel of your people come on top."),
            say("The winner gets back only the fees the loser bears and can pay. Fees you advance are lost if the debtor has nothing."),
            say("The contingency fee is a ceiling on a firm's fee, not its usual price."),
        ),
        results={key: {"fee": fee, "version": tariffs()[key].version} for key, fee in found.items()},
        law=tuple(
            words.say("{label}: {article}; as of {version}. {note}", label=pick(it.label), note=pick(it.note), version=it.version,
                      article=_article(pick(it.instrument), pick(it.article)))
            for it in tariffs().values()
        ),
    )  # fmt: skip


def _article(instrument: str, article: str) -> str:
    return instrument + ("" if words.language() == "zh" else ", ") + article


def _banded(tariff: Tariff, amount: int) -> str:
    """The sum over the bands with the numbers put in."""
    parts, floor = [], 0
    for band in tariff.bands:
        if amount <= floor:
            break
        top = amount if band.up_to is None else min(amount, band.up_to)
        parts += [money(band.fixed)] if band.fixed else []
        parts += [f"{money(top - floor)} × {percent(float(band.rate))}"] if band.rate else []
        floor = top
    text = " + ".join(parts)
    if tariff.cap is not None:
        text = f"min({money(tariff.cap)}; {text})"
    return text if tariff.share == 1 else f"({text}) × {tariff.share}"
