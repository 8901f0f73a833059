"""Who may open which page of the readers; nobody has begun to read, there are no seats."""

ABSENT = (302, 403, 404, 404, 404, 404, 404, 404)

ACCESS = {
    ("GET", "readings.read"): ABSENT,
    ("POST", "readings.rate"): ABSENT,
    ("POST", "readings.take"): ABSENT,
    ("POST", "readings.give_back"): ABSENT,
    ("POST", "readings.decline_reading"): ABSENT,
    ("GET", "readings.reading_file"): ABSENT,
    ("GET", "readings.reading_changes"): ABSENT,
    ("GET", "readings.talk"): ABSENT,
    ("POST", "readings.talk"): ABSENT,
    ("GET", "readings.talk_changes"): ABSENT,
    ("POST", "readings.confirm_agreement"): ABSENT,
}


def submitted(world):
    return {"example_id": world.submitted.id}


def since(world):
    return submitted(world) | {"number": 1}


def seat(_world):
    return {"reading_id": 1}


ARGUMENTS = {
    "readings.read": seat,
    "readings.rate": seat,
    "readings.take": seat,
    "readings.give_back": seat,
    "readings.decline_reading": seat,
    "readings.reading_file": lambda world: seat(world) | {"file_id": 1},
    "readings.reading_changes": lambda world: seat(world) | {"number": 1},
    "readings.talk": submitted,
    "readings.talk_changes": since,
    "readings.confirm_agreement": submitted,
}
