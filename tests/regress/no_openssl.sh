# OpenSSL 3 came with a reader of zip files; its licence and that of the emulator
# exclude each other.  Nothing that is linked, may be loaded or is loaded brings
# it.
. tests/fixtures/check.sh
if sanitized || ! command -v strings > /dev/null; then
	skip "the plain build, read by strings"
	finish
	exit
fi

# with LIBRARY…: all that stands in one address space with the program then.
with() {
	LD_PRELOAD=$* LD_TRACE_LOADED_OBJECTS=1 "$RUNG" 2>&1
}

# clean NAME FILE: FILE lists libraries, and OpenSSL's are none of them.
clean() {
	if ! grep -q 'libc\.so' "$2"; then
		bad "$1" "no list of libraries: $(head -n 3 "$2")"
	elif grep -E 'lib(ssl|crypto)[.-]' "$2" > "$work/found"; then
		bad "$1" "$(cat "$work/found")"
	else
		good
	fi
}

with > "$work/linked"
clean "what is linked" "$work/linked"
late=$(strings -a "$RUNG" | grep -oE '^lib[a-z0-9.-]+\.so[.0-9]*$' | sort -u)
says "there are such" libminizip.so printf '%s\n' "$late"
for library in $late; do
	with "$library" > "$work/late"
	says "$library is found" "$library" grep -F "$library => /" "$work/late"
	clean "$library" "$work/late"
done

# loads NAME COMMAND…: what is loaded meanwhile, by whomever.
loads() {
	loads_name=$1
	shift
	rm -f "$work"/debug.*
	LD_DEBUG=files LD_DEBUG_OUTPUT=$work/debug "$@" > "$work/out" 2>&1 \
		< /dev/null
	cat "$work"/debug.* > "$work/loaded"
	clean "$loads_name" "$work/loaded"
}

"$RUNG" run -q two-proxies -o "$work/t.jsonl"
"$RUNG" export "$work/t.jsonl" -o "$work/t.pcapng"
loads "a network's picture" "$RUNG" export --what=topology two-proxies \
	-o "$work/a.svg"
says "which has plugins" libgvplugin cat "$work/loaded"
loads "a bitmap" "$RUNG" export "$work/t.jsonl" -o "$work/a.png"
loads "a document" "$RUNG" export "$work/t.jsonl" -o "$work/a.pdf"
loads "a capture" "$RUNG" inspect "$work/t.pcapng"
loads "a handset" "$RUNG" run -q handset-call
says "which is emulated" libunicorn cat "$work/loaded"
printf 'PK\3\4' > "$work/a.zip"
loads "a zip file" "$RUNG" check "$work/a.zip"
says "which is looked into" libminizip cat "$work/loaded"
finish
