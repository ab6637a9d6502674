"""The policies of the course's own comparisons: short files under ``data/course/policies``, with a title in each language."""

from arsim.domain.places import place
from arsim.domain.policies import built_in, read_policy
from arsim.domain.policy import Policy


def policy(name: str) -> Policy:
    """The course's policy of this name, else the built-in one.

    Raises
    ------
    BadInput
        There is neither.

    Examples
    --------
    >>> policy("email_only").dunning[0].channel
    'email'
    """
    path = place("data") / "course" / "policies" / f"{name}.toml"
    return read_policy(name) if name in built_in() or not path.exists() else read_policy(path)
