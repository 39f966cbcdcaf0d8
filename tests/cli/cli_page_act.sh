# Acting in the page of make page, in a headless Chromium: the message that one stands at comes
# first, every node of the topology is there, what is missing is asked for, and Enter and clicks
# open the branch, that of a fault, too.  Branches are those of the terminal.
. tests/fixtures/check.sh

page=$PWD/build/rung.html
[ -f "$page" ] || { skip "make page was not called"; finish; exit; }
command -v chromium > /dev/null || { skip "there is no Chromium"; finish; exit; }
node --experimental-websocket -e 'new WebSocket("ws://localhost:1").onerror = () => {}' \
	2> /dev/null || { skip "there is no node with WebSockets"; finish; exit; }

# steps HASH: what the page says at those of standard input.
steps() {
	timeout "$patience" node --experimental-websocket tests/page/browse.js \
		"file://$page$1" 1366 768 2> /dev/null
}
ready='wait !document.body.classList.contains("a-runs") && document.querySelector("#a-page svg")
look first'
offered='wait document.querySelector("#a-panel .a-row [data-verb]")'
branches='document.getElementById("a-branch").options.length'

# By keys alone: what can be done to the message, then a delay, without and with a value.
steps '#lab=two-proxies' << S > "$work/said"
$ready
do app.shown.go(51)
key a
$offered
is Array.from(document.querySelectorAll("#a-panel .a-row [data-verb]"), (b) => b.dataset.verb).join(" ")
is document.querySelector("#a-panel h3").textContent
key Tab
key Tab
is document.activeElement.dataset.verb
key Enter
wait document.querySelector(".a-form input") === document.activeElement
key Enter
wait document.querySelector(".a-form .a-bad").textContent
is document.querySelector(".a-form .a-bad").textContent + " " + $branches
type 300ms
key Enter
wait $branches === 2
$ready
is document.getElementById("p-from").textContent.split(" ").pop() + " " + document.activeElement.id
S
hash=$("$RUNG" export -f svg labs/two-proxies --act='51:message.delay:by=300ms' | sed -n 's/.*trace \([0-9a-f]\{16\}\).*/\1/p' | head -n 1)
cat > "$work/want" << S
drop delay edit duplicate
This message: alice INVITE → atl
delay
delay: “by” is missing; expected something like 200ms, 2s 1
$hash a-panel
S
ok "a message, by keys" diff "$work/want" "$work/said"

# All nodes of a network, a NAT and routers, too; verbs in groups; a setting without a value.
steps '#lab=nat-incoming' << S > "$work/said"
$ready
do app.shown.go(app.shown.messages[0].seq + 5)
key a
$offered
is app.back.ask("records", { branch: 0 }).then((r) => r.records[0].nodes.every((n) => document.querySelector('.a-thing[data-on="' + n.name + '"]')))
is document.querySelectorAll(".a-thing").length === acting.things.length
press document.querySelector('.a-thing[data-on="home"] summary')
wait document.querySelector('.a-thing[data-on="home"] [data-verb="forget"]')
is document.querySelectorAll('.a-thing[data-on="home"] h4').length
click .a-thing[data-on="home"] [data-verb="set"]
wait document.querySelector(".a-form input") === document.activeElement
type delay
key Enter
wait document.querySelector(".a-form .a-bad").textContent
is document.querySelector(".a-form .a-bad").textContent + " " + $branches
click .a-thing[data-on="home"] [data-verb="forget"]
wait $branches === 2
$ready
is app.branch
S
cat > "$work/want" << S
true
true
2
write a setting as name=value 1
1
S
ok "all nodes" diff "$work/want" "$work/said"

# A message as it is to be: as it was it is none; what is changed arrives.  In Chinese.
steps '#lab=two-proxies' << S > "$work/said"
$ready
do app.shown.go(51)
click #a-language
$ready
key a
$offered
click #a-panel .a-row [data-verb="edit"]
wait document.querySelector(".a-form textarea")
press document.querySelector(".a-form button")
wait document.querySelector(".a-form .a-bad").textContent
is document.querySelector(".a-form .a-bad").textContent
do const f = document.querySelector(".a-form textarea"); f.value = f.value.replace("Max-Forwards: 70", "Max-Forwards: 0")
press document.querySelector(".a-form button")
wait $branches === 2
$ready
is /483/.test(by("a-page").textContent)
is app.back.ask("link", { branch: 1 }).then((l) => l.link)
is document.getElementById("p-from").textContent.split(" ").pop()
S
sed -n 3p "$work/said" > "$work/link"
hash=$("$RUNG" export -f svg "$(cat "$work/link")" | sed -n 's/.*trace \([0-9a-f]\{16\}\).*/\1/p' | head -n 1)
printf '没有任何改动。\ntrue\n%s\n%s\n' "$(cat "$work/link")" "$hash" > "$work/want"
ok "another message" diff "$work/want" "$work/said"

# What a fault would cost: a click, and Enter, open the branch in which it happens.
steps '#lab=two-proxies' << S > "$work/said"
$ready
do app.shown.go(60)
key F
wait document.querySelectorAll(".a-fault").length > 3
is document.querySelectorAll(".a-fault")[1].textContent.trim().split(" ")[0]
click .a-fault:nth-of-type(2)
wait $branches === 2
$ready
do guarded(show(0, 60))
wait app.branch === 0 && document.querySelectorAll(".a-fault").length > 3
do document.querySelectorAll(".a-fault")[2].focus()
key Enter
wait $branches === 3
$ready
is app.branches.map((b) => b.name).join(", ")
S
cat > "$work/want" << S
lost
main, drop INVITE, duplicate INVITE
S
ok "faults" diff "$work/want" "$work/said"
finish
