import pytest
from click.testing import CliRunner
from sqlalchemy import delete, func, select

from inforo.db import session
from inforo.search import cli, lexicon
from inforo.search.compounds import Lexicon
from inforo.search.installation import lexicon_path
from inforo.search.models import Kind, SearchDocument, SearchWord
from tests import factories


@pytest.fixture
def run(app):
    return lambda *words: CliRunner().invoke(cli.search, words, catch_exceptions=False)


def test_rebuild_says_how_much_it_wrote(run, word_lists):
    factories.make_example("Lesepaten")
    session.execute(delete(SearchWord))

    result = run("rebuild")

    assert result.exit_code == 0
    everything = select(func.count()).select_from(SearchDocument)
    written = session.scalar(everything.where(SearchDocument.kind != Kind.PAGE))
    assert written == 9, "seven places, the author, the example"
    assert f"The search index holds {session.scalar(everything)} documents" in result.output


def test_lexicon_is_built_into_the_instance_folder(run):
    result = run("lexicon")

    path = lexicon_path()
    assert "The lexicon of compounds knows" in result.output
    assert Lexicon.load(path).front["familien"] > 100
    assert lexicon.is_current(path)
    path.unlink()


def test_lexicon_of_an_earlier_version_is_outdated(tmp_path):
    path = tmp_path / "lexicon.json"

    path.write_text('{"front":{},"back":{},"adjectives":{},"nouns":[],"verbs":[]}')

    assert not lexicon.is_current(path)
    assert not lexicon.is_current(tmp_path / "missing.json")
    assert Lexicon.load(path).forms == {}
