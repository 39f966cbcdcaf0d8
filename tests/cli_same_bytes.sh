#!/bin/sh
# The same inputs give the same bytes, whatever compiler made the program: in
# the build with sanitizers its traces are held against the other build's.
. tests/check.sh

other=$(dirname "$RUNG")/../rung
if [ ! -x "$other" ]; then
	skip "there is no other build beside this one"
	finish
fi
for lab in labs/*/; do
	for detail in messages protocol network; do
		"$RUNG" run -q --detail=$detail -o "$work/a" "$lab"
		"$other" run -q --detail=$detail -o "$work/b" "$lab"
		if cmp -s "$work/a" "$work/b"; then
			good
		else
			bad "$lab $detail" "the two builds' traces differ"
		fi
	done
done
finish
