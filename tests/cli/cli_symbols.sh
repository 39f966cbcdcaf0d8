#!/bin/sh
# The libraries that rung is linked with export names by the ten thousand and
# call themselves through them: a function of rung's with such a name would be
# called in its stead.  The linker shows those that clash as dynamic symbols of
# the program.
set -u
rung=${RUNG:-build/rung}

if ! command -v nm > /dev/null; then
	echo "symbols: 0 passed, 0 failed, 1 skipped"
	exit 0
fi
# The sanitizers are linked in and meant to take others' places.
if nm -D "$rung" 2> /dev/null | grep -q __asan; then
	echo "symbols: 0 passed, 0 failed, 1 skipped"
	exit 0
fi
clash=$(nm -D --defined-only "$rung" | awk '$2 == "T" { print $3 }' |
	grep -v -x -e _init -e _fini -e main)
if [ -n "$clash" ]; then
	echo "$clash"
	echo "symbols: 0 passed, 1 failed"
	exit 1
fi
echo "symbols: 1 passed, 0 failed"
