"""Decision diagrams over digits: what a string of digits is called, decided one letter at a time.

A diagram is a number. A negative one is a leaf, `~label`: whatever follows, the string is called `label`.
Any other is a node with eleven children, one for each digit and one for the end of the string; the child for
the end is always a leaf. Label 0 means nothing, so a language is a diagram with labels 0 and 1.

Equal nodes are made only once, so equal diagrams have equal numbers: comparing costs nothing, every operation
can remember its results, and every diagram is the smallest automaton for what it decides.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from contact_import.phones.read.pattern import END, Choice, Group, Letter, Pattern, Repeat, Sequence

NOTHING = ~0
"""The diagram that calls every string nothing: the empty language."""

ALL = ~1
"""The language of all strings."""


class Diagrams:
    """A store of diagrams and the operations on them."""

    def __init__(self) -> None:
        self.nodes: list[tuple[int, ...]] = []
        """The eleven children of each node."""
        self._numbers: dict[tuple[int, ...], int] = {}
        self._chosen: dict[tuple[int, int, int], int] = {}

    def node(self, children: tuple[int, ...]) -> int:
        """Return the diagram with these eleven children."""
        number = self._numbers.get(children)
        if number is None:
            first = children[END]
            if children.count(first) == len(children):
                return first  # every letter leads to the same leaf, so none needs to be read
            number = self._numbers[children] = len(self.nodes)
            self.nodes.append(children)
        return number

    def children(self, diagram: int) -> tuple[int, ...]:
        """Return what is left to decide after each letter."""
        return self.nodes[diagram] if diagram >= 0 else (diagram,) * (END + 1)

    def ends(self, label: int) -> int:
        """Return the diagram that calls the empty string *label* and all others nothing."""
        return self.node((NOTHING,) * END + (~label,))

    def lengths(self, which: Collection[int]) -> int:
        """Return the language of the strings of these lengths."""
        diagram = NOTHING
        for length in range(max(which, default=0), -1, -1):
            diagram = self.node((diagram,) * END + (ALL if length in which else NOTHING,))
        return diagram

    def choose(self, test: int, yes: int, no: int) -> int:
        """Return the diagram that agrees with *yes* where *test* says something, and with *no* elsewhere."""
        if test < 0:
            return no if test == NOTHING else yes
        if yes == no or (test == yes and no == NOTHING):
            return yes
        key = (test, yes, no)
        chosen = self._chosen.get(key)
        if chosen is None:
            children = map(self.choose, self.nodes[test], self.children(yes), self.children(no))
            chosen = self._chosen[key] = self.node(tuple(children))
        return chosen

    def either(self, first: int, second: int) -> int:
        """Return what *first* says, and what *second* says where *first* says nothing."""
        return self.choose(first, first, second)

    def within(self, language: int, diagram: int) -> int:
        """Return what *diagram* says about the strings of *language*, and nothing of others."""
        return self.choose(language, diagram, NOTHING)

    def relabel(self, diagram: int, change: Callable[[int], int]) -> int:
        """Return *diagram* with every label but 0 changed."""
        done: dict[int, int] = {NOTHING: NOTHING}

        def walk(old: int) -> int:
            new = done.get(old)
            if new is None:
                new = ~change(~old) if old < 0 else self.node(tuple(map(walk, self.nodes[old])))
                done[old] = new
            return new

        return walk(diagram)

    def chain(self, letters: Iterable[Collection[int]], then: int) -> int:
        """Return the diagram that reads one letter out of each set and goes on with *then*."""
        for among in reversed(list(letters)):
            end = self.children(then)[END] if END in among else NOTHING
            children = [then if digit in among else NOTHING for digit in range(END)]
            then = self.node((*children, end))
        return then

    def follow(self, pattern: Pattern, then: int) -> int:
        """Return the diagram that reads a match of *pattern*, any that fits, and goes on with *then*."""
        match pattern:
            case Letter(among):
                return self.chain([among], then)
            case Sequence(parts):
                for part in reversed(parts):
                    then = self.follow(part, then)
                return then
            case Choice(options):
                diagram = NOTHING
                for option in options:
                    diagram = self.either(self.follow(option, then), diagram)
                return diagram
            case Group(_, item):
                return self.follow(item, then)
            case Repeat(item, low, high):
                diagram = then
                for left in range(high):
                    diagram = self.follow(item, diagram)
                    if left < high - low:
                        diagram = self.either(diagram, then)
                return diagram
