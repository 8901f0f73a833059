"""The English catalogue is complete: nothing missing, nothing left over, same placeholders."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "inforo" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
KEYWORDS = {"_": None, "_l": None, "gettext": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
MAPPINGS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]


def used_messages() -> set:
    return {message for mapping in MAPPINGS for message in messages_of(mapping)}


def messages_of(mapping: dict[str, str]) -> Iterator[str | tuple[str, ...]]:
    """Return the texts in the files of one entry of the configuration."""
    folder, _, pattern = mapping["pattern"].partition("/")
    options = {key: mapping[key] for key in ("extensions", "silent") if key in mapping}
    for found in extract_from_dir(
        ROOT / folder,
        method_map=[(pattern, mapping["method"])],
        options_map={pattern: options},
        keywords=KEYWORDS,
    ):
        yield found[2]


def texts(message: Message) -> tuple[str, ...]:
    """Return the translation, or the translations of all plural forms."""
    return message.string if isinstance(message.string, tuple) else (message.string,)


def test_every_message_has_an_english_translation():
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    translated = {message.id for message in catalogue if message.id and all(texts(message))}
    singulars = {message[0] for message in translated if isinstance(message, tuple)}

    missing = used_messages() - translated - singulars

    assert not missing, sorted(map(str, missing))[:20]


def test_translations_keep_their_placeholders():
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    for message in catalogue:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        wanted = set(PLACEHOLDER.findall(" ".join(ids)))
        for translation in texts(message):
            assert set(PLACEHOLDER.findall(translation)) <= wanted, message.id


def test_no_translation_is_marked_as_doubtful():
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")

    assert not [message.id for message in catalogue if message.id and message.fuzzy]
