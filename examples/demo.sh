#!/usr/bin/env bash
# `make demo`: apimod on the example, from detection to undo. Changes nothing outside a temporary folder
# and the cache, and needs only Python, git and what `make` has set up.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${APIMOD_CACHE:-$here/../.cache}/demo
work=$(mktemp -d "${TMPDIR:-/tmp}/apimod-demo.XXXXXX")
server=

cleanup() {
    if [ -n "$server" ]; then kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true; fi
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

bold=
plain=
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
    bold=$'\e[1m'
    plain=$'\e[0m'
fi

say() { printf '\n%s== %s%s\n' "$bold" "$1" "$plain"; }

run() {
    local word shown=
    for word in "$@"; do
        case $word in *[!A-Za-z0-9_.,:=/-]*) word="'$word'" ;; esac
        shown+=" $word"
    done
    printf '\n%s$%s%s\n' "$bold" "$shown" "$plain"
    "$@"
}

as_author() {
    GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 \
        git -c user.name=demo -c user.email=demo@example.com -c init.defaultBranch=main -c core.autocrlf=false "$@"
}

install() { # the dependencies of the project here, into the cache; at once where they are there already
    mkdir -p "$cache"
    python "$here/demo.py" requirements pyproject.toml >"$work/requirements.txt"
    if ! cmp -s "$work/requirements.txt" "$cache/installed.txt" || ! "$cache/venv/bin/python" -c '' 2>/dev/null; then
        echo "installing the example's dependencies (once)"
        rm -f "$cache/installed.txt"
        python -m venv --clear "$cache/venv"
        "$cache/venv/bin/python" -m pip install --quiet --disable-pip-version-check -r "$work/requirements.txt"
        cp "$work/requirements.txt" "$cache/installed.txt"
    fi
}

boot() {
    local port
    port=$(python "$here/demo.py" port)
    url=http://127.0.0.1:$port
    DATABASE_URL="sqlite:///$work/shop.db" PYTHONDONTWRITEBYTECODE=1 \
        "$cache/venv/bin/python" -m uvicorn shop.main:app --port "$port" >"$work/server.log" 2>&1 &
    server=$!
    if ! python "$here/demo.py" wait "$url/health" "$server"; then
        cat "$work/server.log" >&2
        exit 1
    fi
    echo "uvicorn shop.main:app answers at $url"
}

halt() {
    kill "$server"
    wait "$server" 2>/dev/null || true
    server=
}

users=(create-rest users email:email:unique name:string role:enum=user,admin)
export PYTHONDONTWRITEBYTECODE=1

say "A small FastAPI service, in a repository of its own"
python "$here/demo.py" copy "$here/fastapi-shop" "$work/shop"
cd "$work/shop"
as_author init --quiet
as_author add --all
as_author commit --quiet --message "A small shop"
before=$(python "$here/demo.py" digest .)
git ls-files

say "What it is made of"
run apimod detect

say "What it serves"
run apimod list

say "What apimod would change"
run apimod apply "${users[@]}" -n

say "Applied; --format markdown shows the summary alone"
run apimod apply "${users[@]}" --yes --format markdown
run apimod list --filter 'path=/users*'

say "The project's own checks"
install
PATH=$cache/venv/bin:$PATH
run ruff check --no-cache .
run ruff format --no-cache --check .
run mypy --cache-dir "$cache/mypy"
run pytest -q -p no:cacheprovider

say "Booted, on SQLite"
boot
if ! python "$here/demo.py" calls "$url"; then
    cat "$work/server.log" >&2
    exit 1
fi
halt

say "A second time: nothing to do"
run apimod apply "${users[@]}" -n

say "Taken back"
run apimod undo
after=$(python "$here/demo.py" digest .)
[ "$before" = "$after" ] || { echo "the tree is not what it was: $before, $after" >&2; exit 1; }
echo "every byte is as it was: $after"
