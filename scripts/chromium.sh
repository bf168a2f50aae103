# The browser of the tests and the pictures. Source it after lib.sh.

install_chromium() {
    local name
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        if has "$name"; then return; fi
    done
    may_use_apt && apt_install chromium && return
    fail "The browser tests need Chromium. Install it (apt-get install chromium), then run this again."
}
