#!/bin/sh
# Those of FLAG… that a compiler knows; with --link, with which a program is linked
# without a warning:
#
#	sh tests/flags_known.sh [--link] COMPILER… -FLAG…
#
# The linker keeps the note by which a processor's control-flow protection is turned on
# only where all that it joins has it; the C library's start files of some distributions
# don't.
link=
[ "$1" != --link ] || { link=yes && shift; }
compiler=
while [ $# -gt 0 ]; do
	case $1 in -*) break ;; esac
	compiler="$compiler $1"
	shift
done
# shellcheck disable=SC2086  # a compiler of several words
for flag; do
	if [ -n "$link" ]; then
		echo 'int main(void) { return 0; }' |
			$compiler -Werror "$flag" -x c -o /dev/null -
	else
		$compiler -Werror "$flag" -c -x c -o /dev/null /dev/null
	fi > /dev/null 2>&1 && echo "$flag"
done
:
