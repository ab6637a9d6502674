"""A company of another size."""

from dataclasses import fields

import numpy as np

from arsim.model.population import OpenItems, Population


def enlarged(people: Population, customers: int) -> Population:
    """So many customers like those of `people`, again and again, each with luck of its own; the open items come with their customers."""
    old = len(people)
    who = np.arange(customers) % old
    columns = {
        field.name: value[who]
        for field in fields(people)
        if isinstance(value := getattr(people, field.name), np.ndarray) and field.name != "base"
    }
    times = -(-customers // old)
    book = people.opening
    owner = (book.customer[None, :] + old * np.arange(times)[:, None]).ravel()
    item = np.tile(np.arange(len(book.customer)), times)
    kept = np.flatnonzero(owner < customers)
    kept = kept[np.argsort(book.issue[item[kept]], kind="stable")]
    taken = item[kept]
    opening = OpenItems(
        owner[kept], book.issue[taken], book.due[taken], book.amount[taken], book.disputed[taken],
        tuple(f"{book.number[place]}-{customer // old}" for place, customer in zip(taken.tolist(), owner[kept].tolist(), strict=True)),
        book.issued,
    )  # fmt: skip
    ids = tuple(f"{people.ids[place]}-{number // old}" for number, place in enumerate(who.tolist()))
    return people.replace(**columns, ids=ids, opening=opening)
