# A name leads to its file.  Of 457 headers 83 had no function in a source of their
# name, and 823 of 4,261 functions were in others: tests/layers.sh said nothing.
. tests/fixtures/check.sh

room=$work/src/wing/room
mkdir -p "$room"
printf 'wing wing: room\nroom:\n' > "$work/src/LAYERS"
cat > "$room/x.h" << 'END'
/* int in_a_comment(void); */
#ifndef ROOM_X_H
#define ROOM_X_H

#define X_CALL(f) \
	int f(void);

typedef int x_fn(void);

int x_one(void);
/* Its type is on the line before. */
struct x *
x_two(x_fn *fn);

static inline int
x_within(void)
{
	return x_one();
}

#endif
END
printf '#include "room/x.h"\n\nint\nx_one(void)\n{\n\treturn 1;\n}\n' > "$room/x.c"
printf '#include "room/x.h"\n\nstruct x *\nx_two(x_fn *fn)\n{\n\treturn fn() ? 0 : 0;\n}\n' \
	> "$room/y.c"

layers() {
	sh tests/layers.sh "$work/src"
}
fails "a function in a source of another name fails" 1 layers
layers > "$work/told"
says "it is named" "x.h:1: x_two is in wing/room/y.c" cat "$work/told"
grep -E 'x_one|in_a_comment|x_within|X_CALL|x_fn' "$work/told" > "$work/.output"
empty "and it alone"

mv "$room/y.c" "$room/x_y.c"
ok "x_*.c is a source of x.h" layers
NAMES=1 layers > "$work/told"
says "the figures" "functions elsewhere: 0 of 2" cat "$work/told"

finish
