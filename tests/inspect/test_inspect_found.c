/*
 * What inspection finds in labs and captures: labs are clean but for what they
 * mean to break; of captures each finding has its reason.
 */
#include "packets/capture.h"
#include "inference/trace.h"
#include "fixtures/inspect_check.h"
#include "fixtures/labs.h"
#include "role_matrix.h"
#include "rules/rule_names.h"
#include "rules/rules.h"

/* ---- the labs ---- */

/* What they mean to break; all else is clean.  `meant`: a fault, a script's own
 * message or a crash wants it, and the report says so itself. */
static const struct {
	const char *lab, *rules, *meant, *why;
} lab_findings[] = {
	{ "labs/after-491", "reinvite-pending", "", "a phone with that bug" },
	{ "labs/alg-by-text", "media-heard", "",
	    "an ALG with a bug: it takes a part of an address for all of it" },
	{ "labs/cancel-other-branch", "invite-ack cancel-fields", "",
	    "a phone with a bug: its CANCEL is for another INVITE" },
	{ "labs/endless-401", "digest-count auth-retry", "",
	    "a phone with that bug; it repeats itself, and guesses nothing" },
	{ "labs/lost-route", "dialog-route", "", "a phone with that bug" },
	{ "labs/number-by-name", "media-heard answer-types", "",
	    "a phone with a bug: it sends by a number of its own" },
	{ "labs/one-call-id", "dialog-bye", "",
	    "a B2BUA with that bug: it takes a BYE for one of the other leg" },
	{ "labs/one-rseq", "prack-send", "", "a phone with that bug" },
	{ "labs/agent-registrar", "register-ok", "",
	    "a program that is to be written says 200 and no more" },
	{ "labs/agent-stateless-proxy", "proxy-cancel", "",
	    "a program that is to be written has a new branch each time" },
	{ "labs/agent-transaction", "nict-timer-e", "",
	    "a program that is to be written repeats nothing" },
	{ "labs/bye-from-outside", "media-heard attack-bye", "",
	    "somebody from outside hangs up, so that one side hears no more" },
	{ "labs/calls-abroad", "attack-prefix", "", "that is the lab" },
	{ "labs/extension-scanner", "attack-scan", "", "that is the lab" },
	{ "labs/invite-flood", "attack-flood", "", "that is the lab" },
	{ "labs/password-guessing", "attack-guess digest-algorithm", "",
	    "that is the lab, and its registrar knows MD5 alone" },
	{ "labs/phone-loop", "via-rport", "",
	    "the handset writes rport without received" },
	{ "labs/register-takeover", "attack-takeover", "", "that is the lab" },
	{ "labs/bad-certificates", "tls-alert", "",
	    "a certificate that is over, one of an unknown issuer, one of a "
	    "hoster's" },
	{ "labs/box-that-breaks-calls",
	    "pair-hops answer-direction record-route-copied contact-one", "",
	    "a box answers a hold by itself, another loses a route, a third "
	    "begins Max-Forwards anew, one has an inner address in Contact" },
	{ "labs/call-centre", "media-silence", "",
	    "a recorder has nothing to say" },
	{ "labs/digest-replay", "", "auth-replay via-own-address",
	    "mallory sends what alice has sent" },
	{ "labs/handout-dialogs", "", "dialog-request",
	    "the first BYE loses the tag in To on its way" },
	{ "labs/handout-messages", "",
	    "dialog-request publish-send form-mandatory ack-2xx-branch "
	    "cancel-fields form-length form-place",
	    "mallory sends what tutorials print, a REGISTER without Via or "
	    "Call-ID, too, which belongs to no call; their Content-Length "
	    "counts no line ends" },
	{ "labs/handout-more-messages", "",
	    "dialog-request subscribe-send register-star ack-2xx-cseq",
	    "mallory sends what tutorials print" },
	{ "labs/handout-registration", "", "form-mandatory",
	    "on the way REGISTERs lose their Via, and their Call-ID" },
	{ "labs/handset-malformed", "via-rport",
	    "form-mandatory form-once nict-timer-e message-large",
	    "mallory sends what no phone may send, and what none takes; the "
	    "handset writes rport without received" },
	{ "labs/handset-slow", "via-rport", "",
	    "the handset writes rport without received" },
	{ "labs/hold-dialects", "hold-zero", "",
	    "an old phone holds by 0.0.0.0" },
	{ "labs/handset-long-invite", "sdp-opus", "",
	    "its firmware gives each codec the clock 8000" },
	{ "labs/handset-tcp", "sdp-opus", "", "so it does here" },
	{ "topologies/gb28181-cascade.gv", GB28181_RULES, "", "the same" },
	{ "topologies/gb28181-events.gv", "gb-profile", "", "the same" },
	{ "topologies/gb28181.gv", GB28181_RULES, "",
	    "GB/T 28181 has forms of its own, and old products know no qop" },
	{ "labs/gb28181-live", GB28181_RULES, "", "the same" },
	{ "labs/gb28181-no-answer",
	    "digest-qop gb-reached digest-algorithm gb-profile", "",
	    "a NAT forgets a camera between two keep-alives" },
	{ "labs/gb28181-no-stream", "media-private gb-address " GB28181_RULES,
	    "", "its media server says 127.0.0.1" },
	{ "labs/gb28181-ssrc",
	    "media-source digest-qop digest-algorithm gb-profile", "",
	    "the camera answers with another SSRC" },
	{ "labs/gb28181-keepalive",
	    "gb-beat-taken digest-qop auth-stale digest-algorithm gb-profile",
	    "",
	    "the platform waits for less than its camera's interval, and its "
	    "challenges never say stale" },
	{ "labs/gb28181-cascade",
	    "digest-qop gb-beat-anew digest-algorithm gb-profile",
	    "gb-beat-taken",
	    "a platform that was forgotten does not register "
	    "anew; the crash is the lab's" },
	{ "labs/gb28181-private-sdp", "media-private gb-address " GB28181_RULES,
	    "", "its media server says a private address" },
	{ "labs/gb28181-tcp-roles", "media-connection " GB28181_RULES, "",
	    "both wait for the connection" },
	{ "labs/gb28181-catalogue", "gb-body gb-sum " GB28181_RULES, "",
	    "a page of the catalogue can't be read" },
	{ "labs/ims-call", "ims-profile", "", "3GPP has forms of its own" },
	{ "labs/ims-out-of-step", "ims-profile", "", "the same" },
	{ "labs/ims-registration", "ims-profile", "", "the same" },
	{ "labs/ims-triggers", "ims-profile", "", "the same" },
	{ "topologies/ims.gv", "ims-profile", "", "the same" },
	{ "labs/volte-called", "ims-profile", "", "the same" },
	{ "labs/volte-emergency", "ims-profile", "", "the same" },
	{ "labs/volte-number", "ims-profile", "", "the same" },
	{ "labs/volte-telephone", "ims-profile", "", "the same" },
	{ "topologies/volte-telephone.gv", "ims-profile", "", "the same" },
	{ "labs/rfc5407-3.2.4", "", "bye-held",
	    "the figure has a BYE before the ACK" },
	{ "labs/dtmf-ways", "", "via-rport",
	    "a box answers by a fault of the lab" },
	{ "labs/one-way-audio", "media-heard media-private", "",
	    "who hears nothing is what the lab is about" },
	{ "labs/session-timer", "session-least", "",
	    "alice asks for 50 s, as in RFC 4028 13, and is told no" },
	{ "labs/srtp-listener", "plain-keys", "",
	    "who reads the SDP on the way reads the key: that is the lab" },
	{ "labs/strict-router", "record-route-lr", "",
	    "the lab is about a router without lr" },
};

