# docs/ARCHITECTURE.md and the README.md of rooms name what is in the tree: the
# page said "scenario/run.c" of a struct that had gone to another file, and 32
# bytes of what had become 40.  Functions, `name()`, are declared or defined in
# src; files exist; the map has the rooms of src/LAYERS and no others; what is
# linked is there; and the map stays one that is read: at most 450 lines.
. tests/fixtures/check.sh
. tests/fixtures/names_in_pages.sh
page=docs/ARCHITECTURE.md

names_of_functions src > "$work/functions"
find src tests assets docs labs templates topologies -type f > "$work/tree"

# Those of the lines that are no file of the tree: not its whole path, no path
# below src or a wing, no name alone; "*" stands for any letters.
no_files() {
	awk '
	FNR == NR {
		path[n++] = name = $0
		known[$0] = 1
		sub(/.*\//, "", name)
		known[name] = 1
		if (!sub(/^src\//, ""))
			next
		known[$0] = 1
		sub(/^[a-z]+\//, "")
		known[$0] = 1
		next
	}
	/\*/ {
		pattern = $0
		gsub(/[.]/, "[.]", pattern)
		gsub(/\*/, "[^/]*", pattern)
		for (i = 0; i < n && path[i] !~ "(^|/)" pattern "$"; i++)
			;
		if (i == n)
			print
		next
	}
	!($0 in known)' "$work/tree" -
}

check_page() { # PAGE
	names_said "$1" | LC_ALL=C comm -23 - "$work/functions" > "$work/.output"
	empty "$1: functions exist"
	files_said "$1" | no_files > "$work/.output"
	empty "$1: files exist"
	grep -oE '\]\([^)#:]+' "$1" | sed 's/^](//' | while read -r link; do
		[ -e "${1%/*}/$link" ] || echo "$link"
	done > "$work/.output"
	empty "$1: what is linked is there"
}

check_page $page
find src -name README.md | LC_ALL=C sort > "$work/pages"
while read -r each; do
	check_page "$each"
done < "$work/pages"
ok "there are such pages" [ "$(grep -c . "$work/pages")" -ge 20 ]

# Other pages name sources by their whole paths, if at all.
for each in README*.md CONTRIBUTING.md docs/*.md docs/roles/*.md docs/zh/*.md; do
	files_said "$each" | grep -E '^(src|tests)/' | grep -v NAME |
		no_files | sed "s,^,$each: ,"
done > "$work/.output"
empty "sources that other pages name exist"

# A room's line on the map begins with its name, four blanks from the left.
sed -n '/^## The map/,/^## Where/p' $page |
	sed -nE 's/^    ([a-z]+) +[^ ].*/\1/p' | LC_ALL=C sort > "$work/said"
sed -nE 's/^([a-z]+)(\/[a-z]+)?:.*/\1/p' src/LAYERS | LC_ALL=C sort -u \
	> "$work/rooms"
diff "$work/rooms" "$work/said" > "$work/.output"
empty "the map has the rooms of src/LAYERS, each once"
# Rooms within a room are told in its line.
sed -nE 's/^[a-z]+\/([a-z]+):.*/\1/p' src/LAYERS | while read -r room; do
	grep -qw "$room" $page || echo "$room"
done > "$work/.output"
empty "rooms within rooms are named"
sed -nE 's/^wing ([a-z]+):.*/\1/p' src/LAYERS > "$work/wings"
sed -nE 's/^\*\*([a-z]+)\*\*: .*/\1/p' $page > "$work/said"
diff "$work/wings" "$work/said" > "$work/.output"
empty "and its wings, in their order"
ok "at most 450 lines" [ "$(grep -c '' $page)" -le 450 ]
finish
