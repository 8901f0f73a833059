"""What of the database is about a person: one line for each column that names an account.

A test compares these lines with the tables: a new column that points to accounts stands
here, or among NOT_THEIRS with the reason why its rows are not the person's.
"""

from dataclasses import dataclass
from typing import Any

from inforo.i18n import _l


@dataclass(frozen=True)
class Belonging:
    """Rows whose `column` ("posts.author_id") is the person.

    `without` are columns that say something about others or are keys; what ends in `_hash`
    or `_html` and every other column that names an account is left out anyway. `rows` are
    columns of other tables that point to these rows, e.g. the choices of a ballot.
    """

    column: str
    title: Any
    without: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()


BELONGINGS = [
    Belonging(
        "accounts.id",
        _l("Ihr Konto"),
        ("totp_secret", "totp_last_step", "recovery_codes", "email_key", "name_key"),
    ),
    Belonging("account_terms.account_id", _l("Ihre Themen")),
    Belonging(
        "applications.account_id",
        _l("Ihr Antrag"),
        rows=("application_messages.application_id",),
    ),
    Belonging("application_messages.author_id", _l("Ihre Nachrichten zu Anträgen")),
    Belonging("role_assignments.account_id", _l("Ihre Aufgaben")),
    Belonging("role_proposals.account_id", _l("Vorgeschlagene Aufgaben"), ("reason",)),
    Belonging("absences.account_id", _l("Ihre Abwesenheiten")),
    Belonging("person_notes.account_id", _l("Vermerke über Sie")),
    Belonging("login_sessions.account_id", _l("Ihre Anmeldungen"), ("data", "password_stamp")),
    Belonging("memberships.account_id", _l("Ihre Gruppen")),
    Belonging("join_requests.account_id", _l("Ihre Anfragen an Gruppen")),
    Belonging(
        "group_doors.created_by_id",
        _l("Ihre Links in Gruppen"),
        ("salt", "email_key"),
    ),
    Belonging("group_door_uses.account_id", _l("Links, durch die Sie in Gruppen kamen")),
    Belonging("group_handovers.from_id", _l("Gruppen, die Sie anderen anboten")),
    Belonging("group_handovers.to_id", _l("Gruppen, die Ihnen angeboten wurden"), ("message",)),
    Belonging("invitations.invited_by_id", _l("Ihre Einladungen")),
    Belonging("threads.author_id", _l("Ihre Diskussionen")),
    Belonging("posts.author_id", _l("Ihre Beiträge")),
    Belonging("held_posts.author_id", _l("Ihre Beiträge, die auf Freigabe warteten")),
    Belonging(
        "confidences.asker_id",
        _l("Ihre vertraulichen Fragen"),
        rows=("confidence_messages.confidence_id",),
    ),
    Belonging("signoffs.account_id", _l("Ihre Texte zur Freigabe durch Vorgesetzte")),
    Belonging("drafts.account_id", _l("Ihre Entwürfe")),
    Belonging(
        "poll_ballots.account_id",
        _l("Ihre namentlichen Stimmen"),
        ("key",),
        ("poll_choices.ballot_key",),
    ),
    Belonging(
        "example_quotes.author_id",
        _l("Ihre Worte, die in Praxisbeispielen stehen oder stehen sollten"),
    ),
    Belonging("outcome_questions.account_id", _l("Was Sie gefragt wurden: Was wurde daraus?")),
    Belonging("help_requests.account_id", _l("Fragen, zu denen Sie um Hilfe gebeten wurden")),
    Belonging("attachments.account_id", _l("Ihre Dateien in Beiträgen")),
    Belonging(
        "group_files.uploader_id", _l("Ihre Dateien in Gruppen"), ("title_key", "words_key")
    ),
    Belonging("group_file_versions.author_id", _l("Ihre Fassungen von Dateien in Gruppen")),
    Belonging("reports.reporter_id", _l("Ihre Meldungen")),
    Belonging("page_reports.reporter_id", _l("Ihre Meldungen von Seiten")),
    Belonging("messages.author_id", _l("Ihre privaten Nachrichten"), ("body_key",)),
    Belonging("conversation_people.account_id", _l("Ihre Gespräche")),
    Belonging("message_reports.reporter_id", _l("Ihre Meldungen von Nachrichten")),
    Belonging("contact_wishes.account_id", _l("Wer Ihnen schreiben darf")),
    Belonging("contact_blocks.account_id", _l("Wann Sie jemanden blockiert haben")),
    Belonging("objections.author_id", _l("Ihre Einsprüche")),
    Belonging("examples.author_id", _l("Ihre Praxisbeispiele"), ("html",)),
    Belonging("example_authors.account_id", _l("Praxisbeispiele, an denen Sie mitschreiben")),
    Belonging("confirmations.account_id", _l("Ihre Antworten auf „Stimmt das noch?“")),
    Belonging("tools.author_id", _l("Ihre Werkzeuge")),
    Belonging("tool_files.author_id", _l("Fassungen Ihrer Werkzeuge")),
    Belonging(
        "adoptions.author_id",
        _l("Was Sie übernommen haben"),
        rows=("adoption_steps.adoption_id",),
    ),
    Belonging("articles.author_id", _l("Ihre Meldungen für alle")),
    Belonging("events.author_id", _l("Ihre Termine")),
    Belonging(
        "opening_consents.account_id",
        _l("Ihre Zustimmungen zu Veröffentlichungen"),
        ("token_hash",),
    ),
    Belonging("versions.author_id", _l("Fassungen, die Sie geschrieben haben")),
    Belonging(
        "collections.account_id",
        _l("Ihre Sammlungen"),
        rows=("collection_entries.collection_id",),
    ),
    Belonging("saved_searches.account_id", _l("Ihre gespeicherten Suchen")),
    Belonging("self_checks.account_id", _l("Ihre Selbstchecks")),
    Belonging("learning_path_progress.account_id", _l("Ihr Stand in Lernpfaden")),
    Belonging("newcomer_steps.account_id", _l("Ihre ersten Schritte")),
    Belonging("reminders.account_id", _l("Ihre Wiedervorlagen")),
    Belonging("positions.account_id", _l("Wie weit Sie gelesen haben")),
    Belonging("watches.account_id", _l("Was Sie beobachten")),
    Belonging("watch_habits.account_id", _l("Ob Sie folgen, wo Sie antworten")),
    Belonging("list_orders.account_id", _l("Ihre Reihenfolge von Listen")),
    Belonging("mail_choices.account_id", _l("Worüber Sie E-Mails möchten")),
    Belonging("mail_settings.account_id", _l("Wann Sie E-Mails möchten")),
    Belonging(
        "notifications.account_id",
        _l("Ihre Benachrichtigungen"),
        ("dedupe_key", "title", "text"),
    ),
    Belonging("digests.account_id", _l("Ihre Zusammenfassungen")),
    Belonging(
        "mails.account_id",
        _l("E-Mails an Sie"),
        ("dedupe_key", "subject", "html", "headers", "last_error", "text"),
    ),
    Belonging("received_mails.account_id", _l("E-Mails von Ihnen"), ("key",)),
    Belonging("bounced_addresses.account_id", _l("Fehler Ihrer Adresse")),
    Belonging("files.owner_id", _l("Ihre Dateien"), ("key", "name_key")),
    Belonging(
        "log_entries.actor_id",
        _l("Ihre Schritte im Protokoll"),
        ("title", "reason", "request_id"),
    ),
    Belonging(
        "enquiries.author_id",
        _l("Ihre Kommunalabfragen"),
        rows=("enquiry_questions.enquiry_id",),
    ),
    Belonging("enquiry_invitations.account_id", _l("Kommunalabfragen, die Sie bekommen haben")),
    Belonging("enquiry_answers.saved_by_id", _l("Antworten, die Sie für Ihre Kommune gaben")),
]

