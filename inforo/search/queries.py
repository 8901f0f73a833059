"""Finds what answers a question, for the person asking.

All words must be found. Fewer than ten results are filled up with documents that hold only
some of the words, and each of these says what it lacks; if there is nothing at all, with
what is nearest. Visibility is part of every statement, so counts show only what is there
for this person.
"""

from inforo.authz import Actor
from inforo.search import fulltext, linking, loosening, matches, vocabulary, writing
from inforo.search.analysis import Analyzer
from inforo.search.catalogue import Catalogue, catalogue, stamp_columns
from inforo.search.german import sort_key
from inforo.search.loosening import ENOUGH, Loosened
from inforo.search.matches import Matches, Wanted
from inforo.search.models import Kind
from inforo.search.nearest import nearest
from inforo.search.question import Question, understand
from inforo.search.ranking import MOST_REACHED, Library, candidates, rest, weigh
from inforo.search.results import PER_PAGE, Correction, Filters, Results, unique
from inforo.search.scoring import Scale
from inforo.search.showing import shown
from inforo.search.vocabulary import Frequencies, Understood


def find(actor: Actor, typed: str, filters: Filters, page: int = 1) -> Results:
    """Answer a question with one page of results."""
    analyzer = writing.analyzer()
    question = understand(analyzer, typed)
    results = Results(question, filters, page)
    if question.terms:
        stems = {*question.stems, *(term.stem for term in question.terms)}
        stems |= linking.stems_otherwise(analyzer, question)
        counts, stamp = vocabulary.frequencies(actor, stems, stamp_columns())
        question = linking.relinked(analyzer, question, counts)
        understood = vocabulary.correct(actor, analyzer, question, counts)
        counts = understood.counts or counts
        results.corrections = [
            Correction(term.typed, meant.typed) for term, meant in understood.corrections
        ]
        answer(actor, analyzer, understood, results, counts, catalogue(stamp))
    if not results.total:
        results.nearest = nearest(actor, analyzer, question)
    return results


def answer(
    actor: Actor,
    analyzer: Analyzer,
    understood: Understood,
    results: Results,
    counts: Frequencies,
    known: Catalogue,
) -> None:
    """Fill in what was found, strictly first, then loosely."""
    question, filters = understood.question, results.filters
    strict = Matches() if understood.dead else all_words(actor, question, filters)
    library = Library(actor, known, filters.chosen)
    of_few = count(results, strict, library)
    loose = Loosened()
    if results.total < ENOUGH and not is_only_filtered_away(results):
        loose = loosening.find(actor, understood, filters, counts)
    ids = candidates(library, [strict, *loose.found])
    weighed = weigh(actor, question, Scale(question, counts), ids) if ids else []
    everything = frozenset(range(len(question.terms)))
    hits = unique(one.hit for one in weighed if one.terms == everything)
    of_posts = sum(hit.kind is Kind.THREAD for hit in hits)
    results.reachable = max(len(hits), min(of_few + of_posts, MOST_REACHED))
    first = (results.page - 1) * PER_PAGE
    if len(hits) < min(first + PER_PAGE, results.reachable):
        hits += rest(library, strict, hits)
    if loose.found:
        hits += loosening.add(results, understood, loose, hits, weighed)
    results.total = max(results.total, len(hits))
    results.reachable = max(results.reachable, len(hits))
    results.nearby = [hit.document_id for hit in hits[:ENOUGH]]
    results.results = shown(actor, analyzer, question, hits[first : first + PER_PAGE])


def all_words(actor: Actor, question: Question, filters: Filters) -> Matches:
    """Ask where all words are found."""
    written = fulltext.expression(question)
    titles = fulltext.expression(question, in_title=True)
    wanted = Wanted(written, titles, name=sort_key(question.typed))
    return matches.find(actor, filters, [wanted])[0]


def count(results: Results, strict: Matches, library: Library) -> int:
    """Count everything with all words, ranked or not; return how many of it are no threads."""
    counts = results.counts
    if strict.few:
        library.known.count(library.actor, strict.few, library.chosen, counts)
    of_few = counts.total
    for properties, threads in strict.groups:
        counts.add_group(properties, threads, library.chosen)
    results.is_more = strict.is_cut
    results.total = results.strict_total = counts.total
    return of_few


def is_only_filtered_away(results: Results) -> bool:
    """Tell whether there are hits with all words, but not with these filters."""
    return not results.filters.is_empty and bool(results.counts.of)
