# A constant of a standard had five spellings, for nodes, judges and firmware: each
# stands once, in src/protocol/msg/constants.h.  A second one is a number in the code of
# nodes or judges that is one of these (also in ns, in s, in ms), or its text.
. tests/fixtures/check.sh

# Numbers that are equal by chance: FILE NUMBER, what it is.
by_chance() {
	sed 's/ *#.*//' <<- 'END'
		simulator/firmware/phone/sip.h 65507  # a program of its own
	END
}

# FILE:LINE NUMBER of each number of 1,000 or more in FILE…: of "N * SIM_S" the product.
numbers() {
	awk '
	function tell(v) { if (v >= 1000) printf "%s:%d %.0f\n", FILENAME, FNR, v }
	FNR == 1 { inside = 0 }
	{
		line = $0
		if (inside) { if (!sub(/^.*\*\//, "", line)) next; inside = 0 }
		gsub(/\/\*[^*]*\*\//, "", line)
		if (sub(/\/\*.*$/, "", line)) inside = 1
		gsub(/"([^"\\]|\\.)*"/, "", line)
		gsub(/INT64_C\(/, "", line)
		while (match(line, /(^|[^A-Za-z0-9_.])[0-9]+( \* [0-9]+)*( \* (SIM_S|SIM_MS|SECOND|MS))?/)) {
			text = substr(line, RSTART, RLENGTH)
			line = substr(line, RSTART + RLENGTH)
			if (line ~ /^[A-Za-z0-9_.]/) continue
			sub(/^[^0-9]/, "", text)
			n = split(text, part, / \* /)
			v = 1
			for (i = 1; i <= n; i++)
				v *= part[i] ~ /^(SIM_S|SECOND)$/ ? 1e9 : part[i] ~ /MS$/ ? 1e6 : part[i]
			tell(v)
		}
	}' "$@"
}

# The headers' numbers, in each unit; what many things are (4,000, an hour) says nothing.
known() {
	awk '$1 == "#define" && $3 ~ /^[0-9]+$/ {
		print $3
		if ($2 ~ /_MS$/) printf "%.0f\n", $3 * 1e6
	}
	$2 == "SIP_64T1_MS" { print "32000\n32000000000" }' \
		src/protocol/msg/constants.h src/ground/base/addr.h |
		awk '$1 >= 1000 && $1 !~ /^.0*$/ && $1 !~ /^(1[05]|36)0*$/' | sort -u
}

second_ones() { # FILE…
	known > "$work/known"
	numbers "$@" | sed 's,^src/,,' | awk 'NR == FNR { known[$1]; next } $2 in known' \
		"$work/known" - | sort -u > "$work/found"
	by_chance > "$work/chance"
	while read -r at number; do
		grep -qxF "${at%:*} $number" "$work/chance" || echo "$at $number"
	done < "$work/found"
}

find src/record src/analysis/inspect src/analysis/inference src/analysis/search src/simulator \
	src/interface/live -name '*.[ch]' ! -path '*/firmware/*' ! -path '*/emu/*' > "$work/files"
find src/simulator/firmware/phone -name '*.[ch]' >> "$work/files"

# shellcheck disable=SC2046  # names of our own
gives "no number is spelled a second time" "" second_ones $(cat "$work/files")

# Texts that people read say it, as a message that a person begins.
gives "nor is the cookie" "interface/views/tui/play_act.c protocol/msg/constants.h" sh -c \
	"grep -rl '^[^N]*[\"=]z9hG4bK[^,]*\"' src --include='*.[ch]' |
		sed 's,^src/,,' | sort | tr '\n' ' ' | sed 's/ $//'"

printf '#define A 1300\nint b = 32 * SIM_S; /* 1300 */\nx(INT64_C(32000000000), 0x1300, "1300");\n' \
	> "$work/bad.c"
gives "second ones are found" "$work/bad.c:1 1300
$work/bad.c:2 32000000000
$work/bad.c:3 32000000000" second_ones "$work/bad.c"
finish
