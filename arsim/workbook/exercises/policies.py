"""A policy as an answer: the text of a TOML file, the path of one, a built-in one's name, or the policy itself."""

import tomllib
from pathlib import Path

from arsim.domain.policies import built_in, read_policy
from arsim.domain.policy import Policy, build
from arsim.domain.problem import BadInput
from arsim.report import words
from arsim.workbook.written import not_toml

NAME = "my_answer"


def read(answer: object) -> Policy | str:
    """The policy; or, in words, why it is none."""
    if isinstance(answer, Policy):
        return answer
    if not isinstance(answer, str | Path):
        return words.say("A policy is expected here: its TOML text, or what read_policy returns.")
    try:
        if isinstance(answer, Path) or answer.strip() in built_in() or ("\n" not in answer and answer.strip().endswith(".toml")):
            return read_policy(answer if isinstance(answer, Path) else answer.strip())
        return build(tomllib.loads(answer), NAME)
    except tomllib.TOMLDecodeError as error:
        return words.explain(not_toml(error, str(answer)))
    except BadInput as error:
        return " ".join(words.explain(problem) for problem in error.problems[:3])
    except (OSError, ValueError):  # a path that no system knows
        return words.say("A policy is expected here: its TOML text, or what read_policy returns.")
