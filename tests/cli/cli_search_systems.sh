# Systems that are programs: errors of their programs, of each kind, and what of a search sees
# them: the table of tests/planted/README.md.  The same search of the system as it is shows none of it.
#
# SYSTEMS=all makes the whole table, SYSTEMS=write prints it for the document; else a cell of each
# kind and of each oracle is made.
. tests/fixtures/check.sh

systems='live cascade events ims ims-call trunk h323 menu call-centre networks volte'
kinds='restart given-up second dead two'

# What a system is: a file or lab, and what is beside it.
topology() {
	case $1 in
	live) echo gb28181.gv ;; cascade) echo gb28181-cascade.gv ;; events) echo gb28181-events.gv ;;
	esac
}
lab() {
	case $1 in
	ims) echo ims-triggers ;; trunk) echo sip-trunk ;; h323) echo h323-gateway ;; *) echo "$1" ;;
	esac
}

# An error: the program, a line or several of it by sed, how it is searched.  Each is made in a
# copy; what is not changed is no error, and fails.
cells() {
	cat << 'END'
live|restart|gb28181-media.lua|/c:watch(60)/d|--only=restart --node=platform
live|given-up|gb28181-platform.lua gb28181.gv|/pair(media, camera)/d;s/,bye@12//|--only=act
live|second|gb28181-platform.lua gb28181.gv|s/^\(\t*\)c:ack()/\1d.first = d.first or c d.first:ack()/;s/live@4,/live@4,live@4.01,/;s/,bye@12//|--only=act --limit=runs=2
live|dead|gb28181-platform.lua gb28181.gv|/gb.enlist(d, waits)/d;/media:watch(60)/d;s/,bye@12//|--only=crash --node=recorder
live|two|gb28181-device.lua|/^\tCatalog = /{p;s/Catalog = function(q)/Catalog = function(q) platform:pages(q, here, 1)/}|--only=act --limit=runs=2
cascade|restart|gb28181-lower.lua|/:watch "60s"/d|--only=restart --node=upper
cascade|given-up|gb28181-lower.lua|s/^\tpair(above, camera)/&\n\tfunction above.on_cancel() above.other = nil end/|--only=act
cascade|second|gb28181-lower.lua gb28181-cascade.gv|s/^local me, channels/local current\n&/;s/^function on_call(above)/&\n\tcurrent = above/;s/^\t*above.own = /local above = current\nif above.answered then return end\n&/;s/live@5,/live@5,live@5.01,/|--only=act --limit=runs=2
cascade|dead|gb28181-lower.lua|s/source = above.y,$/source = above.y }/;/from = above.other }/d;/c:watch "60s"/d|--only=crash --node=recorder
cascade|two|gb28181-lower.lua|s/then return catalogue(t) end/then catalogue(t) return catalogue(t) end/|--only=act --limit=runs=2
events|restart|gb28181-watcher.lua|/for _, s in ipairs(d.wants or {})/d|--only=restart --node=bus --limit=runs=40
events|given-up|gb28181-sensor.lua|/function s.on_end() stop/d|--only=drop --limit=runs=2 --until=100s
ims|restart|ims-scscf.lua|s/return reject(504, nil, {/do return reject(403) end\n&/|--only=restart --node=scscf --limit=runs=30
ims|two|ims-scscf.lua|s/if not mark:find "^odi%-" and fitting/if fitting/|--only=act --limit=runs=2
ims-call|two|bob.lua|s/reply(m, 200, { body = sdp(c.near, true), type = "application.sdp" })/reply(m, 200)/|--only=act --limit=runs=2
trunk|given-up|trunk-registered.lua|s/answer.status >= 300 then/false then/|--only=act --node=alice --limit=runs=40
trunk|dead|trunk-registered.lua|s/^function on_failure(m) release(m) end//|--only=down --node=ns --limit=runs=12
h323|given-up|gateway.lua|s/^\t\tc.sip:hangup()$//|--only=act --limit=runs=2
h323|second|gateway.lua terminal.lua|s/after("10s"/after("4s"/;s/calls\[[c.]*ref\]/calls.one/|--only=act --limit=runs=2
h323|dead|gateway.lua|/"180s", "T301"/d|--only=crash --node=alice
h323|two|gateway.lua|s/if c.over then return end/if c.over or status then return end/|--only=act --limit=runs=2
END
}

# What a search of FOLDER finds that the protocol leaves open or not, each once.
found() { # FOLDER SYSTEM OPTIONS…
	place=$1/$(topology "$2")
	shift 2
	"$RUNG" search "$place" "$@" -f json 2> /dev/null |
		jq -r '(.groups[], .without_faults[]) | select(.invariant) | "\(.invariant) \(.hole // "")"' | sort -u
}

make_system() { # SYSTEM FOLDER
	mkdir -p "$2"
	cp topologies/*.gv topologies/*.lua topologies/*.zone "$2"
	if [ -z "$(topology "$1")" ]; then
		cp labs/"$(lab "$1")"/*.lua "$2"
		cp labs/"$(lab "$1")"/*.gv "$2" 2> /dev/null
		rm -f "$2"/check.lua
	fi
}

# The word of an oracle, or several.
cell() { # SYSTEM KIND
	cells | while IFS='|' read -r system kind files change options; do
		[ "$system $kind" = "$1 $2" ] || continue
		rm -rf "$work/bad" "$work/good"
		make_system "$system" "$work/good"
		make_system "$system" "$work/bad"
		# What is asked of the program is asked of the one that is as it should be, too.
		for file in $files; do
			sed -i "$change" "$work/bad/$file"
			[ "$file" = "${files%% *}" ] || cp "$work/bad/$file" "$work/good/$file"
		done
		cmp -s "$work/bad/${files%% *}" "$work/good/${files%% *}" && echo "nothing is changed"
		# shellcheck disable=SC2086 # words
		found "$work/bad" "$system" $options > "$work/bad.found"
		# shellcheck disable=SC2086
		found "$work/good" "$system" $options > "$work/good.found"
		comm -23 "$work/bad.found" "$work/good.found" | cut -d ' ' -f 1 | sort -u | sed 's/.*/`&`/' | paste -sd , | sed 's/,/, /g'
	done
}

row() {
	printf '| %s |' "$1"
	for kind in $kinds; do
		said=$(cell "$1" "$kind")
		printf ' %s |' "${said:-–}"
	done
	echo
}

# The cell of the document.
told() { # SYSTEM KIND
	n=3
	for kind in $kinds; do
		[ "$kind" != "$2" ] || break
		n=$((n + 1))
	done
	grep "^| $1 |" tests/planted/README.md | cut -d '|' -f "$n" | sed 's/^ //;s/ $//'
}

case ${SYSTEMS:-} in
write)
	for system in $systems; do row "$system"; done
	exit ;;
all)
	for system in $systems; do
		gives "$system" "$(grep "^| $system |" tests/planted/README.md)" row "$system"
	done ;;
*)
	for pair in "cascade second" "cascade two" "events given-up" "ims restart" "h323 given-up" "h323 dead"; do
		# shellcheck disable=SC2086
		gives "$pair" "$(told $pair)" cell $pair
	done ;;
esac
finish
