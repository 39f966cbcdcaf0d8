#!/bin/sh
# Media are the same bytes everywhere: those that gcc's program makes, which is
# linked of what rung is linked of, are held against those of clang's, and those
# of the same sources as WebAssembly, run by node (tests/same_bytes/same_bytes.c
# has what is made, tests/build.mk how).  SRTP's cipher is nettle's, and left out.
. tests/fixtures/check.sh

programs=${BUILD:-build}/same_bytes

# The part of FILE in which the byte AT lies.
part_at() { # AT FILE
	grep -abo '== [^=]* ==' "$2" |
		awk -F: -v at="$1" '$1 < at { part = $2 } END { print part }'
}

same_as_gcc() { # WHO FILE
	at=$(cmp "$work/gcc" "$2" 2>&1 | sed -n 's/.* differ: byte \([0-9]*\),.*/\1/p')
	if cmp -s "$work/gcc" "$2"; then
		good
	else
		bad "$1 makes the same bytes as gcc" \
			"they differ at ${at:-the end}, in $(part_at "${at:-0}" "$work/gcc")"
	fi
}

ok "gcc's program runs" sh -c "$programs/gcc > $work/gcc"
[ "$(wc -c < "$work/gcc")" -gt 1000000 ] ||
	bad "there is something to compare" "there are few bytes"
if [ -x "$programs/clang" ]; then
	ok "clang's program runs" sh -c "$programs/clang > $work/clang"
	same_as_gcc clang "$work/clang"
else
	skip "there is no clang here"
fi
if [ -e "$programs/bytes.wasm" ] && command -v node > /dev/null 2>&1; then
	ok "node runs the module" sh -c "node tests/same_bytes/run.cjs \
		$programs/bytes.wasm > $work/node"
	same_as_gcc node "$work/node"
else
	skip "there is no node here, or no clang for WebAssembly"
fi
finish