#define NLABS (sizeof(lab_findings) / sizeof(lab_findings[0]))

static void
lab_is_clean(const char *file)
{
	const struct lab_options o = LAB_OPTIONS;
	struct trace *t = lab_trace(file, &o);
	struct buf rules = BUF_INIT, meant = BUF_INIT;
	const char *want = "", *wanted = "";
	struct inspect *in;

	CU_ASSERT_PTR_NOT_NULL(t);
	if (t == NULL)
		return;
	for (size_t i = 0; i < NLABS; i++)
		if (strcmp(lab_findings[i].lab, file) == 0) {
			want = lab_findings[i].rules;
			wanted = lab_findings[i].meant;
		}
	in = inspect_trace(t, file);
	role_matrix_note(in, file);
	put_rules(in, false, &rules);
	put_rules(in, true, &meant);
	if (strcmp(buf_cstr(&rules), want) != 0 ||
	    strcmp(buf_cstr(&meant), wanted) != 0)
		printf("BAD %s: \"%s\", meant \"%s\"; expected \"%s\", meant "
		       "\"%s\"\n",
		    file, buf_cstr(&rules), buf_cstr(&meant), want, wanted);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&rules), want);
	CU_ASSERT_STRING_EQUAL(buf_cstr(&meant), wanted);
	buf_free(&rules);
	buf_free(&meant);
	inspect_destroy(in);
	trace_destroy(t);
}

