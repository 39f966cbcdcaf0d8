# In 52 rooms 467 files called each other in circles, so that none could be read, or
# tested, without the others: tests/layers.sh said nothing.
. tests/fixtures/check.sh

room=$work/src/wing/room
mkdir -p "$room"
printf 'wing wing: room\nroom:\n' > "$work/src/LAYERS"

# FILE, NAME of its function, what that returns
has() {
	printf 'int\n%s(int n)\n{\n\t/* x_top(n) */\n\treturn %s;\n}\n' "$2" "$3" > "$room/$1.c"
}
layers() {
	sh tests/layers.sh "$work/src"
}
has x x_top 'x_mid(n)'
has x_mid x_mid 'x_low(n)'
has x_low x_low n
ok "calls that run one way" layers

has x_low x_low 'n ? x_mid(n) : 0'
fails "a circle of two" 1 layers
layers > "$work/told"
says "its calls are named" "x_mid.c:1: in a circle: it calls x_low of $room/x_low.c" \
	cat "$work/told"
says "both ways" "x_low.c:1: in a circle: it calls x_mid of $room/x_mid.c" cat "$work/told"
grep '/x.c' "$work/told" > "$work/.output"
empty "and who only calls them is in none"

echo 'circles wing/room 2' >> "$work/src/LAYERS"
ok "as many as LAYERS has" layers
has x_low x_low 'n ? x_top(n) : 0'
fails "and no more" 1 layers

# A static of the same name is another function.
printf 'static int\nx_top(int n)\n{\n\treturn n;\n}\n' >> "$room/x_low.c"
ok "its own function" layers
finish
