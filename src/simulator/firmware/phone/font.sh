#!/bin/sh
# Writes font.inc, the glyphs of the phone's panel, out of GNU Unifont:
#
#	sh src/simulator/firmware/phone/font.sh /usr/share/unifont/unifont.hex \
#		> src/simulator/firmware/phone/font.inc
#
# unifont.hex is in Debian's package unifont; font.inc is kept with the sources,
# so only who wants other characters needs it.  Taken are ASCII, Latin-1, of
# GB 2312 the rows 1 and 3 (punctuation, full-width forms) and 16 to 55 (the
# 3,755 most common Chinese characters: names in phone books, messages), U+FFFD,
# and whatever else stands in the texts of src/simulator/firmware/phone.
#
# A line is H(CODE, sixteen rows of 8 pixels) or W(CODE, sixteen rows of 16).
set -eu
LC_ALL=C
export LC_ALL
here=$(dirname "$0")

codes() { # UTF-16 on standard input, a code in four digits a line
	od -An -v -tx1 -w2 | tr -d ' ' | tr a-f A-F
}

gb() { # FIRST LAST: rows of GB 2312, row 16 is 0xB0
	awk -v first="$1" -v last="$2" 'BEGIN {
		for (r = first; r <= last; r++)
			for (c = 161; c < 255; c++)
				# the last row of level 1 is not full
				if (r != 55 || c < 250)
					printf "%c%c", r + 160, c
	}' | iconv -f GB18030 -t UTF-16BE | codes
}

cat << 'END'
/* Glyphs of GNU Unifont 15.0.01, unchanged: a selection made by font.sh.
 * Copyright 1998-2022 Roman Czyborra, Paul Hardy, Qianqian Fang, Andrew Miller,
 * Johnnie Weaver, David Corbett and others.  SIL Open Font License, version 1.1;
 * see assets/handset/NOTICES. */
END
{
	awk 'BEGIN {
		for (c = 32; c < 256; c++)
			if (c < 127 || c > 159)
				printf "%04X\n", c
		print "FFFD"
	}'
	gb 1 1
	gb 3 3
	gb 16 55
	cat "$here"/*.[ch] | iconv -f UTF-8 -t UTF-16BE | codes
} | awk 'NR == FNR { wanted[$1] = 1; next }
	{
		split($0, part, ":")
		if (!(part[1] in wanted) || part[1] < "0020")
			next
		digits = length(part[2]) / 16
		printf "%s(%s", digits == 2 ? "H" : "W", part[1]
		for (i = 0; i < 16; i++)
			printf ",%s", substr(part[2], i * digits + 1, digits)
		print ")"
	}' - "$1"
