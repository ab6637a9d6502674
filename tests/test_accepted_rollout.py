"""Who is drawn together: a file that names strangers, or a customer twice, is refused before any lots are drawn."""

import pytest

from arsim.cli import main


@pytest.mark.parametrize(("rows", "told"), [
    ("NOBODY,g1\nC001,g1", {"en": "such as NOBODY", "zh": "例如 NOBODY"}),
    ("C001,g1\nC002,g2\nC001,g2", {"en": "two groups, g1 and g2", "zh": "g1 和 g2"}),
])  # fmt: skip
def test_a_wrong_file_of_groups_is_refused(tmp_path, capsys, language, rows, told):
    path = tmp_path / "groups.csv"
    path.write_text(f"customer,group\n{rows}\n")
    assert main(["--lang", language, "rollout", "plan", "baseline", "do_nothing", "--replications", "1", "--together", str(path)]) == 2
    assert told[language] in capsys.readouterr().err
