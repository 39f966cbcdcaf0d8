# What a search finds: labs with a defect each, tests/planted/NAME.  Each works as
# long as nothing goes wrong, or at least well enough; of at most two faults, in at most 20,000
# runs, one shows the defect, as this invariant or goal; its smallest example shows
# it again; and the same lab without the defect never does.
#
# PLANTED=all tries all faults everywhere, which takes an hour; there a crash may show the same
# as the defect, in fewer messages, so that the healthy ones are not asked, and of several
# ends that break the same the one with the fewest faults is looked at, of these one that is
# no hole of the protocol, if one is.
. tests/fixtures/check.sh

sends() { # RUN [STATUS]: how many messages it has, or how many of them are of that status
	grep '"kind":"send"' "$work/$1.jsonl" | grep -c "\"start\":${2:-}"
}

# Only what the defect has to do with is tried: the kinds of faults, and of whom.
planted() { # NAME INVARIANT FAULTS NARROWING…
	name=$1 what=$2 most=$3
	shift 3
	lab=$work/$name
	healthy=$work/healthy-$name
	cp -R "tests/planted/$name" "$lab"
	cp topologies/direct-call.gv "$lab"
	cp -R "$lab" "$healthy"
	sed 's/^local planted = true$/local planted = false/' "$lab/lab.lua" > "$healthy/lab.lua"
	fails "$name: the healthy one is another" 1 cmp -s "$lab/lab.lua" "$healthy/lab.lua"
	ok "$name: it runs" "$RUNG" run -q "$lab" -o "$work/run.jsonl"

	[ "${PLANTED:-}" != all ] || set --
	"$RUNG" search "$lab" --faults=2 --limit=runs=20000 "$@" -f json > "$work/found.json" 2> /dev/null
	jq -r --arg what "$what" --arg all "${PLANTED:-}" '[.groups[] | select(.outcome == "broken") |
		select(.invariant == $what or "goal \(.goal)" == $what)] |
		if $all == "all" then sort_by(([.acts | scan(":message[.]|[.](?:crash|down)\\b")] | length),
			.hole != null) | .[:1] else . end | .[].acts' \
		"$work/found.json" > "$work/acts"
	# What begins and ends again is one fault of two acts.
	faults=$(tr ' ' '\n' < "$work/acts" | grep -cE ':message\.|\.(crash|down)$')
	runs=$(jq .runs "$work/found.json")
	gives "$name: found" 1 grep -c . "$work/acts"
	ok "$name: by $most at most" test "$faults" -ge 1 -a "$faults" -le "$most"
	ok "$name: within the runs" test "$runs" -le 20000
	[ -z "${PLANTED_SAY:-}" ] || echo "$name: $what, $faults, $runs runs, $(cat "$work/acts")"

	# The acts are the run: it is broken by itself, or has far more messages, or
	# challenges, than the one without.
	acts=$(sed 's/^\| / --act /g' "$work/acts")
	# shellcheck disable=SC2086 # words of their own
	ok "$name: its example runs" "$RUNG" run -q "$lab" $acts -o "$work/example.jsonl"
	case $what in
	storm)
		ok "$name: and shows it" test "$(sends example)" -gt $((12 * $(sends run))) ;;
	asked-again)
		ok "$name: and shows it" test "$(sends example 401)" -gt $((6 * $(sends run 401))) ;;
	*)
		# shellcheck disable=SC2086
		"$RUNG" search "$lab" $acts --only=drop --limit=runs=1 -f json \
			> "$work/again.json" 2> /dev/null
		gives "$name: and shows it" true jq --arg what "$what" '.without_faults |
			any(.invariant == $what or "goal \(.goal)" == $what)' "$work/again.json" ;;
	esac

	[ "${PLANTED:-}" != all ] || return
	"$RUNG" search "$healthy" --faults=2 --limit=runs=20000 "$@" -f json > "$work/healthy.json" 2> /dev/null
	gives "$name: the healthy one never" 0 jq --arg what "$what" '[.groups[], .without_faults[] |
		select(.invariant == $what or "goal \(.goal)" == $what)] | length' \
		"$work/healthy.json"
}

planted no-2xx-repetition "goal 1" 1 --only=drop
planted bye-sent-twice one-sided 2 --only=drop
planted tag-of-each-200 one-sided 1 --only=drop,double
planted answer-without-sdp offer-open 1 --only=drop,double
planted old-contact wrong-target 1 --only=drop
planted cancel-branch rings-on 1 --only=drop,double
planted bye-before-the-answer rings-on 1 --only=drop,double
planted ack-end-to-end "goal 1" 1 --only=drop
planted route-left-out paid 1 --only=drop --node=px
planted rings-after-408 unacknowledged 1 --only=drop --node=bob
planted ack-behind-180-only unacknowledged 1 --only=drop --node=alice
planted loop-without-end storm 1 --only=restart --node=b --faults=1
planted binding-kept "goal 1" 1 --only=down
planted granted-too-long unbound 1 --only=drop
planted nonce-forgotten asked-again 1 --only=restart --node=reg
planted line-kept held 1 --only=down --faults=1
finish
