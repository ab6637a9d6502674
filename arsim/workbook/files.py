"""Notebooks between disk and JupyterLab: a page that was only looked at is neither marked as changed nor changed by saving.

JupyterLab writes the running Python's particulars (its version, among others) into every notebook it opens, and calls that an
edit. So they are put in on the way out and left out on the way in: the file is the same on every machine.
"""

from ipykernel.ipkernel import IPythonKernel
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager


class Files(AsyncLargeFileManager):
    """JupyterLab's own files, but for that."""

    async def get(self, path, content=True, *args, **options):
        """A file as JupyterLab is to see it."""
        model = await super().get(path, content, *args, **options)
        if content and model["type"] == "notebook":
            model["content"]["metadata"]["language_info"] = dict(IPythonKernel.language_info)
        return model

    async def save(self, model, path=""):
        """Save it as we commit it."""
        if model.get("type") == "notebook" and "content" in model:
            model["content"]["metadata"]["language_info"] = {"name": "python"}
        return await super().save(model, path)
