#!/bin/sh
# What is compiled together (tests/units.awk, tests/unit.sh): each source is in
# one unit, none with another that has a name of its file scope or of a header
# that it reads; what was overlooked is compiled one by one, and a fault is told
# of its source.
. tests/fixtures/check.sh

room=$work/src/wing/room
mkdir -p "$room"
printf 'struct in_header {\n\tint a;\n};\n' > "$room/h.h"
printf 'static int\nf(void)\n{\n\treturn 1;\n}\nint a(void) { return f(); }\n' \
	> "$room/a.c"
printf 'static int f = 2;\nint b(void) { return f; }\n' > "$room/b.c"
printf 'struct in_header {\n\tint c;\n};\n' > "$room/c.c"
printf '#include "h.h"\nint d(void) { return 1; }\n' > "$room/d.c"
printf '#define FIVE 5\nint e(void) { return FIVE; }\n' > "$room/e.c"
(cd "$work" && awk -v folder=made -f "$OLDPWD/tests/units.awk" \
	src/wing/room/*.h src/wing/room/*.c) > "$work/seen"
cat > "$work/want" <<-WANT
	room/unit_1=src/wing/room/a.c,src/wing/room/c.c,src/wing/room/e.c
	room/unit_2=src/wing/room/b.c,src/wing/room/d.c
WANT
same "sources by their names" "$work/want" "$work/seen"
says "a macro ends with its source" "#undef FIVE" cat "$work/made/room/unit_1.c"

compile() { # what is made of both sources as one
	printf '#include "%s"\n#include "%s"\n' "$room/a.c" "$room/b.c" \
		> "$work/unit.c"
	sh tests/unit.sh "$work/unit.c" "$work/unit.o" "$room/a.c $room/b.c" \
		"${1:-gcc}" -Wall -Wshadow -Werror
}
says "names that clash are compiled one by one" "one by one" compile
says "and are all there" "T b" nm "$work/unit.o"
echo 'static int unused;' >> "$room/b.c"
says "a fault is told" "b.c:3:12: error" compile
fails "and ends it" 1 compile
echo 'static const int n = 1; int g(void) { return n; }' > "$room/a.c"
echo 'int b(int n) { return n; }' > "$room/b.c"
for compiler in gcc clang; do
	ok "what a name hides of another source is no fault" compile $compiler
	empty "and nothing is said of it"
done
mkdir "$work/tests"
echo 'static int late = 1;' > "$work/tests/h.h"
printf '#include "h.h"\nint g(void) { return late; }\n' > "$work/tests/a.c"
echo 'int b(int late) { return late; }' > "$work/tests/b.c"
printf '#include "tests/a.c"\n#include "tests/b.c"\n' > "$work/unit.c"
below() { # the same in that folder
	(cd "$work" && sh "$OLDPWD/tests/unit.sh" unit.c unit.o "tests/a.c tests/b.c" \
		"$1" -Wall -Wshadow -Werror)
}
for compiler in gcc clang; do
	ok "nor is what it hides of a header that only another reads" below $compiler
	empty "and nothing is said of that"
done
echo 'static int k; int h(void) { int k = 1; return k; }' >> "$room/a.c"
says "what it hides of its own is" "a.c:2:33: error" compile

# The units that make test has compiled: sources one by one take longer than at
# once, and nothing else says so.
find "${BUILD:-build}" -name 'unit_*.said' -size +0 -exec head -n 3 {} + \
	> "$work/.output" 2> /dev/null
empty "units that the compiler refuses"

# Every source is in one unit.
find src -name '*.c' | LC_ALL=C sort > "$work/sources"
# shellcheck disable=SC2046  # none has blanks
awk -v folder="$work/all" -f tests/units.awk $(find src -name '*.h') \
	$(cat "$work/sources") | sed 's/.*=//' | tr , '\n' | LC_ALL=C sort \
	> "$work/seen"
same "each source is in one unit" "$work/sources" "$work/seen"
finish
