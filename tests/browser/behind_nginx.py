"""Three servers with one register behind nginx, by the files of deploy/; each server starts again when it ends, as
under systemd."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from pathlib import Path

import httpx

from tests.browser import serving
from tests.browser.serving import HOST, ROOT

DEPLOY = ROOT / "deploy"
AGAIN_AFTER = 0.5  # seconds until an ended server is started again
MAIN = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/http.conf;
    upstream hsc_geo {{
        hash $hsc_visitor consistent;
{servers}
    }}
    server {{
        listen {host}:{port};
        access_log {folder}/access.log hsc;
        include {locations};
    }}
}}
"""


class Servers:
    """The servers, each on a port, and the data folder that they read at their next start."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.settings = settings
        self.ports = [serving._free_port() for _ in range(3)]
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        self._wanted = True
        for port in self.ports:
            self._start(port)
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self._keeper.start()

    def _start(self, port: int) -> None:
        own = self.folder / str(port)
        own.mkdir(exist_ok=True)
        settings = {
            "HSC_TILES": "off",
            "HSC_ADDRESSES": "off",
            "HSC_TILE_CACHE": str(own / "tiles"),
            **self.settings,
        }
        with (own / "log").open("ab") as out:
            self._running[port] = subprocess.Popen(
                serving._command(self.url(port)),
                cwd=ROOT,
                env=serving._environment(settings),
                stdout=out,
                stderr=out,
            )
        (own / "pid").write_text(str(self._running[port].pid))

    def _keep(self) -> None:
        while self._wanted:
            for port in self.ports:
                if self._running[port].poll() is not None:
                    time.sleep(AGAIN_AFTER)
                    if self._wanted:
                        self._start(port)
            time.sleep(0.1)

    def url(self, port: int) -> str:
        return f"http://{HOST}:{port}"

    def kill(self, port: int) -> None:
        """End it at once, as the kernel does when there is no memory left."""
        self._running[port].send_signal(signal.SIGKILL)
        self._running[port].wait()

    def await_health(self) -> None:
        """Wait until each can do its work."""
        for port in self.ports:
            subprocess.run([DEPLOY / "await-health", str(port), "90"], check=True)

    def health(self, port: int) -> dict[str, object]:
        found: dict[str, object] = httpx.get(
            f"{self.url(port)}/hsc/health", trust_env=False, timeout=20
        ).json()
        return found

    def with_a_visitor(self) -> int:
        """The port of the one server that has an open session."""
        (found,) = [port for port in self.ports if self._metric(port, "active_sessions") > 0]
        return found

    def counted(self, name: str) -> float:
        """A metric of ours, summed over the servers."""
        return sum(self._metric(port, name, "/hsc/metrics") for port in self.ports)

    def _metric(self, port: int, name: str, where: str = "/_stcore/metrics") -> float:
        told = httpx.get(f"{self.url(port)}{where}", trust_env=False, timeout=20).text
        return sum(float(line.split()[-1]) for line in told.splitlines() if line.startswith(name))

    def told(self) -> str:
        """What all have said."""
        return "".join((self.folder / str(port) / "log").read_text(errors="replace") for port in self.ports)

    def restart_one_by_one(self) -> str:
        """By deploy/rolling-restart; "restart" here is to end a server and wait until it is gone."""
        command = self.folder / "restart"
        command.write_text(
            f'#!/bin/sh\npid=$(cat "{self.folder}/$1/pid")\nkill -TERM "$pid"\n'
            f'while [ "$(cat "{self.folder}/$1/pid")" = "$pid" ]; do sleep 0.1; done\n'
        )
        command.chmod(0o755)
        done = subprocess.run(
            [DEPLOY / "rolling-restart", *map(str, self.ports)],
            env={**os.environ, "RESTART": str(command)},
            capture_output=True,
            text=True,
            timeout=180,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def stop(self) -> None:
        self._wanted = False
        self._keeper.join()
        for process in self._running.values():
            serving._stop(process)


class Nginx:
    """nginx in front of these servers, with the files of deploy/nginx; only paths and ports are of the test."""

    def __init__(self, folder: Path, ports: list[int]) -> None:
        self.folder = folder
        self.url = f"http://{HOST}:{serving._free_port()}"
        http = (DEPLOY / "nginx/hsc_geo_http.conf").read_text()
        (folder / "http.conf").write_text(http.replace("/var/cache/nginx/hsc_geo", str(folder / "kept")))
        text = MAIN.format(
            folder=folder,
            host=HOST,
            port=self.url.rpartition(":")[2],
            locations=DEPLOY / "nginx/hsc_geo_locations.conf",
            servers="\n".join(f"        server {HOST}:{p} max_fails=1 fail_timeout=5s;" for p in ports),
        )
        (folder / "nginx.conf").write_text(text)
        folder.chmod(0o755)
        command = [
            "nginx",
            "-c",
            str(folder / "nginx.conf"),
            "-p",
            str(folder),
            "-e",
            str(folder / "error.log"),
        ]
        if os.geteuid() == 0:
            command += ["-g", "user root;"]
        self._process = subprocess.Popen(command)

    def stop(self) -> None:
        serving._stop(self._process)
