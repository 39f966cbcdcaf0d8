# What tests/weight.sh counts: tokens of code, none of comments, by wing; a ceiling that a
# wing is above fails, and --lower raises none.
. tests/fixtures/check.sh

mkdir -p "$work/it/src/ground/base" "$work/it/src/record/bindings" "$work/it/assets" "$work/it/tests"
cp tests/weight.sh "$work/it/tests"
cd "$work/it" || exit 1
cat > src/ground/base/a.c << 'END'
/* A comment,
 * two lines long. */ int a = 0x10 + b->c; // and one more
char *s = "/* no comment \" */"
    "goes on", c = '"';
#define X(y) (y != 1 && y <<= 2 || y...)
END
echo 'local x = 1 -- of Lua' > src/record/bindings/m.lua
echo 'f("x"); // of JavaScript' > assets/a.js
: > tests/weight.ceiling
sh tests/weight.sh --rooms > "$work/rooms"
gives "each token once" "assets 5
ground/base 37
record/bindings 4" cat "$work/rooms"
fails "without a ceiling" 1 sh tests/weight.sh
sh tests/weight.sh --lower > "$work/.output" 2>&1
ok "what there is" sh tests/weight.sh
echo 'int b;' >> src/ground/base/a.c
fails "three tokens more" 1 sh tests/weight.sh
sh tests/weight.sh --lower > "$work/.output" 2>&1
says "are not made room for" "ground: 40 tokens, at most 37" sh tests/weight.sh
echo > src/ground/base/a.c
sh tests/weight.sh --lower > "$work/.output" 2>&1
says "what has gone is" "ground 1" sh -c 'echo "int" > src/ground/base/a.c; sh tests/weight.sh --lower; cat tests/weight.ceiling'
finish
