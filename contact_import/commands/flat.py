"""Options in groups: a dataclass whose fields are options stands, as a command's parameter, for all of them."""

from __future__ import annotations

from dataclasses import is_dataclass
from functools import update_wrapper
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Any, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Owner = Callable[..., Any]
    """What has options: a command, or a group of them."""


def flat(command: Owner) -> Owner:
    """Return *command* as typer reads one: a parameter for each option, and its groups built from the values.

    The options stand in the order of parameters and fields; a group may hold groups. ValueError where two options have
    the same name.
    """
    taken = Signature(list(parameters(command)))

    def run(**values: Any) -> Any:
        given = taken.bind(**values)
        given.apply_defaults()
        return _called(command, given.arguments)

    door: Any = update_wrapper(run, command)
    door.__signature__ = taken
    door.__annotations__ = {name: parameter.annotation for name, parameter in taken.parameters.items()}
    return run


def parameters(owner: Owner) -> Iterator[Parameter]:
    """Yield the options of *owner*, and in the place of each group those that it holds."""
    for parameter in _own(owner):
        if _is_group(parameter):
            yield from parameters(parameter.annotation)
        else:
            yield parameter


def _called(owner: Owner, values: dict[str, Any]) -> Any:
    """Call *owner* with its share of *values*, groups made of theirs first."""
    given = {
        parameter.name: _called(parameter.annotation, values) if _is_group(parameter) else values[parameter.name]
        for parameter in _own(owner)
    }
    return owner(**given)


def _own(owner: Owner) -> Iterator[Parameter]:
    """Yield the parameters of *owner*, given by name, with annotations that are no longer texts."""
    kinds = get_type_hints(owner, include_extras=True)
    for name, parameter in signature(owner).parameters.items():
        yield parameter.replace(kind=Parameter.KEYWORD_ONLY, annotation=kinds[name])


def _is_group(parameter: Parameter) -> bool:
    return is_dataclass(parameter.annotation)
