#!/bin/sh
# What the tests need beside Python: a browser, PostgreSQL's programs, sources in Go, and programs of
# strangers that check the record. As root they are installed; otherwise the command is printed, and
# the tests that need them are skipped and say so.
missing=""
command -v chromium-headless-shell >/dev/null 2>&1 || command -v chromium >/dev/null 2>&1 ||
    command -v chromium-browser >/dev/null 2>&1 || missing="$missing chromium"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 ||
    missing="$missing postgresql"
# Go's own sources of the checksum database, with which the record's log is checked.
[ -d /usr/share/gocode/src/golang.org/x/mod ] || missing="$missing golang-golang-x-mod-dev"
# What a witness of somebody else's making signs with.
command -v ssh-agent >/dev/null 2>&1 || missing="$missing openssh-client"
command -v node >/dev/null 2>&1 || missing="$missing nodejs"
command -v npm >/dev/null 2>&1 || missing="$missing npm"
if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing for the tests:$missing"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq </dev/null >/dev/null
    # Debian packs the browser without the parts that draw windows, too: that is quicker.
    ! apt-cache show chromium-headless-shell >/dev/null 2>&1 ||
        missing=$(echo "$missing" | sed "s/ chromium/ chromium-headless-shell/")
    apt-get install -y -qq $missing </dev/null >/dev/null ||
        echo "Could not be installed, so their tests are skipped:$missing"
elif [ -n "$missing" ]; then
    echo "For the tests that need them:  sudo apt-get update && sudo apt-get install$missing"
fi
# Belenios's own program, which verifies secret ballots. Not every distribution has it.
if ! command -v belenios-tool >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        { apt-get update -qq && apt-get install -y -qq belenios-tool; } </dev/null >/dev/null 2>&1 ||
            echo "Could not be installed, so its tests are skipped: belenios-tool"
    else
        echo "For the tests that need it (Debian):  sudo apt-get install belenios-tool"
    fi
fi
sh "$(dirname "$0")/strangers.sh" "${1:-.venv/strangers}" ||
    echo "Some programs of strangers could not be had, so their tests are skipped."
exit 0
