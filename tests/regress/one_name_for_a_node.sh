# A node's head is the name that sentences, commands and handouts use; its label
# stands below where it says more.
. tests/fixtures/check.sh

# has NAME PATTERN COMMAND…: a line of the output, by a regular expression.
has() {
	has_what=$1
	has_pattern=$2
	shift 2
	"$@" > "$work/.out" 2>&1 < /dev/null
	if grep -qE -- "$has_pattern" "$work/.out"; then
		good
	else
		bad "$has_what" "no line: $has_pattern"
	fi
}

lacks() {
	if grep -qE -- "$2" "$work/.out"; then
		bad "$1" "a line: $2"
	else
		good
	fi
}

for format in txt md mmd puml svg html json; do
	has "forking as $format" 'alice' \
		"$RUNG" export forking --format=$format -o -
	lacks "forking as $format has one name" '(^|[^;"“])\bAlice\b'
done
has "heads of run" '^ +alice +px +desk +mobile +home$' "$RUNG" run forking
has "labels below" "^ +│ +│ +Bob's desk +Bob's mobile +Bob's home$" \
	"$RUNG" run forking
has "heads of show" '^ +alice +px +desk +mobile +home$' \
	"$RUNG" show forking --ladder
has "the state" "^desk  Bob's desk ──" "$RUNG" show forking --at=2s
has "mermaid" "participant desk as desk<br/>Bob's desk" \
	"$RUNG" export forking --format=mmd -o -
has "plantuml" 'participant "desk\\nBob' \
	"$RUNG" export forking --format=puml -o -
finish
