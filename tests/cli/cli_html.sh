# rung export -f html: a lab's page is well-formed XML (cli_exports.sh has each
# lab's), and in Chromium its keys, buttons, links and search do what they should.
. tests/fixtures/check.sh
t=$work/t.jsonl
"$RUNG" run labs/lost-messages -q -o "$t"

ok   "a page" "$RUNG" export "$t" -o "$work/page.html"
ok   "the ending tells the format" grep -q '^<!DOCTYPE html>' "$work/page.html"
"$RUNG" export -f html "$t" > "$work/again.html"
ok   "the same bytes" cmp "$work/page.html" "$work/again.html"
says "--title is data" "<h1>&lt;/title&gt;&lt;b&gt;</h1>" \
	"$RUNG" export -f html "$t" --title='</title><b>'
says "in Chinese" 'lang="zh-CN"' "$RUNG" export --lang=zh -f html "$t"
ok   "--with=axis" "$RUNG" export -f html --with=axis "$t"
ok   "--from, --to" "$RUNG" export -f html --from=1s --to=4s "$t"
says "the formats" "html" "$RUNG" export -f nothing "$t"

# Pages of a dozen labs, or with PAGES=N of every Nth, are opened: all have the
# same script.  Its name ends in the number of its messages.
pages=
each=$(($(ls -d labs/* | wc -l) / 12))
for lab in labs/*; do
	[ "$lab" != labs/plans ] || continue
	turn=$((${turn:-0} + 1))
	[ $((turn % ${PAGES:-$each})) = 0 ] || continue
	find_trace "$lab" protocol
	n=$("$RUNG" export -f json "$trace" |
		grep -o '"item":"message"' | wc -l)
	page=$work/${lab##*/}-$n
	pages=$pages,file://$page.html
	ok "a page of $lab" "$RUNG" export "$trace" -o "$page.html"
done

# One with what Bob hears, and says.
trace=$work/sound.jsonl
"$RUNG" run -q topologies/direct-call.gv --set alice.media=true \
	--set bob.media=true -o "$trace"
n=$("$RUNG" export -f json "$trace" | grep -o '"item":"message"' | wc -l)
page=$work/sound-$n
pages=$pages,file://$page.html
says "a page with sound" "begins at" \
	"$RUNG" export --hear bob --say bob "$trace" -o "$page.html"

if command -v xmllint > /dev/null; then
	ok "well-formed" xmllint --noout "$work"/*.html
else
	skip "no xmllint"
fi

if sanitized; then
	finish
fi
# shellcheck source=tests/fixtures/chrome.sh
. tests/fixtures/chrome.sh
if ! command -v chromium > /dev/null; then
	skip "no chromium"
	finish
fi
cp tests/cli/html_driver.html "$work/driver.html"
chrome --allow-file-access-from-files --window-size=1500,1000 --dump-dom \
	"file://$work/driver.html?${pages#,}" > "$work/dom"
sed -n 's/^.*>BAD/BAD/; /^BAD/p' "$work/dom" | head -n 20
labs=$(echo "$pages" | tr ',' '\n' | grep -c html)
says "all pages were used" "of $labs" grep PASSED "$work/dom"
fails "none was wrong" 1 grep -q '^BAD\|>BAD' "$work/dom"

# As a person opens it: a policy that lets only its own script run.
sed "s/sha256-./sha256-x/" "$work/page.html" > "$work/other.html"
open_in_frames "$work/page.html#step=5" "$work/page.html#search=status=2xx" \
	"$work/page.html#predict" "$work/other.html"
ok   "#step=" grep -q 'data-step="5"' "$work/dom.1"
ok   "#search=" grep -q 'data-found="[1-9]' "$work/dom.2"
ok   "#predict" grep -q '<kbd>1</kbd>' "$work/dom.3"
ok   "another script's page opens" grep -q '<title>' "$work/dom.4"
fails "another script does not run" 1 grep -q 'data-step' "$work/dom.4"
ok   "and all messages are there" grep -q '<details open="open"' "$work/dom.4"

if command -v pdftotext > /dev/null; then
	chrome --no-pdf-header-footer --print-to-pdf="$work/page.pdf" \
		"file://$work/page.html"
	pdftotext -layout "$work/page.pdf" "$work/page.txt"
	says "paper has the ladder" "Timer A" cat "$work/page.txt"
	says "and the messages" "INVITE sip:bob@biloxi.example.com SIP/2.0" \
		cat "$work/page.txt"
	fails "but no panes" 1 grep -q "State and timers" "$work/page.txt"
	ok "names on each page of the ladder" sh -c \
		'[ "$(grep -c "biloxi.example.com *$" "$1")" -ge 2 ]' - \
		"$work/page.txt"
else
	skip "no pdftotext"
fi
finish
