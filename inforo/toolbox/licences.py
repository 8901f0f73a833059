"""What the licences of files mean, in a sentence each, and where they can be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from inforo.i18n import _l
from inforo.toolbox.fields import LICENCE_NAMES


@dataclass(frozen=True)
class Licence:
    """What is known of a licence; `name` is stored, `label` is shown."""

    name: str
    label: Any
    about: Any = ""  # what one may do
    url: str = ""


ABOUT: dict[str, Any] = {
    "CC BY 4.0": _l(
        "Sie dürfen die Datei verwenden, verändern und weitergeben, auch gewerblich, wenn Sie "
        "die Herkunft nennen und sagen, was Sie geändert haben."
    ),
    "CC BY-SA 4.0": _l(
        "Sie dürfen die Datei verwenden, verändern und weitergeben, wenn Sie die Herkunft "
        "nennen und Ihre Fassung unter dieselbe Lizenz stellen."
    ),
    "CC BY-NC 4.0": _l(
        "Sie dürfen die Datei verwenden, verändern und weitergeben, wenn Sie die Herkunft "
        "nennen und nichts damit verdienen."
    ),
    "CC0 1.0": _l(
        "Sie dürfen mit der Datei alles tun, ohne zu fragen und ohne jemanden zu nennen."
    ),
    "nur zur Ansicht": _l(
        "Sie dürfen die Datei lesen. Fragen Sie bei der Ansprechperson nach, bevor Sie sie "
        "verändern, weitergeben oder Teile daraus übernehmen."
    ),
}
LABELS: dict[str, Any] = {"nur zur Ansicht": _l("nur zur Ansicht")}  # the others are names
URLS = {
    "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC BY-SA 4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC BY-NC 4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "CC0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}


def licence_of(name: str) -> Licence:
    """Return what is known of a licence; of one that an import brought, its name."""
    return Licence(name, LABELS.get(name, name), ABOUT.get(name, ""), URLS.get(name, ""))


def licences() -> Iterator[Licence]:
    """Return the licences somebody may choose, in their order."""
    return map(licence_of, LICENCE_NAMES)
