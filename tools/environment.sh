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

# The small fonts that the server sends instead of Streamlit's own, made from these with tools that do not stay. Without
# them, for lack of a network say, all works and a first visit takes longer.
make_fonts() {
  local mark=.venv/share/hsc_geo/fonts/made sum tools
  sum=$(sha256sum requirements.txt requirements-fonts.txt tools/fonts.py hsc_geo/web/bundle.py)
  sum+=$(grep -rhoE ':material/[a-z0-9_]+' hsc_geo --include='*.py' | sort -u | sha256sum)
  [ "$(cat "$mark" 2>/dev/null)" = "$sum" ] && return
  say "Making small fonts"
  tools=$(mktemp -d)
  if .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --target "$tools" \
    -r requirements-fonts.txt && PYTHONPATH=$tools .venv/bin/python tools/fonts.py; then
    printf '%s\n' "$sum" >"$mark"
  else
    say "The small fonts could not be made; Streamlit's own are sent"
  fi
  rm -rf "$tools"
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
