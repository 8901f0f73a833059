"""Several nodes: PostgreSQL, Redis, web and worker apart."""

from tests.installation import Installation


def test_web_and_worker_run_apart_on_postgres_and_redis(
    empty, tmp_path, postgres_url, redis_url
):
    node = Installation(tmp_path / "node", database_url=postgres_url, redis_url=redis_url)
    assert "now stands at migration" in node.run("db", "upgrade")

    with node.start("web") as web:
        worker = node.start("worker", "--without-schedule")
        assert web.wait_for("/readyz") < 30
        worker.wait_for_line("worker is ready")
        codes = worker.stop(), web.stop()

    assert codes == (0, 0), worker.output
