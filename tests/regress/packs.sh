# The core without a pack is a rung that one reader can know: files of the core that include
# a pack (src/LAYERS) may only become fewer, and docs/ARCHITECTURE.md has each pack with its
# rooms and its size.  PACKS=1 prints the files.
. tests/fixtures/check.sh

# FILE PACK of each file in a room of the core of FOLDER that includes one of the packs.
core_files() { # FOLDER
	find "$1" -name '*.[ch]' | LC_ALL=C sort | xargs awk -v layers="$1/LAYERS" '
	BEGIN {
		while ((getline line < layers) > 0) {
			n = split(line, word, " ")
			sub(/:$/, "", word[2])
			for (i = 3; word[1] == "pack" && i <= n; i++)
				pack[word[i]] = word[2]
			for (i = 3; word[1] == "wing" && i <= n; i++)
				wing[word[2]] = 1
		}
	}
	# The pack of a PATH without its wing: of the room, or of the rooms above it.
	function pack_of(path) {
		while (sub(/\/[^\/]*$/, "", path))
			if (path in pack)
				return pack[path]
		return ""
	}
	FNR == 1 {
		path = substr(FILENAME, length(layers) - length("LAYERS") + 1)
		sub(/^[^\/]*\//, "", path)
		own = pack_of(path)
	}
	own == "" && /^#include "/ {
		split($0, part, "\"")
		if ((it = pack_of(part[2])) != "" && !((FILENAME, it) in seen)) {
			seen[FILENAME, it] = 1
			print FILENAME, it
		}
	}'
}

core_files src > "$work/files"
[ -z "${PACKS:-}" ] || cat "$work/files"
n=$(cut -d ' ' -f 1 "$work/files" | sort -u | wc -l)
most=$(sed -n 's/^core-includes //p' src/LAYERS)
echo "  files of the core that include a pack: $n, at most $most"
ok "they become fewer" test "$n" -le "$most"
ok "and the number with them" test "$n" -ge $((most - 5))

sh tests/weight.sh --rooms | sed 's,^[^/ ]*/,,' > "$work/rooms"
sed -n 's/^pack \([a-z0-9]*\): /\1 /p' src/LAYERS | while read -r pack rooms; do
	tokens=0
	for room in $rooms; do
		grep -q "^$room[ /]" "$work/rooms" || echo "there is no room $room"
		here=$(awk -v r="$room" '$1 == r || index($1, r "/") == 1 { n += $2 } END { print n + 0 }' "$work/rooms")
		tokens=$((tokens + here))
	done
	row=$(grep "^| $pack | " docs/ARCHITECTURE.md)
	[ "$(echo "$row" | cut -d '|' -f 3 | tr -d ',' | xargs)" = "$rooms" ] ||
		echo "$pack: its rooms are $rooms, the page says: $row"
	said=$(echo "$row" | cut -d '|' -f 4 | tr -d ' ')
	awk -v a="$tokens" -v b="$((said * 1000))" 'BEGIN { exit !(a > b * 0.9 - 1000 && a < b * 1.1 + 1000) }' ||
		echo "$pack: $tokens tokens, the page says $said thousand"
done > "$work/.output"
empty "the page has each pack with its rooms and its size"

mkdir -p "$work/it/wing/core" "$work/it/wing/extra"
printf 'wing wing: core extra\npack more: extra\n' > "$work/it/LAYERS"
printf '#include "core/a.h"\n#include "extra/b.h"\n' > "$work/it/wing/core/a.c"
printf '#include "extra/b.h"\n' > "$work/it/wing/extra/b.c"
gives "a file of the core is found, its own rooms' are not" "$work/it/wing/core/a.c more" \
	core_files "$work/it"
finish
