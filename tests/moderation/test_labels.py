import re
from pathlib import Path

from inforo.applications.models import ApplicationState
from inforo.moderation.labels import ACTIONS, label_of

PACKAGE = Path(__file__).parents[2] / "inforo"
RECORDED = re.compile(r"""(?:audit\.)?\brecord\(\s*[\w.()]+(?:\([^)]*\))?,\s*"([a-z_]+)\"""")
DECIDED = (ApplicationState.APPROVED, ApplicationState.DECLINED, ApplicationState.WITHDRAWN)


def test_every_logged_action_has_german_words():
    logged = {
        action
        for path in PACKAGE.rglob("*.py")
        for action in RECORDED.findall(path.read_text())
    }
    logged |= {f"application_{state.value}" for state in DECIDED}

    assert len(logged) > 30
    assert logged - ACTIONS.keys() == set()


def test_unknown_actions_stay_readable():
    assert label_of("read_something_else") == "read something else"
