"""The trainee's page: what is done, where to go on, and a summary for the instructor that shows all it holds before it is written."""

import html
from os.path import expanduser
from pathlib import Path

import ipywidgets as widgets

from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.workbook.controls import problems
from arsim.workbook.course.lesson import show as show_box
from arsim.workbook.course.lesson import table_html
from arsim.workbook.progress import onward, summary, told
from arsim.workbook.progress.diaries import read_diaries
from arsim.workbook.progress.own import progress, seat
from arsim.workbook.shelf import home

_AUTO = {"width": "auto", "align_self": "flex-start"}


class ProgressRoom(widgets.VBox):
    """What one's diaries say.

    Parameters
    ----------
    state : Path, optional
        Holds the diaries; by default this user's.
    """

    def __init__(self, state: Path | None = None):
        self.state, self.said = state, widgets.HTML()
        self.again = widgets.Button(description=words.say("Look again"), layout=_AUTO)
        super().__init__([self.said, self.again])
        self.again.on_click(lambda _: self.look())
        self.look()

    def look(self) -> None:
        """Read the diaries afresh."""
        diaries = read_diaries(self.state)
        done = progress(diaries)
        parts = [table_html(told.overview(done))]
        for title, rows in ((words.say("By lesson"), told.lessons(done)), (words.say("By exercise"), told.exercises(done))):
            if len(rows) > 1:
                parts.append(f"<details><summary><b>{html.escape(title)}</b></summary>{table_html(rows)}</details>")
        parts += [f'<p style="color:#b42318">{html.escape(words.explain(problem))}</p>' for problem in diaries.spoilt]
        self.said.value = "".join(parts)


class SummaryRoom(widgets.VBox):
    """A code, what would be written, a folder and a button; nothing is written before the button is pressed.

    Parameters
    ----------
    state, folder : Path, optional
        Where the diaries lie; where the summary goes, by default ``my_progress`` beside the notebooks.
    """

    def __init__(self, state: Path | None = None, folder: Path | None = None):
        say, self.state = words.say, state
        self.code = widgets.BoundedIntText(seat(read_diaries(state)) or 0, 0, summary.LARGEST, layout={"width": "90px"})
        self.folder = widgets.Text(str(folder or home().parent / summary.FOLDER), layout={"width": "auto", "max_width": "640px"})
        self.button = widgets.Button(description=say("Write my summary for the instructor"), button_style="primary", layout=_AUTO)
        self.shown, self.said = widgets.HTML(), widgets.HTML()
        asked = widgets.HTML(html.escape(say("Your seat number (from the instructor; on your own, any number):")))
        into = widgets.HTML(html.escape(say("Folder to write into (a shared one, or a USB stick):")))
        top = widgets.HBox([asked, self.code], layout={"flex_flow": "row wrap"})
        super().__init__([top, self.shown, into, self.folder, self.button, self.said])
        self.add_class("arsim-summary")
        self.code.observe(lambda _: self.look(), "value")
        self.button.on_click(lambda _: self.write())
        self.look()

    def look(self) -> None:
        """Show all that would be written, as it stands now."""
        self.made = summary.summary(self.code.value, progress(read_diaries(self.state))) if self.code.value else None
        self.button.disabled, self.said.value = self.made is None, ""
        if self.made is None:
            self.shown.value = f"<p>{html.escape(words.say('Type a number, and you see what would be written.'))}</p>"
            return
        head = words.say("This, and nothing else, goes into {file}:", file=self.made.file)
        style = "max-height:260px;overflow-y:auto;font-size:12px;line-height:1.35;border:1px solid #8884;padding:6px 10px"
        self.shown.value = f'<p><b>{html.escape(head)}</b></p><pre style="{style}">{html.escape(summary.text(self.made))}</pre>'

    def write(self) -> Path | None:
        """Write what is shown; None, and the reason told, if that cannot be."""
        typed = self.folder.value.strip().strip('"')
        before = self.made
        self.look()
        if self.made != before:
            self.said.value = f"<p>{html.escape(words.say('You have gone on since: look at it once more, then press again.'))}</p>"
            return None
        try:
            path = summary.write(self.made, Path(expanduser(typed)) if typed else home().parent / summary.FOLDER)
        except BadInput as error:
            self.said.value = problems(error)
            return None
        self.said.value = f"<p>{html.escape(words.say('Written: {path}', path=path))}</p>"
        return path


def show() -> None:
    """Display what is done."""
    show_box(ProgressRoom())


def show_summary() -> None:
    """Display the summary for the instructor."""
    show_box(SummaryRoom())


def go_on() -> None:
    """Display where to go on, as links."""
    show_box(links(onward.steps(progress(read_diaries()))))


def links(steps: list[onward.Step]) -> widgets.Output:
    """The nearest of `steps`. As Markdown in a widget: JupyterLab opens its links beside the page, and the file keeps nobody's progress."""
    rows = [f"| [{one.title}]({one.link}) | {one.state} |" for one in steps[: onward.SHOWN]]
    table = [f"| {words.say('Where to go on')} | {words.say('How it stands')} |", "|---|---|", *rows]
    told_ = "\n".join(table) if rows else words.say("Everything there is has been done.")
    made = widgets.Output()
    made.outputs = ({"output_type": "display_data", "data": {"text/markdown": told_, "text/plain": told_}, "metadata": {}},)
    return made
