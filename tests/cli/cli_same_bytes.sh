#!/bin/sh
# The same inputs give the same bytes, whatever compiler made the program: in
# the build with sanitizers its traces are held against the other build's, which
# tests/run.sh has recorded.
. tests/fixtures/check.sh

other=$(dirname "$RUNG")/../rung
if [ ! -x "$other" ]; then
	skip "there is no other build beside this one"
	finish
fi
for file in $(labs_some); do
	# Network has all records that the others have; every sixteenth file is
	# run with those, too, or with DETAILS=all each.
	turn=$(((${turn:-0} + 1) % 16))
	details=network
	[ $turn != 0 ] && [ "${DETAILS:-}" != all ] ||
		details="messages protocol network"
	for detail in $details; do
		"$RUNG" run -q --detail=$detail -o "$work/a" "$file"
		RUNG=$other trace_of "$file" $detail "$work/b"
		if cmp -s "$work/a" "$work/b"; then
			good
		else
			bad "$file $detail" "the two builds' traces differ"
		fi
	done
done
finish
