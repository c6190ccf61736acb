"""What a section is about, and what a request asks for, in one form that can be compared."""

from dataclasses import dataclass

from checker.knowledge.guideline_files import CoversSpec


@dataclass(frozen=True, slots=True)
class Subject:
    """Drug classes, actives, treatments and categories; ``anything`` for a section on principles."""

    classes: frozenset[str] = frozenset()
    actives: frozenset[str] = frozenset()
    treatments: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    anything: bool = False

    @property
    def known(self) -> bool:
        """Whether anything at all is known of it."""
        return self.anything or bool(self.classes or self.actives or self.treatments or self.categories)

    def joined(self, other: "Subject") -> "Subject":
        """What either of the two is about."""
        return Subject(
            self.classes | other.classes,
            self.actives | other.actives,
            self.treatments | other.treatments,
            self.categories | other.categories,
            self.anything or other.anything,
        )

    def meets(self, other: "Subject") -> bool:
        """Whether the two have anything in common."""
        return (
            self.anything
            or other.anything
            or not self.classes.isdisjoint(other.classes)
            or not self.actives.isdisjoint(other.actives)
            or not self.treatments.isdisjoint(other.treatments)
            or not self.categories.isdisjoint(other.categories)
        )


def subject(spec: CoversSpec) -> Subject:
    """The subject that a file writes down."""
    return Subject(
        frozenset(spec.classes),
        frozenset(spec.actives),
        frozenset(spec.treatments),
        frozenset(spec.categories),
        spec.anything,
    )
