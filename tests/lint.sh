#!/bin/sh
# Form, habits, layers and English of the sources: clang-format and cppcheck look at all
# of them, clang-tidy at all or, with COMMITS=20, at those that the last 20
# commits have touched, and that no commit has yet, the newest first; cppcheck
# begins with them.  LINT_SECONDS=60: neither of the two begins with a file later
# than that.  What is left out is said.  Each complaint is a line; the status is 0
# when there is none.
#
#	sh tests/lint.sh BUILD FLAG…    (flags of the compiler; `make lint`)
set -u

# ---- one file, before UNTIL: sh tests/lint.sh --before UNTIL LEFT FILE TOOL… ----

if [ "${1:-}" = --before ]; then
	if [ "$2" != never ] && [ "$(date +%s)" -ge "$2" ]; then
		echo "$4" >> "$3"
		exit 0
	fi
	shift 4
	exec "$@"
fi

# ---- one file: sh tests/lint.sh --tidy FILE FLAG… ----

if [ "${1:-}" = --tidy ]; then
	file=$2
	shift 2
	# How many warnings there were in others' headers is no complaint.
	clang-tidy --quiet --warnings-as-errors='*' "$file" -- "$@" 2>&1 |
		grep -vE '^[0-9]+ warnings? generated\.$' > "${TMPDIR:-/tmp}/tidy.$$"
	cat "${TMPDIR:-/tmp}/tidy.$$"
	! grep -qE ': (error|fatal error):' "${TMPDIR:-/tmp}/tidy.$$"
	status=$?
	rm -f "${TMPDIR:-/tmp}/tidy.$$"
	exit $status
fi

# ---- all of them ----

build=$1
shift
jobs=${JOBS:-$(nproc 2> /dev/null || echo 2)}
lists=$(mktemp -d)
trap 'rm -rf "$lists"' EXIT
status=0

# Tables that take cppcheck a minute each: of bytes, and of constants that are
# computed.
tables='src/interface/(web/web|views/html/html)_assets\.c|src/ground/base/i18n\.c|src/simulator/firmware/phone/font\.c|src/protocol/msg/(chars|headers)\.c'

# The .c files that are to be seen by clang-tidy; where a header has changed the
# file beside it.  The commit where a shallow clone begins counts as old.
list_touched() {
	if [ "${COMMITS:-all}" = all ] || ! git rev-parse -q --verify HEAD \
		> /dev/null 2>&1; then
		find src -name '*.c' | LC_ALL=C sort
		return
	fi
	since=$(git rev-list -n "$((COMMITS + 1))" HEAD | tail -n 1)
	{
		git diff --name-status -M HEAD -- src
		git log --name-status -M --format= "$since..HEAD" -- src
	} | awk -F'\t' '$1 != "R100" { print $NF }' |
		sed -n 's/\.[ch]$/.c/p' | awk '!seen[$0]++' |
		while read -r file; do
			[ ! -e "$file" ] || echo "$file"
		done
}

find src tests -name '*.[ch]' | LC_ALL=C sort > "$lists/all"
xargs -P "$jobs" -n 200 clang-format --dry-run -Werror < "$lists/all" ||
	status=1

list_touched > "$lists/tidy"
: > "$lists/unchecked"
: > "$lists/left"
until=never
[ -z "${LINT_SECONDS:-}" ] || until=$(($(date +%s) + LINT_SECONDS))

wings=$(sed -n 's,^wing \([a-z]*\):.*,-Isrc/\1,p' src/LAYERS)
grep '^src/.*\.c$' "$lists/all" | awk '!seen[$0]++' "$lists/tidy" - |
	grep -vxE "$tables" > "$lists/cppcheck"
# shellcheck disable=SC2086  # a list of words
xargs -P "$jobs" -I@ sh "$0" --before "$until" "$lists/unchecked" @ \
	cppcheck -q --std=c11 --error-exitcode=1 \
	--inline-suppr --enable=warning,performance,portability \
	--suppressions-list=tests/cppcheck.supp \
	-D_GNU_SOURCE -Isrc $wings "-I$build/gen" @ < "$lists/cppcheck" || status=1
xargs -P "$jobs" -I@ sh "$0" --before "$until" "$lists/left" @ \
	sh "$0" --tidy @ "$@" < "$lists/tidy" || status=1

sh tests/layers.sh || status=1

count() { # WHAT UNCHECKED: how many of it were looked at
	echo $(($(wc -l < "$lists/$1") - $(wc -l < "$lists/$2")))
}
echo "$(wc -l < "$lists/all") files: form; $(count cppcheck unchecked) of" \
	"$(wc -l < "$lists/cppcheck"): cppcheck;" \
	"$(count tidy left) of $(wc -l < "$lists/tidy"): clang-tidy${COMMITS:+, of $COMMITS commits}"
[ ! -s "$lists/left" ] ||
	echo "no time for clang-tidy: $(tr '\n' ' ' < "$lists/left")"
exit $status
