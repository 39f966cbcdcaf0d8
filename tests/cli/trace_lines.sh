# For tests that count records of the trace in $t.
#
#	. tests/cli/trace_lines.sh
#	have "the call is answered" 1 '"src":"bob"' '"text":"SIP/2.0 200'

# lines WORDS …: how many records of $t have all of them.
lines() {
	cp "$t" "$work/rest"
	for word; do
		grep -F -e "$word" "$work/rest" > "$work/some" || :
		mv "$work/some" "$work/rest"
	done
	wc -l < "$work/rest" | tr -d ' '
}
# have NAME N WORDS …: so many records have all of them.
have() {
	name=$1 n=$2
	shift 2
	found=$(lines "$@")
	ok "$name: $found instead of $n" [ "$found" = "$n" ]
}
