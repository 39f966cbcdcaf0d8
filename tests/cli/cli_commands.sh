# The command line stays small: how many commands, options and lines of help there are, how
# many of these say what another page says, and where words lead that are no commands.
. tests/fixtures/check.sh
commands=$("$RUNG" help | sed -n 's/^  \([a-z-][a-z-]*\)\( .*\)\{0,1\}$/\1/p')

# The rows of options of all pages, and of what they share.
for page in $commands display running; do
	"$RUNG" help $page > "$work/$page"
	sed -n 's/^  [- ][a-zA-Z ][, ] *--\([a-z-]*\).*/\1/p' "$work/$page"
	grep -E '^  (-[a-z],|   ) --' "$work/$page" >> "$work/lines"
done | sort -u > "$work/options"
count() { wc -l | tr -d ' '; }
most() { # WHAT MOST NUMBER
	echo "  $1: $3 (at most $2)"
	ok "$1: $3 of $2" test "$3" -le "$2"
}
most "commands" 24 "$(echo "$commands" | count)"
most "options" 80 "$(count < "$work/options")"
most "lines of options" 160 "$(count < "$work/lines")"
most "of them said twice" 30 "$(sort "$work/lines" | uniq -d -c | awk '{ n += $1 - 1 } END { print n + 0 }')"
for page in $commands; do
	ok "rung help $page: 40 lines" test "$(count < "$work/$page")" -le 40
done
# Each command is in a group, and each has its purpose and examples.
says "groups" "Learn Look Teach Build More" sh -c "'$RUNG' help | grep -E '^[A-Z][a-z]+$' | tr '\n' ' '"
for page in $commands; do
	ok "rung help $page: an example" grep -q "^  rung " "$work/$page"
done

# A word leads to a command that is there; in a folder that has nothing of that name.
case $RUNG in /*) ;; *) RUNG=$PWD/$RUNG ;; esac
RUNG_SHARE=$PWD
export RUNG_SHARE
mkdir "$work/empty"
cd "$work/empty" || exit 1
for word in open view pcap wireshark sngrep tshark replay simulate exec start seed loss why hear audio \
	listen decode list ls examples tutorial demo trace log filter grep ladder flow calls messages \
	headers packets dissect states timers follow watch analyze lint validate stats mos quality errors rfc \
	rules compare draw save convert graph svg png pdf network topology nodes fsm wav phone sipp interop \
	register grade mark score test points solution submit handout moodle gift browser website \
	classroom poll exam quiz create init edit clone seeds benchmark faults fuzz json api url config fonts \
	manual docs; do
	"$RUNG" $word > "$work/said" 2>&1
	leads=$(sed -n 's/.*; use rung \([a-z-]*\).*/\1/p' "$work/said")
	ok "$word leads to a command" test -n "$leads" -a -s "$work/${leads:-none}"
done
# By letters alone only what the fingers slip to.
for slip in runn:run shwo:show lvie:live exxport:export chekc:check srve:serve ply:play inspct:inspect; do
	says "${slip%:*}" "did you mean “${slip#*:}”?" "$RUNG" "${slip%:*}"
done
for other in blink shop rug lave diss; do
	says "$other is no slip" "rung help lists them" "$RUNG" "$other"
done

# What the version before had leads to what there is now.
while IFS='|' read -r old now; do
	says "$old" "is now $now" "$RUNG" $old
done << 'END'
resume|rung play
import x.pcap|rung export -f trace
class new|rung new exam
serve --stdio|rung engine
serve --port=0|--address
serve --hand-in=x|-o FOLDER
serve --memory=100|--limit=ram
play --live two-proxies|rung live --play
live --most=1MB x|--limit=trace
check --program-time=90s|--limit=wall
sweep --seeds=1..2 busy|--seed
sweep --merge x|--part=all
search --of=bob busy|--node
search --method=BYE busy|--only=METHOD
search --folder=x busy|-o FOLDER
search --runs=3 busy|--limit=runs
search --all busy|--with=all
export --timers busy|--with=timers
export --time=true busy|--with=axis
export --nodes=a busy|--node
export --paper=a4 busy|--size
export --dpi=300 busy|--size=300dpi
export --no-notes busy|--notes=none
diff --times busy busy|--with=times
inspect --clauses|rung help clauses
inspect --matrix busy|--with=matrix
show --aliases=x busy|--alias
END
# A lab by its words, in both languages.
says "labs by a word" "sequential-forking" "$RUNG" labs forking
says "by two" "early-media" "$RUNG" labs early media
fails "by none that is there" 2 "$RUNG" labs no-such-word
finish
