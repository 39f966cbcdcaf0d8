#!/bin/sh
# Compiles a unit of tests/units.awk, many sources at once:
#
#	sh tests/unit.sh UNIT.c OBJECT "SOURCE…" COMPILER OPTION…
#
# Where the compiler refuses that, each source is compiled by itself, which says
# what is wrong with it, if anything is.
set -eu
unit=$1
object=$2
sources=$3
shift 3
depends=${object%.o}
rm -f "${depends}"_*.d

# What else is said than that a name hides one of another source of the unit, or of
# a header of tests that only another source reads.
faults() {
	awk '
	function reads(source, header, line, is) {
		sub(/.*\//, "", header)
		while ((getline line < source) > 0)
			is = is || (line ~ /^#include/ && index(line, header))
		close(source)
		return is
	}
	/: warning: .*-Wshadow/ { warned = $0; split($0, at, ":"); next }
	/: note: .*declaration is here/ {
		split($0, hidden, ":")
		if (hidden[1] == at[1] || (hidden[1] !~ /[.]c$/ &&
		    (hidden[1] !~ /^([.]\/)?tests\// || reads(at[1], hidden[1]))))
			print warned
	}
	/: (warning|error):/' "$1"
}

if "$@" -iquote . -ffile-prefix-map=./= -Wno-error=shadow -MMD -MP \
	-c -o "$object" "$unit" 2> "$depends.said"; then
	[ -s "$depends.said" ] || exit 0
	if [ -z "$(faults "$depends.said")" ]; then
		: > "$depends.said"
		exit 0
	fi
fi
echo "  CC  one by one: $sources"
objects=
n=0
for source in $sources; do
	n=$((n + 1))
	"$@" -MMD -MP -MT "$object" -MF "${depends}_$n.d" -c \
		-o "${depends}_$n.part" "$source"
	# It may be gone by the next time.
	echo "$source:" >> "${depends}_$n.d"
	objects="$objects ${depends}_$n.part"
done
# shellcheck disable=SC2086  # a list
"${LD:-ld}" -r -o "$object" $objects
# shellcheck disable=SC2086
rm -f $objects
