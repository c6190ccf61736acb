"""What can go wrong while judging; none of it is a finding, none may pass for a clean letter, no message quotes one."""
# ruff: noqa: N818  (the names say what happened)


class JudgingError(Exception):
    """The program or a rule is broken: exit code 2."""


class EngineUnavailable(JudgingError):
    """durable-rules was asked for and cannot be loaded."""


class EngineRefusal(JudgingError):
    """A rule set that durable-rules would misread is refused before it is handed over."""


class EngineFailure(JudgingError):
    """durable-rules reported an error or did not read a fact to its end; the session is not used again."""


class EngineDisagreement(JudgingError):
    """durable-rules and the reference reading came to different results.

    Attributes:
        doc: The letter.
        item: Number of the item, 0 for the whole letter.
        rules: Id, result by the engine and result by the reference reading of each rule in question.
    """

    def __init__(self, doc: str, item: int, rules: tuple[tuple[str, str, str], ...]) -> None:
        self.doc, self.item, self.rules = doc, item, rules
        told = "; ".join(f"{rule}: engine {engine}, reference {reference}" for rule, engine, reference in rules)
        super().__init__(f"{doc}, item {item}: the engine and the reference reading disagree: {told}")


class FactsError(JudgingError):
    """The facts of an item are not what the vocabulary promises.

    Attributes:
        name: The fact.
        problem: What is wrong with it.
    """

    def __init__(self, name: str, problem: str, place: str = "") -> None:
        self.name, self.problem = name, problem
        super().__init__(f"{place}fact {name}: {problem}")

    def at(self, doc: str, item: int) -> "FactsError":
        """The same, with the letter and the item (0 for the whole letter) named."""
        return FactsError(self.name, self.problem, f"{doc}, item {item}: ")


class RuleCrash(JudgingError):
    """One rule failed on one item.

    Attributes:
        rule: Id of the rule.
        doc: The letter.
        item: Number of the item, 0 for the whole letter.
    """

    def __init__(self, rule: str, doc: str, item: int, cause: Exception) -> None:
        self.rule, self.doc, self.item = rule, doc, item
        # The text of an error may quote the letter, save for those that this program words itself.
        told = f": {cause}" if type(cause).__module__.startswith("checker.") else ""
        super().__init__(f"{doc}, item {item}: rule {rule} failed: {type(cause).__name__}{told}")
