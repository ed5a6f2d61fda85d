"""What is written is whole or what was there stays: builds at once, builds that are killed, and what the machine refuses."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jinja2 import TemplateNotFound

from macros import writing
from macros.__main__ import main
from macros.writing import SiteFolder, refusal, write_whole
from tests.killed_builds import build as build_tiny
from tests.killed_builds import state_of
from tests.whole_sites import ROOT, build, build_command, build_environment, contents, copy_small_site, start_build

# Builds at once, and builds that are killed ----------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site, built by nobody else at the same time."""
    root = copy_small_site(tmp_path_factory.mktemp("built"))
    done = build(root)
    assert done.returncode == 0, done.stderr[-1500:]
    return root


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """The same in a place of its own, as it was built."""
    root = copy_small_site(tmp_path)
    shutil.copytree(built / "site", root / "site", dirs_exist_ok=True)
    return root


def test_a_second_build_says_who_is_building_waits_and_leaves_the_whole_site(site: Path) -> None:
    clean = contents(site / "site")
    with SiteFolder(site / "site"):
        waiting = [start_build(site), start_build(site, by_mkdocs=True)]
        said = [process.stderr.readline() for process in waiting if process.stderr]
        impatient = start_build(site)
        assert impatient.stderr
        impatient.stderr.readline()
        impatient.send_signal(signal.SIGINT)
        assert impatient.wait() == 130 and impatient.stderr.read() == "Stopped.\n"
        elsewhere = start_build(site, "--site-dir", str(site / "elsewhere"), by_mkdocs=True)  # there it meets nobody
        assert elsewhere.communicate()[1] == "" and elsewhere.returncode == 0
        assert [process.poll() for process in waiting] == [None, None]
    for line in said:
        assert re.search(rf"^Another build is running \(process {os.getpid()}, since \d\d:\d\d:\d\d\)\. This one waits", line), line
    # now both want their turn at the same moment
    assert [(process.communicate()[1], process.returncode) for process in waiting] == [("", 0)] * 2
    assert contents(site / "site") == clean == contents(site / "elsewhere")
    assert sorted(path.name for path in (site / ".site-build").iterdir()) == ["lock", "process"]


def test_five_at_once_of_which_two_are_killed_while_it_is_their_turn(site: Path) -> None:
    clean, chance = contents(site / "site"), random.Random(20)
    builds = [start_build(site, by_mkdocs=number == 4) for number in range(5)]
    for _ in range(2):
        its_turn = whose_turn(site, builds)
        time.sleep(chance.uniform(0, 0.3))
        its_turn.kill()
        assert its_turn.wait() == -signal.SIGKILL
        assert contents(site / "site") == clean
    results = [(process.communicate()[1][-800:], process.returncode) for process in builds]
    assert sorted(status for _, status in results) == [-signal.SIGKILL] * 2 + [0] * 3, results
    assert contents(site / "site") == clean


def whose_turn(site: Path, builds: list[subprocess.Popen[str]]) -> subprocess.Popen[str]:
    """The one of them that is building, seen as soon as it begins."""
    by_number = {str(process.pid): process for process in builds if process.poll() is None}
    while True:
        with contextlib.suppress(FileNotFoundError):
            if found := by_number.get((site / ".site-build/process").read_text(encoding="utf-8")):
                return found
        time.sleep(0.005)


def test_a_build_killed_at_any_moment_leaves_the_last_good_site_and_stops_no_other(site: Path) -> None:
    old, chance = contents(site / "site"), random.Random(11)
    page = site / "docs/contact/index.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nSomething new about kites.\n", encoding="utf-8")
    building = site / ".site-build/next"
    for files in sorted(chance.sample(range(1, 120), 3)):  # how much of the new site, which has some 200 files, there is when it is killed
        process = start_build(site)
        while process.poll() is None and sum(len(found) for *_, found in os.walk(building)) < files:
            time.sleep(0.01)
        process.kill()
        assert process.wait() == -signal.SIGKILL, "it ended before it could be killed"
        assert contents(site / "site") == old
        assert building.is_dir(), "it was killed before it had begun"
    assert build(site).returncode == 0
    new = contents(site / "site")
    assert sorted(new) == sorted(old) and new["contact/index.html"] != old["contact/index.html"]
    assert sorted(path.name for path in (site / ".site-build").iterdir()) == ["lock", "process"]


