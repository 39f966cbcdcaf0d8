#!/bin/sh
# A script without comments and indentation; by terser, where that is (it is one of the
# packages for a page), a fifth smaller.  Names that are seen from outside stay.
#
#	sh assets/page/minify.sh < SCRIPT
if command -v terser > /dev/null; then
	NODE_PATH=/usr/share/nodejs exec terser --compress passes=2 --mangle --ecma 2020
fi
exec sed 's/^[ 	]*//; /^\/\//d; /^$/d'
