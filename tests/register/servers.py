"""A PostgreSQL of our own for the tests, in a temporary folder, from Debian's binaries."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

MISSING = "the tests of the register need PostgreSQL's server. On Debian: sudo apt-get install postgresql"


def binaries() -> Path:
    """The newest folder of Debian with the server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: float(p.parts[-3]))
    if not found:
        raise RuntimeError(MISSING)
    return found[-1].parent


@dataclass
class Server:
    """A server that listens on a socket in its folder, and nowhere else."""

    folder: Path

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://hsc@/{database}?host={self.folder}"

    def start(self) -> None:
        # What a crash of the machine would lose is not what these tests ask; a killed client is.
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off -c max_connections=200"
        self._run("pg_ctl", "-D", "data", "-w", "-l", "log", "-o", options, "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop")

    def sql(self, order: str, database: str = "postgres") -> str:
        return self._run("psql", "-h", str(self.folder), "-U", "hsc", "-d", database, "-qAtc", order)

    def _run(self, program: str, *arguments: str) -> str:
        # Not as root, whom PostgreSQL refuses. Output to a file: the server would keep a pipe open.
        user = "postgres" if os.geteuid() == 0 else None
        with tempfile.TemporaryFile() as told:
            done = subprocess.run(
                [binaries() / program, *arguments],
                cwd=self.folder,
                user=user,
                group=user and "postgres",
                extra_groups=[] if user else None,
                stdin=subprocess.DEVNULL,
                stdout=told,
                stderr=told,
            )
            told.seek(0)
            text = told.read().decode()
        if done.returncode:
            raise RuntimeError(f"{program} failed: {text}")
        return text.strip()


def new_server() -> Server:
    folder = Path(tempfile.mkdtemp(prefix="hsc_pg_"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    server = Server(folder)
    server._run(
        "initdb", "-D", "data", "-A", "trust", "-U", "hsc", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"
    )
    return server
