# Read by Tests/run and Samples/quickstart (`. Tests/prepare.sh`): what both need before they build.
# POSIX sh; `$root` is the checkout.

step() { printf '\n== %s\n' "$*"; }
say() { printf '   %s\n' "$*"; }
fail() {
  printf '\n%s: %s\n' "${0##*/}" "$*" >&2
  exit 2
}
have() { command -v "$1" >/dev/null 2>&1; }

# Swift, not older than Package.swift asks for.
check_swift() {
  have swift ||
    fail "Swift is not installed (no ‘swift’ on the path); get it from https://www.swift.org/install and try again"
  wanted=$(sed -n 's/^.. *swift-tools-version: *\([0-9.]*\).*/\1/p' "$root/Package.swift")
  found=$(swift --version 2>&1 | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p' | head -n 1)
  [ -n "$found" ] || fail "‘swift --version’ does not work here; see https://www.swift.org/install"
  printf '%s\n%s\n' "$wanted" "$found" | awk -F. '
    { n = $1 * 1000 + $2 } NR == 1 { wanted = n } END { exit n < wanted }' ||
    fail "Swift $found is too old, Pecia needs $wanted; get it from https://www.swift.org/install"
  say "Swift $found is here."
  have git || fail "git is not installed; the build fetches its Swift packages with it"
}

# Whether a C header is where compilers look for it.
header() {
  for folder in /usr/include /usr/local/include /opt/homebrew/include ${HOMEBREW_PREFIX:+"$HOMEBREW_PREFIX/include"}; do
    [ -f "$folder/$1" ] && return 0
  done
  return 1
}

# Runs a command with the rights to install, asking for them only if they are not there.
with_rights() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif have sudo && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
    sudo "$@"
  else
    return 77
  fi
}

# libsndfile reads and writes sound, SQLite keeps the tasks; both are installed only if missing.
prepare_libraries() {
  if [ "$(uname -s)" = Darwin ]; then
    if header sndfile.h; then
      say "libsndfile is here; SQLite comes with macOS."
      return
    fi
    have brew ||
      fail "libsndfile is missing, and there is no Homebrew to install it with; see https://brew.sh, then: brew install libsndfile"
    say "Installing libsndfile with Homebrew …"
    brew install libsndfile || fail "‘brew install libsndfile’ did not work; what it says stands above"
    return
  fi
  missing=
  header sndfile.h || missing="libsndfile1-dev"
  header sqlite3.h || missing="${missing:+$missing }libsqlite3-dev"
  if [ -z "$missing" ]; then
    say "libsndfile and SQLite are here."
    return
  fi
  have apt-get ||
    fail "the development files of libsndfile and SQLite are needed (on Debian: $missing); install them with your system's package manager and try again"
  say "Installing $missing with apt-get …"
  status=0
  with_rights apt-get update -q || status=$?
  # A list that could not be fetched need not matter: the packages may be known already.
  # shellcheck disable=SC2086
  [ "$status" -eq 77 ] ||
    { status=0; with_rights apt-get install -q -y --no-install-recommends $missing || status=$?; }
  case $status in
    0) say "Installed: $missing." ;;
    77) fail "$missing must be installed, and you have no right to here; ask your administrator for: apt-get install $missing" ;;
    *) fail "‘apt-get install $missing’ did not work; what it says stands above" ;;
  esac
}
