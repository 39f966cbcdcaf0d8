# What few commands need is loaded on demand: without it the others go on,
# and whoever needs it gets one sentence that names it.  So with a program.
. tests/fixtures/check.sh

mkdir "$work/lib"
for name in librsvg-2 libunicorn libcapstone libpcap libminizip libncursesw; do
	file=$(strings -a "$RUNG" | grep -oE -m 1 "$name\.so[.0-9]*")
	if [ -n "$file" ]; then
		echo nothing > "$work/lib/$file"
	else
		bad "$name" "its file is not named in the program"
	fi
done

# lacks NAME LIBRARY COMMAND…
lacks() {
	lacks_what=$1
	# Debian's package, where rung was built on one.
	lacks_package=$(dpkg -S "*/$(cd "$work/lib" && ls "$2".so*)" 2> "$work/.stdout" |
		sed -n '1s/:.*//p')
	lacks_text="a required library can't be loaded: $work/lib/$2."
	shift 2
	LD_LIBRARY_PATH=$work/lib "$@" > "$work/.stdout" 2> "$work/.output" \
		< /dev/null
	set -- $?
	if [ "$1" = 2 ] && grep -qF "$lacks_text" "$work/.output" &&
		[ "$(wc -l < "$work/.output")" = 1 ] &&
		{ [ -z "$lacks_package" ] ||
			grep -qF "(package $lacks_package)" "$work/.output"; }; then
		good
	else
		bad "$lacks_what" "status $1, or another sentence"
	fi
}

# What is there is said without loading it, and what is no library is not there.
version() {
	env "$1" "$RUNG" --version 2> "$work/loaded" |
		grep -c "^  lib.* $2 (" > "$work/n"
	version_n=$(cat "$work/n")
	[ "$version_n" = "$3" ] && good || bad "$2" "$version_n times for $3"
}
version LD_DEBUG=files found 9
[ "$(grep -c 'file=lib.*generating link map' "$work/loaded")" -gt 3 ] &&
	! grep -qE 'file=lib(rsvg|unicorn|pcap|gnutls|ncurses)' "$work/loaded" &&
	good || bad "what is said" "it loads libraries"
version LD_LIBRARY_PATH="$work/lib" 'not found' 6

t=$work/t.jsonl
ok "a run needs none" env LD_LIBRARY_PATH="$work/lib" \
	"$RUNG" run -q direct-call -o "$t"
ok "nor does a figure" env LD_LIBRARY_PATH="$work/lib" \
	"$RUNG" export "$t" -o "$work/a.svg"
# The screen asks for a terminal first.
if has_terminal; then
	says "the screen" "a required library can't be loaded: $work/lib/libncursesw" \
		script -qec "TERM=xterm LD_LIBRARY_PATH='$work/lib' '$RUNG' play direct-call" \
		/dev/null
else
	skip "there is no terminal"
fi
lacks "a bitmap" librsvg-2 "$RUNG" export "$t" -o "$work/a.png"
lacks "a document" librsvg-2 "$RUNG" export "$t" -o "$work/a.pdf"
mkdir "$work/bin"
set -- "$RUNG" export --what=topology -f svg direct-call
fails "a network without dot" 2 env PATH="$work/bin" "$@"
says "which program it lacks" "this needs the program “dot”, which can't be started: No such file" \
	env PATH="$work/bin" "$@"
says "and its package" "(package graphviz)" env PATH="$work/bin" "$@"
printf '#!/bin/sh\nkill -SEGV $$\n' > "$work/bin/dot"
chmod +x "$work/bin/dot"
fails "a network whose dot ends" 2 env PATH="$work/bin:$PATH" "$@"
says "that it ended" "the program “dot” failed: Segmentation fault" \
	env PATH="$work/bin:$PATH" "$@"
echo nothing > "$work/lib/libgvc.so.6"
fails "a network whose dot lacks a library" 2 env LD_LIBRARY_PATH="$work/lib" "$@"
says "which library dot lacks" "libgvc.so.6" env LD_LIBRARY_PATH="$work/lib" "$@"
rm "$work/lib/libgvc.so.6"
# dot measures text with a plugin, and guesses where it has none.
echo nothing > "$work/lib/libpango-1.0.so.0"
set -- env LD_LIBRARY_PATH="$work/lib" "$@"
fails "a text's measures" 2 "$@"
says "which library they lack" "libgvplugin_pango" "$@"
says "and its package" "(package graphviz)" "$@"
lacks "a handset" libunicorn "$RUNG" run -q handset-call
rm "$work"/lib/libunicorn*
lacks "what it executes" libcapstone "$RUNG" run -q handset-call
printf 'PK\3\4' > "$work/a.zip"
lacks "a class's zip file" libminizip "$RUNG" check "$work/a.zip"
ok "nothing is left behind" [ ! -e "$work/a.png" ]
finish
