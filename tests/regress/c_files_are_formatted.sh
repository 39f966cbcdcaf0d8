# 140 places were not as .clang-format has them, and nobody was told: what the
# last commits have touched is held to it (make lint holds all).
. tests/fixtures/check.sh

if sanitized || ! command -v clang-format > /dev/null ||
	! clang-format --version | grep -q 'version 14\.' ||
	! git rev-parse HEAD > /dev/null 2>&1; then
	skip "the plain build, by clang-format 14, in a clone"
	finish
	exit
fi

# Those of the last commits, or of as many as the clone has, and those that are
# not committed yet.
since=$(git rev-list -n 21 HEAD | tail -n 1)
git diff --name-status -M --diff-filter=d "$since" -- '*.c' '*.h' |
	awk -F'\t' '$1 != "R100" { print $NF }' > "$work/files"
if [ ! -s "$work/files" ]; then
	good
elif xargs clang-format --dry-run -Werror < "$work/files" 2> "$work/said"; then
	good
else
	bad "form" "$(grep -c 'error:' "$work/said"): $(head -n 3 "$work/said")"
fi
finish
