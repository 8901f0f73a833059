"""What the machine can do: two pages of bare Flask, served as the platform is.

R1 is a constant page of 20 KB. R2 reads 20 posts with SQLAlchemy Core and renders them with
Jinja; no sessions, no rights, no frame. Budgets are multiples of R2, so that they mean the
same on every machine. `python -m bench.reference` serves both.
"""

from flask import Flask, render_template
from granian.constants import Interfaces
from granian.server import MPServer
from sqlalchemy import select

from inforo import config, db
from inforo.accounts.models import Account
from inforo.discussions.models import Post, Thread
from inforo.municipalities.models import Municipality

CONSTANT = "<!doctype html><title>R1</title><p>" + "Gesundheit für alle. " * 950
TEMPLATE = """<!doctype html><html lang="de"><head><title>{{ title }}</title></head><body>
<h1>{{ title }}</h1>
{% for post in posts %}
<article id="beitrag-{{ post.number }}"><h2>{{ post.name }}</h2>
<p>{{ post.function }}, {{ post.place or "" }} · <time>{{ post.created_at }}</time></p>
{{ post.body_html|safe }}
<form method="post"><button>Merken</button></form></article>
{% endfor %}
</body></html>"""
POSTS = (
    select(
        Post.number,
        Post.body_html,
        Post.created_at,
        Account.name,
        Account.function,
        Municipality.display_name.label("place"),
    )
    .join(Account, Account.id == Post.author_id)
    .outerjoin(Municipality, Municipality.ags == Account.municipality_ags)
    .order_by(Post.number)
)


def make_app() -> Flask:
    app = Flask(__name__)
    engine = db.make_engine(config.load())
    template = app.jinja_env.from_string(TEMPLATE)  # compiled once, as files would be

    @app.get("/r1")
    def constant() -> str:
        return CONSTANT

    @app.get("/r2/<int:thread_id>")
    def posts(thread_id: int) -> str:
        with db.reading(), engine.connect() as connection:
            title = connection.scalar(select(Thread.title).where(Thread.id == thread_id))
            shown = POSTS.where(Post.thread_id == thread_id, Post.number <= 20)
            rows = connection.execute(shown).all()
            return render_template(template, title=title, posts=rows)

    return app


def main() -> None:
    settings = config.load()
    MPServer(
        target="reference",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        blocking_threads=settings.threads,
        websockets=False,
        log_enabled=False,
    ).serve(target_loader=make_app, wrap_loader=False)


if __name__ == "__main__":
    main()