static void
labs_are_clean(void)
{
	labs_each(lab_is_clean, true);
	role_matrix_expect();
}

/* ---- captures ---- */

/* Each finding of a capture, and why it is right. */
static const struct {
	const char *file, *rule;
	uint64_t seq;
	const char *why;
} captured[] = {
	{ "auth-failure.pcapng", "digest-qop", 10,
	    "WWW-Authenticate has realm and nonce alone" },
	{ "auth-failure.pcapng", "digest-algorithm", 10,
	    "algorithm=MD5, and no other challenge" },
	{ "b2bua-asterisk.pcapng", "subscribe-event", 93,
	    "mandatory by the table of RFC 3265 7.2; RFC 6665 4.4.4 has it as "
	    "a SHOULD" },
	{ "b2bua-asterisk.pcapng", "offer-version", 292,
	    "the re-INVITE's o= names another address than before: root, one "
	    "host, then the other" },
	{ "b2bua-asterisk.pcapng", "digest-qop", 10,
	    "the registrar's challenge has no qop" },
	{ "b2bua-asterisk.pcapng", "digest-algorithm", 10,
	    "algorithm=MD5, and no other challenge" },
	{ "b2bua-asterisk.pcapng", "session-interval", 309,
	    "Min-SE stands in a 200, and RFC 4028 5 has it in no response but "
	    "422" },
	{ "call-rtp-g711.pcap", "response-tag", 29,
	    "the 200 to the REGISTER has To as it came, without a tag" },
	{ "call-rtp-g711.pcap", "register-listed", 29,
	    "the Contacts in the 200 have no expires" },
	{ "call-rtp-g711.pcap", "form-place", 29, "Max-Forwards in the 200" },
	{ "compact-form.pcap", "form-value", 4,
	    "the display name is in backslash quotes" },
	{ "compact-form.pcap", "form-length", 4,
	    "l: 272, and the datagram has 370 bytes behind the head" },
	{ "dtmf-info.pcap", "offer-answer", 150,
	    "two m= lines (audio, video with port 0), and the answer has one" },
	{ "dtmf-info.pcap", "cancel-wait", 36,
	    "INVITE 2 and 3 are cancelled before any response to them" },
	{ "dtmf-info.pcap", "session-least", 23, "Session-Expires: 60" },
	{ "dtmf-info.pcap", "session-least", 139, "so has the request" },
	{ "dtmf-info.pcap", "session-interval", 139, "Min-SE: 5" },
	{ "dtmf-info.pcap", "offer-version", 150,
	    "another session id in o= within the dialog" },
	{ "dtmf-info.pcap", "via-rport", 16, "rport=5060, and no received" },
	{ "basic-call.pcap", "offer-make", 26,
	    "neither the INVITE nor the 2xx has a description" },
	{ "h263.pcap", "answer-types", 18, "101 is in m= alone" },
	{ "ipip-a.pcap", "sdp-opus", 4, "opus/48000, without its channels" },
	{ "ipip-a.pcap", "transport-size", 4,
	    "one datagram of 1464 bytes and more" },
	{ "ipip-a.pcap", "digest-qop", 19,
	    "the challenge has realm and nonce" },
	{ "ipip-a.pcap", "digest-algorithm", 19, "no algorithm, which is MD5" },
	{ "ipv6-fragments.pcap", "sdp-fmtp", 4,
	    "a=fmtp:110 and 111, and m= lists neither" },
	{ "ipv6-fragments.pcap", "sdp-rtpmap", 4, "the same of a=rtpmap" },
	{ "ipv6-fragments.pcap", "transport-size", 4,
	    "it was cut into fragments" },
	{ "ipv6-fragments.pcap", "transport-size", 18, "so was this" },
	{ "ipv6-fragments.pcap", "dialog-request", 231,
	    "the BYE counts 2 after an UPDATE with 3" },
	{ "ipv6-fragments.pcap", "form-once", 144,
	    "Content-Type stands twice" },
	{ "ipv6-fragments.pcap", "contact-one", 67,
	    "RFC 3311 5.1: UPDATE refreshes the target, and this has no "
	    "Contact" },
	{ "ipv6-fragments.pcap", "dialog-contact", 78,
	    "RFC 3311, Table 1: Contact is mandatory in a 2xx" },
	{ "ipv6-fragments.pcap", "prack-send", 39,
	    "RAck: 1 2 INVITE, and the 183 has CSeq: 1 INVITE" },
	{ "ipv6-fragments.pcap", "dialog-route", 39,
	    "12.1.2: the caller's routes are Record-Route in reverse; these "
	    "are not reversed" },
	{ "ipv6-fragments.pcap", "proxy-unchanged", 18,
	    "the offer goes on without payload type 0, with another address" },
	{ "ipv6-fragments.pcap", "offer-version", 133,
	    "other formats than in the INVITE, and its version" },
	{ "ipv6-fragments.pcap", "form-value", 160, "To has two tags" },
	{ "ipv6-fragments.pcap", "response-extensions", 93,
	    "Require has precondtion, misspelt" },
	{ "ipv6-fragments.pcap", "allow-methods", 4, "Allow has no ACK" },
	{ "junk-before-request.pcap", "form-mandatory", 1,
	    "a request line and Expires, no other field" },
	{ "keepalive-hello.pcapng", "digest-qop", 10,
	    "the challenge has no qop" },
	{ "keepalive-hello.pcapng", "via-own-address", 4,
	    "10.231.142.84 in the Via, 172.29.38.91 on the wire" },
	{ "keepalive-hello.pcapng", "digest-algorithm", 10,
	    "algorithm=MD5, and no other challenge" },
	{ "keepalive-hello.pcapng", "via-rport", 10,
	    "rport has a value, and there is no received" },
	{ "options.pcap", "form-max-forwards", 4, "no Max-Forwards" },
	{ "options.pcap", "options-recv", 9, "11.2: Allow SHOULD be there" },
	{ "opus-offer.pcap", "sdp-event-clock", 11,
	    "opus/48000, and events of 8000" },
	{ "register-reinvite-bye.pcap", "sdp-opus", 69,
	    "opus/48000, without its channels" },
	{ "register-reinvite-bye.pcap", "sdp-opus", 74, "so has the answer" },
	{ "register-reinvite-bye.pcap", "dialog-target", 52,
	    "ACK, re-INVITE and BYE go to the address-of-record, not to the "
	    "Contact" },
	{ "register-reinvite-bye.pcap", "register-ok", 10,
	    "port 5082 is registered, and port 5080 is listed" },
	{ "rtp-g711.pcap", "via-rport", 49,
	    "the Via goes back with rport as it came" },
	{ "sdp-call.pcap", "media-fax", 26, "the answer takes fax by udptl" },
	{ "suricata-s0.pcap", "response-tag", 43,
	    "the 200 to the REGISTER has To without a tag" },
	{ "suricata-s0.pcap", "register-listed", 43,
	    "the Contact in the 200 has no expires" },
	{ "suricata-s0.pcap", "form-place", 43, "Max-Forwards in the 200" },
	{ "suricata-sdp.pcap", "form-value", 4,
	    "the display name is in backslash quotes" },
	{ "suricata-sdp.pcap", "form-value", 11, "and comes back so" },
	{ "suricata-sdp.pcap", "form-length", 4,
	    "Content-Length is 272, and the datagram has 416 bytes more" },
	{ "suricata-sdp.pcap", "form-length", 11,
	    "the response has 472, and says 272, too" },
	{ "suricata-sdp.pcap", "via-received", 11,
	    "192.168.1.2 in the Via came from a public address; no received" },
	{ "t38-fax.pcap", "session-interval", 138,
	    "Min-SE stands in a 200, and RFC 4028 5 has it in no response but "
	    "422" },
	{ "t38-fax.pcap", "offer-version", 204,
	    "the gateway's re-INVITE has another session id" },
	{ "t38-fax.pcap", "form-place", 220, "Max-Forwards in a response" },
	{ "t38-fax.pcap", "offer-version", 491,
	    "fax and then audio with the same o= line" },
	{ "t38-fax.pcap", "offer-version", 503, "so it is on the next leg" },
	{ "t38-fax.pcap", "via-own-address", 56,
	    "a NAT: the same INVITE was captured before it" },
	{ "t38-fax.pcap", "via-own-address", 216,
	    "a NAT: the same INVITE was captured before it" },
	{ "t38-fax.pcap", "media-types", 297,
	    "three packets of type 100, signals of the gateway's own" },
	{ "t38-fax.pcap", "media-fax-flow", 412,
	    "PCMA goes on where fax was taken" },
	{ "t38-fax.pcap", "media-fax-flow", 424, "so it does on the next leg" },
	{ "t38-fax.pcap", "media-unreported", 554, "35 s, and no RTCP" },
	{ "t38-fax.pcap", "media-base", 554,
	    "its last packet has the timestamp 0" },
	{ "t38-fax.pcap", "media-ptime", 554,
	    "packets of 10 ms to who has said a=ptime:20" },
	{ "tcp-register.pcap", "via-own-address", 3,
	    "from the loop, with the address of a network" },
	{ "wireshark-sip.pcapng", "form-from-tag", 4,
	    "From: sip:34903@csp.noklab.net, no tag" },
	{ "wireshark-sip.pcapng", "form-max-forwards", 4,
	    "no Max-Forwards in the REGISTER" },
	{ "wireshark-sip.pcapng", "form-max-forwards", 26,
	    "nor in the INVITE" },
	{ "wireshark-sip.pcapng", "via-rport", 10,
	    "rport=5060, and the REGISTER has not asked for it" },
	{ "wireshark-sip.pcapng", "response-tag", 10,
	    "the 200 has To as it came" },
	{ "wireshark-sip.pcapng", "response-tag", 39,
	    "a 181 is no 100, and has no tag" },
	{ "wireshark-sip.pcapng", "response-fields", 32,
	    "the 100 lacks acme_irealm of the Via" },
	{ "wireshark-sip.pcapng", "via-own-address", 4,
	    "192.168.1.100 in the Via, 10.102.130.150 on the wire" },
	{ "zeek-wireshark.pcap", "form-max-forwards", 220,
	    "the ACKs have none" },
	{ "zeek-wireshark.pcap", "proxy-408-too-late", 278, "408 to a CANCEL" },
	{ "zeek-wireshark.pcap", "auth-uri", 22,
	    "the client's own address stands in uri; #332, #604, too" },
	{ "zeek-wireshark.pcap", "digest-form", 22, "nc=\"00000001\"" },
	{ "zeek-wireshark.pcap", "digest-same", 22,
	    "nc, and no qop in the challenge" },
	{ "zeek-wireshark.pcap", "non-invite-1xx", 26,
	    "100 to a REGISTER over UDP at once" },
	{ "zeek-wireshark.pcap", "digest-qop", 10, "the challenge has no qop" },
	{ "zeek-wireshark.pcap", "digest-algorithm", 10,
	    "algorithm=MD5, and no other challenge" },
};

