#!/bin/sh
# Form, habits and layers of the sources: clang-format and cppcheck look at all
# of them, clang-tidy at all or, with COMMITS=20, at those that the last 20
# commits have touched, and that no commit has yet, the newest first.
# TIDY_SECONDS=60: clang-tidy begins with no file later than that.  What is left
# out is said.  Each complaint is a line; the status is 0 when there is none.
#
#	sh tests/lint.sh BUILD FLAG…    (flags of the compiler; `make lint`)
set -u

# ---- one file: sh tests/lint.sh --tidy UNTIL LEFT FILE FLAG… ----

if [ "${1:-}" = --tidy ]; then
	if [ "$2" != never ] && [ "$(date +%s)" -ge "$2" ]; then
		echo "$4" >> "$3"
		exit 0
	fi
	file=$4
	shift 4
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
tables='src/protocol/base/i18n\.c|src/simulator/firmware/phone/font\.c|src/protocol/msg/(chars|headers)\.c'

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

wings=$(sed -n 's,^wing \([a-z]*\):.*,-Isrc/\1,p' src/LAYERS)
# shellcheck disable=SC2086  # a list of words
grep '^src/.*\.c$' "$lists/all" | grep -vxE "$tables" > "$lists/cppcheck"
xargs -P "$jobs" -n 1 cppcheck -q --std=c11 --error-exitcode=1 \
	--inline-suppr --enable=warning,performance,portability \
	--suppressions-list=tests/cppcheck.supp \
	-D_GNU_SOURCE -Isrc $wings "-I$build/gen" < "$lists/cppcheck" || status=1

list_touched > "$lists/tidy"
: > "$lists/left"
until=never
[ -z "${TIDY_SECONDS:-}" ] || until=$(($(date +%s) + TIDY_SECONDS))
xargs -P "$jobs" -I@ sh "$0" --tidy "$until" "$lists/left" @ "$@" \
	< "$lists/tidy" || status=1

sh tests/layers.sh || status=1

n=$(wc -l < "$lists/tidy") left=$(wc -l < "$lists/left")
echo "$(wc -l < "$lists/all") files: form; $(wc -l < "$lists/cppcheck"):" \
	"cppcheck; $((n - left)) of $n: clang-tidy${COMMITS:+, of $COMMITS commits}"
[ "$left" = 0 ] || echo "no time for clang-tidy: $(tr '\n' ' ' < "$lists/left")"
exit $status
