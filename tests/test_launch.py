"""The launcher's pieces: settings, address, the start page, and the user's own copy of the notebooks."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from arsim.domain.places import place
from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.workbook import desk, launch


@pytest.fixture
def shipped(tmp_path):
    for name in ("notebooks/en/start_here.ipynb", "notebooks/zh/start_here.ipynb", "exercises/en/e.ipynb", "exercises/zh/e.ipynb"):
        path = tmp_path / "_shipped" / name
        path.parent.mkdir(parents=True)
        path.write_text("first", "utf-8")
    return tmp_path / "_shipped" / "notebooks"


def test_settings_stay_in_their_folder(tmp_path, language):
    environment = launch.settings(tmp_path, language)
    assert environment["ARSIM_LANG"] == language
    assert all(Path(environment[name]).is_relative_to(tmp_path) for name in ("JUPYTER_CONFIG_DIR", "IPYTHONDIR"))
    lab = json.loads((tmp_path / "jupyter/labconfig/default_setting_overrides.json").read_text("utf-8"))
    assert lab["@jupyterlab/translation-extension:plugin"]["locale"] == {"en": "en", "zh": "zh_CN"}[language]
    assert lab["@jupyterlab/apputils-extension:notification"] == {"fetchNews": "false", "checkForUpdates": False}


def test_jupyterlab_has_the_language(tmp_path):
    from jupyterlab_server.translation_utils import get_language_packs

    packs, _ = get_language_packs()
    assert set(launch._LOCALE.values()) <= set(packs)


def test_the_kernel_does_not_alarm(tmp_path):
    environment = os.environ | launch.settings(tmp_path, "en")
    code = "import jupyter_client, sys; m, c = jupyter_client.manager.start_new_kernel(); c.stop_channels(); m.shutdown_kernel(now=True)"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0
    assert "eavesdropping" not in done.stderr + done.stdout


def test_nothing_outside_this_machine_is_asked(tmp_path):
    told = launch.options(tmp_path, "en/start_here.ipynb", 8888)
    assert "--ServerApp.ip=127.0.0.1" in told
    assert {"--LabApp.news_url=None", "--LabApp.extension_manager=readonly"} <= set(told)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_that_cannot_be_is_refused(port, language):
    with pytest.raises(BadInput) as refused:
        launch.open_lab(language, port, browser=False)
    told = words.explain(refused.value.problems[0])
    assert str(port) in told and ("端口" in told) == (language == "zh")


def test_a_missing_start_page_is_named(tmp_path, language):
    with pytest.raises(BadInput) as refused:
        launch.open_lab(language, browser=False, root=tmp_path)
    told = words.explain(refused.value.problems[0])
    assert str(tmp_path / "notebooks" / language / "start_here.ipynb") in told
    assert ("没有起始页" in told) == (language == "zh")


def test_a_checkout_opens_its_own_notebooks():
    if place("notebooks").parent.name == "_shipped":
        pytest.skip("not a checkout")
    root = launch.desk()
    assert (root / "notebooks", root / "exercises") == (place("notebooks"), place("exercises"))
    assert launch.start_page(root, "zh") == "notebooks/zh/start_here.ipynb"


def test_an_installed_package_works_on_a_copy(shipped, tmp_path, monkeypatch):
    monkeypatch.setattr(launch, "place", lambda name: shipped)
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path / "mine")
    root = launch.desk()
    assert root == tmp_path / "mine" / "arsim-workbook"
    assert (root / "notebooks/en/start_here.ipynb").read_text("utf-8") == "first"
    assert (root / "exercises/zh/e.ipynb").read_text("utf-8") == "first"


def test_what_the_user_changed_is_never_overwritten(shipped, tmp_path):
    mine = desk.lay_out(shipped, tmp_path / "mine")
    (mine / "zh/start_here.ipynb").write_text("my work", "utf-8")
    (mine / "en/own.ipynb").write_text("my own", "utf-8")
    for name in ("en", "zh"):
        (shipped / name / "start_here.ipynb").write_text("second", "utf-8")
    for _ in range(2):
        desk.lay_out(shipped, mine)
        assert (mine / "zh/start_here.ipynb").read_text("utf-8") == "my work"
        assert (mine / "en/own.ipynb").read_text("utf-8") == "my own"
        assert (mine / "en/start_here.ipynb").read_text("utf-8") == "second"


def test_a_file_that_was_there_before_is_the_users(shipped, tmp_path):
    before = tmp_path / "mine" / "en" / "start_here.ipynb"
    before.parent.mkdir(parents=True)
    before.write_text("mine", "utf-8")
    desk.lay_out(shipped, tmp_path / "mine")
    assert before.read_text("utf-8") == "mine"


def test_a_place_that_cannot_be_written_is_named(shipped, tmp_path, language):
    (tmp_path / "mine").write_text("a file, not a folder")
    with pytest.raises(BadInput) as refused:
        desk.lay_out(shipped, tmp_path / "mine")
    told = words.explain(refused.value.problems[0])
    assert str(tmp_path / "mine") in told and ("复制" in told) == (language == "zh")


def test_settings_go_elsewhere_where_the_users_folder_cannot_be_written(tmp_path, monkeypatch):
    import platformdirs

    (tmp_path / "file").write_text("")
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_, **__: tmp_path / "file" / "arsim")
    assert launch._folder("en").is_dir()
