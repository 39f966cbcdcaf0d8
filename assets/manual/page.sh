#!/bin/sh
# A page of section 5 of the manual, from a document: page.sh NAME VERSION writes
# rung-NAME(5) to standard output.
set -eu
name=$1 version=$2
document=docs/$(printf '%s' "$name" | tr '[:lower:]' '[:upper:]').md
what=$(sed -n '1s/^# *//p' "$document")
awk -f assets/manual/page.awk "$document" |
	lowdown -s -Tman -M title="rung-$name" -M section=5 -M source="rung $version" |
	awk -v name="rung\\\\-$name" -v what="$what" '
	# A paragraph begins by itself behind a heading.
	/^\.[LP]P$/ && headed { headed = 0; next }
	{ headed = heading; heading = /^\.S[HS]$/ }
	{ gsub(/\\fC/, "\\fB"); print }
	/^\.TH / { print ".ad l\n.SH NAME\n" name " \\- " tolower(substr(what, 1, 1)) substr(what, 2) " of rung\n.SH DESCRIPTION"; headed = 1 }'
