"""What any debtor may say and think, by reaction: read from ``data/roleplay/shared/replies.toml``."""

import tomllib
from functools import cache

from pydantic import BaseModel, ConfigDict, Field, field_validator

from arsim.domain.places import place
from arsim.workbook.course.item import Said

HOLES = ("amount", "promised", "days", "late", "firm", "person")
REACTIONS = (
    "hello", "person", "amount", "chat", "heard", "tells", "excuse", "nothing_more", "quiet", "stalls", "wavers", "glib", "promises",
    "agrees_plan", "no_plan", "agrees_part", "relieved", "goes_along", "unmoved", "guesses", "yields", "refuses", "annoyed", "pushed",
    "hears_no", "bluff", "secures", "no_security", "pinned", "pinned_plan", "evades_pin", "signs", "wont_sign", "got_message",
    "word_taken", "pities", "discount", "handed_on", "breach_hold", "outraged", "hangs_up", "has_to_go", "goodbye",
)  # fmt: skip


class Reply(BaseModel):
    """What is said in one reaction, in several ways, and what is thought (one text or several); without a thought, those in stock."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    thought: tuple[Said, ...] = ()
    say: tuple[Said, ...] = Field(min_length=1)

    @field_validator("thought", mode="before")
    @classmethod
    def _one_or_more(cls, value):
        return (value,) if isinstance(value, dict) else value


@cache
def stock() -> dict[str, Reply]:
    """Reaction → what any debtor says."""
    book = tomllib.loads((place("data") / "roleplay" / "shared" / "replies.toml").read_text("utf-8"))
    return {name: Reply.model_validate(book[name]) for name in REACTIONS}
