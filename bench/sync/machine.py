"""What the figures were measured on: machine, versions, settings."""

import json
import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg

from bench.sync.servers import HERE, MODULES, ROOT

PYTHON = ("django", "channels", "uvicorn", "uvloop", "psycopg", "redis")
NODE = ("@y/websocket-server", "y-leveldb", "@hocuspocus/server", "@hocuspocus/extension-sqlite")
POSTGRES = ("server_version", "fsync", "synchronous_commit", "wal_sync_method")


def describe(folder: Path, database: str) -> dict[str, Any]:
    """folder: where all servers keep their data."""
    return {
        "machine": {
            "processor": processor(),
            "cores": os.cpu_count(),
            "memory_gb": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30,
            "system": f"{platform.system()} {platform.release()}",
            "file_system": said("findmnt", "-no", "FSTYPE", "-T", str(folder)),
        },
        "versions": {
            "commit": said("git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"),
            "python": platform.python_version(),
            **{name: version(name) for name in PYTHON},
            "node": said("node", "--version"),
            **{name: _node_version(name) for name in (*NODE, "yjs")},
        },
        "postgresql": _postgres_settings(database),
    }


def processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def _node_version(package: str) -> str:
    return str(json.loads((MODULES / package / "package.json").read_text())["version"])


def _postgres_settings(database: str) -> dict[str, str]:
    with psycopg.connect(database) as connection:
        return {name: str(connection.execute(f"SHOW {name}").fetchone()[0]) for name in POSTGRES}  # type: ignore[index]


def said(*command: str) -> str:
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, check=False)
    return done.stdout.strip()
