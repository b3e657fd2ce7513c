#!/bin/sh
# Installs what the office tests need, where it is missing and may be installed; says what it does.
missing=""
command -v soffice >/dev/null 2>&1 || missing="$missing libreoffice-calc libreoffice-writer"
python3 -c 'import uno' 2>/dev/null || /usr/bin/python3 -c 'import uno' 2>/dev/null || missing="$missing python3-uno"
command -v pdftoppm >/dev/null 2>&1 || missing="$missing poppler-utils"
fc-list :lang=zh 2>/dev/null | grep -q . || missing="$missing fonts-noto-cjk"
[ -n "$missing" ] || exit 0

sudo=""
[ "$(id -u)" = 0 ] || sudo="sudo -n"
if command -v apt-get >/dev/null 2>&1 && $sudo true 2>/dev/null; then
    echo "Installing for the office tests:$missing"
    # shellcheck disable=SC2086 - a list of packages
    $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null && exit 0
fi
echo "*** NOT INSTALLED:$missing"
echo "*** The office tests that need these will be SKIPPED."
