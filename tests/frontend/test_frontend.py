"""The pure parts of our scripts, under Node: a test here for each file of tests beside it, which says what failed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

FILES = sorted(Path(__file__).parent.glob("*.test.mjs"))

pytestmark = pytest.mark.node


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_pure_parts_of_our_scripts(file: Path) -> None:
    node = shutil.which("node")
    assert node, "These tests need Node; on Debian: sudo apt-get install nodejs"
    done = subprocess.run([node, "--test", str(file)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "# pass 0" not in done.stdout, f"{file.name} tests nothing"
