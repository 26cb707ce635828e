"""The asserts in the function of a claim: where they stand, and the function without one."""

import ast
import inspect
import textwrap
from types import CodeType, FunctionType


class Without(ast.NodeTransformer):
    """Takes the assert of one line out."""

    def __init__(self, line: int) -> None:
        self.line = line

    def visit_Assert(self, node: ast.Assert) -> ast.stmt:  # as ast names it
        """Leave nothing in its place."""
        return ast.copy_location(ast.Pass(), node) if node.lineno == self.line else node


def assert_lines(function: FunctionType) -> set[int]:
    """The lines of a function that begin with an assert."""
    nodes = ast.walk(source_of(function))
    return {node.lineno for node in nodes if isinstance(node, ast.Assert)}


def without(function: FunctionType, line: int) -> FunctionType:
    """A function without its assert of a line; all else stands where it stood."""
    tree = Without(line).visit(source_of(function))
    code = compile(tree, inspect.getfile(function), "exec")
    (inner,) = (constant for constant in code.co_consts if isinstance(constant, CodeType))
    return FunctionType(inner, function.__globals__)


def source_of(function: FunctionType) -> ast.Module:
    """The source of a function without its decorators, its lines numbered as in its file."""
    source, first = inspect.getsourcelines(function)
    tree = ast.parse(textwrap.dedent("".join(source)))
    for node in tree.body:
        vars(node)["decorator_list"] = []
    return ast.increment_lineno(tree, first - 1)
