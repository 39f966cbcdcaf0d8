# Linphone as bob of a simulated network: the cells of cli_interop_baresip.sh, with a phone
# that is told what to do on its standard input.  It answers by SHA-256.
. tests/fixtures/interop.sh

begin_phone() { # AOR PASSWORD HOST PROXY EXPIRES
	case $transport in
	udp) udp=5060 tcp=0 ;;
	tcp) udp=0 tcp=5060 ;;
	esac
	mkdir -p "phone-$3/.local/share/linphone" "phone-$3/.config"
	cat > "phone-$3/config" <<-C
		[sip]
		default_proxy=0
		sip_port=$udp
		sip_tcp_port=$tcp
		sip_tls_port=0
		bind_address=$3
		guess_hostname=0
		use_ipv6=0
		ipv6_migration_done=1
		[net]
		bind_address=$3
		[auth_info_0]
		username=bob
		passwd=$2
		realm=example.com
		[proxy_0]
		reg_proxy=<sip:$4;transport=$transport>
		reg_route=<sip:$4;transport=$transport;lr>
		reg_identity=$1
		reg_expires=$5
		reg_sendregister=$(($5 > 0))
	C
	mkfifo "told-$3"
	# It ends where nobody has its standard input.
	exec 4<> "told-$3"
	start "phone-$3" sh -c 'HOME=$PWD/$1 exec linphonec -a -c "$1/config" -d 0 < "$2"' \
		- "phone-$3" "told-$3"
	# There is no sound card.
	printf "%s\n" "soundcard use files" \
		"play /usr/share/sounds/linphone/hello8000.wav" >&4
}

tell() { # HOST VERB [URI]
	case $2 in
	dial) echo "call $3" ;;
	hangup) echo terminate ;;
	hold) echo pause ;;
	*) echo "$2${3:+ $3}" ;;
	esac >&4
}

cell() { phone_cell; }

if [ "${1:-}" = --cell ]; then
	run_cell "$2" "$3"
	exit 0
fi
interop_needs linphonec
interop_table Linphone registers calls called holds held transfers transferred b2bua to_handset from_handset conference
finish
