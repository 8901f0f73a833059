"""The rules of CONTRIBUTING.md that a machine can check."""

import ast
import importlib
from pathlib import Path

import pytest
from sqlalchemy import inspect

from inforo.db import Base
from inforo.search.sources import SOURCES

PACKAGE = Path(__file__).parent.parent / "inforo"

# Each line may import from the lines above it, never from below; siblings share a line.
SLICES = [
    "vocabularies",
    "synonyms",
    "municipalities",
    "accounts",
    "drafts",
    "keeping",
    "offices",
    "reasons",
    "notifications",
    "watching positions",
    "groups",
    "people",
    "memberships",
    "doors handovers",
    "sanctions contacts",
    "applications",
    "registration invitations",
    "glossary contents",
    "uploads",
    "toolbox",
    "contributions",
    "writing coauthors capturing revisions linking",
    "reviews",
    "readings releases nominations",
    "adoptions citations comparisons confirmations",
    "impacts",
    "papers",
    "learning",
    "exchange",
    "approvals",
    "discussions",
    "attachments confidences",
    "asking arrivals wishes reminders polls tending rising harvesting outcomes libraries wiki",
    "tidings",
    "openings",
    "agenda signoffs",
    "paths collections",
    "sharing marking",
    "reports",
    "oversight conversations",
    "rearranging",
    "objections",
    "partnership",
    "enquiries",
    "responses",
    "editorial",
    "articles events",
    "moderation",
    "protocols desks",
    "mailings",
    "replies",
    "digests",
    "search",
    "alerts",
    "takeouts",
    "pages",
]
FILES = ["models", "policy", "queries", "jobs", "actions", "forms", "views", "cli"]
TOP = {"app.py", "slices.py", "cli.py", "__main__.py"}
TOP_FOLDERS = {"demo", "operation"}

MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def slice_of(dotted: str) -> str | None:
    part = dotted.split(".")[1] if dotted.count(".") else ""
    return next((part for line in SLICES if part in line.split()), None)


def rank(name: str | None, ranking: list[str]) -> int:
    return next((i for i, line in enumerate(ranking) if name in line.split()), -1)


def imports(path: Path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_imports_point_downwards(path):
    here = dotted(path)
    for target in (t for t in imports(path) if t.startswith("inforo.")):
        mine, theirs = slice_of(here), slice_of(target)
        if mine is None and path.name not in TOP and not TOP_FOLDERS & set(path.parts):
            assert theirs is None, f"shared module imports slice {target}"
        elif mine and theirs and mine != theirs:
            assert rank(theirs, SLICES) < rank(mine, SLICES), f"{target} is not below"
        elif mine and mine == theirs and target.count(".") > 1:
            assert rank(target.split(".")[2], FILES) <= rank(path.stem, FILES) or (
                path.stem not in FILES
            ), target


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_no_import_hides_in_a_function(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            hidden = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
            assert not hidden, f"{node.name}() imports"


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_each_thing_in_its_place(path):
    source, name = path.read_text(), path.name
    inner = slice_of(dotted(path)) is not None
    has_pages = name == "views.py" or name.endswith("_views.py")
    if inner and ".commit()" in source:
        assert name in {"cli.py", "jobs.py"} or has_pages or "search" in path.parts
    if inner and "from flask import" in source and "search" not in path.parts:
        assert name in {"actions.py", "jobs.py"} or has_pages, "only views know about HTTP"


def test_relationships_never_reach_back(app):
    for mapper in Base.registry.mappers:
        mine = slice_of(mapper.class_.__module__)
        for relation in inspect(mapper.class_).relationships:
            theirs = slice_of(relation.mapper.class_.__module__)
            assert rank(theirs, SLICES) <= rank(mine, SLICES), relation


def is_member(key: ast.expr | None) -> bool:
    return isinstance(key, ast.Attribute) and isinstance(key.value, ast.Name)


def named_keys(path: Path):
    """Yield the line of each dict whose keys are members like `Tier.PUBLISHED`, and them."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Dict) and node.keys and all(map(is_member, node.keys)):
            module = importlib.import_module(dotted(path))
            owners = [getattr(module, key.value.id, None) for key in node.keys]
            if all(isinstance(owner, type) for owner in owners):
                members = zip(owners, node.keys, strict=True)
                yield node.lineno, [getattr(owner, key.attr) for owner, key in members]


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_no_dict_holds_the_same_key_twice(path):
    """Members of two enums with the same value are the same key: the second word wins."""
    for line, keys in named_keys(path):
        assert len(set(keys)) == len(keys), f"line {line}"


def test_each_source_of_the_search_has_a_number_of_its_own():
    numbers = [source.number for source in SOURCES]
    assert len(numbers) == len(set(numbers)), sorted(numbers)
