"""A search's folder: a full disk is told and costs nothing, and two programs do not work in it at once."""

import errno
import os

import numpy as np
import pytest

from arsim.domain.problem import BadInput
from arsim.study.tally import Kept

QUESTION = {"kind": "a search"}


def test_a_full_disk_is_told_and_what_was_kept_is_found_again(tmp_path, monkeypatch):
    path, room = tmp_path / "search.jsonl", [2]
    kept, write = Kept(path, QUESTION), os.write
    kept((0, (None, (1, 2))), np.array([[1.0], [2.0]]))

    def full(file, data):  # takes a part of the line, then nothing
        if not room[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        room[0] -= 1
        return write(file, data[:5])

    monkeypatch.setattr("arsim.study.tally.os.write", full)
    with pytest.raises(BadInput, match="disk is full") as told:
        kept((1, (None,)), np.array([[3.0]]))
    assert told.value.problems[0].values["kept"] == 2
    kept.close()
    monkeypatch.undo()
    again = Kept(path, QUESTION)
    assert {key: value.tolist() for key, value in again.before.items()} == {(None, 0): [1.0], ((1, 2), 0): [2.0]}
    again((1, (None,)), np.array([[3.0]]))
    again.close()
    last = Kept(path, QUESTION)
    assert len(last.before) == 3
    last.close()


def test_two_programs_do_not_search_in_one_folder_at_once(tmp_path):
    kept = Kept(tmp_path / "search.jsonl", QUESTION)
    with pytest.raises(BadInput, match="Another program"):
        Kept(tmp_path / "search.jsonl", QUESTION)
    kept.close()
    Kept(tmp_path / "search.jsonl", QUESTION).close()


def test_a_refused_folder_is_not_held(tmp_path):
    Kept(tmp_path / "search.jsonl", QUESTION).close()
    for _ in range(2):
        with pytest.raises(BadInput, match="another search"):
            Kept(tmp_path / "search.jsonl", {"kind": "another"})