#define NCAPTURED (sizeof(captured) / sizeof(captured[0]))

static struct trace *
captured_trace(const char *file)
{
	struct capture_trace_options o = { .detail = TRACE_PROTOCOL };
	LOCAL_BUF path = BUF_INIT, out = BUF_INIT;
	struct capture_reader reader;
	struct capture *c = NULL;
	struct diag d = DIAG_INIT;
	struct trace *t = NULL;

	buf_printf(&path, "%s/pcap/%s", check_data(), file);
	if (capture_open(&c, buf_cstr(&path), NULL, &d) == 0) {
		reader = capture_reader_of(c);
		if (capture_trace(&reader, &o, lab_sink, &out, &d) == 0)
			trace_load_buf(&t, &out, file, &d);
	}
	capture_close(c);
	return t;
}

static bool
is_expected(const char *file, const struct inspect_finding *f)
{
	const char *key = rule_at(inspect_clause_at(f->clause)->rule)->key;

	for (size_t i = 0; i < NCAPTURED; i++)
		if (strcmp(captured[i].file, file) == 0 &&
		    strcmp(captured[i].rule, key) == 0 &&
		    captured[i].seq == f->seq)
			return true;
	/* Each capture has this, and it is right: none has TLS. */
	if (strcmp(key, "plain-signalling") == 0)
		return true;
	printf("BAD %s: %s at #%llu: %.*s\n", file, key,
	    (unsigned long long)f->seq, STR_ARG(f->text));
	return false;
}

