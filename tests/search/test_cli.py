import pytest
from click.testing import CliRunner
from sqlalchemy import delete

from inforo.db import session
from inforo.search import cli
from inforo.search.compounds import Lexicon
from inforo.search.installation import lexicon_path
from inforo.search.models import SearchWord
from tests import factories


@pytest.fixture
def run(app):
    return lambda *words: CliRunner().invoke(cli.search, words, catch_exceptions=False)


def test_rebuild_says_how_much_it_wrote(run, word_lists):
    factories.make_example("Lesepaten")
    session.execute(delete(SearchWord))

    result = run("rebuild")

    assert result.exit_code == 0
    assert "The search index holds 9 documents" in result.output  # 7 places, author, example


def test_lexicon_is_built_into_the_instance_folder(run):
    result = run("lexicon")

    path = lexicon_path()
    assert "The lexicon of compounds knows" in result.output
    assert Lexicon.load(path).front["familien"] > 100
    path.unlink()
