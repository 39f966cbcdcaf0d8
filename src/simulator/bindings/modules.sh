#!/bin/sh
# Turns the modules of programs, modules/*.lua, into the C table that
# bindings/lua_program_modules.c includes: what `require` knows, on every machine.
set -eu
cd "$(dirname "$0")/modules"
for f in *.lua; do
	echo "static const unsigned char ${f%.lua}_bytes[] = {"
	od -An -v -tu1 "$f" | sed 's/\([0-9][0-9]*\)/\1,/g'
	echo "};"
done
echo "static const struct module modules[] = {"
for f in *.lua; do
	echo "{ \"${f%.lua}\", ${f%.lua}_bytes, sizeof(${f%.lua}_bytes) },"
done
echo "};"
