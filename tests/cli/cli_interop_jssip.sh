# JsSIP in Chromium as bob of a simulated network: the cells of cli_interop_baresip.sh that
# need no sound, by WebSocket, bare and sealed.  `npm install --prefix build jssip` puts it there.
interop_transports="ws wss" interop_patience=60
. tests/fixtures/interop.sh
at_once=3
package=$PWD/build/node_modules/jssip
browser=$PWD/tests/fixtures/jssip.js

# begin_phone AOR PASSWORD HOST PROXY EXPIRES: PROXY waits at the port that is said of it.
begin_phone() {
	proxy=$(awk -v host="$4:" -v by="$transport" \
		'index($2, host) == 1 && $3 == by { print $2; exit }' live.said)
	key=
	if [ "$transport" = wss ]; then
		openssl s_client -connect "$proxy" -CAfile certs/ca.pem -verify_return_error \
			-verify_ip "$4" < /dev/null 2> unverified > shown || {
			why="the proxy's certificate is not its authority's: $(tail -n 1 unverified)"
			return
		}
		key=$(openssl x509 -in shown -pubkey -noout | openssl pkey -pubin -outform der |
			openssl dgst -sha256 -binary | base64)
	fi
	mkfifo told
	exec 4<> told
	start phone sh -c 'exec node --experimental-websocket --no-warnings "$@" < told' - \
		"$browser" "$package" "$transport://$proxy" "$1" "$2" "$5" $key
	until grep -q ready phone.said || ! kill -0 "$started" 2> /dev/null; do
		sleep 0.1
	done
}

tell() { # HOST VERB [URI]
	echo "$2${3:+ $3}" >&4
}

cell() { phone_cell; }

if [ "${1:-}" = --cell ]; then
	run_cell "$2" "$3"
	exit 0
fi
interop_needs chromium node openssl
[ -d "$package" ] || {
	skip "there is no JsSIP: npm install --prefix build jssip puts it there"
	finish
}
interop_table JsSIP registers calls called holds:ws held:ws transfers:ws transferred:ws b2bua:ws conference:ws
finish
