"""What was remembered, put back into the lab's panels; and what to say where that could not be done."""

from collections.abc import Mapping

from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.workbook.companies import CompanyPanel
from arsim.workbook.controls import PolicyPanel
from arsim.workbook.memory import Setting
from arsim.workbook.run_panel import USUAL, RunPanel


def put_back(
    setting: Setting, sides: Mapping[str, PolicyPanel], first: Mapping[str, str], run: RunPanel, companies: CompanyPanel
) -> list[str]:
    """Show `setting`; the notes to show.

    Parameters
    ----------
    setting : Setting
    sides : mapping of str to PolicyPanel
    first : mapping of str to str
        What each side begins with where its file is gone.
    run : RunPanel
    companies : CompanyPanel
    """
    lost = []
    for letter, side in setting.sides.items():
        panel = sides[letter]
        try:
            panel.show(side.base, side.policy)
        except BadInput:  # its file is gone or spoilt; the levers are remembered all the same
            panel.show(first[letter], side.policy)
            lost.append(words.say("{file} cannot be used any more. Policy {letter} now begins with {title}; its levers are kept.",
                                  file=side.base, letter=letter.upper(), title=panel.begun.called(words.language())))  # fmt: skip
    run.number({name: getattr(setting, name) for name in USUAL}, setting.until)
    run.scenario.value = setting.scenario
    if (run.days.value, run.replications.value, run.seed.value) != (setting.days, setting.replications, setting.seed):
        lost.append(words.say("A remembered number was beyond what is allowed and has become the nearest one allowed; see Run."))
    companies.show(setting.source)
    if setting.source.kind == "upload":
        return [words.say("{name} was uploaded and not kept. Choose it again under Company; until then this is the demo company.",
                          name=setting.source.path), *lost]  # fmt: skip
    return lost or [words.say("As you left it last time.")]
