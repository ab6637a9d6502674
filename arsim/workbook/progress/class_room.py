"""The instructor's cell: a folder of summaries in, the class on the screen."""

import html
from os.path import expanduser
from pathlib import Path

import ipywidgets as widgets

from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.workbook.controls import problems
from arsim.workbook.course.lesson import table_html
from arsim.workbook.progress import overview
from arsim.workbook.progress.klass import gather


class ClassRoom(widgets.VBox):
    """A folder to type, and what came of it."""

    def __init__(self):
        hint = words.say("folder with the summaries, such as my_progress")
        self.folder = widgets.Text(placeholder=hint, continuous_update=False, layout={"width": "420px"})
        self.said = widgets.HTML()
        super().__init__([self.folder, self.said])
        self.folder.observe(lambda _: self.look(), "value")

    def look(self) -> None:
        """Read the folder and show the class, or why not."""
        typed = self.folder.value.strip().strip('"')
        try:
            found = gather(Path(expanduser(typed))) if typed else None
        except BadInput as error:
            self.said.value = problems(error)
            return
        tables = (overview.refused, overview.talk, overview.brief, overview.lessons)
        held = [rows for table in tables if found and len(rows := table(found)) > 1]
        self.said.value = "".join(f'<div style="overflow-x:auto;margin:0 0 14px">{table_html(rows)}</div>' for rows in held)
        if found and not found.summaries:
            self.said.value += f"<p>{html.escape(words.say('No summary counts.'))}</p>"
