# rung export -f html: every lab's page is well-formed XML, and in Chromium its
# keys, buttons, links and search do what they should.
. tests/check.sh
LC_ALL=C.UTF-8
export LC_ALL
t=$work/t.jsonl
"$RUNG" run labs/lost-messages -q -o "$t"

ok   "a page" "$RUNG" export "$t" -o "$work/page.html"
ok   "the ending tells the format" grep -q '^<!DOCTYPE html>' "$work/page.html"
"$RUNG" export -f html "$t" > "$work/again.html"
ok   "the same bytes" cmp "$work/page.html" "$work/again.html"
says "--title is data" "<h1>&lt;/title&gt;&lt;b&gt;</h1>" \
	"$RUNG" export -f html "$t" --title='</title><b>'
says "in Chinese" 'lang="zh-CN"' "$RUNG" export --lang=zh -f html "$t"
ok   "--time=true" "$RUNG" export -f html --time=true "$t"
ok   "--from, --to" "$RUNG" export -f html --from=1s --to=4s "$t"
says "the formats" "html" "$RUNG" export -f nothing "$t"

# One page for each lab, its name ending in the number of its messages.
pages=
for lab in labs/*; do
	[ "$lab" != labs/plans ] || continue
	trace_of "$lab" protocol "$t"
	n=$("$RUNG" export -f json "$t" | grep -o '"item":"message"' | wc -l)
	page=$work/${lab##*/}-$n.html
	ok "a page of $lab" "$RUNG" export "$t" -o "$page"
	# Every fourth one is opened: all have the same script.
	turn=$(((${turn:-0} + 1) % 4))
	[ $turn != 1 ] || pages=$pages,file://$page
done

if command -v xmllint > /dev/null; then
	ok "well-formed" xmllint --noout "$work"/*.html
else
	skip "no xmllint"
fi

if sanitized; then
	finish
fi
# The pages are files, which may look into each other by this option only.
chrome() {
	HOME=$work timeout "$patience" chromium --headless=new --no-sandbox \
		--disable-gpu --user-data-dir="$work/chromium" "$@" 2> /dev/null
}
if ! command -v chromium > /dev/null; then
	skip "no chromium"
	finish
fi
cp tests/html_driver.html "$work/driver.html"
chrome --allow-file-access-from-files \
	--window-size=1500,1000 --dump-dom \
	"file://$work/driver.html?${pages#,}" > "$work/dom"
sed -n 's/^.*>BAD/BAD/; /^BAD/p' "$work/dom" | head -n 20
labs=$(echo "$pages" | tr ',' '\n' | grep -c html)
says "all pages were used" "of $labs" grep PASSED "$work/dom"
fails "none was wrong" 1 grep -q '^BAD\|>BAD' "$work/dom"

# As a person opens it: a policy that lets only its own script run.
chrome --dump-dom "file://$work/page.html#step=5" > "$work/dom"
ok   "#step=" grep -q 'data-step="5"' "$work/dom"
chrome --dump-dom "file://$work/page.html#search=status=2xx" > "$work/dom"
ok   "#search=" grep -q 'data-found="[1-9]' "$work/dom"
chrome --dump-dom "file://$work/page.html#predict" > "$work/dom"
ok   "#predict" grep -q '<kbd>1</kbd>' "$work/dom"
sed "s/sha256-./sha256-x/" "$work/page.html" > "$work/other.html"
chrome --dump-dom "file://$work/other.html" > "$work/dom"
fails "another script does not run" 1 grep -q 'data-step' "$work/dom"
ok   "and all messages are there" grep -q '<details open="open"' "$work/dom"

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
