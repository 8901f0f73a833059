"""Settings: every number and address the platform ships with, and where to change them.

Order of precedence: environment variable `INFORO_<NAME>`, then `instance/settings.toml`,
then the default here. `docs/operations.md` lists all of them. Production refuses unsafe ones.
"""

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, cast

from flask import Flask, current_app
from werkzeug.local import LocalProxy

MODES = ("production", "demo", "development", "test")
WEAK_SECRET_LENGTH = 32


class UnsafeSettings(Exception):
    """The platform refuses to start; the message says which settings to change."""


# An invented operator, and no second factor to set up before the first look.
DEMO: dict[str, Any] = {
    "operator_name": "Demobetrieb inforo",
    "operator_address": "Marktplatz 1, 00000 Musterstadt",
    "operator_email": "kontakt@inforo.example",
    "operator_phone": "0000 123 45 67",
    "staff_needs_second_factor": False,
}


def setting(default: Any, about: str) -> Any:
    """Declare a setting with its default and one sentence for the operator."""
    return field(default=default, metadata={"about": about})


def secret(default: Any, about: str) -> Any:
    """Declare a setting that no log and no traceback shows."""
    return field(default=default, metadata={"about": about}, repr=False)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All settings of one process, read once at the start."""

    mode: str = setting("production", "production, demo (invented data), development or test")
    instance_path: str = setting("instance", "folder of database, files, settings.toml")
    secret_key: str = secret("", "signs cookies and tokens; at least 32 random characters")
    database_url: str = secret("", "empty: SQLite in the instance folder; or postgresql://…")
    redis_url: str = secret("", "empty: one machine; redis://… for several nodes")
    base_url: str = setting("http://127.0.0.1:8000", "address people use, for links in mails")
    host: str = setting("127.0.0.1", "address the web server listens on")
    port: int = setting(8000, "port the web server listens on")
    threads: int = setting(4, "threads of one web process")
    workers: int = setting(1, "web processes (more than one needs PostgreSQL and Redis)")
    drain_seconds: int = setting(0, "wait between „not ready“ and the end, for balancers")
    trusted_hosts: str = setting("", "host names served, by commas; empty: that of base_url")
    trusted_proxies: int = setting(0, "number of reverse proxies whose X-Forwarded-… count")
    log_format: str = setting("text", "text for people, json for machines")
    log_level: str = setting("INFO", "DEBUG, INFO, WARNING or ERROR")

    operator_name: str = setting("Betreiber dieser Plattform", "name in imprint and mails")
    operator_address: str = setting("", "postal address in the imprint")
    operator_email: str = setting("kontakt@inforo.example", "contact address in imprint")
    operator_phone: str = setting("", "telephone number in the imprint")

    mail_host: str = setting("", "SMTP server; empty: mails stay in the outbox (demo)")
    mail_port: int = setting(25, "SMTP port")
    mail_user: str = setting("", "SMTP user")
    mail_password: str = secret("", "SMTP password")
    mail_tls: str = setting("none", "none, starttls or tls")
    mail_from: str = setting("inforo@inforo.example", "sender of all mails")
    mail_timeout_seconds: int = setting(10, "time limit of one SMTP conversation")
    mail_bundle_minutes: int = setting(10, "mails about the same within this become one")
    mail_cap_per_day: int = setting(10, "mails to a person per day; the rest is in the digest")
    mail_retry_minutes: str = setting("1,5,15,60,240", "waits between attempts to send a mail")

    reply_address: str = setting("", "takes answers by mail: antwort+{token}@…; empty: none")
    reply_max_bytes: int = setting(60_000_000, "size of one mail that comes in")
    reply_files: int = setting(10, "files taken from one mail")
    limit_replies_by_mail: int = setting(50, "mails taken from one person per day")
    bounces_until_pause: int = setting(3, "refused mails after which an address is paused")
    imap_host: str = setting("", "mailbox of the reply address; empty: mails are not fetched")
    imap_port: int = setting(993, "IMAP port")
    imap_user: str = setting("", "IMAP user")
    imap_password: str = secret("", "IMAP password")
    imap_tls: str = setting("tls", "tls, starttls or none")
    imap_folder: str = setting("INBOX", "folder with the mails that came in")
    imap_timeout_seconds: int = setting(10, "time limit of one step of IMAP")

    sqlite_busy_timeout_ms: int = setting(10_000, "how long a writer waits for another one")
    postgres_pool_size: int = setting(5, "kept connections of one process")
    postgres_pool_overflow: int = setting(5, "additional connections under load")
    postgres_statement_timeout_ms: int = setting(5_000, "time limit of one statement")
    postgres_lock_timeout_ms: int = setting(2_000, "time limit for waiting on a lock")
    postgres_idle_timeout_ms: int = setting(15_000, "time limit of an idle transaction")
    postgres_random_page_cost: float = setting(1.1, "4 fits spinning disks, 1.1 all others")

    session_idle_minutes: int = setting(120, "signed out after this time without a request")
    session_idle_minutes_staff: int = setting(60, "the same for coordinators, editors, admins")
    session_hours: int = setting(12, "signed out after this time in any case")
    sessions_per_account: int = setting(10, "sessions at the same time; the oldest one ends")
    reauthentication_minutes: int = setting(30, "age of a sign-in that allows sensitive steps")
    staff_needs_second_factor: bool = setting(True, "staff must use a second factor")
    csrf_hours: int = setting(12, "how long an opened form can be sent")
    idempotency_hours: int = setting(24, "how long a form sent twice counts once")

    password_min_length: int = setting(15, "shortest password, in characters")
    password_max_length: int = setting(256, "longest password, in characters")
    argon2_memory_kib: int = setting(19_456, "memory of one password hash")
    argon2_time_cost: int = setting(2, "rounds of one password hash")
    token_confirm_hours: int = setting(24, "life of a link that confirms an address")
    token_reset_minutes: int = setting(60, "life of a link that sets a new password")
    token_email_change_hours: int = setting(24, "life of a link that confirms a new address")
    token_invitation_days: int = setting(14, "life of an invitation")
    token_group_link_days: int = setting(7, "longest life of a link into a group")
    group_link_uses: int = setting(50, "how many people one link lets into a group at most")
    group_silent_months: int = setting(6, "silence after which a group is pointed at")
    group_alone_days: int = setting(30, "age at which a group should have two managers")
    group_hint_months: int = setting(3, "time until the same hint about a group comes again")
    group_welcome_days: int = setting(14, "how long a group shows its welcome to newcomers")
    token_release_days: int = setting(14, "life of a link that releases an example")
    token_signoff_days: int = setting(14, "life of a link that lets a superior read a text")
    token_reply_days: int = setting(90, "life of an address that takes answers by mail")
    token_unsubscribe_days: int = setting(730, "life of the unsubscribe link of a mail")

    limits_enabled: bool = setting(True, "count requests; off only for load tests")
    limit_pages: str = setting("300/minute", "requests of one signed-in person")
    limit_pages_guest: str = setting("200/minute;50/10 second", "requests of one guest address")
    limit_login_account: str = setting("10/5 minute;50/hour", "failed sign-ins per account")
    limit_login_ip: str = setting("30/5 minute;200/hour", "failed sign-ins per address")
    limit_login_global: str = setting("1000/5 minute", "failed sign-ins of everybody")
    limit_second_factor: str = setting("5/5 minute;20/hour;50/day", "wrong codes per account")
    limit_reauthentication: str = setting("10/15 minute", "wrong passwords when signed in")
    limit_token_mail: str = setting("2/hour;5/day", "reset and confirmation mails per address")
    limit_token_mail_ip: str = setting("5/hour;20/day", "the same per internet address")
    limit_email_change: str = setting("2/hour;5/day", "changes of the e-mail address")
    limit_registration_ip: str = setting("5/hour;20/day", "registrations per internet address")
    limit_registration_global: str = setting("200/hour", "registrations of everybody")
    form_min_seconds: int = setting(3, "registrations sent faster than this are not people")
    limit_token_guess: str = setting("20/10 minute", "tries of links with a token per address")
    limit_invitations: str = setting("20/day", "invitations a member sends")
    limit_invitations_staff: str = setting("100/day", "invitations staff and managers send")
    limit_posts: str = setting("1/5 second;100/day", "questions and answers per person")
    limit_posts_new: str = setting("1/15 second;20/day", "the same in the first week")
    limit_posts_first_day: str = setting("3/day", "questions on the first day")
    limit_replies_first_day: str = setting("10/day", "answers on the first day")
    first_posts: int = setting(2, "posts of a new member that wait for approval; 0: none")
    first_posts_days: int = setting(365, "days after which nobody is a new member any more")
    limit_edits: str = setting("30/hour", "edits per person")
    limit_votes: str = setting("60/minute", "ballots a person casts or takes back")
    wiki_pages: int = setting(1_000, "pages one group may have")
    poll_smallest: int = setting(5, "ballots from which an anonymous poll shows numbers")
    conversation_people: int = setting(8, "people in one conversation by private messages")
    limit_messages: str = setting("10/10 minute;50/day", "private messages per person")
    limit_messages_new: str = setting("10/10 minute;10/day", "the same for new members")
    limit_conversations: str = setting("30/day", "conversations a person begins")
    limit_conversations_new: str = setting("3/day", "the same for new members")
    enquiries_open: int = setting(2, "enquiries of one person that wait or run at a time")
    enquiries_per_month: int = setting(2, "enquiries a municipality gets within 30 days")
    enquiry_working_days: int = setting(5, "working days an enquiry runs at least")
    enquiry_longest_days: int = setting(90, "days an enquiry runs at most")
    enquiry_reminder_days: int = setting(3, "working days before its end that remind of it")
    enquiry_smallest: int = setting(5, "answers below which totals of an enquiry stay hidden")
    limit_enquiry_answers: str = setting("60/hour", "saves of answers to enquiries")
    limit_drafts: str = setting("60/minute", "saves of drafts per person")
    limit_mentions: int = setting(10, "people mentioned in one post")
    limit_mentioned_people: int = setting(200, "people told by the mentions of one post")
    limit_links: int = setting(20, "links in one post")
    limit_reports: str = setting("20/day", "reports per person")
    limit_uploads: str = setting("20/10 minute;100/day", "uploads per person")
    limit_documents: str = setting("30/10 minute", "PDF and office files made for a person")
    limit_documents_guest: str = setting("15/10 minute", "the same for a guest address")
    limit_csv_export: str = setting("10/day", "files with examples and tools made for a person")
    limit_csv_export_guest: str = setting("10/hour", "the same for a guest address")
    limit_search: str = setting("30/minute", "searches of a signed-in person")
    limit_search_guest: str = setting("15/minute", "searches of a guest address")
    limit_search_global: str = setting("300/minute", "searches of everybody")
    limit_suggest: str = setting("120/minute", "search suggestions of a signed-in person")
    limit_suggest_guest: str = setting("60/minute", "search suggestions of a guest address")
    limit_csp_reports: str = setting("10/minute", "reports of browsers about blocked content")

    text_max_length: int = setting(20_000, "characters of one text")
    request_max_bytes: int = setting(1_000_000, "size of a request without files")
    upload_max_bytes: int = setting(20_000_000, "size of one file")
    upload_image_max_bytes: int = setting(10_000_000, "size of one image")
    upload_request_max_bytes: int = setting(60_000_000, "size of a request with files")
    upload_account_bytes: int = setting(500_000_000, "size of all files of one person")
    form_memory_bytes: int = setting(500_000, "size of the text fields of one request")
    form_parts: int = setting(200, "number of fields of one request")
    upload_group_bytes: int = setting(5_000_000_000, "size of all files of a group")
    upload_post_files: int = setting(10, "files of one post")
    image_max_pixels: int = setting(40_000_000, "width × height of an image")
    image_max_side: int = setting(12_000, "width or height of an image")
    archive_max_ratio: int = setting(50, "unpacked to packed size of an office file")
    archive_max_bytes: int = setting(200_000_000, "unpacked size of an office file")
    archive_max_entries: int = setting(2_000, "entries of an office file")
    export_max_bytes: int = setting(500_000_000, "size of a folder exported by a page")
    s3_bucket: str = setting("", "files lie in this S3 bucket; empty: in the instance folder")
    s3_endpoint: str = setting("", "address of the S3 store, https://…; empty: that of AWS")
    s3_region: str = setting("eu-central-1", "region of the bucket")
    s3_access_key: str = setting("", "name of the key for the S3 store")
    s3_secret_key: str = secret("", "secret of the key for the S3 store")
    s3_prefix: str = setting("", "folder inside the bucket, where others share it")
    s3_host_style: bool = setting(False, "bucket in the host name (AWS) instead of the path")
    s3_allow_http: bool = setting(False, "allow an address without https, inside one network")
    s3_timeout_seconds: int = setting(30, "time limit of one request to the S3 store")
    office_program: str = setting("soffice", "LibreOffice for previews; empty: none")
    pdf_seconds: int = setting(120, "time limit of making one PDF file")
    pdf_memory_mb: int = setting(1_500, "memory limit of making one PDF file")
    pdf_max_characters: int = setting(4_000_000, "size of the text of one PDF file")

    unanswered_working_days: int = setting(3, "working days until helpers are asked")
    unanswered_raise_days: int = setting(7, "working days until the office gets the question")
    unanswered_office_days: int = setting(3, "working days of the office to see to it")
    unanswered_helpers: int = setting(3, "members asked about one unanswered question")
    outcome_first_days: int = setting(91, "age of a question whose outcome is asked for")
    outcome_second_days: int = setting(274, "age at which it is asked for once more")
    unanswered_pause_days: int = setting(30, "days in which nobody is asked twice")
    confidence_days: int = setting(3, "working days of the office for a confidential question")
    signoff_reminder_days: int = setting(5, "working days until a superior is reminded")
    review_regional_days: int = setting(10, "working days of the office to check an example")
    review_changes_days: int = setting(20, "working days of authors to answer the office")
    review_reader_days: int = setting(15, "working days of a reader to rate the criteria")
    review_talk_days: int = setting(10, "working days of the readers to agree")
    review_release_days: int = setting(10, "working days of authors to release the text")
    review_reminder_days: int = setting(2, "working days before a deadline that is reminded of")
    objection_days: int = setting(30, "days in which authors may object to a decision")
    undo_rearranging_days: int = setting(7, "days in which moved posts can be moved back")
    edit_window_hours: int = setting(24, "hours in which authors may delete their own post")
    confirm_after_days: int = setting(365, "age of a confirmation that is asked for anew")
    confirm_reminder_days: int = setting(21, "wait between the three mails that ask for it")
    confirm_per_day: int = setting(500, "examples that are newly asked about in one day")
    identifier_prefix: str = setting("inforo", "begins the lasting names of examples, tools")
    example_licence: str = setting("CC BY 4.0", "licence of the texts of examples")
    edition_minutes: int = setting(60, "saves of a published text that are one version")
    page_size: int = setting(20, "rows of a list page")
    cards_per_page: int = setting(12, "cards of a page of the toolbox")
    keep_sessions_hours: int = setting(24, "ended sessions and tokens are deleted after this")
    keep_unconfirmed_days: int = setting(7, "unconfirmed registrations are deleted after this")
    keep_applications_days: int = setting(30, "declined applications are deleted after this")
    keep_mail_body_days: int = setting(14, "texts of sent mails are deleted after this")
    keep_received_mails_days: int = setting(90, "notes on received mails are deleted after")
    keep_mail_days: int = setting(90, "records of sent mails are deleted after this")
    keep_notifications_days: int = setting(365, "read notifications are deleted after this")
    keep_unread_notifications_days: int = setting(730, "unread notifications after this")
    keep_confidences_days: int = setting(
        180, "confidential questions that were not published are deleted after this"
    )
    keep_reports_days: int = setting(
        365, "who reported what is forgotten this long after the decision"
    )
    keep_log_days: int = setting(731, "entries of the log are deleted after this, not sooner")
    keep_attempts_days: int = setting(90, "failed sign-ins and other tries are deleted after")
    keep_group_links_days: int = setting(90, "ended links into groups are deleted after this")
    keep_signoff_addresses_days: int = setting(
        30, "addresses of superiors are deleted after this"
    )
    keep_done_reminders_days: int = setting(90, "done reminders are deleted after this")
    keep_drafts_days: int = setting(180, "drafts nobody changed are deleted after this")
    draft_notice_days: int = setting(14, "days before that in which their owner is told")
    drafts_per_account: int = setting(200, "drafts of one person")
    form_author_days: int = setting(7, "how long a form knows who was filling it in")
    waiting_form_hours: int = setting(12, "how long a form waits for a new sign-in")
    keep_pending_files_days: int = setting(7, "files of texts never sent, no drafts any more")
    keep_removed_files_days: int = setting(30, "days in which a deleted file can come back")
    keep_orphan_files_hours: int = setting(24, "unused files are deleted after this")
    terms_version: str = setting("2026-11", "version of the terms people agree to")

    @property
    def is_production(self) -> bool:
        return self.mode == "production"

    @property
    def demo(self) -> bool:
        return self.mode == "demo"

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def instance(self) -> Path:
        return Path(self.instance_path).resolve()


def load(
    overrides: Mapping[str, Any] | None = None, environ: Mapping[str, str] = os.environ
) -> Settings:
    """Read the settings of this process; raise UnsafeSettings for what cannot be meant."""
    overrides = overrides or {}
    instance = Path(
        overrides.get("instance_path")
        or environ.get("INFORO_INSTANCE_PATH")
        or Settings.instance_path
    )
    given: dict[str, Any] = {**read_file(instance / "settings.toml"), **read_environ(environ)}
    given.update(overrides, instance_path=str(instance.resolve()))
    unknown = given.keys() - {known.name for known in fields(Settings)}
    if unknown:
        raise UnsafeSettings(f"Unknown setting: {', '.join(sorted(unknown))}.")
    if not given.get("database_url"):
        given["database_url"] = f"sqlite:///{instance.resolve()}/inforo.db"
    if not given.get("base_url"):
        given["base_url"] = f"http://127.0.0.1:{given.get('port') or Settings.port}"
    if not given.get("secret_key") and given.get("mode") in {"demo", "development"}:
        given["secret_key"] = own_secret(instance)
    if given.get("mode") == "demo":
        given = DEMO | given
    settings = Settings(**given)
    refuse_unsafe(settings)
    return settings


def read_file(path: Path) -> dict[str, Any]:
    """Return what the operator wrote into the settings file, if there is one."""
    if not path.exists():
        return {}
    try:
        return tomllib.loads(path.read_text())
    except tomllib.TOMLDecodeError as error:
        raise UnsafeSettings(f"{path} is not valid TOML: {error}.") from error


def read_environ(environ: Mapping[str, str]) -> dict[str, Any]:
    """Return the settings given as environment variables, in the type of their default."""
    given = {}
    for known in fields(Settings):
        text = environ.get(f"INFORO_{known.name.upper()}")
        if text is not None:
            given[known.name] = parse(known.name, text, type(known.default))
    return given


def parse(name: str, text: str, wanted: type) -> Any:
    """Turn the text of a setting into a bool, int or str."""
    if wanted is bool:
        return text.strip().lower() in {"1", "true", "yes", "on"}
    try:
        return wanted(text)
    except ValueError as error:
        raise UnsafeSettings(
            f"INFORO_{name.upper()} must be a number, not {text!r}."
        ) from error


def own_secret(instance: Path) -> str:
    """Return the secret of a demo or development machine, made at its first start."""
    path = instance / "secret_key"
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


def refuse_unsafe(settings: Settings) -> None:
    """Stop before a process starts that would put people's data at risk."""
    problems = []
    if settings.mode not in MODES:
        problems.append(f"mode must be one of {', '.join(MODES)}")
    if len(settings.secret_key) < WEAK_SECRET_LENGTH and settings.mode != "test":
        problems.append("secret_key must have at least 32 random characters")
    problems += storage_problems(settings)
    if settings.is_production:
        problems += production_problems(settings)
    if problems:
        raise UnsafeSettings("Unsafe settings: " + "; ".join(problems) + ".")


