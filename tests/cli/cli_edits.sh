# The edits of docs/FIGURES.md, made in a ladder's graph as an editor makes them:
# dot lays the file out, and what was asked for is in the picture.  Then the graph
# answers the question of that page.
. tests/fixtures/check.sh
if ! command -v dot > /dev/null || ! command -v gvpr > /dev/null; then
	skip "no Graphviz"
	finish
fi

# FILE is drawn without a complaint, with each TEXT in it; without one behind "!".
drawn() { # FILE TEXT…
	file=$1
	shift
	dot -Tsvg "$file" > "$work/svg" 2> "$work/said"
	[ -s "$work/svg" ] && [ ! -s "$work/said" ] || return 1
	for text; do
		case $text in
		!*) ! grep -q -- "${text#!}" "$work/svg" || return 1 ;;
		*) grep -q -- "$text" "$work/svg" || return 1 ;;
		esac
	done
}

call=$work/call.gv
"$RUNG" export topologies/proxy.gv --to=3.1s -o "$call"
ok "as it is" drawn "$call" REGISTER 'id="r51"' '>alice<'
sed '/label="REGISTER"/d; /rank=same; time_8\b/d; /rank=same; time_15\b/d' "$call" > "$work/one.gv"
ok "without REGISTER" drawn "$work/one.gv" '!REGISTER' INVITE
sed "s/^\(.*alice \[group=alice, label=\)[^]]*/\\1\"Alice's phone\"/" "$work/one.gv" > "$work/two.gv"
ok "another name" drawn "$work/two.gv" "Alice.*phone" '!>alice</text>'
sed '$i\	subgraph note { n [shape=note, label="Bob is busy"] } { rank=same; bob_61 -> n [dir=none, style=dashed] }' \
	"$work/two.gv" > "$work/three.gv"
ok "a note" drawn "$work/three.gv" 'Bob is busy'
sed 's/id="r51",/& color=red, fontcolor=red,/' "$work/three.gv" > "$work/four.gv"
ok "another colour" drawn "$work/four.gv" 'stroke="red"'
texts() { # SVG
	sed -n 's/.*<text[^>]*>\(.*\)<\/text>/\1/p' "$1" | sed 's/trace [0-9a-f]*$//' | sort
}
texts assets/edited.svg > "$work/shown"
texts "$work/svg" > "$work/made"
ok "as the page shows it" cmp "$work/shown" "$work/made"
sed '$i\	graph [rankdir=LR, ranksep=0.8]' "$work/four.gv" > "$work/five.gv"
ok "from left to right" drawn "$work/five.gv" INVITE
set -- $(dot -Tplain "$work/five.gv" | head -1)
ok "wider than high" awk "BEGIN { exit !($3 > $4) }"

gvpr 'E [class == "req"] { print(tail.group, " -> ", head.group) }' "$call" | sort | uniq -c > "$work/asked"
ok "who asks whom" grep -q '3 alice -> px' "$work/asked"

# Plain dot is what the figure is drawn with: a program that is not there does not matter.
PATH=$work/none "$RUNG" export topologies/proxy.gv --to=3.1s -f gv > "$work/alone.gv" 2> "$work/said"
ok "without dot" cmp -s "$call" "$work/alone.gv"
"$RUNG" export two-proxies -f svg --with=pinned > "$work/out" 2> "$work/said"
ok "pinned is refused elsewhere" grep -q 'with=pinned has no effect in svg' "$work/said"

# Long ladders are pinned unasked, and a sentence says so, wherever they are written.
long="the ladder is too long for dot to lay out"
is_told() {
	name=$1
	shift
	"$RUNG" "$@" > "$work/long.gv" 2> "$work/said"
	ok "$name: pinned" grep -q 'layout=nop2' "$work/long.gv"
	ok "$name: told" grep -q "$long" "$work/said"
}
is_told "a long ladder" export dns-weights -f gv
is_told "a long comparison" diff dns-weights hops-anew --with=all -f gv
ok "a long ladder that is pinned anyway" sh -c '! "$0" export dns-weights -f gv --with=pinned 2>&1 > "$1" | grep -q "$2"' "$RUNG" "$work/long.gv" "$long"
finish
