#!/bin/sh
# What the tests need beside Python: a browser, PostgreSQL's programs, sources in Go, and programs of
# strangers that check the record. As root they are installed; otherwise the command is printed, and
# the tests that need them are skipped and say so.
missing=""
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 ||
    missing="$missing chromium"
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
    { apt-get update -qq && apt-get install -y -qq $missing; } </dev/null >/dev/null ||
        echo "Could not be installed, so their tests are skipped:$missing"
elif [ -n "$missing" ]; then
    echo "For the tests that need them:  sudo apt-get update && sudo apt-get install$missing"
fi
# What not every distribution has: Belenios's own program, which verifies secret ballots, and Chromium
# without the parts that draw windows, with which the stories take less time.
for program in belenios-tool chromium-headless-shell; do
    command -v $program >/dev/null 2>&1 && continue
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        { apt-get update -qq && apt-get install -y -qq $program; } </dev/null >/dev/null 2>&1 ||
            echo "Could not be installed, so tests go without: $program"
    else
        echo "For the tests that use it (Debian):  sudo apt-get install $program"
    fi
done
sh "$(dirname "$0")/strangers.sh" "${1:-.venv/strangers}" ||
    echo "Some programs of strangers could not be had, so their tests are skipped."
exit 0
