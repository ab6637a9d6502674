"""All that a report shows, as plain values: the page and the workbook are made of the same."""

from dataclasses import dataclass
from pathlib import Path

from arsim.domain.problem import BadInput, Problem
from arsim.report import export, robust, robust_plots, sure, words
from arsim.report.firm import Firm
from arsim.report.page.leans import Leant, moved, touched
from arsim.report.page.legal import Note, notes
from arsim.report.page.question import firm_of
from arsim.study.kept_robustness import FILE, KeptRobustness, read_robustness
from arsim.study.kept_study import KeptStudy

FOLDER = "robust"  # in a study's folder


@dataclass(frozen=True, eq=False)
class Parts:
    """A comparison, what is known of its robustness, and what both rest on.

    Parameters
    ----------
    study : KeptStudy
    firm : Firm
    robust : KeptRobustness or None
        Of the same policies on the same company.
    misfit : str
        Why a study of robustness that lies there is not shown; "" if there is none such.
    """

    study: KeptStudy
    firm: Firm
    robust: KeptRobustness | None = None
    misfit: str = ""

    @property
    def leans(self) -> list[Leant]:
        """The assumptions to look at."""
        return moved(self.robust.study) if self.robust else touched(self.study.comparison.policies, self.study.changed)

    @property
    def notes(self) -> list[Note]:
        """Of law."""
        return notes(self.study.comparison.policies)

    @property
    def notices(self) -> list[str]:
        """What must be said before any figure."""
        say, study = words.say, self.study
        told = export.doubts(study.company.gap, self.firm)
        if study.stopped:
            told.append(say("The study was stopped after {done} of {asked} replications; all figures are of these.",
                            done=len(study.comparison.replications), asked=study.comparison.asked))  # fmt: skip
        if study.other_version:
            told.append(say("The study was made by another version of arsim or of its rules ({version}, code {code}). Its figures are "
                            "shown as they were found; the same command would give others today, perhaps.",
                            version=study.made_by.get("arsim", "?"), code=study.made_by.get("code", "?")))  # fmt: skip
        told += sure.doubtful(study.comparison, study.company.largest)
        if not study.whole:
            told.append(say("Nothing in the folder says whether the study was finished; all results kept in it are counted."))
        if study.changed:
            told.append(say("Constants of behaviour that are not as usual: {names}.",
                            names=words.listed(f"{path} = {value:g}" for path, value in study.changed.items())))  # fmt: skip
        return told

    @property
    def rests_on(self) -> list[str]:
        """What all figures rest on."""
        return export.rests_on(self.study.company.assumed, self.study.company.gap, self.study.comparison.scenario)


def gather(study: KeptStudy, robust_folder: Path | None = None) -> Parts:
    """Put together what there is.

    Parameters
    ----------
    study : KeptStudy
    robust_folder : Path, optional
        Where ``arsim robust … --out`` has written; by default the study's own folder, or ``robust`` in it.

    Raises
    ------
    BadInput
        There is no study of robustness in the folder named, or it is about something else.
    """
    if robust_folder:
        kept = read_robustness(robust_folder)
        if kept is None:
            raise BadInput(Problem("There is no study of robustness in this folder: {file} is missing.",
                                   "Name a folder written by arsim robust … --out FOLDER, or leave it out.", file=str(robust_folder),
                                   values={"file": FILE}))  # fmt: skip
        if differs := kept.differs(study):
            raise BadInput(Problem(
                "This study of robustness is of other policies than the comparison." if differs == "policies"
                else "This study of robustness is of another company than the comparison.",
                "Run arsim robust with the same policies and the same company, or leave it out.", file=str(robust_folder)))  # fmt: skip
        return Parts(study, firm_of(study), kept)
    for folder in (study.folder / FOLDER, study.folder):
        if kept := read_robustness(folder):
            differs = kept.differs(study)
            if not differs:
                return Parts(study, firm_of(study), kept)
            misfit = words.say("A study of robustness lies beside this comparison, but of other policies; it is not shown.") if (
                differs == "policies") else words.say(
                "A study of robustness lies beside this comparison, but of another company; it is not shown.")  # fmt: skip
            return Parts(study, firm_of(study), None, misfit)
    return Parts(study, firm_of(study))


@dataclass(frozen=True)
class Shown:
    """A picture of the study of robustness with its caption and words."""

    caption: str
    alt: str
    png: bytes


def robust_pictures(parts: Parts) -> dict[str, Shown]:
    """Share of worlds, tornado, tipping values, who loses: by name."""
    study, currency = parts.robust.study, parts.firm.currency
    scale = robust.scale_of(study.found, currency)
    drawn = {"shares": (words.say("In how many plausible worlds"), robust_plots.shares(study.found)),
             "tornado": (words.say("What moves the difference most"), robust_plots.tornado(study.pulls, scale, study.outcome)),
             "losers": (words.say("Who loses"), robust_plots.losers(study.losers, currency))}  # fmt: skip
    if study.tips:
        drawn["tipping"] = (words.say("Where the verdict turns"), robust_plots.tipping(study.tips, scale))
    return {name: Shown(caption, robust_plots.alt(png), png) for name, (caption, png) in drawn.items()}
