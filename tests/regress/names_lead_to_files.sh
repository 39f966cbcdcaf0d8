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

# Six headers without a source of their name are too many.
for name in a b c d e f; do
	printf '#ifndef ROOM_%s_H\n#define ROOM_%s_H\n\nint %s_of(void);\n\n#endif\n' \
		$(echo $name | tr a-f A-F) $(echo $name | tr a-f A-F) $name \
		> "$room/$name.h"
	printf '#include "room/%s.h"\n\nint\n%s_of(void)\n{\n\treturn 1;\n}\n' \
		$name $name > "$room/g_$name.c"
done
layers > "$work/told"
says "six headers are too many" "a.h:1: none of its functions is in a source" \
	cat "$work/told"
finish
