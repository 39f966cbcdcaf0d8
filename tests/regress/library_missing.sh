# What few commands need is loaded when it is needed: without it the others go on,
# and whoever needs it gets one sentence that names it.
. tests/check.sh
LC_ALL=C.UTF-8
export LC_ALL

mkdir "$work/lib"
for name in libgvc librsvg-2 libunicorn libcapstone libpcap libminizip; do
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
	lacks_text="a library that this needs can't be loaded: $work/lib/$2."
	shift 2
	LD_LIBRARY_PATH=$work/lib "$@" > "$work/.stdout" 2> "$work/.output" \
		< /dev/null
	set -- $?
	if [ "$1" = 2 ] && grep -qF "$lacks_text" "$work/.output" &&
		[ "$(wc -l < "$work/.output")" = 1 ]; then
		good
	else
		bad "$lacks_what" "status $1, or another sentence"
	fi
}

t=$work/t.jsonl
ok "a run needs none" env LD_LIBRARY_PATH="$work/lib" \
	"$RUNG" run -q direct-call -o "$t"
ok "nor does a figure" env LD_LIBRARY_PATH="$work/lib" \
	"$RUNG" export "$t" -o "$work/a.svg"
lacks "a bitmap" librsvg-2 "$RUNG" export "$t" -o "$work/a.png"
lacks "a document" librsvg-2 "$RUNG" export "$t" -o "$work/a.pdf"
lacks "a network" libgvc "$RUNG" export --what=topology -f svg direct-call
rm "$work"/lib/libgvc*
# libgvc measures text with a plugin, and guesses where it has none.
echo nothing > "$work/lib/libpango-1.0.so.0"
set -- env LD_LIBRARY_PATH="$work/lib" \
	"$RUNG" export --what=topology -f svg direct-call
fails "a text's measures" 2 "$@"
says "which library they lack" "libgvplugin_pango" "$@"
lacks "a handset" libunicorn "$RUNG" run -q handset-call
rm "$work"/lib/libunicorn*
lacks "what it executes" libcapstone "$RUNG" run -q handset-call
printf 'PK\3\4' > "$work/a.zip"
lacks "a class's zip file" libminizip "$RUNG" check "$work/a.zip"
ok "nothing is left behind" [ ! -e "$work/a.png" ]
finish
