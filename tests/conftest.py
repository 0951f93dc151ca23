"""Every process of tests has a register of its own, in a folder that goes with it; never the one of the user."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

_FOLDER = tempfile.mkdtemp(prefix="hsc_geo_tests_")
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ["HSC_DATABASE"] = f"sqlite:///{_FOLDER}/register.db"
