"""Every process of tests has a register, editions and a cache of its own, in a folder that goes with it; never those of
the user."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_FOLDER = tempfile.mkdtemp(prefix="hsc_geo_tests_")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ["HSC_DATABASE"] = f"sqlite:///{_FOLDER}/register.db"
os.environ["HSC_EDITIONS"] = f"{_FOLDER}/editions"
os.environ["HSC_CACHE"] = f"{_FOLDER}/made"
