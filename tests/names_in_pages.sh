# What pages about the sources name, for the tests that hold them to it:
#
#	. tests/names_in_pages.sh
#	names_of_functions src > "$work/functions"
#	names_said FILE > "$work/said"

# All functions and function-like macros that SRC defines or declares, a name a
# line: a definition begins its line (.clang-format), a declaration stands in a
# header; those that a table's macro makes of two words (VERB_ROWS) are defined
# in full.
names_of_functions() { # SRC
	{
		find "$1" -name '*.c' -exec sed -nE \
			's/^([a-z_][a-z0-9_]*)\(.*/\1/p' {} +
		find "$1" -name '*.h' -exec sed -nE -e '/^ ?\*|^\/\*/d' \
			-e 's/^(.*[ *])?([a-z_][a-z0-9_]*)\(.*/\2/p' {} +
		find "$1" -name '*.[ch]' -exec sed -nE \
			's/^#define ([a-zA-Z_][a-zA-Z0-9_]*)\(.*/\1/p' {} +
	} | LC_ALL=C sort -u
}

# Functions that FILE says, `name()`.
# shellcheck disable=SC2016  # backquotes as they stand
names_said() { # FILE
	grep -oE '`[a-z_][a-z0-9_]*\(\)`' "$1" | tr -d '`()' | LC_ALL=C sort -u
}

# Files that FILE names: words that end as sources, scripts and tables do, with
# what of a path stands before; links to pages are another test's.
files_said() { # FILE
	sed -e 's/\[[^]]*\]([^)]*)//g' "$1" |
		grep -oE '[A-Za-z0-9_./*<>-]+\.(c|h|sh|awk|lua|js|css|mk|json|def|py)\b' |
		LC_ALL=C sort -u
}