@pytest.mark.parametrize("step", ["one step", "two steps"])
def test_a_site_is_whole_after_a_kill_at_random_moments(tmp_path: Path, step: str) -> None:
    if step == "one step" and not sys.platform.startswith(("linux", "darwin")):
        pytest.skip("folders change places in one step on Linux and macOS only")
    command = [sys.executable, "-m", "tests.killed_builds", str(tmp_path), "7", step]
    seen = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    assert seen["killed"] >= 20 and seen["old"] >= 5 and seen["new"] >= 1, seen
    allowed = {"old", "new"} if step == "one step" else {"old", "new", "no site"}
    assert {state for state in seen if state not in ("killed", "ended", "whole afterwards", "last build", "left over")} <= allowed, seen
    assert (seen["whole afterwards"], seen["last build"], seen["left over"]) == (seen["killed"] + seen.get("ended", 0), 1, 0)


def test_while_two_sites_change_places_there_is_always_one(tmp_path: Path) -> None:
    if not sys.platform.startswith(("linux", "darwin")):
        pytest.skip("folders change places in one step on Linux and macOS only")
    live, missing, seen = tmp_path / "site", [], set()
    build_tiny(live, "first")
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            try:
                seen.add((live / "0.html").read_text(encoding="utf-8"))
            except OSError as error:
                missing.append(str(error))

    reader = threading.Thread(target=read)
    reader.start()
    with SiteFolder(live) as site:
        shutil.copytree(live, site.next)
        (site.next / "0.html").write_text("second", encoding="utf-8")
        for _ in range(2000):
            site.publish()
    over.set()
    reader.join()
    assert seen == {"first", "second"} and missing == []


def test_where_folders_cannot_change_places_a_half_made_swap_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_exchange", lambda *_: False)
    live = tmp_path / "site"
    build_tiny(live, "old")
    build_tiny(live, "new")
    assert state_of(live) == "new" and not (tmp_path / ".site-build/old").exists()
    live.rename(tmp_path / ".site-build/old")  # killed between the two steps
    with SiteFolder(live):
        assert state_of(live) == "new" and not (tmp_path / ".site-build/old").exists()
    (tmp_path / ".site-build/next").mkdir()
    monkeypatch.setattr(Path, "rename", _refuse_the_second(Path.rename))
    with pytest.raises(PermissionError), SiteFolder(live) as site:
        build_in = site.next
        build_in.mkdir()
        site.publish()
    assert state_of(live) == "new", "the new site could not be put there, so the old one is back"


def _refuse_the_second(rename: Callable[[Path, Path], Path]) -> Callable[[Path, Path], Path]:
    calls: list[Path] = []

    def refusing(path: Path, target: Path) -> Path:
        calls.append(path)
        if len(calls) == 2:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return rename(path, target)

    return refusing


# What `mkdocs build` does by itself ------------------------------------------------------------------------


def test_mkdocs_by_itself_refuses_half_a_site(site: Path) -> None:
    old = contents(site / "site")
    process = start_build(site, "--dirty", by_mkdocs=True)
    assert "leave out --dirty" in "".join(process.communicate())
    assert process.returncode == 1 and contents(site / "site") == old


_LATE = """
import logging
from macros.website.plugin import WebsitePlugin
from mkdocs.__main__ import cli

finish = WebsitePlugin.on_post_build

def late(self, *, config):
    finish(self, config=config)
    logging.getLogger("mkdocs.plugins").error("Late.")

WebsitePlugin.on_post_build = late
cli()
"""


