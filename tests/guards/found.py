"""The guards that the code holds, found by reading it: whatever refuses, hides, or is asked whether it should."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from tests.guards.switches import functions, refusals

ROOT = Path(__file__).parents[2]
PACKAGES = ("home", "practices", "blog")
# Wagtail's seams at which something is refused or hidden.
SEAMS = ("before_", "construct_")
# Where a yes or a no decides what a person may know, do or publish. (The scanner has its own measure.)
ASKED = ("home/moderation", "home/people", "home/media", "home/admin", "home/delivery")
NOT_ASKED = "home/moderation/scanner"


def refusing() -> set[str]:
    """Each statement by which something is refused: « home.admin.guide.GuideView.dispatch, refusal 1 »."""
    return {
        f"{name}, refusal {number}"
        for name, function in _all()
        for number, _statement in enumerate(refusals(function), start=1)
    }


def answering() -> set[str]:
    """The functions that say whether, that hide, or that stand between a request and its answer."""
    return {
        name for name, function in _all() if _at_a_seam(function) or _says_whether(name, function)
    } | _middleware()


def _middleware() -> set[str]:
    """What of each middleware of ours stands before the view."""
    found = set()
    for path in settings.MIDDLEWARE:
        if path.startswith(PACKAGES):
            middleware = import_string(path)
            methods = [
                name
                for name in ("process_request", "process_view", "process_exception", "__call__")
                if name in vars(middleware)
            ]
            found.add(f"{path}.{methods[0]}" if methods else path)
    return found


def _all() -> Iterator[tuple[str, ast.FunctionDef]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                for name, function in functions(ast.parse(path.read_text())):
                    yield f"{module}.{name}", function


def _at_a_seam(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(decorator, ast.Call)
        and ast.unparse(decorator.func) == "hooks.register"
        and isinstance(decorator.args[0], ast.Constant)
        and str(decorator.args[0].value).startswith(SEAMS)
        for decorator in function.decorator_list
    )


def _says_whether(name: str, function: ast.FunctionDef) -> bool:
    place = name.replace(".", "/")
    answer = ast.unparse(function.returns) if function.returns else ""
    return answer == "bool" and place.startswith(ASKED) and not place.startswith(NOT_ASKED)
