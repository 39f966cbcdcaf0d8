#!/bin/sh
# No macro bears the name of an enum's row that is seen beside it: behind the
# #define the name would be the macro's value, before it the row's, and both
# compile.  Held against the sources as the compiler sees them, one by one, so
# rows that a table makes are among the enum's.
. tests/check.sh

# What is both, once a line, with the macro's file; then how many rows there
# are.  Names of foreign headers are theirs.
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
		if ($2 == 0 && own) {
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
				count += !(name in every)
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
	END { print "rows", count + 0 }'
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
printf 'NODE_ANY bad.c\nNODE_NAMED bad.c\nrows 4\n' > "$work/expected"
if cmp -s "$work/expected" "$work/found"; then good; else
	cp "$work/found" "$work/.output"
	bad "two of its own" "not found as they are"
fi

flags=$(head -n 1 "$(dirname "$RUNG")/flags")
# shellcheck disable=SC2046,SC2086  # words
$flags -E -dD $(find src -name '*.c' -not -path 'src/firmware/*' |
	LC_ALL=C sort) 2> "$work/errors" | find_both > "$work/found"
rows=$(sed -n 's/^rows //p' "$work/found")
if [ "${rows:-0}" -gt 1500 ]; then good; else
	cp "$work/errors" "$work/.output"
	bad "the enums of src" "only ${rows:-0} rows"
fi
grep -v '^rows ' "$work/found" > "$work/.output"
if [ -s "$work/.output" ]; then
	bad "an enum's row" "a macro bears its name, in these files"
else good; fi
finish
