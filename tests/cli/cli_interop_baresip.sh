# baresip as bob of a simulated network: it registers with a password, calls and is called,
# holds, transfers, by UDP, TCP and TLS, with phones, a b2bua and a conference.
interop_transports="udp tcp tls"
. tests/fixtures/interop.sh

# It is ready when its control port is.
begin_phone() { # AOR PASSWORD HOST PROXY EXPIRES
	mkdir -p "phone-$3"
	: > "phone-$3/contacts"
	cat > "phone-$3/config" <<-C
		sip_listen $3:5060
		net_interface $3
		sip_certificate certs/bob.pem
		sip_cafile certs/ca.pem
		module_path /usr/lib/baresip/modules
		module g711.so
		module aubridge.so
		module ausine.so
		module_tmp uuid.so
		module_tmp account.so
		module_app ctrl_tcp.so
		module_app menu.so
		ctrl_tcp_listen $3:4444
		audio_source ausine,440
		ausrc_srate 48000
		ausrc_channels 2
		audio_player aubridge,a
	C
	echo "<$1;transport=$transport>;auth_pass=$2;outbound=\"sip:$4;transport=$transport\";regint=$5;answermode=auto" \
		> "phone-$3/accounts"
	start "phone-$3" baresip -f "phone-$3"
	until tell "$3" reginfo || ! kill -0 "$started" 2> /dev/null; do
		sleep 0.1
	done
}

# Over its control port, as a netstring of JSON.
tell() { # HOST COMMAND [PARAMETERS]
	timeout "$interop_patience" bash -c 'exec 3<> "/dev/tcp/$1/4444" || exit 1
		line="{\"command\":\"$2\",\"params\":\"$3\"}"
		printf "%d:%s," "${#line}" "$line" >&3 && read -r -t 2 -d , -u 3' \
		- "$1" "$2" "${3:-}" 2> /dev/null
}

cell() { phone_cell digest=md5; }

if [ "${1:-}" = --cell ]; then
	run_cell "$2" "$3"
	exit 0
fi
interop_needs baresip bash
interop_table baresip registers calls called holds held transfers transferred b2bua to_handset from_handset conference
finish
