"""Lets LibreOffice make a PDF of an office file: limited, alone, without network.

A program of its own that becomes `soffice`: `convert_office.py SOFFICE FOLDER NAME`. The
profile in the folder is new for each file and forbids macros, active content, and whatever
a document wants to fetch from elsewhere. Where the kernel allows it there is no network.
"""

import ctypes
import os
import resource
import sys
from pathlib import Path

MEMORY_BYTES = 1_500 * 1024 * 1024
LARGEST_FILE = 200 * 1024 * 1024
SECONDS = 60
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
OPTIONS = (
    "--headless",
    "--norestore",
    "--nologo",
    "--nolockcheck",
    "--nodefault",
    "--nofirststartwizard",
)
SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
PROXY = "/org.openoffice.Inet/Settings"
SETTINGS = (
    (SCRIPTING, "DisableMacrosExecution", "true"),
    (SCRIPTING, "MacroSecurityLevel", "3"),
    (SCRIPTING, "DisableActiveContent", "true"),
    (SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "1"),
    (PROXY, "ooInetProxyType", "1"),
    (PROXY, "ooInetHTTPProxyName", "127.0.0.1"),
    (PROXY, "ooInetHTTPProxyPort", "9"),
    (PROXY, "ooInetHTTPSProxyName", "127.0.0.1"),
    (PROXY, "ooInetHTTPSProxyPort", "9"),
)


def write_profile(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in SETTINGS
    )
    target = folder / "profile" / "user"
    target.mkdir(parents=True)
    (target / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>'
    )


def leave_network() -> None:
    """Go where no network is; without this right the settings of the profile remain."""
    ctypes.CDLL(None).unshare(CLONE_NEWUSER | CLONE_NEWNET)


def main() -> None:
    soffice, folder, name = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    write_profile(folder)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    leave_network()
    profile = f"-env:UserInstallation=file://{folder}/profile"
    out = str(folder / "out")
    arguments = [soffice, profile, *OPTIONS, "--convert-to", "pdf", "--outdir", out]
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8"}
    os.chdir(folder)
    os.execve(soffice, [*arguments, str(folder / name)], environment)  # noqa: S606


if __name__ == "__main__":
    main()
