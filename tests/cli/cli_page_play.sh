# Playing in the page of make page: p and Space, the slider, the speeds, the end; machines
# and network as pictures of the engine, of which classes change and messages move; still
# for who asks for no motion; names as text; in both languages.
. tests/fixtures/check.sh

page=$PWD/build/rung.html
[ -f "$page" ] || { skip "make page was not called"; finish; exit; }
command -v chromium > /dev/null || { skip "there is no Chromium"; finish; exit; }
node --experimental-websocket -e 'new WebSocket("ws://localhost:1").onerror = () => {}' \
	2> /dev/null || { skip "there is no node with WebSockets"; finish; exit; }

# steps HASH: what the page says at those of standard input.
steps() {
	HASTE=1 PATIENCE=40000 timeout "$patience" node --experimental-websocket tests/page/browse.js \
		"file://$page$1" 1366 768 2> /dev/null
}
ready='wait !document.body.classList.contains("a-runs") && document.querySelector("#a-playing")
look first'

steps '#lab=two-proxies' << S > "$work/said"
$ready
is by("a-play").getAttribute("aria-label") + ", " + by("a-time").getAttribute("aria-label") + ", " + by("a-speed").getAttribute("aria-label")
is [...by("a-speed").options].map((o) => o.text).join(" ")
do app.shown.go(60)
key p
wait app.shown.at() > 63
is by("a-play").getAttribute("aria-label")
do document.activeElement.blur()
key  
wait !play.on
is location.hash === "#record=" + app.shown.at() || location.hash.startsWith("#step=")
is by("a-time").getAttribute("aria-valuetext") === by("a-clock").textContent
do by("a-time").value = 3.1e9; by("a-time").dispatchEvent(new Event("input"))
is app.shown.records.filter((r) => r.t <= 3.1e9).pop().seq === app.shown.at()
do by("a-speed").value = "8"; by("a-speed").dispatchEvent(new Event("change")); window.began = performance.now(); window.from = play.now
key p
wait play.now > 6e9
is Math.abs((play.now - from) / (performance.now() - began) / 8e6 - 1) < 0.5
do by("a-time").value = endOf() - 1e9; by("a-time").dispatchEvent(new Event("input"))
wait !play.on
is app.shown.at() === app.shown.records[app.shown.records.length - 1].seq
key p
wait play.on && app.shown.at() < 60
key p
is play.on
do app.shown.go(60)
key Q
key p
is play.on
key Q
press by("a-language")
wait by("a-play") && by("a-play").getAttribute("aria-label") === "播放"
is by("a-speed").options[0].text
S
cat > "$work/want" << 'S'
Play, Virtual time, Speed
event by event ¼× ½× 1× 2× 4× 8×
Pause
true
true
true
true
true
false
false
逐个事件
S
ok "playing" diff "$work/want" "$work/said"

# A diagram stays while its machine runs; of the network the messages move.
steps '#lab=two-proxies' << S > "$work/said"
$ready
do app.shown.go(80); machine.node = "bob"; keepValue("pane", "machines"); turnPanel("panes", true)
wait document.querySelector("#a-panel .k-machine .is-live")
wait by("a-panel").querySelectorAll(".k-list button").length > 3
press [...document.querySelectorAll(".k-list button")].find((b) => /server IST/.test(b.textContent))
wait document.querySelector(".k-list [aria-pressed=true]").textContent.includes("server IST")
is window.first = figure.svg, document.querySelector(".is-live .name").textContent
do app.shown.go(app.shown.records.find((r) => r.seq > 80 && r.kind === "fsm" && /completed|accepted/.test(r.text) && app.shown.nodes[r.node].name === "bob").seq)
wait document.querySelector(".is-live .name").textContent === "accepted"
is first === figure.svg && document.querySelectorAll(".way.is-taken, tspan.is-taken").length
do app.shown.go(app.shown.records.find((r) => r.seq > app.shown.at() && r.kind === "timer").seq)
wait document.querySelectorAll(".k-timers li").length > 0 && /^[0-9.]+ s left/.test(document.querySelector(".k-timers b").textContent)
do app.shown.go(40); keepValue("pane", "network"); fillPanel()
wait document.querySelector("#a-panel .k-network")
do app.shown.go(app.shown.messages[4].seq)
wait document.querySelector(".k-flight")
do window.seen = new Set(); by("a-speed").value = "0.25"; turnPlay(); (function look() { const f = document.querySelector(".k-flight path"); if (f) seen.add(f.getAttribute("transform")); if (play.on) requestAnimationFrame(look); })()
wait seen.size > 4
do pausePlay()
is document.querySelectorAll(".k-network .is-here").length
media prefers-color-scheme dark
is getComputedStyle(document.querySelector(".k-network .node rect")).fill !== "rgb(255, 255, 255)"
media prefers-reduced-motion reduce
do window.times = new Set(app.shown.records.map((r) => r.t)); window.moved = 0; by("a-speed").value = "events"; app.shown.go(60); turnPlay(); (function look() { if (!times.has(Number(by("a-time").value))) moved++; if (play.on) requestAnimationFrame(look); })()
wait app.shown.at() > 64
do pausePlay()
is moved
is getComputedStyle(document.querySelector(".k-network rect")).transitionDuration
S
cat > "$work/want" << 'S'
proceeding
2
1
true
0
0s
S
ok "pictures" diff "$work/want" "$work/said"

# Playing ends where another run begins; nothing is asked of what is not run yet.
steps '#lab=two-proxies' << S > "$work/said"
$ready
do keepValue("pane", "network"), turnPanel("panes", true)
wait document.querySelector("#a-panel .k-network")
do by("a-language").addEventListener("click", () => app.shown.go(112), { once: true }), turnPlay()
press by("a-language")
wait document.documentElement.lang === "zh-CN" && by("a-play").title.startsWith("播放") && !document.body.classList.contains("a-runs")
is play.on + by("a-said").textContent
S
echo false > "$work/want"
ok "another run" diff "$work/want" "$work/said"

# What a text calls a frame is text; each eighth lab has pictures at any record.
steps '#lab=direct-call' << S > "$work/said"
$ready
do changeText("labs/direct-call/lab.lua", "lab { title = 't', topology = 'own.gv' } script(function() end)"); keepValue("pane", "network"); openPanel = "panes"
do open([{ path: "a.gv", text: "graph { subgraph cluster_x { label=\"<img src=x>&\" a [role=ua] c [role=ua] r } b [role=ua] a -- r c -- r r -- q q -- b }" }], 0, {})
wait [...document.querySelectorAll(".k-network .title")].some((t) => t.textContent === "<img src=x>&")
is document.querySelectorAll("#a-panel img").length
do (async () => { window.drawn = []; for (const l of app.library.labs.en.filter((x, i) => i % 8 === 0 && !isRecorded(x.name))) { await openLab(l.name); if (coverHold() < Infinity) await lookFirst(cover.hold.open); for (const pane of ["machines", "network"]) { keepValue("pane", pane); await fillPanel(); const n = app.shown.records.length; for (let i = 1; i < 4; i++) { app.shown.go(app.shown.records[Math.floor(n * i / 4)].seq); await new Promise((r) => setTimeout(r, 60)); } const s = document.querySelector("#a-panel .k-picture svg"); drawn.push(l.name + " " + pane + " " + (!!s && s.getBoundingClientRect().width > 0)); } } })().then(() => { window.over = true; })
wait window.over
is drawn.filter((x) => / network false/.test(x)).join() + (drawn.length > 12 ? "" : drawn.length)
S
printf '0\n\n' > "$work/want"
ok "names are text, labs have pictures" diff "$work/want" "$work/said"
finish
