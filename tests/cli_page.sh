# The page of make page in a headless Chromium, opened from disk: a lab is run, stepped
# through, changed by an act, looked at, asked about, in both languages; a text with a
# fault is told its line; what a hostile text says is text.  Where the page is not
# built, or there is no Chromium or node, nothing is opened.
. tests/check.sh

page=$PWD/build/rung.html
[ -f "$page" ] || { skip "make page was not called"; finish; }
command -v chromium > /dev/null || { skip "there is no Chromium"; finish; }
node --experimental-websocket -e 'new WebSocket("ws://localhost:1").onerror = () => {}' \
	2> /dev/null || { skip "there is no node with WebSockets"; finish; }

# steps HASH: what the page says at those of standard input.
steps() {
	timeout "$patience" node --experimental-websocket tests/page/browse.js \
		"file://$page$1" 1400 900 2> /dev/null
}

shown='wait document.querySelector("#a-page svg")'
hash=$("$RUNG" export -f svg labs/two-proxies | sed -n 's/.*trace \([0-9a-f]\{16\}\).*/\1/p' | head -n 1)
steps '#lab=two-proxies' << S > "$work/said"
$shown
is document.title
is document.getElementById("p-from").textContent.includes("$hash")
key ArrowRight
is document.body.dataset.step
do document.getElementById("a-panes").click()
wait document.querySelector("#a-panel pre span")
is document.querySelector("#a-panel pre").textContent.includes("REGISTER")
do tellLink()
wait location.hash.startsWith("#1.")
is location.hash
do document.getElementById("a-language").click()
wait /代理/.test(document.querySelector("#a-page").textContent)
is document.documentElement.lang
S
cat > "$work/want" << S
Call through two proxies – rung
true
2
true
$("$RUNG" link two-proxies | sed 's/.*#/#/')
zh-CN
S
ok "a lab" diff "$work/want" "$work/said"

steps '#lab=lost-messages' << S > "$work/said"
$shown
do document.getElementById("a-tasks").click()
wait document.querySelectorAll("#a-panel .a-task").length > 3
do document.querySelector("#a-panel .a-task select").value = "1"; document.querySelector("#a-panel .a-task button").click()
wait document.querySelector("#a-panel .a-task [role=status]").textContent !== ""
is /points/.test(document.querySelector("#a-panel .a-task [role=status]").textContent)
do back.ask("act", { branch: 0, record: 51, on: "bob", verb: "crash" }).then(() => advance({ act: true })).then((p) => advance({ branch: p.branch })).then((p) => show(p.branch, 51))
wait document.getElementById("a-branch").options.length === 2
is document.getElementById("a-branch").value
do document.getElementById("a-edit").click()
wait document.querySelector("#a-panel textarea")
do app.texts[0].text = "lab {"; open(app.texts, 0)
wait document.getElementById("a-said").classList.contains("a-bad")
is document.getElementById("a-said").textContent
do app.texts[0].text = "lab { title = '<img src=x onerror=document.title=1><script>document.title=2</script>', topology = 'two-proxies.gv' } script(function() end)"; open(app.texts, 0)
wait document.querySelector("#a-page h1").textContent.startsWith("<img")
is document.querySelectorAll("#a-page img, #a-page script").length
S
cat > "$work/want" << 'S'
true
1
lab.lua:1: unexpected symbol near <eof>
0
S
ok "tasks, acts, texts" diff "$work/want" "$work/said"

# A link is the run that it is elsewhere; one that is cut is told to be none.
link=$("$RUNG" link two-proxies --set bob.busy=true --seed=5 | sed 's/.*#/#/')
hash=$("$RUNG" export -f svg --set bob.busy=true --seed=5 labs/two-proxies |
	sed -n 's/.*trace \([0-9a-f]\{16\}\).*/\1/p' | head -n 1)
steps "$link" << S > "$work/said"
$shown
is document.getElementById("p-from").textContent.includes("$hash")
S
gives "a link" true cat "$work/said"
steps "$(printf %.80s "$link")" << S > "$work/said"
wait document.getElementById("a-said").classList.contains("a-bad")
is document.getElementById("a-said").textContent
S
gives "a link that is cut" "$(gone=$("$RUNG" run -q "$(printf %.80s "$link")" 2>&1); echo "${gone#rung: }")" cat "$work/said"
finish
