"""What slices above add to contributions: a place on the page, and what they do after a step.

The review follows what authors do without being known here:

    @SUBMITTED.then
    def begin(actor: Actor, example: Example) -> None: ...
"""

from collections.abc import Callable

from inforo.authz import Actor
from inforo.places import Place
from inforo.toolbox.models import Example

Step = Callable[[Actor, Example], None]


class Moment:
    """Something that has happened to an example; runs in the transaction of what happened."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def then(self, step: Step) -> Step:
        """Let a function follow this moment."""
        self.steps.append(step)
        return step

    def happened(self, actor: Actor, example: Example) -> None:
        for step in self.steps:
            step(actor, example)


SUBMITTED = Moment()
WITHDRAWN = Moment()
CORRECTED = Moment()  # a published text was saved
# The author without an account answers by a link: yes to the final text, or not yet.
RELEASED = Moment()
OBJECTED = Moment()
STATUS: Place[Example] = Place()  # where an example is, who acts next, until when
