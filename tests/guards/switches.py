"""A guard switched off: a function of ours that no longer refuses, while one test runs.

The function keeps its identity (hooks, decorators and imports hold on to it): only its code is replaced, by the same
source compiled with one change.
"""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from types import CodeType, FunctionType, ModuleType
from typing import Any

# What a function does to refuse, beside raising: it gives a form an error.
COMPLAINS = "add_error"
# Raised for whoever writes the code, or told by no reader.
NO_REFUSALS = {"NotImplementedError", "ValueError", "TypeError", "NotSentError"}


def refusals(function: ast.FunctionDef) -> list[ast.stmt]:
    """The statements by which *function* refuses, in the order of its lines."""
    found = [node for node in ast.walk(function) if isinstance(node, ast.stmt) and _refuses(node)]
    return sorted(found, key=lambda node: node.lineno)


def _refuses(node: ast.stmt) -> bool:
    if isinstance(node, ast.Raise) and node.exc is not None:
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        return ast.unparse(raised).rpartition(".")[2] not in NO_REFUSALS
    call = node.value if isinstance(node, ast.Expr) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == COMPLAINS


@contextmanager
def switched_off(name: str, off: str) -> Iterator[None]:
    """Without the guard *name*, « home.admin.guide.GuideView.dispatch ».

    *off* says how: « refusal 2 » drops the second statement by which it refuses; anything else is what it returns,
    a Python expression that may use its arguments.
    """
    module, qualname = _located(name)
    function = _function(module, qualname)
    standing = function.__code__
    function.__code__ = _changed(module, qualname, off)
    try:
        yield
    finally:
        function.__code__ = standing


def _located(name: str) -> tuple[ModuleType, str]:
    parts = name.split(".")
    for length in range(len(parts) - 1, 0, -1):
        path = ".".join(parts[:length])
        if importlib.util.find_spec(parts[0]) and _is_module(path):
            return importlib.import_module(path), ".".join(parts[length:])
    raise LookupError(name)


def _is_module(path: str) -> bool:
    try:
        return importlib.util.find_spec(path) is not None
    except ModuleNotFoundError:
        return False


def _function(module: ModuleType, qualname: str) -> FunctionType:
    """The function itself, without what wraps it: property, class method, decorators."""
    found: Any = module
    for part in qualname.split("."):
        found = inspect.getattr_static(found, part)
    if isinstance(found, staticmethod | classmethod):
        found = found.__func__
    if isinstance(found, property):
        found = found.fget
    if isinstance(found, cached_property) or not isinstance(found, FunctionType):
        found = getattr(found, "func", found)
    found = inspect.unwrap(found)
    assert isinstance(found, FunctionType), f"{qualname} is no function"
    return found


def _changed(module: ModuleType, qualname: str, off: str) -> CodeType:
    tree = ast.parse(inspect.getsource(module))
    function = next(node for name, node in functions(tree) if name == qualname)
    kind, _space, number = off.partition(" ")
    if kind == "refusal":
        _drop(function, refusals(function)[int(number) - 1])
    else:
        # Before its own statements, which stay: what they name from outside is still known to the compiler.
        function.body.insert(0, ast.Return(ast.parse(off, mode="eval").body))
    compiled = compile(ast.fix_missing_locations(tree), str(module.__file__), "exec")
    return next(code for code in _codes(compiled) if code.co_qualname == qualname)


def _drop(function: ast.FunctionDef, statement: ast.stmt) -> None:
    for node in ast.walk(function):
        for _field, value in ast.iter_fields(node):
            if isinstance(value, list) and statement in value:
                value[value.index(statement)] = ast.Pass()


def functions(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions and methods of a module, with their qualified names; not those inside functions."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield from functions(node, f"{prefix}{node.name}.")
        elif isinstance(node, ast.FunctionDef):
            yield f"{prefix}{node.name}", node


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)
