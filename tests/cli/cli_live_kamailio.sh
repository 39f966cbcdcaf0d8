# rung live calls Kamailio by TCP and by TLS, whose tickets come with its first response:
# the first request of each of five phones, each over a connection of its own, is answered.
. tests/fixtures/check.sh
[ "$patience" -lt 60 ] || patience=60

command -v kamailio > /dev/null || {
	skip "there is no kamailio: make deps GROUPS=interop installs it"
	finish
}
module=$(find "${KAMAILIO_MODULES:-/usr/lib}" -path "*kamailio/modules/tls.so" 2> /dev/null | head -n 1)

# first TRANSPORT PORT LINES: a run; LINES are Kamailio's for it.
first() {
	transport=$1
	cat > "$work/t.gv" <<-G
		graph {
			graph [domain="example.com"]
			node [role=ua, transport=$transport, outbound=px]
			edge [delay="1ms"]
			a1 a2 a3 a4 a5
			px [role=proxy, outbound=""]
			lan [role=""]
			lan -- {a1 a2 a3 a4 a5 px}
		}
	G
	cat > "$work/lab.lua" <<-L
		lab { title = "first", topology = "t.gv" }
		script(function()
			for n = 1, 5 do
				node("a" .. n):options "sip:px@example.com"
				sleep "100ms"
			end
		end)
	L
	: > "$work/said"
	"$RUNG" live "$work/lab.lua" --outside=px --wait=px --certs="$work/certs" -o "$work/$1.jsonl" \
		> "$work/said" 2>&1 &
	run=$!
	until grep -q Ctrl-C "$work/said" || ! kill -0 "$run" 2> /dev/null; do
		sleep 0.05
	done
	px=$(sed -n 's/^  px  *\(127[0-9.]*\):.*/\1/p' "$work/said" | tail -n 1)
	cat > "$work/kamailio.cfg" <<-C
		#!KAMAILIO
		debug=1
		log_stderror=yes
		children=2
		loadmodule "sl.so"
		loadmodule "pv.so"
		$3
		listen=$1:$px:$2
		request_route { sl_send_reply("200", "First"); }
	C
	kamailio -DD -E -f "$work/kamailio.cfg" -w "$work" -Y "$work" -m 16 -M 4 > "$work/kamailio" 2>&1 &
	kamailio=$!
	for _ in $(seq "$((patience * 10))"); do
		[ "$(grep -c "200 First" "$work/said")" -lt 5 ] && kill -0 "$run" "$kamailio" 2> /dev/null || break
		sleep 0.1
	done
	sleep 0.5
	kill "$run" "$kamailio"
	wait "$run"
	wait "$kamailio"
	gives "$1: the first five are answered" 5 sh -c \
		'"$1" show "$2" kind=recv src=px status=200 | grep -c "200 First"' - "$RUNG" "$work/$1.jsonl"
	gives "$1: of five" 5 sh -c '"$1" show "$2" kind=send method=OPTIONS | wc -l' - "$RUNG" "$work/$1.jsonl"
	[ "$failed" = 0 ] || head -n 20 "$work/kamailio"
}

first tcp 5060 ""
if [ -n "$module" ]; then
	first tls 5061 "enable_tls=yes
loadmodule \"$module\"
modparam(\"tls\", \"tls_method\", \"TLSv1.2+\")
modparam(\"tls\", \"private_key\", \"$work/certs/px.pem\")
modparam(\"tls\", \"certificate\", \"$work/certs/px.pem\")"
else
	skip "Kamailio has no TLS: package kamailio-tls-modules"
fi
finish
