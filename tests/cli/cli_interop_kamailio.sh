# Kamailio as registrar with digest and proxy with Record-Route, by the configuration in
# docs/LIVE.md: simulated phones register, call, hold and transfer through it, by UDP and
# TCP, also with a b2bua, a conference and an emulated handset behind it, and where packets
# are lost.
. tests/fixtures/interop.sh

begin_kamailio() { # [MORE]
	awk '/^<!-- kamailio.cfg: end/ { exit } on && !/^```/ { print } /^<!-- kamailio.cfg: begin/ { on = 1 }' \
		"$document" | sed -e "s/127\.64\.0\.2/$host_px/" -e "s|^request_route {|&${1:-}|" \
		> kamailio.cfg
	start kamailio kamailio -DD -E -f kamailio.cfg -w "$PWD" -Y "$PWD" -m 16 -M 4
}

# All are registered, once it is there.
everybody='for _, name in ipairs { "alice", "bob", "carol" } do
		if node(name).outbound == "px" then
			node(name):register()
			wait(node(name), "registered", "20s")
		end
	end
	'

cell() {
	more= box= acts= loss= talker=alice
	case $feature in loss | *_handset) loss=", loss=\"5%\"" ;; esac
	case $feature in
	# An ACK that was lost comes again before the BYE.
	calls | loss) acts='local c = call("alice", "sip:carol@example.com") wait(c, "confirmed")
		sleep "3s" c:bye()' ;;
	holds) acts='local c = call("alice", "sip:carol@example.com") wait(c, "confirmed")
		sleep "300ms" c:hold() sleep "300ms" c:resume() sleep "300ms" c:bye()' ;;
	transfers) acts='local c = call("alice", "sip:carol@example.com") wait(c, "confirmed")
		sleep "300ms" c:transfer("sip:bob@example.com")' ;;
	b2bua)
		box=box more='box [role=b2bua, domain="box.example"]
		box -- lan'
		acts='local c = call("alice", "sip:carol@example.com") wait(c, "confirmed")
		sleep "300ms" c:bye()'
		;;
	conference)
		more='conf [role=conference, rooms="lecture", domain="conf.example.com", inbound=true]
		conf -- lan'
		acts='local c = node("alice"):invite "sip:lecture@conf.example.com" wait(c, "confirmed")
		sleep "300ms" c:bye()'
		;;
	to_handset)
		acts='call("alice", "sip:hand@example.com")
		node("hand"):wait_screen("Incoming", "60s") node("hand"):answer()
		sleep "2s" node("hand"):hangup()'
		;;
	from_handset)
		acts='node("hand"):wait_screen("Registered", "60s") node("hand"):press "{soft2}{call}"
		node("hand"):wait_screen("Talking", "30s") sleep "2s" node("hand"):hangup()'
		;;
	esac
	case $feature in *_handset)
		more='hand [role=handset, register=true, outbound=px, password=secret, media=true,
		phonebook="Alice=sip:alice@example.com"]
		hand -- lan'
		;;
	esac
	cat > t.gv <<-G
		graph {
			graph [domain="example.com"]
			node [transport=$transport]
			edge [delay="1ms"$loss]
			alice [role=ua, ${box:+domain=\"box.example\", }outbound=${box:-px}, password=secret,
			       refer=anywhere, media=true, answer="100ms"]
			px [role="proxy registrar location"]
			bob [role=ua, answer="100ms", outbound=px, password=secret, refer=anywhere]
			carol [role=ua, answer="100ms", outbound=px, password=secret, refer=anywhere]
			lan
			alice -- lan -- {px bob carol}
			$more
		}
	G
	outside=px awaited=px
	live "$everybody $acts"
	[ -z "$why" ] || return
	# Where no name server is.
	line=
	[ "$feature" != conference ] ||
		line=" if (\$rd == \"conf.example.com\") \$du = \"sip:$host_conf;transport=$transport\";"
	begin_kamailio "$line"
	case $feature in
	registers)
		for name in alice bob carol; do
			sees "$name REGISTER px" "px 401 $name" "$name REGISTER px" "px 200 $name"
		done
		;;
	calls)
		sees "alice INVITE px" "px 407 alice" "alice INVITE px" "px INVITE carol" \
			"carol 200 px" "px 200 alice" "alice ACK px" "px ACK carol" \
			"alice BYE px" "px BYE carol" "carol 200 px" "px 200 alice"
		kept "Record-Route:.<sip:$host_px" src=px method=INVITE
		;;
	loss)
		sees "px INVITE carol" "carol 200 px" "px 200 alice" "px ACK carol" "px BYE carol" \
			"px 200 alice"
		;;
	to_handset)
		sees "hand REGISTER px" "px 401 hand" "hand REGISTER px" "px 200 hand" \
			"px INVITE hand" "hand 200 px" "px 200 alice" "hand BYE px" "px BYE alice"
		;;
	from_handset)
		sees "hand REGISTER px" "px 200 hand" "hand INVITE px" "px 407 hand" \
			"hand INVITE px" "px INVITE alice" "alice 200 px" "px 200 hand" "hand BYE px" "px BYE alice"
		;;
	holds)
		sees "px INVITE carol" "px ACK carol" "px INVITE carol" "carol 200 px" "px ACK carol" \
			"px INVITE carol" "carol 200 px" "px ACK carol" "px BYE carol" "px 200 alice"
		kept "a=sendonly" src=px method=INVITE
		;;
	transfers)
		sees "px ACK carol" "alice REFER px" "px REFER carol" "carol 202 px" \
			"carol INVITE px" "px 407 carol" "carol INVITE px" "px INVITE bob" "bob 200 px" "px NOTIFY alice"
		kept "SIP/2.0.200" src=px dst=alice method=NOTIFY
		;;
	b2bua)
		sees "alice INVITE box" "box INVITE px" "px INVITE carol" "carol 200 px" "px 200 box" \
			"box 200 alice" "alice BYE box" "px BYE carol" "carol 200 px"
		;;
	conference)
		sees "alice INVITE px" "px INVITE conf" "conf 200 px" "px ACK conf" "px BYE conf"
		;;
	esac
	end_run
}
document=${document:-$PWD/docs/LIVE.md}
export document

if [ "${1:-}" = --cell ]; then
	run_cell "$2" "$3"
	exit 0
fi
interop_needs kamailio
interop_table Kamailio registers calls holds transfers b2bua loss conference \
	to_handset from_handset
finish