def test_mkdocs_by_itself_leaves_the_site_when_a_strict_build_fails_at_its_very_end(site: Path) -> None:
    old = contents(site / "site")
    page = site / "docs/contact/index.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nSomething new about kites.\n", encoding="utf-8")
    command = [sys.executable, "-c", _LATE, "build", "--quiet", "--config-file", str(site / "mkdocs.yml")]
    done = subprocess.run(command, cwd=ROOT, env=build_environment({"NO_MKDOCS_2_WARNING": "1"}), capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "Aborted with 1 errors in strict mode!" in done.stdout + done.stderr
    assert contents(site / "site") == old


# What the machine refuses ------------------------------------------------------------------------------------


def _told(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr()
    assert "Traceback" not in said.err and "Errno" not in said.err
    assert said.out == "", "nothing was done, so nothing may be said to be"
    return said.err


def _file_for(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine", encoding="utf-8")


IN_THE_WAY: dict[str, Callable[[Path], object]] = {
    "site": _file_for,
    ".site-build": _file_for,
    ".site-build/next": _file_for,
    ".site-build/old": _file_for,
    "site as a link": lambda path: path.with_name("site").symlink_to(path.parent / "docs"),
}


@pytest.mark.parametrize("name", IN_THE_WAY)
def test_what_stands_in_the_way_is_named_and_left(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy_small_site(tmp_path)
    shutil.rmtree(root / "site", ignore_errors=True)
    IN_THE_WAY[name](root / name)
    path = root / name.partition(" ")[0]
    assert main(["build", str(root)]) == 1
    what = "a link" if path.is_symlink() else "a file"
    assert f"{path}: this is {what}, and the site needs a folder there. Move or delete it, then build again." in _told(capsys)
    assert path.is_symlink() or path.read_text() == "mine"


def test_mkdocs_by_itself_says_it_too(tmp_path: Path) -> None:
    root = copy_small_site(tmp_path)
    shutil.rmtree(root / "site", ignore_errors=True)
    _file_for(root / "site")
    process = start_build(root, by_mkdocs=True)
    said = "".join(process.communicate())
    assert process.returncode == 1 and "this is a file, and the site needs a folder there" in said and "Traceback" not in said


@contextlib.contextmanager
def room_for(size: int) -> Iterator[None]:
    """The kernel refuses every file of more than ``size`` bytes, as it does on a full disk with another number of the error.

    Python would leave half of a translated module behind in its own cache, and every later test would fall over that.
    """
    before, translated = resource.getrlimit(resource.RLIMIT_FSIZE), sys.dont_write_bytecode
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    sys.dont_write_bytecode = True
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PYTHONDONTWRITEBYTECODE", "1")
            yield
    finally:
        sys.dont_write_bytecode = translated
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_build_that_runs_out_of_room_leaves_the_site(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = contents(site / "site")
    page = site / "docs/contact/index.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nSomething new about kites.\n", encoding="utf-8")
    with room_for(30_000):
        assert main(["build", str(site)]) == 1
        by_mkdocs = start_build(site, by_mkdocs=True)
        said = "".join(by_mkdocs.communicate())
    told = capsys.readouterr().err
    for words in (told, said):
        assert re.search(r"File too large\.\s+(The build stopped\. )?The site is as it was\.", words) and "Traceback" not in words, words
    assert by_mkdocs.returncode == 1 and contents(site / "site") == old
    assert sorted(path.name for path in (site / ".site-build").iterdir()) == ["lock", "process"]


def bound_by_permissions(command: list[str]) -> list[str]:
    """Root may write anywhere, unless that power is taken from it."""
    return ["setpriv", "--bounding-set=-all", *command] if os.geteuid() == 0 else command


@pytest.mark.parametrize("path", [".", "site"])
def test_a_folder_that_can_only_be_read_is_named(path: str, site: Path) -> None:
    old = contents(site / "site")
    (site / path).chmod(0o555)
    done = subprocess.run(bound_by_permissions(build_command(site)), cwd=ROOT, env=build_environment({}), capture_output=True, text=True, check=False)
    (site / path).chmod(0o755)
    assert done.returncode == 1 and contents(site / "site") == old
    named = re.escape(str(site / ".site-build" if path == "." else site / path))
    assert re.match(rf"{named}: you are not allowed to read or write there\. [^\n]+\.\nThe build stopped\. The site is as it was\.\n\Z", done.stderr), (
        done.stderr
    )


LISTED = "data/published_addresses.txt"
COMMANDS = {
    "outputs": (["outputs", "OUT/data"], "OUT"),
    "outputs --addresses": (["outputs", "--addresses"], LISTED),
    "folder": (["folder", "OUT/copy"], "OUT/copy"),
    "schemas": (["schemas"], ".github/ISSUE_TEMPLATE/config.yml"),
    "fix": (["fix"], "data/actions.yml"),
    "new page": (["new", "review", "Child Z"], "docs/learning/reviews/child-z.md"),
    "new entry": (["new", "source", "A source"], "data/sources.yml"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_cannot_write_says_so_and_spoils_nothing(name: str, site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command, path = COMMANDS[name]
    if name == "fix":
        (site / path).write_bytes((site / path).read_bytes().replace(b"\n", b"\r\n"))
    if name.endswith("addresses"):
        (site / LISTED).write_text("/\n", encoding="utf-8")
    (tmp_path / "out").mkdir()
    before = {part: contents(site / part) for part in ("data", "docs", "site")}
    words = [word.replace("OUT", str(tmp_path / "out")) for word in command]
    root = ["--root", str(site)] if "outputs" in name else [str(site)]
    with room_for(100):
        assert main([*words, *root]) == 1
    named = path.replace("OUT", str(tmp_path / "out")) if path.startswith("OUT") else str(site / path)
    told = _told(capsys)
    assert told.startswith(named) and told.endswith("File too large.\n") and told.count("\n") == 1, told
    assert {part: contents(site / part) for part in ("data", "docs", "site")} == before
    assert not (tmp_path / "out/copy").exists()


def test_a_copy_of_a_site_that_is_not_there_or_to_a_place_that_is_taken_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy_small_site(tmp_path)
    shutil.rmtree(root / "site", ignore_errors=True)
    assert main(["folder", str(tmp_path / "out"), str(root)]) == 1
    assert _told(capsys) == f"{root / 'site'}: there is no built site. Run `make build` first.\n"
    assert main(["folder", str(root), str(root)]) == 1
    assert _told(capsys) == f"{root}: this is there already. Name a folder that is not.\n"


def test_where_the_words_go_may_be_full_or_gone(tmp_path: Path) -> None:
    root = copy_small_site(tmp_path)
    reading, gone = os.pipe()
    os.close(reading)
    with open("/dev/full", "w") as full:
        said = {}
        for name, output in (("full", full), ("gone", gone)):
            command = [sys.executable, "-m", "macros", "check", str(root)]
            done = subprocess.run(command, cwd=ROOT, env=build_environment({}), stdout=output, stderr=subprocess.PIPE, text=True, check=False)
            said[name] = (done.returncode, done.stderr)
    os.close(gone)
    assert said == {"full": (1, f"{root}: the disk is full. Make room on it, then try again.\n"), "gone": (1, "")}


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "/a: the disk is full. Make room on it, then try again."),
        (OSError(errno.EROFS, "Read-only file system", "/b"), "/b: the disk can only be read. Use a copy of the project on another disk."),
        (OSError(errno.ENOLCK, "No locks available", Path("/c")), "/c: No locks available."),
        (OSError(errno.EBUSY, "Device or resource busy", "/d", None, "/e"), "/d: Device or resource busy."),
        (shutil.Error([("/f", "/g", "[Errno 27] File too large: '/g'"), ("/h", "/i", "more")]), "/g: File too large."),
        (shutil.Error([("/f", "/g", "[Errno 28] No space left on device")]), "/g: the disk is full. Make room on it, then try again."),
    ],
)
def test_a_refusal_is_one_sentence_with_a_path(error: OSError, says: str) -> None:
    assert refusal(error, Path("/a")) == says


def test_a_mistake_in_the_code_is_no_refusal() -> None:
    with pytest.raises(TemplateNotFound):
        refusal(TemplateNotFound("card.html"), Path("/a"))


def test_a_file_is_replaced_whole_and_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "deep/file.txt"
    write_whole(file, b"first")
    file.chmod(0o640)
    with room_for(3), pytest.raises(OSError, match="File too large"):
        write_whole(file, b"second")
    assert file.read_bytes() == b"first" and [path.name for path in file.parent.iterdir()] == ["file.txt"]
    write_whole(file, b"second")
    assert file.read_bytes() == b"second" and file.stat().st_mode & 0o777 == 0o640
