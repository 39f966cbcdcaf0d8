# What is stable and what is experimental: the table of docs/BUILD.md, help, manual, the
# reference of attributes, the section that each row names, and the Chinese page agree.
. tests/fixtures/check.sh
LC_ALL=C.UTF-8
export LC_ALL

# "STATE|NAMES in ``|FILE#ANCHOR" for each row of the table of PAGE.
rows_of() { # PAGE
	awk -F' \\| ' '
	/^## / { table = /^## (What is stable|哪些是稳定的)$/ }
	table && /^\| / && !/^\| (part|部分) \|/ {
		names = ""
		for (rest = $1; match(rest, /`[^`]*`/); rest = substr(rest, RSTART + RLENGTH))
			names = names " " substr(rest, RSTART + 1, RLENGTH - 2)
		at = match($3, /\([^)]*\)/) ? substr($3, RSTART + 1, RLENGTH - 2) : ""
		print $2 "|" names "|" at
	}' "$1"
}
# The text of the section ANCHOR of PAGE, or what is before its first section.
section() { # PAGE ANCHOR
	awk -v anchor="$2" '
	/^#+ / {
		title = tolower($0)
		gsub(/^#+ |[^-_ a-z0-9\200-\377]/, "", title)
		gsub(/ /, "-", title)
		in_it = anchor == "" ? !/^##/ : title == anchor
	}
	in_it' "$1"
}
rows_of docs/BUILD.md > "$work/en"
rows_of docs/zh/BUILD.md | sed 's/^稳定|/stable|/; s/^实验性|/experimental|/' > "$work/zh"
ok "the table has both" test "$(cut -d '|' -f 1 "$work/en" | sort | uniq -c | awk '$1 >= 5' | wc -l)" = 2
gives "the Chinese table has the same rows" "$(cut -d '|' -f 1,2 "$work/en")" \
	cut -d '|' -f 1,2 "$work/zh"

# ---- the sections that it names ----
for page in docs/BUILD.md docs/zh/BUILD.md; do
	case $page in *zh*) table=zh ;; *) table=en ;; esac
	while IFS='|' read -r state names at; do
		[ -n "$at" ] || continue
		file=$(dirname $page)/${at%%#*} anchor=
		case $at in *#*) anchor=${at#*#} ;; esac
		word=$state
		case $file:$state in
		docs/zh/../*) ;;
		docs/zh/*:stable) word=稳定 ;;
		docs/zh/*) word=实验性 ;;
		esac
		section "$file" "$anchor" | grep -qF "$word" || echo "$page: $at does not say $word ($names)"
	done < "$work/$table"
done > "$work/.output"
empty "each section says it"

# ---- help and manual ----
"$RUNG" help | sed -n '/^  rung/d;s/^  \([a-z][a-z-]*\).*/\1/p' > "$work/commands"
{
	while read -r command; do
		"$RUNG" help "$command" --width=1000
	done < "$work/commands"
	"$RUNG" help running --width=1000
} | awk '/^ +(-[a-z], )?--[^ ]*$/ { printf "%s", $0; next } { print }' > "$work/help"
# "STATE|NAME" of what is marked: options, and commands by their Usage.
awk '
/^Usage: rung / { command = $3 }
/\((stable|experimental)\)$/ {
	state = /\(stable\)$/ ? "stable" : "experimental"
	name = match($0, /^ +(-[a-z], )?--[a-z-]+/) ? substr($0, RSTART, RLENGTH) : "rung " command
	sub(/^ +(-[a-z], )?/, "", name)
	print state "|" name
}' "$work/help" | sort -u > "$work/marked"
# The table names options (--format=json without its value) and commands.
awk -F'|' '{
	n = split($2, word, " ")
	for (i = 1; i <= n; i++) {
		if (word[i] == "rung" && word[i + 1] ~ /^(hand-in|link|engine)$/)
			print $1 "|rung " word[++i]
		else if (word[i] ~ /^--/) {
			sub(/=.*/, "", word[i])
			print $1 "|" word[i]
		}
	}
}' "$work/en" | sort -u > "$work/named"
gives "help marks what the table names" "$(cat "$work/named")" cat "$work/marked"
for option in plan part processes face rotate; do
	grep -E "^ +(-[a-z], )?--$option([=[ ]|\$)" "$work/help" | grep -v '(experimental)$'
done > "$work/.output"
empty "wherever the option is"
says "the manual, too" "(experimental)" sh -c '"$1" help --format=man live | grep -A 9 rotate' - "$RUNG"
says "of a command" "(stable)" sh -c '"$1" help --format=man hand-in' - "$RUNG"
says "in Chinese" "（实验性）" "$RUNG" help live --lang=zh
says "the list of labs" "(experimental)" sh -c '"$1" labs h323-gateway --width=200' - "$RUNG"

# ---- attributes ----
gives "attributes" "faces process parser" sh -c 'sed -n "s/^| .\([a-z_]*\). .*(experimental) |\$/\1/p" docs/TOPOLOGY.md | xargs'
for attribute in faces process; do
	grep -E '^experimental\|' "$work/en" | grep -qE " $attribute(=| |\|)" || echo $attribute
done > "$work/.output"
empty "that the table names"
finish
