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

# What a source's names hide of another's is looked for in the plain build.
if "$@" -iquote . -ffile-prefix-map=./= -Wno-shadow -MMD -MP -c -o "$object" \
	"$unit" 2> "$depends.said"; then
	exit 0
fi
echo "  CC  one by one: $sources"
objects=
n=0
for source in $sources; do
	n=$((n + 1))
	"$@" -MMD -MP -MT "$object" -MF "${depends}_$n.d" -c \
		-o "${depends}_$n.part" "$source"
	objects="$objects ${depends}_$n.part"
done
# shellcheck disable=SC2086  # a list
ld -r -o "$object" $objects
# shellcheck disable=SC2086
rm -f $objects
