"""Keeping has no address of its own: it answers in the place of others."""

from typing import Any

ACCESS: dict[Any, Any] = {}
ARGUMENTS: dict[str, Any] = {}
