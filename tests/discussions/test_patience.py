"""How long to wait is said as people say it."""

import pytest

from inforo.discussions.patience import patience


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 Sekunde"), (5, "5 Sekunden"), (598, "10 Minuten"), (40_000, "11 Stunden")],
)
def test_waiting_time_is_told_in_the_unit_people_think_in(app, seconds, words):
    with app.test_request_context():
        assert f"noch {words} und" in patience(seconds)
