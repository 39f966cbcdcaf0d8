# A headless Chromium that is told steps, one after the other (tests/page/browse.js); after
# tests/check.sh.

# Says what is missing.
has_browser() {
	command -v chromium > /dev/null || { skip "there is no Chromium"; return 1; }
	node --experimental-websocket -e 'new WebSocket("ws://localhost:1").onerror = () => {}' \
		2> /dev/null || { skip "there is no node with WebSockets"; return 1; }
}

# browse ADDRESS [WIDTH HEIGHT]: what the page says at the steps of standard input.
browse() {
	timeout "$patience" node --experimental-websocket --no-warnings tests/page/browse.js \
		"$1" "${2:-1400}" "${3:-900}" 2> /dev/null
}
