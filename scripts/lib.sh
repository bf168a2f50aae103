# What the scripts beside this file share. Source it; it needs bash, and leaves the shell in the
# project's folder.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
ROOT=$PWD
PYTHON=$ROOT/.venv/bin/python
# Last, so that what the machine has wins over the fallbacks that scripts/setup may have installed.
export PATH="$PATH:$ROOT/.venv/bin"

say() { printf '%s\n' "· $*" >&2; }

fail() {
    printf '%s\n' "$*" >&2
    exit 2
}

has() { command -v "$1" >/dev/null 2>&1; }

hash_of() { sha256sum "$@" | sha256sum | cut -d' ' -f1; }

# A stamp lies in the folder it vouches for, so that removing the folder removes the stamp too.
is_stamped() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

# --- Debian's packages -------------------------------------------------------------------------

may_use_apt() { has apt-get && { [ "$(id -u)" = 0 ] || { has sudo && sudo -n true 2>/dev/null; }; }; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

# Lock::Timeout: another apt on this machine would make ours fail at once.
apt() {
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -o DPkg::Lock::Timeout=300 -qq "$@" >&2
}

apt_install() {
    say "Installing with apt: $*"
    apt update || say "apt could not refresh its lists; trying with those it has."
    apt install -y --no-install-recommends "$@"
}

# --- Python ------------------------------------------------------------------------------------

# Installs a hash-pinned file once, and again when it changes.
install_requirements() {
    may_install_requirements "$1" ||
        fail "requirements/$1.txt could not be installed. Is the network there? Nothing else was" \
            "changed; run the same command again."
}

may_install_requirements() {
    local stamp=$ROOT/.venv/.installed-$1 wanted
    wanted=$(hash_of "requirements/$1.txt")
    is_stamped "$stamp" "$wanted" && return
    say "Installing requirements/$1.txt"
    pip_install -r "requirements/$1.txt" || return
    printf '%s\n' "$wanted" >"$stamp"
}

# uv is much faster, but does not read pip's own configuration, where a company names its index.
pip_install() {
    .venv/bin/uv pip install --quiet --system-certs --python "$PYTHON" --require-hashes "$@" ||
        "$PYTHON" -m pip install --quiet --disable-pip-version-check --require-hashes "$@"
}
