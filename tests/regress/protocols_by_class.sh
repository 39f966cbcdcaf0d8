#!/bin/sh
# No source but the table of protocols compares a protocol's name: a new row of
# trace/protocol.h would not be found there.  Nor does one say by a literal of
# which protocol a message is.
. tests/fixtures/check.sh

sources() {
	find src -name '*.[ch]' -not -path 'src/simulator/firmware/*' -exec cat {} +
}

# Statements on one line each, so that what is broken over lines is found, too.
named() {
	tr '\n\t' '  ' | tr ';{}' '\n' | grep -E \
		'proto(", *&[^)]*\))?, *"(sip|location|rtp|rtcp|udp)"|proto = "'
}

printf '%s\n' 'if (x) return !str_is(s->proto,' '	"sip");' |
	named > "$work/.output"
printf '%s\n' 'str_is(trace_str(rec, "proto", &bytes), "rtp")' |
	named >> "$work/.output"
printf '%s\n' 'm = { .proto = "udp" };' | named >> "$work/.output"
if [ "$(wc -l < "$work/.output")" -eq 3 ]; then good; else
	bad "three that name a protocol" "not all were found"
fi
sources | named > "$work/.output"
if [ ! -s "$work/.output" ]; then good; else
	bad "a protocol" "it is compared by its name"
fi
finish
