"""The repository itself: the lock, the folders that were fixed, and what run.sh says on a machine that lacks something."""

import re
import subprocess
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PYPROJECT = ROOT / "pyproject.toml"
FIXED = {"pyproject.toml", "flows", "tasks", "models", "notices", "deployments", "tests"}
BESIDE = {"benchmarks", "docs", "console"}
LOCK = (ROOT / "requirements.lock").read_text()
ENTRIES = [line for line in LOCK.replace("\\\n", "").splitlines() if not line.lstrip().startswith("#")]
PINS = [re.match(r"([a-z0-9-]+)==(\S+)", entry) for entry in ENTRIES]
VERSIONS = [(pin[1], pin[2]) for pin in PINS if pin]


def dependencies() -> list[Requirement]:
    declared = tomllib.loads(PYPROJECT.read_text())
    listed = declared["project"]["dependencies"] + declared["dependency-groups"]["dev"]
    return [Requirement(line) for line in listed]


def test_every_dependency_says_what_it_is_for() -> None:
    lines = PYPROJECT.read_text().splitlines()
    silent = [line for above, line in pairwise(lines) if line.startswith('    "') and "    # " not in above]
    assert silent == []


def test_lock_holds_only_exact_versions_with_hashes() -> None:
    shape = r"[a-z0-9-]+==\S+( ; [^\\]*?)?\s+(--hash=sha256:[0-9a-f]{64}\s*)+"
    assert [entry for entry in ENTRIES if not re.fullmatch(shape, entry)] == []


def test_lock_names_no_registry() -> None:
    assert not re.search(r"://|--(extra-)?index-url|--find-links", LOCK.replace("--no-emit-index-url", ""))


@pytest.mark.parametrize("wanted", dependencies(), ids=lambda wanted: wanted.name)
def test_lock_satisfies_pyproject(wanted: Requirement) -> None:
    versions = [version for name, version in VERSIONS if name == canonicalize_name(wanted.name)]
    assert versions != []
    assert all(wanted.specifier.contains(version) for version in versions)


@pytest.mark.parametrize(
    "bound", [Requirement(pin) for pin in ("prefect==3.8.8", "fastapi<0.151", "sqlalchemy<2.1")], ids=str
)
def test_lock_keeps_what_prefect_needs(bound: Requirement) -> None:
    assert [bound.specifier.contains(version) for name, version in VERSIONS if name == bound.name] == [True]


def test_folders_are_as_fixed() -> None:
    ignored = {line.rstrip("/") for line in (ROOT / ".gitignore").read_text().splitlines()}
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert {name for name in FIXED if not (ROOT / name).exists()} == set()
    assert folders - ignored - FIXED - BESIDE == set()


def fake(folder: Path, name: str, body: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{body}\n")
    (folder / name).chmod(0o755)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A checkout whose only programs are Debian's essential ones: no Python, no apt packages of ours."""
    bin = tmp_path / "bin"
    bin.mkdir()
    for name in ("dirname", "flock", "sha256sum", "cat", "cmp"):
        (bin / name).symlink_to(Path("/usr/bin") / name)
    for name in ("run.sh", "requirements.lock", "pyproject.toml"):
        (tmp_path / name).symlink_to(ROOT / name)
    fake(bin, "dpkg-query", "echo installed")
    fake(bin, "apt-get", f'echo "$@" >> {tmp_path}/apt.log')
    return tmp_path


def run(bare: Path, *args: str, uid: int) -> subprocess.CompletedProcess[str]:
    fake(bare / "bin", "id", f"echo {uid}")
    return subprocess.run(
        ["/bin/sh", str(bare / "run.sh"), *args],
        env={"PATH": str(bare / "bin")},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("args", [(), ("nonsense",), ("--help",)], ids=["nothing", "unknown", "help"])
def test_usage_is_shown_in_both_languages(bare: Path, args: tuple[str, ...]) -> None:
    done = run(bare, *args, uid=1000)
    assert done.returncode == 2
    assert "用法 / Usage" in done.stderr


@pytest.mark.parametrize("command", ["demo", "test", "yingbao"])
def test_ordinary_user_is_given_the_exact_line(bare: Path, command: str) -> None:
    done = run(bare, command, uid=1000)
    assert done.returncode == 5
    assert "请以 root 身份运行" in done.stderr
    assert "Run this line as root" in done.stderr
    line = "apt-get update && apt-get install --yes --no-install-recommends python3 python3-venv"
    assert f"    {line}\n" in done.stderr
    assert done.stdout == ""
    assert not (bare / "apt.log").exists()


def test_root_installs_only_what_is_missing(bare: Path) -> None:
    run(bare, "demo", uid=0)
    update, install = (bare / "apt.log").read_text().splitlines()
    assert update.split()[-1] == "update"
    assert install.split()[-4:] == ["--yes", "--no-install-recommends", "python3", "python3-venv"]


@pytest.mark.parametrize("uid", [0, 1000], ids=["root", "user"])
def test_too_old_a_python_is_refused_by_version(bare: Path, uid: int) -> None:
    fake(bare / "bin", "python3", "case $2 in *ensurepip*) exit 1 ;; *) echo 3.10 ;; esac")
    done = run(bare, "test", uid=uid)
    assert done.returncode == 5
    assert "需要 Python 3.11 至 3.14" in done.stderr
    assert "本机是 3.10" in done.stderr
    assert "this machine has 3.10" in done.stderr
    assert not (bare / "apt.log").exists()


def test_half_made_environment_is_made_anew(bare: Path) -> None:
    (bare / ".venv" / "bin").mkdir(parents=True)
    fake(bare / ".venv" / "bin", "yingbao", "echo must not be started")
    fake(
        bare / "bin",
        "python3",
        'case $1 in -c) echo python3 ;; -V) echo Python 3.12.1 ;; *) echo "$@" >&2; exit 1 ;; esac',
    )
    done = run(bare, "yingbao", uid=1000)
    assert done.returncode == 5
    assert f"-m venv --clear {bare}/.venv" in done.stderr
    assert "must not be started" not in done.stdout
