#!/bin/sh
# Sources name roles by their words, which no compiler checks: each must be a
# row of role/rows.h.
. tests/fixtures/check.sh

sed -n 's/^\tX(\([a-z0-9]*\), .*/\1/p' src/record/role/rows.h |
	sort > "$work/rows"
find src -name '*.c' -exec cat {} + | tr '\n\t' '  ' |
	grep -oE '\<(node_plays|node_program|node_role_state|role_plays)\([^;"]*"[^"]*"\)|\.plays = "[^"]*"|NODE_ROLE\([a-z0-9]*\) = \{ *\.word = "[^"]*"' |
	sed 's/"[^"]*$//; s/.*"//' | sort -u > "$work/words"
ok "sources name roles" test "$(wc -l < "$work/words")" -gt 20
comm -13 "$work/rows" "$work/words" > "$work/strange"
ok "each has a row" cmp "$work/strange" /dev/null
finish
