"""What is checked before a commit is what `./test` checks first, and a commit that fails it is refused."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.docs.project import clean_environment, git
from tests.docs.reading import ROOT, text


def hooks() -> list[dict[str, object]]:
    """The hooks of `.pre-commit-config.yaml`, in order."""
    return [
        hook
        for repository in yaml.safe_load(text(".pre-commit-config.yaml"))["repos"]
        for hook in repository["hooks"]
    ]


def test_hooks_are_the_checks_of_test() -> None:
    checks = re.findall(r"^check (\w+) (.+)$", text("test"), re.MULTILINE)
    assert len(checks) >= 4
    assert [(hook["id"], hook["entry"]) for hook in hooks()] == [
        (name, f".venv/bin/{tool}") for name, tool in checks
    ]


def test_hooks_fetch_nothing_and_look_at_everything() -> None:
    assert {
        repository["repo"] for repository in yaml.safe_load(text(".pre-commit-config.yaml"))["repos"]
    } == {"local"}
    for hook in hooks():
        assert (hook["language"], hook["pass_filenames"], hook["always_run"]) == ("system", False, True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with our hooks switched on."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / ".venv").symlink_to(Path(sys.prefix))
    for name in (".pre-commit-config.yaml", "pyproject.toml"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    assert git(folder, "init", "-q").returncode == 0
    tool = Path(sys.prefix) / "bin" / "pre-commit"
    subprocess.run([tool, "install"], cwd=folder, env=clean_environment(), check=True, capture_output=True)
    return folder


def committed(project: Path, code: str) -> subprocess.CompletedProcess[str]:
    """Try to commit a file of Python; types and layers, which need the whole project, are left out."""
    (project / "new.py").write_text(code, encoding="utf-8")
    assert git(project, "add", "new.py", ".pre-commit-config.yaml", "pyproject.toml").returncode == 0
    home = str(project.parent / "home")
    return git(project, "commit", "-m", "new", SKIP="types,layers", PRE_COMMIT_HOME=home)


def test_a_commit_in_order_goes_through(project: Path) -> None:
    done = committed(project, '"""New."""\n\nSIZE = 1\n')
    assert done.returncode == 0, done.stderr
    assert git(project, "log", "--format=%s").stdout == "new\n"


@pytest.mark.parametrize(
    ("code", "hook"), [('"""New."""\n\nSIZE=1\n', "format"), ('"""New."""\n\nimport os\n', "style")]
)
def test_a_commit_out_of_order_is_refused(project: Path, code: str, hook: str) -> None:
    done = committed(project, code)
    assert done.returncode == 1
    assert re.search(rf"^{hook}\.+Failed$", done.stdout + done.stderr, re.MULTILINE)
    assert git(project, "log").returncode != 0
