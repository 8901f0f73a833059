"""What only articles do; their way to publication is in `editorial.actions`."""

from collections.abc import Mapping
from typing import Any

from inforo.articles.models import Article, ArticleFile
from inforo.authz import Actor
from inforo.clock import now
from inforo.db import session
from inforo.editorial import actions as editorial
from inforo.files import StoredFile


def create(actor: Actor, values: Mapping[str, Any]) -> Article:
    article = Article()
    editorial.create(actor, article, values)
    return article


def attach(
    actor: Actor, article: Article, stored: StoredFile, values: Mapping[str, str]
) -> ArticleFile:
    attached = ArticleFile(article_id=article.id, file=stored, **values)
    session.add(attached)
    article.changed_at = now()
    return attached
