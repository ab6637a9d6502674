"""How far the lab's answer is, in words and as a share."""

from arsim.report import words
from arsim.workbook.trial import Question, Stage


def how_far(question: Question, stage: Stage | None = None) -> tuple[str, float]:
    """What to say of a stage of the answer, None before the first, and the share that is done."""
    say = words.say
    if stage and stage.without:
        done, asked = len(stage.without.replications), stage.found.asked
        told = say("{asked} replications done; the same again without effects of contacts: {done}", done=done, asked=asked)
        return told, done / asked
    done = len(stage.found.replications) if stage else 0
    if question.sure and not (stage and stage.whole):
        return say("{done} replications; until sure, {most} at the most", done=done, most=question.most), done / question.most
    asked = stage.found.asked if stage else question.most
    return say("{done} of {asked} replications", done=done, asked=asked), done / asked
