"""What came of an answer: passed, failed with or without a name for the mistake, or not attempted."""

import html
from dataclasses import dataclass

from arsim.report import words
from arsim.workbook.exercises.marked import paragraphs


@dataclass(frozen=True)
class Outcome:
    """How good an answer is.

    Parameters
    ----------
    right : bool or None
        None: not attempted, or nothing that can be judged.
    says : str
        What to tell the trainee, in the language in use.
    mistake : str or None
        Which of the task's mistakes it is (its place among them, as text, or its name); None if it is none of them.
    """

    right: bool | None
    says: str
    mistake: str | None = None

    @property
    def head(self) -> str:
        """Its first words."""
        if self.right is None:
            return words.say("Not attempted.")
        return "✓ " + words.say("Right.") if self.right else "✗ " + words.say("Not right yet.")

    def text(self) -> str:
        """All of it, for a terminal or a cell's output."""
        return f"{self.head} {self.says}".strip()

    def html(self) -> str:
        """All of it, for a widget."""
        colour = {None: "#57606a", True: "#1a7f37", False: "#b42318"}[self.right]
        return f'<p style="color:{colour}"><b>{html.escape(self.head)}</b></p>{paragraphs(self.says)}'


def not_attempted() -> Outcome:
    """No answer yet."""
    return Outcome(None, words.say("Give an answer first; a wrong one teaches more than none."))


def unreadable(why: str) -> Outcome:
    """Something was given that is no answer to this question; it counts as no attempt."""
    return Outcome(None, why)
