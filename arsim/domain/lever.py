"""A lever: one thing a user may move, with its bounds, unit and names. Sliders, lists and checks are built from these."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

YesNo = Literal["no", "yes"]


def lever(default, low=None, high=None, *, unit: str, en: str, zh: str):
    """A field of a policy that a user may move."""
    return Field(default, ge=low, le=high, json_schema_extra={"unit": unit, "label": {"en": en, "zh": zh}})


class Part(BaseModel):
    """A frozen group of levers; unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Lever(BaseModel):
    """One thing a policy decides, as the CLI and the lab show it.

    `choices` is set for levers picked from a list; otherwise `low` and `high` bound the value.
    """

    path: str
    label: dict[str, str]
    unit: str
    default: Any
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()


def walk(part: Part, prefix: str = "") -> Iterator[Lever]:
    """Every lever of `part` and of the parts in it, with its current value as `default`; items of a list are numbered from 0."""
    for name, field in type(part).model_fields.items():
        value, path = getattr(part, name), prefix + name
        if isinstance(value, Part):
            yield from walk(value, path + ".")
        elif isinstance(value, tuple):
            for number, item in enumerate(value):
                yield from walk(item, f"{path}.{number}.")
        elif field.json_schema_extra:
            bounds = {type(limit).__name__: limit for limit in field.metadata}
            yield Lever(
                path=path,
                label=field.json_schema_extra["label"],
                unit=field.json_schema_extra["unit"],
                default=value,
                low=bounds["Ge"].ge if "Ge" in bounds else None,
                high=bounds["Le"].le if "Le" in bounds else None,
                choices=getattr(field.annotation, "__args__", ()) if "Ge" not in bounds else (),
            )
