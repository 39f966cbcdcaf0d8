#!/bin/sh
# A token is a word, a number, a string (in one piece or in several), an operator, or one
# other character; blanks and comments have none.  Counted are C in src and JavaScript in
# assets, by wing, and the Lua modules of programs.  A wing may weigh what tests/weight.ceiling says: who adds
# a feature raises its wing by what it may take, in a commit of its own, and lowers it
# to what it took.
#
#	sh tests/weight.sh             holds each wing against its ceiling
#	sh tests/weight.sh --lower     lowers the ceilings to what there is
#	sh tests/weight.sh --rooms     prints the tokens of each room
set -u
LC_ALL=C
export LC_ALL
weights=$(mktemp)
trap 'rm -f "$weights"' EXIT

# WING/ROOM TOKENS of FILE… in a language with comments that begin with LINE.
weigh() { # LINE FILE…
	line=$1
	shift
	awk -v line="$line" '
	BEGIN {
		token = "^([A-Za-z0-9_]+|\"([^\"\\\\]|\\\\.)*\"|\047([^\047\\\\]|\\\\.)*\047|" \
		    "<<=|>>=|\\.\\.\\.|->|\\+\\+|--|<<|>>|&&|\\|\\||##|[-+*/%&|^=!<>]=)"
	}
	FNR == 1 {
		inside = 0
		place = FILENAME
		sub(/^src\//, "", place)
		sub(/\/[^\/]*$/, "", place)
	}
	{
		text = $0
		while (text != "") {
			if (inside) {
				at = index(text, "*/")
				if (at == 0)
					next
				text = substr(text, at + 2)
				inside = 0
			} else if (match(text, /^[ \t]+/)) {
				text = substr(text, RLENGTH + 1)
			} else if (index(text, line) == 1) {
				next
			} else if (line == "//" && index(text, "/*") == 1) {
				inside = 1
				text = substr(text, 3)
			} else {
				if (!match(text, token))
					RLENGTH = 1
				# Lines end where they must: a string goes on in the next.
				piece = substr(text, 1, 1) == "\""
				n[place] += !piece || !was_piece
				was_piece = piece
				text = substr(text, RLENGTH + 1)
			}
		}
	}
	END { for (place in n) print place, n[place] }' "$@"
}

# shellcheck disable=SC2046  # names of our own
{
	weigh // $(find src -name '*.[ch]')
	weigh // $(find assets -name '*.js')
	weigh -- $(find src -name '*.lua')
} | awk '{ n[$1] += $2 } END { for (p in n) print p, n[p] }' | sort > "$weights"

if [ "${1:-}" = --rooms ]; then
	cat "$weights"
	exit
fi
awk -v lower="${1:-}" -v ceilings=tests/weight.ceiling '
FILENAME == ceilings { ceiling[$1] = $2; next }
{ sub(/\/.*/, "", $1); if (!($1 in n)) all[++k] = $1; n[$1] += $2; sum += $2 }
END {
	for (i = 1; i <= k; i++) {
		w = all[i]
		most = w in ceiling ? ceiling[w] : 0
		if (n[w] > most) {
			printf "%s: %d tokens, at most %d\n", w, n[w], most
			bad++
		}
		kept = kept w " " (most > 0 && most < n[w] ? most : n[w]) "\n"
	}
	if (lower == "--lower")
		printf "%s", kept > ceilings
	printf "%d tokens\n", sum
	printf "weight: %d passed, %d failed\n", k - bad, bad
	exit bad > 0 || k == 0
}' tests/weight.ceiling "$weights"
