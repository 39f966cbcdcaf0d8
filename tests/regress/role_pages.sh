# The page at the head of a role's room, src/simulator/roles/ROLE/README.md: a
# file came or went and the page said what had been.  It names each source of
# its room and none that is not there, files of other rooms by room and name,
# functions that exist, and what the role obeys.
. tests/fixtures/check.sh
. tests/fixtures/names_in_pages.sh

names_of_functions src > "$work/functions"
wings=$(sed -nE 's/^wing ([a-z]+):.*/\1/p' src/LAYERS)

# A file that a page names with its room.
is_there() { # NAME
	for wing in $wings; do
		[ ! -e "src/$wing/$1" ] || return 0
	done
	[ -e "$1" ] || [ -e "src/$1" ]
}

rooms=0
for room in src/simulator/roles/*/; do
	room=${room%/}
	role=${room##*/}
	page=$room/README.md
	rooms=$((rooms + 1))
	if [ ! -e "$page" ]; then
		bad "$role" "has no README.md"
		continue
	fi
	files_said "$page" > "$work/files"
	find "$room" -name '*.[ch]' | sed "s,^$room/,," | LC_ALL=C sort \
		> "$work/sources"
	grep -v / "$work/files" > "$work/own"
	LC_ALL=C comm -23 "$work/sources" "$work/own" > "$work/.output"
	empty "$role: each of its sources is named"
	LC_ALL=C comm -13 "$work/sources" "$work/own" > "$work/.output"
	empty "$role: what is named without a room is there"
	grep / "$work/files" | while read -r name; do
		is_there "$name" || echo "$name"
	done > "$work/.output"
	empty "$role: what is named with its room is there"
	names_said "$page" | LC_ALL=C comm -23 - "$work/functions" \
		> "$work/.output"
	empty "$role: functions exist"
	ok "$role: what it obeys" grep -qE 'RFC [0-9]+|TS [0-9]+\.[0-9]+|ITU-T' "$page"
done
ok "there are such rooms" [ "$rooms" -ge 10 ]
finish
