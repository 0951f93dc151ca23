# For ./start and ./test: a Python that is new enough, an environment of our own in .venv, and the pinned packages
# in it. Sourced, in the project's folder.

say() { printf '%s\n' "$*" >&2; }

# The Python to make the environment with: the one that PYTHON names, else python3.
require_python() {
  python=${PYTHON:-python3}
  if ! command -v "$python" >/dev/null; then
    say "Python is not installed. On Debian or Ubuntu: sudo apt-get install python3 python3-venv"
    exit 1
  fi
  if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    say "$("$python" --version) is too old: Python 3.11 or newer is needed. Name another one with PYTHON=/path/to/python."
    exit 1
  fi
  if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    say "Python's venv module is not installed. On Debian or Ubuntu: sudo apt-get install python3-venv"
    exit 1
  fi
}

make_environment() {
  if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    say "Making an environment in .venv"
    "$python" -m venv --clear .venv
  fi
}

# Install a requirements file, when it changed since the last time.
install_pinned() {
  local mark=.venv/installed-$1 sum
  sum=$(sha256sum "$1")
  if [ "$(cat "$mark" 2>/dev/null)" != "$sum" ]; then
    say "Installing $1 (the first time takes a minute or two)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$1"
    printf '%s\n' "$sum" >"$mark"
  fi
}
