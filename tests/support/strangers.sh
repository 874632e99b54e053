#!/bin/sh
# Programs that check the record and its ballots and that nobody here wrote, into the folder $1;
# nothing of the machine is changed. @sigstore/verify and sirona come from npm; torchwood
# (litewitness, witnessctl, spicy-torchwood) from Debian's unstable, by the package source that this
# machine has: it needs nothing of it but the C library.
set -e
here=$(cd "$(dirname "$0")/../strangers" && pwd)
mkdir -p "$1"
cd "$1"
failed=0

of_npm() {
    mkdir -p "$1"
    cp "$here/$1/package.json" "$here/$1/package-lock.json" "$1/"
    (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null)
}

debian() {
    apt-get indextargets --format '$(ORIGIN)|$(SUITE)|$(COMPONENT)|$(REPO_URI)' \
        'Created-By: Packages' | sed -n 's/^Debian|[a-z]*|main|//p' | head -n 1
}

torchwood() {
    source=$(debian)
    if [ -z "$source" ] && [ "$(id -u)" = 0 ]; then
        apt-get update -qq </dev/null >/dev/null # a new machine has no lists yet
        source=$(debian)
    fi
    [ -n "$source" ] || return 1
    keys=/usr/share/keyrings/debian-archive-keyring.gpg
    rm -rf apt torchwood.part
    mkdir -p apt/lists/partial apt/cache/archives/partial torchwood.part
    echo "deb [signed-by=$keys] $source unstable main" >apt/sources.list
    options="-o Dir::Etc::sourcelist=$PWD/apt/sources.list -o Dir::Etc::sourceparts=-
        -o Dir::State::lists=$PWD/apt/lists -o Dir::Cache=$PWD/apt/cache
        -o APT::Sandbox::User=$(id -un)"
    apt-get $options update -qq </dev/null >/dev/null || return 1
    (cd torchwood.part && apt-get $options download -qq torchwood </dev/null >/dev/null) || return 1
    dpkg-deb -x torchwood.part/torchwood_*.deb torchwood.part/whole || return 1
    mv torchwood.part/whole torchwood
    rm -rf apt torchwood.part
}

[ -d sigstore/node_modules/@sigstore/verify ] || of_npm sigstore || failed=1
[ -d sirona/node_modules/sirona ] || of_npm sirona || failed=1
[ -x torchwood/usr/bin/litewitness ] || torchwood || failed=1
exit $failed