# Why the rows of a column are not the person's.
IN_OFFICE = "an act in an office: the log tells it, the row is about somebody else"
OF_OTHERS = "the row belongs to somebody else"
WORK = "a key or a note of work under way, gone within days"
NOT_THEIRS = {
    "absences.deputy_id": OF_OTHERS,
    "adoption_steps.actor_id": "comes with the adoption",
    "applications.decided_by_id": IN_OFFICE,
    "collection_entries.added_by_id": "comes with the collection",
    "collection_exports.account_id": WORK,
    "collections.default_of_id": "the same rows as by account_id",
    "confidence_messages.author_id": "comes with the question",
    "confirmation_mails.account_id": WORK,
    "contact_blocks.blocked_id": OF_OTHERS,
    "conversations.started_by_id": "its first message is listed",
    "digest_items.account_id": "comes with the digests",
    "enquiries.approved_by_id": IN_OFFICE,
    "example_authors.invited_by_id": OF_OTHERS,
    "example_captures.account_id": IN_OFFICE,
    "example_editions.editor_id": IN_OFFICE,
    "example_quotes.asked_by_id": OF_OTHERS,
    "example_releases.sent_by_id": IN_OFFICE,
    "help_requests.asked_by_id": OF_OTHERS,
    "threads.answer_marked_by_id": OF_OTHERS,
    "example_steps.actor_id": "the history of an example, told on its page",
    "examples.reviewer_id": IN_OFFICE,
    "group_archives.account_id": WORK,
    "group_files.deleted_by_id": "the file is listed by who brought it",
    "groups.created_by_id": "a group belongs to its members",
    "held_posts.decided_by_id": IN_OFFICE,
    "idempotency_keys.account_id": WORK,
    "import_batches.account_id": IN_OFFICE,
    "invitations.accepted_by_id": OF_OTHERS,
    "join_requests.invited_by_id": OF_OTHERS,
    "message_reports.decided_by_id": IN_OFFICE,
    "municipality_profiles.confirmed_by_id": "a profile belongs to its municipality",
    "notifications.actor_id": OF_OTHERS,
    "objections.decided_by_id": IN_OFFICE,
    "partnerships.recorded_by_id": IN_OFFICE,
    "person_notes.author_id": IN_OFFICE,
    "posts.hidden_by_id": IN_OFFICE,
    "rearrangements.actor_id": IN_OFFICE,
    "rearrangements.undone_by_id": IN_OFFICE,
    "page_reports.decided_by_id": IN_OFFICE,
    "reports.decided_by_id": IN_OFFICE,
    "review_conflicts.account_id": IN_OFFICE,
    "review_readings.reader_id": IN_OFFICE,
    "reviews.agreed_by_id": IN_OFFICE,
    "reviews.decided_by_id": IN_OFFICE,
    "role_assignments.granted_by_id": IN_OFFICE,
    "role_proposals.proposed_by_id": IN_OFFICE,
    "takeouts.account_id": WORK,
    "term_merges.actor_id": IN_OFFICE,
    "term_merges.undone_by_id": IN_OFFICE,
    "threads.last_post_by_id": "the post itself is listed",
    "tiding_parts.account_id": "the file or version itself is listed",
    "tokens.account_id": WORK,
    "toolbox_exports.account_id": WORK,
    "work_items.author_id": "what the item is about is listed",
    "work_items.closed_by_id": IN_OFFICE,
    "work_items.taken_by_id": IN_OFFICE,
    "work_notes.author_id": IN_OFFICE,
    "wiki_pages.created_by_id": "a page belongs to its group; the words come with the versions",
    "wiki_pages.edited_by_id": "a page belongs to its group; the words come with the versions",
    "openings.proposed_by_id": "an act for a group: the log tells it",
}
