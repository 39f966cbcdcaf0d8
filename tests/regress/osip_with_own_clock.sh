# Ubuntu's libosip2 is linked with -Bsymbolic-functions: it asks its own
# osip_gettimeofday and not the simulation's, so Timer E ran from when the machine was
# started.  A program that finds such a library says so, and one that is built beside
# it has libosip2's archive in itself.
. tests/fixtures/check.sh
if sanitized || ! command -v readelf > "$work/.output" || ! command -v ldd > "$work/.output"; then
	skip "the plain build, readelf and ldd"
	finish
	exit
fi
shared=$(ldd "$RUNG" | awk '$1 ~ /^libosip2/ { print $3 }')
"$RUNG" run -q -o "$work/as-it-is.jsonl" two-proxies

if [ -n "$shared" ]; then
	# Debian's, told to look into itself first (DT_SYMBOLIC, in the first of the
	# entries that are free).
	mkdir "$work/lib"
	cp "$(readlink -f "$shared")" "$work/lib/${shared##*/}"
	set -- $(readelf -lW "$shared" | awk '$1 == "DYNAMIC" { print $2, $5 }')
	start=$(printf %d "$1") room=$(($(printf %d "$2") / 16))
	used=$(readelf -dW "$shared" | awk '/^Dynamic section/ { print $(NF - 1) }')
	ok "an entry is free" test "$used" -lt "$room"
	printf '\020' | dd of="$work/lib/${shared##*/}" bs=1 seek=$((start + (used - 1) * 16)) \
		conv=notrunc 2> "$work/.output"
	set -- env LD_LIBRARY_PATH="$work/lib" "$RUNG"
	fails "a library with a clock of its own" 2 "$@" run -q two-proxies
	says "is no library for a simulation" "this libosip2 has its own clock, so all" "$@" run -q two-proxies
	ok "what needs no clock goes on" "$@" help run
fi

# ---- built beside such a library ----
own="$work/build/lib/libosip2.a $work/build/lib/libosipparser2.a"
# shellcheck disable=SC2086  # two files
make -s -o all B="$work/build" OSIP_OWN="$own" $own > "$work/.output" 2>&1
says "the library's own function gives way" " W osip_gettimeofday" \
	nm "$work/build/lib/libosip2.a"
says "and is linked" "$own -llua" \
	make -n -o all B="$work/build" OSIP_OWN="$own" "$work/build/rung"
finish
