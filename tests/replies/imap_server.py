"""A small IMAP server (RFC 3501) with one folder: what the platform needs of one, no more."""

import re
import socketserver
import threading

LOGIN = re.compile(r'LOGIN "?antwort"? "?geheim"?', re.IGNORECASE)


class Session(socketserver.StreamRequestHandler):
    """One connection: each line is a command with its tag."""

    timeout = 10

    def handle(self):
        self.say("* OK ready")
        for line in self.rfile:
            tag, _, command = line.decode().strip().partition(" ")
            word = command.split(" ")[0].upper()
            if word == "UID":
                word = command.split(" ")[1].upper()
            answer = getattr(self, f"do_{word.lower()}", self.do_unknown)(command)
            self.say(f"{tag} {answer} done")
            if word == "LOGOUT":
                return

    def say(self, line):
        self.wfile.write(line.encode() + b"\r\n")

    def do_unknown(self, command):
        return f"BAD {command.split(' ')[0]}"

    def do_capability(self, _command):
        self.say("* CAPABILITY IMAP4rev1")
        return "OK"

    def do_login(self, command):
        return "OK" if LOGIN.fullmatch(command) else "NO wrong password"

    def do_select(self, _command):
        self.say(f"* {len(self.server.box.mails)} EXISTS")
        return "OK"

    def do_search(self, _command):
        box = self.server.box
        new = [str(uid) for uid in box.mails if not box.flags[uid]]
        self.say(" ".join(["* SEARCH", *new]))
        return "OK"

    def do_fetch(self, command):
        _uid, _fetch, uid, what = command.split(" ", 3)
        box, raw = self.server.box, self.server.box.mails[int(uid)]
        box.asked.append(what)
        if what == "(RFC822.SIZE)":
            self.say(f"* 1 FETCH (UID {uid} RFC822.SIZE {len(raw)})")
            return "OK"
        if "HEADER" in what:
            raw = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n\n"
        name = what.strip("()").replace(".PEEK", "")
        self.wfile.write(f"* 1 FETCH (UID {uid} {name} {{{len(raw)}}}\r\n".encode())
        self.wfile.write(raw + b")\r\n")
        return "OK"

    def do_store(self, command):
        _uid, _store, uid, _what, flags = command.split(" ", 4)
        self.server.box.flags[int(uid)] |= set(flags.strip("()").split())
        return "OK"

    def do_expunge(self, _command):
        box = self.server.box
        for uid in [uid for uid in box.mails if r"\Deleted" in box.flags[uid]]:
            del box.mails[uid], box.flags[uid]
        return "OK"

    def do_close(self, command):
        return self.do_expunge(command)

    def do_logout(self, _command):
        self.say("* BYE")
        return "OK"


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


class Mailbox:
    """The folder, and the server that offers it on a free port."""

    def __init__(self):
        self.mails: dict[int, bytes] = {}
        self.flags: dict[int, set[str]] = {}
        self.asked: list[str] = []
        self.server = Server(("127.0.0.1", 0), Session)
        self.server.box = self
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def put(self, raw: bytes) -> int:
        uid = max(self.mails, default=0) + 1
        self.mails[uid], self.flags[uid] = raw, set()
        return uid

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_error):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()
