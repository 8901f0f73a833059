"""All addresses of the platform: which view answers, who may open it, how often."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask

from inforo import authz

NOT_FOR_PEOPLE = frozenset({"HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Route:
    """One method of one address. `who` is the door, `limits` the rate-limit classes."""

    method: str
    address: str
    endpoint: str
    who: str
    limits: str

    @property
    def is_guarded(self) -> bool:
        return self.who in authz.DOORS


def list_routes(app: Flask) -> list[Route]:
    """Return every method of every address, in the order of the addresses."""
    return sorted(all_routes(app), key=lambda route: (route.address, route.method))


def all_routes(app: Flask) -> Iterator[Route]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - NOT_FOR_PEOPLE):
            yield Route(
                method=method,
                address=rule.rule,
                endpoint=rule.endpoint,
                who=authz.door_of(app, rule.endpoint),
                limits=limits_of(app, rule.endpoint),
            )


def limits_of(app: Flask, endpoint: str) -> str:
    """Return the settings `limit_<name>` that count for a view besides that for all pages."""
    return " ".join(getattr(app.view_functions[endpoint], "limits", ())) or "pages"


def as_table(listed: list[Route]) -> Iterator[str]:
    """Yield the lines of a table for people."""
    rows = [("method", "address", "view", "who", "limits")]
    rows += [
        (route.method, route.address, route.endpoint, route.who, route.limits)
        for route in listed
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(map(str.ljust, row, widths)).rstrip()
