"""What can be found of learning paths: the editors' own words, whoever reads them."""

from collections.abc import Sequence

from sqlalchemy import select

from inforo.db import session
from inforo.paths.models import LearningPath, PathStep, StepKind
from inforo.search.documents import Document, Key, Source, Watch, bare, grouped, in_table
from inforo.search.models import Audience, Kind

FINDABLE = select(LearningPath.id).where(LearningPath.published_at.is_not(None))


def describe(keys: Sequence[Key]) -> list[Document]:
    """Describe published paths. Steps that lead elsewhere are left to what they lead to."""
    texts = texts_of(keys)
    statement = FINDABLE.where(LearningPath.id.in_(keys)).add_columns(
        LearningPath.slug,
        LearningPath.title,
        LearningPath.summary,
        LearningPath.intro,
        LearningPath.changed_at,
    )
    return [
        Document(
            kind=Kind.PAGE,
            key=key,
            audience=Audience.PUBLIC,
            title=title,
            body=bare(summary, intro, *texts.get(key, [])),
            context="Lernpfad",
            path=f"/lernpfade/{slug}",
            changed_at=changed_at,
        )
        for key, slug, title, summary, intro, changed_at in session.execute(statement)
    ]


def texts_of(keys: Sequence[Key]) -> dict[Key, list[str]]:
    """Return path → the headings and texts that stand on its page."""
    rows = session.execute(
        select(PathStep.path_id, PathStep.title, PathStep.body)
        .where(PathStep.path_id.in_(keys), PathStep.kind == StepKind.TEXT)
        .order_by(PathStep.path_id, PathStep.position)
    )
    return {
        key: [text for row in found for text in row] for key, found in grouped(rows).items()
    }


PATHS = Source(
    number=71,
    kind=Kind.PAGE,
    keys=in_table(FINDABLE, LearningPath.id),
    describe=describe,
    watched=(Watch(LearningPath, "id"), Watch(PathStep, "path_id")),
)
