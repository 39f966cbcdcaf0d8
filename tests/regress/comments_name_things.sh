# A comment or a README of src names its thing by a noun.  Some 2,700 times there
# stood nobody, somebody, whoever, "what is" or "those that", and what was meant
# had to be guessed ("what is left of those that it knew").  They are counted by
# wing; in a wing that is clean there is none.
. tests/fixtures/check.sh

# FILE:LINE: the words, of each such comment in src of the folder $1.
find_riddles() {
	find "$1/src" -name '*.[ch]' -o -name '*.lua' -o -name README.md |
		LC_ALL=C sort | xargs awk '
	# The comment, or the paragraph, that begins on line `first` is over.
	function judge(    text) {
		gsub(/[ \t]+/, " ", said)
		text = " " said " "
		while (match(text, words)) {
			print file ":" first ":" substr(text, RSTART + 1, RLENGTH - 2)
			text = substr(text, RSTART + RLENGTH - 1)
		}
		said = ""
		first = 0
	}

	function hear(text) {
		sub(/^[ \t]*\*? ?/, "", text)
		said = said " " text
		if (!first)
			first = FNR
	}

	BEGIN {
		# WHAT, a parameter, is a name.
		words = "[^A-Za-z_]([Nn]obody|[Ss]omebody|[Ww]hoever|" \
		    "[Ww]hat is|[Tt]hose that)[^A-Za-z_]"
	}

	FNR == 1 {
		judge()
		within = 0
		file = FILENAME
	}

	FILENAME ~ /\.md$/ {
		if ($0 == "")
			judge()
		else
			hear($0)
		next
	}

	FILENAME ~ /\.lua$/ {
		if (sub(/^[ \t]*--+/, ""))
			hear($0)
		else
			judge()
		next
	}

	# C: strings and characters are no comments, nor do these begin in them.
	{
		rest = $0
		while (rest != "") {
			if (within) {
				at = index(rest, "*/")
				if (at == 0) {
					hear(rest)
					break
				}
				hear(substr(rest, 1, at - 1))
				judge()
				within = 0
				rest = substr(rest, at + 2)
			} else if (!match(rest, /\/\*|\/\/|["\047]/)) {
				break
			} else if (substr(rest, RSTART, 2) == "/*") {
				rest = substr(rest, RSTART + 2)
				within = 1
			} else if (substr(rest, RSTART, 2) == "//") {
				hear(substr(rest, RSTART + 2))
				judge()
				break
			} else {
				quote = substr(rest, RSTART, 1)
				rest = substr(rest, RSTART + 1)
				while (rest != "" && substr(rest, 1, 1) != quote)
					rest = substr(rest, 2 + (substr(rest, 1, 1) == "\\"))
				rest = substr(rest, 2)
			}
		}
	}

	END { judge() }'
}

# A tree in which each kind of file has one, and strings have some.
mkdir -p "$work/tree/src/wing/room"
cat > "$work/tree/src/wing/room/a.c" << 'END'
/* What is here is fine, of those
 * that it knew. */
const char *a = "/* nobody */", b = '"'; /* whoever */ // Somebody's
/* WHAT is a parameter; whatever is. */
END
echo '-- nobody' > "$work/tree/src/wing/room/a.lua"
printf 'It is what\nis there.\n' > "$work/tree/src/wing/room/README.md"
find_riddles "$work/tree" | sed "s|^$work/tree/src/wing/room/||" > "$work/found"
cat > "$work/expected" << 'END'
README.md:1:what is
a.c:1:What is
a.c:1:those that
a.c:3:whoever
a.c:3:Somebody
a.lua:1:nobody
END
ok "finds them in comments alone" diff "$work/expected" "$work/found"

find_riddles . > "$work/riddles"
for wing in src/*/; do
	wing=${wing%/}
	grep "^\./$wing/" "$work/riddles" > "$work/wing"
	ok "$wing" diff /dev/null "$work/wing"
done
finish
