"""The small mistakes that `mutation` makes: each is one change of one place in a module's syntax tree."""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.Break: ast.Continue,
    ast.Continue: ast.Break,
}
NOT_CODE = ("annotation", "returns", "decorator_list", "type_params")
"""Parts of a node that do nothing while the program runs, or what dataclasses are told."""


@dataclass(frozen=True)
class Mutant:
    """A module with one mistake in it."""

    path: str
    line: int
    last: int
    """The last line of the statement."""
    change: str
    tree: ast.Module
    is_late: bool
    """Within a function: it happens when that is called, not when the module is imported."""


def mutants(path: str, source: str) -> Iterator[Mutant]:
    """Yield every mutant of the module at *path*."""
    tree = ast.parse(source)
    for place, (node, late) in enumerate(_places(tree)):
        for change, _ in enumerate(_changed(node)):
            other = copy.deepcopy(tree)
            target = next(found for index, (found, _) in enumerate(_places(other)) if index == place)
            new = list(_changed(target))[change]
            before = ast.unparse(node)
            _replace(other, target, new)
            words = f"{_short(before)} → {_short(ast.unparse(new))}"
            yield Mutant(
                path, node.lineno, node.end_lineno or node.lineno, words, ast.fix_missing_locations(other), late
            )


def _places(tree: ast.AST, *, late: bool = False) -> Iterator[tuple[ast.expr | ast.stmt, bool]]:
    """Yield the nodes that can be changed, in order, and whether they are within a function."""
    for name, value in ast.iter_fields(tree):
        if name in NOT_CODE:
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or _is_still(child):
                continue
            inside = late or (isinstance(tree, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)) and name == "body")
            if isinstance(child, (ast.expr, ast.stmt)):
                yield child, inside
            yield from _places(child, late=inside)


def _is_still(node: ast.AST) -> bool:
    """Tell whether *node* is a docstring, an import, a list of names or for type checkers alone."""
    if isinstance(node, (ast.Import, ast.ImportFrom, ast.JoinedStr)):
        return True
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
        return True
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
        return True
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _changed(node: ast.expr | ast.stmt) -> Iterator[ast.expr | ast.stmt]:
    """Yield what can be made of *node*."""
    yield from _other_operator(node)
    yield from _other_value(node)
    yield from _other_statement(node)


def _other_operator(node: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    match node:
        case ast.Compare(ops=[op]) if type(op) in SWAPPED:
            yield _with(node, ops=[SWAPPED[type(op)]()])
        case ast.BoolOp(op=op) | ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in SWAPPED:
            yield _with(node, op=SWAPPED[type(op)]())
        case ast.UnaryOp(op=ast.Not() | ast.USub() | ast.Invert()):
            yield node.operand
        case ast.Break() | ast.Continue():
            yield SWAPPED[type(node)]()  # type: ignore[misc]


def _other_value(node: ast.AST) -> Iterator[ast.expr]:
    match node:
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value) | float(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(value=str(value)) if value and " " not in value:  # words for people are not what counts
            yield ast.Constant(f"{value}X")
        case ast.Call(func=ast.Name("min" | "max")):
            pass  # the order of what they choose from changes nothing
        case ast.Call(args=[first, second, *rest]) if ast.dump(first) != ast.dump(second):
            yield _with(node, args=[second, first, *rest])
        case ast.IfExp(test=test):
            yield _with(node, test=ast.UnaryOp(ast.Not(), test))


def _other_statement(node: ast.AST) -> Iterator[ast.stmt]:
    match node:
        case ast.Return(value=value) if value is not None and ast.unparse(value) != "None":
            yield ast.Return(ast.Constant(None))
        case ast.Expr(value=ast.Call() | ast.Await() | ast.Yield() | ast.YieldFrom()) | ast.Raise() | ast.Delete():
            yield ast.Pass()
        case ast.AugAssign() | ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield ast.Pass()
        case ast.If(test=test) | ast.While(test=test) if not isinstance(test, (ast.Compare, ast.BoolOp)):
            yield _with(node, test=ast.UnaryOp(ast.Not(), test))


def _with(node: ast.AST, **fields: object) -> ast.expr | ast.stmt:
    other = copy.copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other  # type: ignore[return-value]


def _replace(tree: ast.AST, old: ast.AST, new: ast.AST) -> None:
    ast.copy_location(new, old)
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
            elif isinstance(value, list):
                value[:] = [new if item is old else item for item in value]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) < 60 else f"{line[:57]}…"
