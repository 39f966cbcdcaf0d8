#!/bin/sh
# The names by which libraries are loaded that are not linked, as definitions for the
# compiler:
#
#	sh sonames.sh pkg-config MACRO=MODULE:LIBRARY…
#
# A library's name for the linker is in its .so (some say it by INPUT alone); of one that
# is not here it is LIBRARY.so.
pkg=$1
shift
for each; do
	library=${each#*:} module=${each#*=}
	so=$("$pkg" --variable=libdir "${module%:*}" 2> /dev/null)/$library.so
	name=$({ objdump -p "$so"; sed -n 's/^INPUT *( *\([^ )]*\).*/SONAME \1/p' "$so"; } \
		2> /dev/null | awk '$1 == "SONAME" && !n++ { print $2 }')
	echo "-D${each%%=*}='\"${name:-$library.so}\"'"
done
