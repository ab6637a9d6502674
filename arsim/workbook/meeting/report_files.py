"""The lab's answer as `arsim compare --out` keeps it, and as the report that `arsim report` makes of it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from arsim.domain.policy import Policy
from arsim.report import export, robust_export
from arsim.report.firm import Firm
from arsim.report.page.files import write as write_pages
from arsim.report.page.parts import FOLDER, gather
from arsim.study.company import Company
from arsim.study.comparison import Comparison
from arsim.study.keep_comparison import keep_comparison
from arsim.study.kept_study import read_study
from arsim.study.robust import Robust
from arsim.study.robustness import look_into


def keep(found: Comparison, company: Company, firm: Firm, folder: Path) -> list[Path]:
    """Keep the comparison in `folder`, with its tables and picture; nothing of it is run again.

    Raises
    ------
    BadInput
        The folder cannot be written to, or holds another study.
    """
    folder = export.folder(folder)
    keep_comparison(found, company, folder, firm.currency)
    return export.write(found, folder, company.population.start, firm)


def robust(worlds: Robust, policies: tuple[Policy, ...], company: Company, firm: Firm, folder: Path,
           progress: Callable[[int, int], None] | None = None) -> list[Path]:  # fmt: skip
    """Look into what stands behind the shares of worlds, which takes runs of its own, and write that beside the comparison in `folder`.

    Parameters
    ----------
    worlds : Robust
    policies : tuple of Policy
        Its policies as the comparison in `folder` has them.
    company : Company
    firm : Firm
    folder : Path
    progress : callable, optional
        Told (pieces done, asked).
    """
    study = look_into(replace(worlds, policies=tuple(policies)), company, progress=progress)
    return robust_export.write(study, export.folder(folder / FOLDER), firm, company)


def pages(folder: Path) -> list[Path]:
    """Write page and workbook of the comparison kept in `folder`, with what stands beside it on plausible worlds."""
    return write_pages(gather(read_study(folder)), folder)


def renamed(found: Comparison, named: tuple[Policy, ...]) -> Comparison:
    """The same comparison, its policies under other names."""
    names = {old.name: new.name for old, new in zip(found.policies, named, strict=True)}
    runs = tuple(replace(one, outcomes={names[name]: of for name, of in one.outcomes.items()},
                         weekly={names[name]: of for name, of in one.weekly.items()}) for one in found.replications)  # fmt: skip
    return replace(found, policies=tuple(named), replications=runs)
