#!/bin/sh
# The image in assets/handset is what the sources make: built once more, in
# another folder, it is the same byte for byte.
. tests/fixtures/check.sh

image=assets/handset/handset.elf
there=$work/elsewhere
out=$there/out

if ! command -v arm-none-eabi-gcc > /dev/null 2>&1; then
	skip "the image was not built anew: there is no arm-none-eabi-gcc here"
	finish
fi
mkdir -p "$there/tests"
cp -R Makefile src .ci assets "$there"
cp tests/build.mk tests/flags*.sh "$there/tests"
if ! sh src/simulator/firmware/fetch.sh "$out/armel" libosip2-dev armel \
	> "$work/.output" 2>&1; then
	skip "the image was not built anew: $(head -n 1 "$work/.output")"
	finish
fi
ok "builds" make -s -j2 -C "$there" B=out firmware-image

# Other versions make other bytes, and nobody is to blame.
made_of() {
	grep -E '^(compiler|binutils|newlib|libosip2|          SHA-256|flags)' "$1" |
		sed '/^flags/q'
}
made_of assets/handset/BUILD > "$work/then"
made_of "$out/firmware/BUILD" > "$work/now"
if ! cmp -s "$work/then" "$work/now"; then
	skip "the image was built with other versions of its tools than are here"
	finish
fi
ok "the same bytes" cmp "$image" "$out/firmware/handset.elf"
same "the same record" assets/handset/BUILD "$out/firmware/BUILD"
# No folder, no user, no date.
for word in "$work" "$PWD" "$(id -un)@" "$(date +%Y)-"; do
	fails "does not tell: $word" 1 grep -qaF "$word" "$image"
done
# What the emulator and people look for.
arm-none-eabi-nm "$image" > "$work/symbols"
for symbol in font_glyphs font_count phone_main irq_dispatch; do
	says "has the symbol $symbol" " $symbol" cat "$work/symbols"
done
fails "no debug information" 1 grep -qa '\.debug_info' "$image"
finish
