#!/bin/sh
# No macro bears the name of an enum's row that is seen beside it: behind the
# #define the name would be the macro's value, before it the row's, and both
# compile.  Held against the sources as the compiler sees them, so rows that a
# table makes are among the enum's: one by one those that have an enum, or see a
# macro named as a row of any header.
. tests/fixtures/check.sh

# What is both, once a line, with the macro's file; and each row, "row NAME".
# Names of foreign headers are theirs.  What standard input includes is a source
# each, and begins anew.
find_both() {
	LC_ALL=C awk '
	function found(name) {
		if (!((name, macros[name]) in said))
			print name, macros[name]
		said[name, macros[name]] = 1
	}
	/^# [0-9]+ "/ {
		file = $3
		gsub(/"/, "", file)
		own = file !~ /^[\/<]/
		if (file == "<stdin>" || $2 == 0 && own) {
			delete macros
			delete rows
		}
		next
	}
	/^#define / {
		name = $2
		sub(/\(.*/, "", name)
		if (own) {
			macros[name] = file
			if (name in rows)
				found(name)
		}
		next
	}
	/^#/ { next }
	own || inside {
		line = $0
		while (line != "") {
			if (!inside) {
				if (!match(line, /enum[ \ta-z0-9_]*\{/))
					break
				line = substr(line, RSTART + RLENGTH)
				inside = 1
				row = ""
			}
			n = match(line, /[,}]/)
			if (n == 0) {
				row = row " " line
				break
			}
			row = row " " substr(line, 1, n - 1)
			if (match(row, /[A-Za-z_][A-Za-z_0-9]*/)) {
				name = substr(row, RSTART, RLENGTH)
				every[name] = rows[name] = 1
				if (name in macros)
					found(name)
			}
			row = ""
			if (substr(line, n, 1) == "}")
				inside = 0
			line = substr(line, n + 1)
		}
	}
	END {
		for (name in every)
			print "row", name
	}'
}

# It finds the row of a table, behind which a macro stands, and one before.
cat > "$work/bad.c" <<'C'
#define NODE_ANY(x) (x)
#define ROWS(X) X(PASS) X(NAMED)
enum claim {
#define X(id) NODE_##id,
	ROWS(X)
#undef X
	    NODE_CLAIMS = 1 << 3, /* NODE_ANY, and no more */
	NODE_ANY
};
#define NODE_NAMED 8
C
(cd "$work" && ${CC:-cc} -E -dD bad.c) | find_both | sort > "$work/found"
printf '%s\n' 'NODE_ANY bad.c' 'NODE_NAMED bad.c' 'row NODE_ANY' \
	'row NODE_CLAIMS' 'row NODE_NAMED' 'row NODE_PASS' > "$work/expected"
if cmp -s "$work/expected" "$work/found"; then good; else
	cp "$work/found" "$work/.output"
	bad "two of its own" "not found as they are"
fi

# The preprocessor begins once for all sources, not 900 times, and finds foreign
# headers empty: nothing of theirs makes a row.
wings=$(sed -n 's,^wing \([a-z]*\):.*,\1/,p' src/LAYERS | paste -sd '|' -)
flags=$(head -n 1 "$(dirname "$RUNG")/flags")
find src -name '*.[ch]' -not -path 'src/simulator/firmware/*' |
	LC_ALL=C sort > "$work/sources"
xargs sed -n 's/^[ 	]*#[ 	]*include *<\([^>]*\)>.*/\1/p' < "$work/sources" |
	sort -u > "$work/foreign"
mkdir "$work/empty"
sed -n "s,\(.*\)/.*,$work/empty/\1,p" "$work/foreign" | sort -u | xargs mkdir -p
sed "s,^,$work/empty/," "$work/foreign" | xargs touch
preprocessed() {
	$flags -nostdinc -I"$work/empty" -w -E -dD -x c - 2>> "$work/errors"
}

# The sources that have an enum, or see a macro named as one of the rows: each as
# an #include, behind which all macros go that it has seen, so that the next
# begins as if it were alone.
one_by_one() { # ROWS SOURCE…
	LC_ALL=C awk -v wings="^src/($wings)?" '
	FILENAME == ARGV[1] {
		row[$2] = 1
		next
	}
	FNR == 1 {
		name[++n] = short = FILENAME
		sub(wings, "", short)
		number[short] = n
	}
	/enum[ \t]*[a-z_0-9]*[ \t]*(\{|$)/ {
		asked[n] = 1
	}
	/^[ \t]*#[ \t]*include[ \t]*"/ {
		split($0, part, "\"")
		includes[n] = includes[n] " " part[2]
	}
	/^[ \t]*#[ \t]*define[ \t]/ {
		macro = $0
		sub(/^[ \t]*#[ \t]*define[ \t]*/, "", macro)
		sub(/[^A-Za-z_0-9].*/, "", macro)
		forgotten[n] = forgotten[n] "#undef " macro "\n"
		if (macro in row)
			named[n] = 1
	}
	# Adds what FILE and what it includes define to macros and asks.
	function look(file,    list, i, count) {
		if (looked[file] == turn)
			return
		looked[file] = turn
		macros = macros forgotten[file]
		asks = asks || file in named
		count = split(includes[file], list, " ")
		for (i = 1; i <= count; i++)
			if (list[i] in number)
				look(number[list[i]])
	}
	END {
		for (turn = 1; turn <= n; turn++) {
			if (name[turn] !~ /\.c$/)
				continue
			macros = ""
			asks = turn in asked
			look(turn)
			if (asks)
				printf "#include \"%s\"\n%s", name[turn], macros
		}
	}' "$@"
}

# Either order, since a row behind a macro of its name is not seen.
for order in "" -r; do
	sort $order "$work/sources" |
		sed -nE "s,^src/($wings)?(.*\.h)\$,#include \"\2\",p" | preprocessed
done | find_both | grep '^row ' | sort -u > "$work/rows"
# shellcheck disable=SC2046  # words
one_by_one "$work/rows" $(cat "$work/sources") | preprocessed | find_both \
	> "$work/found"
rows=$(grep -h '^row ' "$work/found" "$work/rows" | sort -u | wc -l)
if [ "$rows" -gt 1500 ] && [ ! -s "$work/errors" ]; then good; else
	cp "$work/errors" "$work/.output"
	bad "the enums of src" "only $rows rows"
fi
grep -v '^row ' "$work/found" > "$work/.output"
if [ -s "$work/.output" ]; then
	bad "an enum's row" "a macro bears its name, in these files"
else good; fi
finish
