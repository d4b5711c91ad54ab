"""What the source of the house looks like: modules, imports, functions, depths."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ("proposals", "rakortek")


@dataclass(frozen=True)
class Import:
    """One imported module of ours: inside a function, or for types alone."""

    module: str
    line: int
    is_inline: bool
    is_for_types: bool


def files(*folders, pattern="*.py"):
    """Return the files of these folders, migrations left out."""
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob(pattern))]
    return [path for path in found if not {"migrations", "__pycache__"} & set(path.parts)]


def named(path):
    """Return the dotted name of a module's file, relative to the project."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def modules():
    """Return every module of ours by its dotted name."""
    return {named(path): path for path in files(*OURS)}


def short(path):
    return str(path.relative_to(ROOT))


@cache
def imports(path):
    """Return what a module imports of ours, the most exact module that each name stands for."""
    found = []
    _walk(tree(path), found, is_inline=False, is_for_types=False)
    return found


def _walk(node, found, *, is_inline, is_for_types):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            found += [
                Import(module, child.lineno, is_inline, is_for_types) for module in _targets(child)
            ]
        inside = is_inline or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        typed = is_for_types or (
            isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test)
        )
        _walk(child, found, is_inline=inside, is_for_types=typed)


def _targets(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names if alias.name.split(".")[0] in OURS]
    base = node.module or ""
    if base.split(".")[0] not in OURS:
        return []
    inner = [f"{base}.{alias.name}" for alias in node.names]
    exact = [name if name in modules() else base for name in inner]
    return list(dict.fromkeys(exact))


def functions(path):
    """Return every function with its length in lines."""
    return [
        (node.name, node.end_lineno - node.lineno + 1)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


DEEPER = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)


def depth(node, is_elif=False):
    """Return how deep if, for, while, with, try and match stand in each other."""
    own = int(isinstance(node, DEEPER) and not is_elif)
    below = [depth(child, is_elif=_continues(node, child)) for child in ast.iter_child_nodes(node)]
    return own + max(below, default=0)


def _continues(node, child):
    """Tell whether this child is the `elif` of its `if`, which is no deeper."""
    return (
        isinstance(node, ast.If)
        and isinstance(child, ast.If)
        and node.orelse == [child]
        and child.col_offset == node.col_offset
    )


def inner_functions(path):
    """Return the functions of a module, each to be measured on its own."""
    return [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
