"""The limits of the house: short modules, short functions, shallow nesting, no junk drawers."""

import ast

from tests.house import sources

MODULE_LINES = 300
FUNCTION_LINES = 30
NESTING = 3
TEST_LINES = 400
JUNK_DRAWERS = {"utils", "helpers", "common", "misc", "service", "manager", "handler", "data"}
JUNK_DRAWERS |= {"util", "helper", "services", "managers", "handlers"}

OURS = sources.files("proposals", "rakortek", "bench")
TESTS = sources.files("tests")


def shown(path):
    return sources.short(path)


def lines(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def too_long(paths, limit):
    return {shown(path): lines(path) for path in paths if lines(path) > limit}


def test_modules_keep_their_limit():
    assert too_long(OURS, MODULE_LINES) == {}


def test_test_files_keep_their_limit():
    assert too_long(TESTS, TEST_LINES) == {}


def test_functions_are_short():
    long = {
        f"{shown(path)}: {name}": n
        for path in OURS
        for name, n in sources.functions(path)
        if n > FUNCTION_LINES
    }
    assert long == {}


def test_nothing_nests_deeper_than_three():
    deep = [
        f"{shown(path)}: {node.name}"
        for path in OURS
        for node in sources.inner_functions(path)
        if sources.depth(node) > NESTING
    ]
    assert deep == []


def test_a_module_says_what_it_is_for():
    silent = [
        shown(path)
        for path in OURS
        if path.read_text(encoding="utf-8").strip() and not ast.get_docstring(sources.tree(path))
    ]
    assert silent == []


def test_no_module_is_a_junk_drawer():
    drawers = [
        shown(path) for path in (*OURS, *TESTS) if JUNK_DRAWERS & {path.stem, path.parent.name}
    ]
    assert drawers == []


SAMPLE = """
def chain(value):
    if value == 1:
        return 1
    elif value == 2:
        return 2
    else:
        if value == 3:
            for one in range(3):
                with open(one):
                    return 3
"""


def test_elif_is_no_deeper_and_else_with_if_is():
    (function,) = ast.parse(SAMPLE).body
    assert sources.depth(function) == 4
    (flat,) = ast.parse("def f(v):\n if v:\n  pass\n elif 1:\n  pass\n elif 2:\n  pass\n").body
    assert sources.depth(flat) == 1
