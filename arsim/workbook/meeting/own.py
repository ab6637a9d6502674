"""The lab's two policies as files and papers name them: by their own names, told apart where both are called the same."""

from arsim.domain.policies import built_in, read_policy
from arsim.domain.policy import Policy
from arsim.report.words import LANGUAGES
from arsim.workbook.trial import Question


def own(question: Question) -> tuple[Policy, Policy]:
    """A and B under names and titles of their own.

    A built-in policy whose levers were moved is no longer that one and gets another name.
    """
    first, second = _named(question.reference), _named(question.policy)
    if first.name == second.name:
        second = second.model_copy(update={"name": f"{second.name}_b"})
    if any(first.called(language) == second.called(language) for language in LANGUAGES):
        first, second = _lettered(first, "A", question.reference), _lettered(second, "B", question.policy)
    return first, second


def _named(policy: Policy) -> Policy:
    known = policy.name in built_in() and read_policy(policy.name)
    same = not known or known.model_dump(exclude={"title"}) == policy.model_dump(exclude={"title"})
    return policy if same else policy.model_copy(update={"name": f"{policy.name}_changed"})


def _lettered(policy: Policy, letter: str, before: Policy) -> Policy:
    return policy.model_copy(update={"title": {language: f"{letter} · {before.called(language)}" for language in LANGUAGES}})