def storage_problems(settings: Settings) -> list[str]:
    """Return what a bucket for files lacks."""
    if not settings.s3_bucket:
        return []
    problems = []
    if not (settings.s3_access_key and settings.s3_secret_key):
        problems.append("s3_bucket needs s3_access_key and s3_secret_key")
    if settings.s3_endpoint.startswith("http://") and not settings.s3_allow_http:
        problems.append("s3_endpoint must begin with https://, or set s3_allow_http")
    return problems


def production_problems(settings: Settings) -> list[str]:
    """Return what is fine on a desk but not on the internet."""
    problems = []
    if len(set(settings.secret_key)) < 10 or "change" in settings.secret_key.lower():
        problems.append("secret_key must be random")
    if "*" in settings.trusted_hosts:
        problems.append("trusted_hosts must name the hosts, not *")
    if os.environ.get("FLASK_DEBUG", "0") not in {"", "0"}:
        problems.append("FLASK_DEBUG must be off")
    if not settings.limits_enabled and "127.0.0.1" not in settings.base_url:
        problems.append("limits_enabled must be on")
    if not settings.is_https and "127.0.0.1" not in settings.base_url:
        problems.append("base_url must begin with https://")
    return problems


def flask_config(settings: Settings) -> dict[str, Any]:
    """Return what Flask and its extensions want to know, derived from our settings."""
    return {
        "SECRET_KEY": settings.secret_key,
        "TESTING": settings.mode == "test",
        "MAX_CONTENT_LENGTH": settings.request_max_bytes,
        "MAX_FORM_MEMORY_SIZE": settings.form_memory_bytes,
        "MAX_FORM_PARTS": settings.form_parts,
        "WTF_CSRF_TIME_LIMIT": settings.csrf_hours * 3600,
        "RATELIMIT_ENABLED": settings.limits_enabled,
        "RATELIMIT_STORAGE_URI": settings.redis_url or "memory://",
        "RATELIMIT_HEADERS_ENABLED": True,
    }


def init_app(app: Flask, settings: Settings) -> None:
    """Hang the settings on the application."""
    app.extensions["settings"] = settings
    app.config.from_mapping(flask_config(settings))


settings = cast(Settings, LocalProxy(lambda: current_app.extensions["settings"]))
