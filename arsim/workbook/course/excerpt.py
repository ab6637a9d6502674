"""What of a notebook belongs on slides, handouts or in the guide: the cells with that tag, as HTML."""

import html
from functools import cache

from arsim.domain.places import place
from arsim.report import words
from arsim.workbook import notebook

SLIDE, HANDOUT, TRAINER = "slide", "handout", notebook.TRAINER


def excerpts(name: str, tag: str) -> list[str]:
    """HTML of every cell of the notebook `name` that bears `tag`, in the language in use; the title is not one of them."""
    book = notebook.read(place("notebooks") / words.language() / f"{name}.ipynb")
    made = (
        prose(notebook.unfolded(cell["source"])) if cell["cell_type"] == "markdown" else _outputs(cell)
        for cell in book["cells"]
        if tag in notebook.tags(cell) and cell["id"] != "title"
    )
    return [one for one in made if one]


@cache
def _markdown():
    import mistune

    return mistune.create_markdown(escape=False, plugins=["table", "strikethrough"])


def prose(source: str) -> str:
    """Markdown as HTML."""
    return _markdown()(source)


def _outputs(cell: dict) -> str:
    return "".join(_output(output) for output in cell["outputs"])


def _output(output: dict) -> str:
    """The richest form of one output that needs no notebook around it."""
    if output["output_type"] == "stream":
        return f"<pre>{html.escape(''.join(output['text']))}</pre>"
    data = {kind: "".join(text) if isinstance(text, list) else text for kind, text in output.get("data", {}).items()}
    if "application/vnd.jupyter.widget-view+json" in data or data.get("text/plain") == words.say("This appears when the notebook is run."):
        return ""
    if "image/png" in data:
        return f'<img alt="" src="data:image/png;base64,{data["image/png"].strip()}">'
    return data.get("text/html") or f"<pre>{html.escape(data.get('text/plain', ''))}</pre>"