/* How many rows of the table FILE has. */
static size_t
expected_of(const char *file)
{
	size_t n = 0;

	for (size_t i = 0; i < NCAPTURED; i++)
		n += strcmp(captured[i].file, file) == 0;
	return n;
}

static void
capture_is_judged(const char *file)
{
	struct trace *t = captured_trace(file);
	struct inspect *in;
	size_t n = 0;

	CU_ASSERT_PTR_NOT_NULL(t);
	if (t == NULL)
		return;
	in = inspect_trace(t, file);
	/* Who reads more of them reads none; one has been written to, and
	 * one has the same fault on each leg. */
	CU_ASSERT_TRUE(inspect_report(in)->count[INSPECT_WARNING] <=
		       (strcmp(file, "suricata-sdp.pcap") == 0 ? 3U
			   : strcmp(file, "t38-fax.pcap") == 0 ? 4U
							       : 2U));
	for (size_t i = 0; i < inspect_report(in)->nfindings; i++) {
		const struct inspect_finding *f =
		    &inspect_report(in)->findings[i];

		CU_ASSERT_TRUE(is_expected(file, f));
		n +=
		    inspect_clause_at(f->clause)->rule != RULE_PLAIN_SIGNALLING;
	}
	if (n != expected_of(file))
		printf("BAD %s: %zu findings, expected %zu\n", file, n,
		    expected_of(file));
	CU_ASSERT_EQUAL(n, expected_of(file));
	inspect_destroy(in);
	trace_destroy(t);
}

static void
captures_are_judged(void)
{
	static const char *const clean[] = { "prack.pcap", "register.pcap",
		"sdp-call.pcap", "tcp-call.pcap" };
	const char *last = "";
	LOCAL_BUF folder = BUF_INIT;
	bool there;

	buf_printf(&folder, "%s/pcap", check_data());
	there = access(buf_cstr(&folder), R_OK) == 0;
	if (!there) {
		check_skip("no captures beside the project");
		return;
	}
	for (size_t i = 0; i < NCAPTURED; i++) {
		if (strcmp(captured[i].file, last) != 0)
			capture_is_judged(captured[i].file);
		last = captured[i].file;
	}
	for (size_t i = 0; i < sizeof(clean) / sizeof(clean[0]); i++)
		capture_is_judged(clean[i]);
}

CHECK_MAIN("inspect found", { "labs are clean", labs_are_clean },
    { "captures, each finding with its reason", captures_are_judged })
