#!/bin/sh
# Turns assets/complete into the C arrays that cli/complete.c includes.
set -eu
for shell in bash zsh; do
	echo "static const unsigned char ${shell}_bytes[] = {"
	od -An -v -tu1 "assets/complete/rung.$shell" |
		sed 's/\([0-9][0-9]*\)/\1,/g'
	echo "};"
done
