#!/bin/sh
# What the tests need beside Python: a browser and PostgreSQL's programs. As root they are
# installed; otherwise the command is printed, and the tests that need them are skipped and say so.
missing=""
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 ||
    missing="$missing chromium"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 ||
    missing="$missing postgresql"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing for the tests:$missing"
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq $missing; } </dev/null >/dev/null ||
        echo "Could not be installed, so their tests are skipped:$missing"
else
    echo "For the tests that need them:  sudo apt-get update && sudo apt-get install$missing"
fi
exit 0
