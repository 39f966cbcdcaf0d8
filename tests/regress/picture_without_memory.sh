#!/bin/sh
# Graphviz, cairo and librsvg end their process where there is no memory: export
# died by a signal.  A picture is drawn whole or not at all, and then a sentence
# says so.  $SIZES are the megabytes of addresses that there are.
. tests/fixtures/check.sh
: "${SIZES:=40 60 120 160}"

"$RUNG" run -q -o "$work/trace" labs/direct-call
mkdir "$work/whole" "$work/out"

# One command a line; what it writes is FILE.
pictures() {
	cat <<-END
		export -f png -o FILE.png $work/trace
		export -f pdf -o FILE.pdf $work/trace
		export -f svg -o FILE.svg $work/trace
		export --what=topology -f svg -o FILE.topology.svg $work/trace
		export --what=topology -f pdf -o FILE.topology.pdf $work/trace
		worksheet busy -o FILE.busy.pdf
	END
}

draw() { # FOLDER COMMAND…
	folder=$1
	shift
	# shellcheck disable=SC2046  # words without blanks
	"$RUNG" $(echo "$@" | sed "s!FILE!$folder/p!") 2> "$work/err"
}

# Of a picture that could not be drawn there is nothing, and a sentence.
is_told() { # STATUS
	[ "$1" = 2 ] && [ -z "$(ls -A "$work/out")" ] &&
		[ "$(wc -l < "$work/err")" = 1 ] &&
		grep -Eq '^rung: .*(not enough|out of) memory' "$work/err"
}

is_whole() { # STATUS
	[ "$1" = 0 ] && [ "$(ls -A "$work/out" | wc -l)" = 1 ] &&
		cmp -s "$work/out"/p.* "$work/whole/$(ls "$work/out")"
}

# One process for each picture, as much memory as MEGABYTES.
draw_within() { # MEGABYTES
	wrong=0 told=0
	while read -r command; do
		rm -f "$work/out"/*
		(
			ulimit -v $(($1 * 1024))
			draw "$work/out" "$command"
		)
		status=$?
		if is_told $status; then
			told=$((told + 1))
		elif ! is_whole $status; then
			wrong=$((wrong + 1))
			echo "BAD $command in $1 MB: status $status"
			sed 's/^/    /' "$work/err"
		fi
	done < "$work/pictures"
	[ "$wrong" = 0 ]
}

pictures > "$work/pictures"
while read -r command; do
	ok "with memory: ${command%% FILE*}" draw "$work/whole" "$command"
done < "$work/pictures"
for size in $SIZES; do
	ok "in $size MB" draw_within "$size"
	[ "$size" != 40 ] || ok "in 40 MB most are told" [ "$told" -ge 4 ]
done
finish
