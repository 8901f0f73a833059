"""An answer on its way, and what is the same wherever it goes."""

from inforo.accounts.models import Account
from inforo.authz import Actor
from inforo.config import settings
from inforo.db import folded
from inforo.discussions.models import Thread
from inforo.drafts import actions as drafts
from inforo.file_checks import CheckedFile, FileRefused, check_data, clean_name
from inforo.i18n import _
from inforo.people.queries import actor_of
from inforo.replies import notices
from inforo.replies.addresses import Ticket, without_addresses
from inforo.replies.cutting import cut
from inforo.replies.models import ReceivedMail
from inforo.replies.notices import Spot
from inforo.replies.parsing import File, Incoming
from inforo.uploads import actions as uploads

PATIENCE = 60  # seconds for which a mail is left where it is


class TryLater(Exception):
    """The mail is in order, but its person writes too fast: take it in a minute."""


class Answer:
    """One answer on its way: who, where, and what of the mail is left."""

    def __init__(self, account: Account, ticket: Ticket, incoming: Incoming) -> None:
        self.account, self.ticket, self.incoming = account, ticket, incoming
        self.actor: Actor = actor_of(account)
        self.cut = cut(without_addresses(incoming.text))
        self.files: list[CheckedFile] = []
        self.refused: list[str] = []

    def check_files(self) -> None:
        """Look at the files while nothing is locked: decoding a picture takes a moment."""
        if self.is_private:
            self.refused += [f"„{clean_name(file.name)}“" for file in self.incoming.files]
            return
        for file in self.incoming.files[: settings.reply_files]:
            self.check_file(file)
        for file in self.incoming.files[settings.reply_files :]:
            self.refused.append(_("„%(name)s“: zu viele Dateien", name=clean_name(file.name)))

    def check_file(self, file: File) -> None:
        try:
            self.files.append(check_data(clean_name(file.name), file.data))
        except FileRefused as error:
            self.refused.append(f"„{clean_name(file.name)}“: {error.message}")

    def body(self) -> str:
        """Return the text of the post: the words, and a link for each file."""
        links = [f"[{link_text(name)}]({path})" for name, path in self.keep_files()]
        listed = [_("Anhang:") + " " + ", ".join(links)] if links else []
        return "\n\n".join([self.cut.text, *listed]).strip()

    def keep_files(self) -> list[tuple[str, str]]:
        kept = []
        for checked in self.files:
            try:
                attachment = uploads.add(self.account.id, self.target, checked)
            except (FileRefused, uploads.TooManyFiles) as error:
                self.refused.append(f"„{checked.name}“: {error.message}")
                continue
            kept.append((checked.name, attachment.path))
        return kept

    @property
    def is_private(self) -> bool:
        """Tell whether it goes to a conversation; those take no files."""
        return self.ticket.table == "conversations"

    @property
    def target(self) -> str:
        """Return the form in which the person would write the same."""
        return f"{'message' if self.is_private else 'reply'}:{self.ticket.key}"


def link_text(name: str) -> str:
    return "".join(f"\\{char}" if char in "[]\\`*_<>" else char for char in name)


def why_unsure(answer: Answer) -> str:
    """Return why the person has to look at the text before it is published."""
    if folded(answer.incoming.sender) != answer.account.email_key:
        return "sender"
    if not answer.cut.is_clear:
        return "unclear"
    return "long" if len(answer.cut.text) > settings.text_max_length else ""


def keep_as_draft(
    answer: Answer, thread: Thread | Spot, note: ReceivedMail, doubt: str, message: str = ""
) -> None:
    """Keep the answer in the form where it belongs, and ask the person to look at it."""
    body = answer.body()[: drafts.LARGEST // 2]
    typed = drafts.Typed(
        target=answer.target,
        writer=f"mail:{note.id}",
        path=thread.path,
        label=_("Nachricht") if answer.is_private else _("Antwort"),
        fields={"body": [body]},
    )
    try:
        draft = drafts.save(answer.actor, typed)
    except drafts.TooMuchToKeep:
        notices.refuse(answer, "drafts", thread)
        return
    url = f"{thread.path}?entwurf={draft.id}#antworten"
    notices.ask(answer, thread, note, doubt, url, message)
