/*
 * Bent messages to every role at once, for a bounded time: good ones of every
 * kind, and those of the reference data, cut, doubled and mixed, by UDP and by
 * TCP in pieces; and bent answers to what the roles ask the tester.  Nothing
 * crashes or leaks, the run goes on, everything ends by itself, and each line
 * of the trace has a cause that was there before it.  $RUNG_FUZZ_SECONDS asks
 * for more than the usual second and a half; a world that fails says the number
 * with which $RUNG_FUZZ_WORLD plays it first, and leaves its trace.
 */
#include "net/tcp.h"
#include "fixtures/stage.h"
#include "msg/header_names.h"

#include <time.h>

#define MOST  40000 /* bytes of a message */
#define CONNS 8

static struct stage s;
static struct tester t;
static struct net_listener *listener;
static struct net_conn *conns[CONNS];
static uint64_t dice = 88172645463325252u;
static uint64_t world; /* the dice as it began */
static unsigned serial;

/* @ stands for a number of each message's own, ~ for one of a few calls. */
#define HEAD(host, cseq)                                           \
	"Via: SIP/2.0/UDP 192.0.2." host ":5060;branch=z9hG4bK@\n" \
	"Max-Forwards: 70\nFrom: <sip:t@t.example>;tag=f~\n"       \
	"Call-ID: c~\nCSeq: " cseq "\n"
#define TO(uri)  "To: <" uri ">\n"
#define BOB      "sip:bob@b.example"
#define CONTACT9 "Contact: <sip:t@192.0.2.9>\n"
#define NONE     "Content-Length: 0\n\n"
#define SDP                                                               \
	"Content-Type: application/sdp\nContent-Length: 83\n\n"           \
	"v=0\no=t 1 1 IN IP4 192.0.2.9\ns=-\nc=IN IP4 192.0.2.9\nt=0 0\n" \
	"m=audio 4000 RTP/AVP 0\n"
#define DIGEST                                                          \
	"Digest username=\"alice\", realm=\"b.example\", "              \
	"nonce=\"abc\", uri=\"sip:b.example\", qop=auth, nc=00000001, " \
	"cnonce=\"c\", algorithm=SHA-256, response=\""                  \
	"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"\n"

#define PIDF                                                        \
	"<?xml version=\"1.0\"?>\n<presence xmlns=\"urn:ietf:"      \
	"params:xml:ns:pidf\" entity=\"sip:bob@b.example\"><tuple " \
	"id=\"a\"><status><basic>open</basic></status></tuple>"     \
	"</presence>\n"

static const char *const seeds[] = {
	"INVITE " BOB " SIP/2.0\n" HEAD("9", "1 INVITE") TO(BOB) CONTACT9 SDP,
	"INVITE sip:carol@r.example SIP/2.0\n" HEAD("9", "1 INVITE")
	    TO("sip:carol@r.example") CONTACT9 NONE,
	"INVITE sip:bob@192.0.2.5 SIP/2.0\n" HEAD("9", "1 INVITE") TO(BOB)
	    CONTACT9
	"Route: <sip:192.0.2.2;lr>, <sip:192.0.2.3;lr>\n"
	"Record-Route: <sip:192.0.2.8;lr>\nSupported: 100rel\n" SDP,
	"INVITE sip:192.0.2.2:5060;lr SIP/2.0\n" HEAD("9", "1 INVITE") TO(BOB)
	    CONTACT9 "Route: <sip:bob@192.0.2.5>\n" SDP,
	"ACK " BOB " SIP/2.0\n" HEAD("9", "1 ACK") TO(BOB) NONE,
	"CANCEL " BOB " SIP/2.0\n" HEAD("9", "1 CANCEL") TO(BOB) NONE,
	"BYE sip:bob@192.0.2.5 SIP/2.0\n" HEAD("9", "2 BYE")
	    TO(BOB) "Route: <sip:192.0.2.2;lr>\n" NONE,
	"OPTIONS sip:b.example SIP/2.0\n" HEAD("9", "1 OPTIONS")
	    TO("sip:b.example") "Accept: application/sdp\nRequire: x\n" NONE,
	"REGISTER sip:b.example SIP/2.0\n" HEAD("9", "~ REGISTER") TO(BOB)
	    CONTACT9 "Expires: 100\nAuthorization: " DIGEST NONE,
	"REGISTER sip:b.example SIP/2.0\n" HEAD("9", "~ REGISTER")
	    TO("sip:alice@b.example") "Contact: <sip:a@192.0.2.6>;q=0.5;"
				      "expires=70, <sip:bob@192.0.2.2>, "
				      "<sip:192.0.2.9;transport=tcp>\n"
				      "Path: <sip:192.0.2.2;lr>\nSupported: "
				      "path\n" NONE,
	"REGISTER sip:b.example SIP/2.0\n" HEAD("9", "~ REGISTER")
	    TO(BOB) "Contact: *\nExpires: 0\n" NONE,
	"MESSAGE sip:dora@b.example SIP/2.0\n" HEAD("9", "1 MESSAGE")
	    TO("sip:dora@b.example") "Proxy-Authorization: " DIGEST
				     "Proxy-Require: a\nContent-Type: "
				     "text/plain\nContent-Length: 2\n\nhi",
	"REFER sip:bob@192.0.2.5 SIP/2.0\n" HEAD("9", "3 REFER") TO(BOB)
	    CONTACT9 "Refer-To: <sip:dora@b.example;method=INVITE>\n"
		     "Referred-By: <sip:t@t.example>\n" NONE,
	"NOTIFY sip:bob@192.0.2.5 SIP/2.0\n" HEAD("9", "4 NOTIFY") TO(BOB)
	    CONTACT9 "Event: refer;id=2\nSubscription-State: "
		     "terminated;reason=noresource;expires=1\n"
		     "Content-Type: message/sipfrag\nContent-Length: "
		     "16\n\nSIP/2.0 200 OK\n",
	"SUBSCRIBE sip:bob@192.0.2.5 SIP/2.0\n" HEAD("9", "1 SUBSCRIBE") TO(BOB)
	    CONTACT9 "Event: dialog;id=a\nExpires: 9\nAccept: "
		     "application/dialog-info+xml\n" NONE,
	"SUBSCRIBE sip:bob@b.example SIP/2.0\n" HEAD("9", "1 SUBSCRIBE") TO(BOB)
	    CONTACT9 "Event: presence\nExpires: 100\n" NONE,
	"PUBLISH sip:bob@192.0.2.8 SIP/2.0\n" HEAD("9", "1 PUBLISH")
	    TO(BOB) "Event: presence\nExpires: 100\nSIP-If-Match: a\n"
		    "Content-Type: application/pidf+xml\n\n" PIDF,
	"PUBLISH sip:bob@192.0.2.8 SIP/2.0\n" HEAD("9", "1 PUBLISH")
	    TO(BOB) "Event: presence\nContent-Type: "
		    "application/pidf+xml\n\n" PIDF,
	"UPDATE sip:bob@192.0.2.5 SIP/2.0\n" HEAD("9", "5 UPDATE") TO(BOB)
	    CONTACT9 "Session-Expires: 90;refresher=uac\n" SDP,
	"PRACK sip:bob@192.0.2.5 SIP/2.0\n" HEAD("9", "2 PRACK")
	    TO(BOB) "RAck: 1 1 INVITE\n" NONE,
	"INFO sip:bob@192.0.2.5 SIP/2.0\n" HEAD("9", "6 INFO")
	    TO(BOB) "Content-Type: application/dtmf-relay\n\nSignal=1\n"
		    "Duration=160\n",
	"MESSAGE sip:bob@192.0.2.5 SIP/2.0\n" HEAD("9", "1 MESSAGE")
	    TO(BOB) "Content-Type: text/plain\nExpires: 3\nDate: Sat, 13 "
		    "Nov 2010 23:29:00 GMT\n\nhi\n",
	"INVITE sip:bob@192.0.2.5 SIP/2.0\n" HEAD("9", "1 INVITE") TO(BOB)
	    CONTACT9 "Replaces: c~;to-tag=a;from-tag=f~\n"
		     "Session-Expires: 90\nMin-SE: 90\n"
		     "Require: 100rel\nSupported: timer\n"
		     "History-Info: <sip:x@y>;index=1\n" SDP,
	"SIP/2.0 200 OK\n" HEAD("2", "1 INVITE") TO(BOB) CONTACT9 NONE,
	"SIP/2.0 302 Moved\nVia: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bK@\n" HEAD(
	    "9", "1 INVITE")
	    TO(BOB) "Contact: <" BOB ">, <sip:x@r.example?"
		    "Subject=a&Route=%3Csip:x%3E>;q=0.3\n" NONE,
	"{\"op\":\"answer\",\"id\":1,\"status\":\"ok\",\"contacts\":[]}",
};

#define SEEDS (sizeof(seeds) / sizeof(seeds[0]))

static const char *const pieces[] = { "\r\n", "\r\n ", ",", ";", "\"", "<", ">",
	"*", "%", "%00", "\\", "@", ":", "=", "\xff", "0", "4294967296", "-1",
	"SIP/2.0", "sip:", "sips:", "tel:1", "[::1]", "[2001:db8::1]:0", ";lr",
	";transport=tcp", ";transport=udp", ";maddr=192.0.2.9",
	";received=192.0.2.9", ";rport=1", ";rport", ";alias", ";tag=x",
	";branch=z9hG4bKx", ";q=0.9", ";expires=0", "?Subject=x",
	"Via: SIP/2.0/UDP 192.0.2.2:5060;branch=z9hG4bKy\r\n",
	"Via: SIP/2.0/TCP 192.0.2.9;branch=z9hG4bKy;alias\r\n",
	"Route: <sip:192.0.2.2;lr>\r\n", "Route: <sip:192.0.2.4;lr>\r\n",
	"Route: <sip:nowhere.example;lr>\r\n",
	"Route: <sip:192.0.2.3;transport=tcp>\r\n", "Contact: *\r\n",
	"Contact: <" BOB ">\r\n", "Contact: <sip:erin@b.example>\r\n",
	"Contact: <sip:t@192.0.2.9;transport=tcp>\r\n", "Expires: 0\r\n",
	"Max-Forwards: 0\r\n", "Content-Length: 0\r\n",
	"Content-Length: 70000\r\n", "Content-Encoding: x\r\n",
	"Record-Route: <sip:192.0.2.3;lr>\r\n", "Require: path\r\n",
	"Path: <sip:192.0.2.3;lr>\r\n", "Service-Route: <sip:192.0.2.2;lr>\r\n",
	"Refer-To: <sip:dora@b.example>\r\n",
	"Refer-To: <sip:t@192.0.2.9;method=BYE?Replaces=x>\r\n",
	"Event: presence\r\n", "Event: refer;id=\r\n", "Event: dialog\r\n",
	"Event: reg;id=1\r\n", "RSeq: 1\r\n", "RSeq: 4294967295\r\n",
	"RAck: 1 1 INVITE\r\n", "Require: 100rel\r\n", "Require: replaces\r\n",
	"Supported: 100rel, timer\r\n", "Session-Expires: 90\r\n",
	"Session-Expires: 4294967295;refresher=uas\r\n",
	"Min-SE: 4294967295\r\n", "Info-Package: x\r\n",
	"Subscription-State: terminated;reason=deactivated\r\n",
	"Subscription-State: terminated;retry-after=4294967295\r\n",
	"Subscription-State: pending;expires=0\r\n",
	"Subscription-State: x;expires=-1\r\n",
	"Replaces: a;to-tag=1;from-tag=2\r\n",
	"Join: a;to-tag=1;from-tag=2\r\n",
	"Refer-To: <sip:t@192.0.2.9?Replaces=a%3Bto-tag%3D1%3Bfrom-tag%3D2>"
	"\r\n",
	"SIP-ETag: a\r\n", "SIP-If-Match: b\r\n",
	"History-Info: <sip:a@b>;index=1, <sip:c@d>;index=1.1\r\n",
	"Content-Type: application/pidf+xml\r\n", "<a><b c=\"d\">",
	"Subscription-State: active;expires=4294967295\r\n",
	"Retry-After: 1\r\n", "Min-Expires: 4294967295\r\n",
	"WWW-Authenticate: Digest realm=\"b.example\", nonce=\"@\"\r\n",
	("Proxy-Authenticate: Digest realm=\"b.example\", nonce=\"\\\"\", "
	 "qop=\"auth,auth-int\", algorithm=MD5-sess, opaque=\"\"\r\n") };

#define PIECES (sizeof(pieces) / sizeof(pieces[0]))

static uint64_t
next(void)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return dice;
}

static size_t
upto(size_t n)
{
	return (size_t)(next() % (n + 1));
}

/* ---- bending ---- */

static void
put(struct buf *b, size_t at, struct str bytes)
{
	struct buf all = BUF_INIT;

	if (b->n + bytes.n > MOST)
		return;
	buf_add(&all, b->p, at);
	buf_str(&all, bytes);
	buf_add(&all, b->p + at, b->n - at);
	buf_free(b);
	*b = all;
}

static void
cut_out(struct buf *b, size_t at, size_t n)
{
	n = n < b->n - at ? n : b->n - at;
	memmove(b->p + at, b->p + at + n, b->n - at - n);
	b->n -= n;
}

/* The start of the line that AT lies in. */
static size_t
line_at(const struct buf *b, size_t at)
{
	while (at > 0 && b->p[at - 1] != '\n')
		at--;
	return at;
}

static void
bend(struct buf *b)
{
	struct buf some = BUF_INIT;

	for (size_t i = upto(4); i > 0 && b->n > 2; i--) {
		size_t at = upto(b->n - 1), n = upto(40);
		const char *piece = pieces[upto(PIECES - 1)];

		switch (upto(5)) {
		case 0:
			b->p[at] = (char)next();
			break;
		case 1:
			cut_out(b, at, n);
			break;
		case 2: /* whole lines where a line begins */
			put(b, strlen(piece) > 14 ? line_at(b, at) : at,
			    str_of(piece));
			break;
		case 3: /* out with the line */
			at = line_at(b, at);
			n = at;
			while (n < b->n && b->p[n] != '\n')
				n++;
			cut_out(b, at, n + 1 - at);
			break;
		default: /* said again, and again */
			buf_clear(&some);
			buf_add(
			    &some, b->p + at, n < b->n - at ? n : b->n - at);
			for (size_t k = upto(3) == 0 ? upto(300) : 1; k > 0;
			     k--)
				put(b, at, buf_view(&some));
		}
	}
	buf_free(&some);
}

/* TEXT with its numbers and CRLF, in B. */
static void
fill(struct buf *b, const char *text)
{
	serial++;
	buf_clear(b);
	for (; *text != '\0'; text++) {
		if (*text == '@')
			buf_printf(b, text[-1] == 'K' ? "%u" : "@", serial);
		else if (*text == '~')
			buf_printf(b, "%u", serial / 8);
		else if (*text == '\n' && text[-1] != '\r')
			buf_puts(b, "\r\n");
		else
			buf_putc(b, *text);
	}
}

/* ---- the tester ---- */

/* Cut off what a message may not have, says why not: one that closes is gone.
 */
static void
closed(struct net_conn *c, enum net_close why, void *arg)
{
	(void)why;
	(void)arg;
	for (size_t i = 0; i < CONNS; i++)
		if (conns[i] == c)
			conns[i] = NULL;
}

static void
received(struct net_conn *c, void *arg)
{
	struct str in = net_tcp_peek(c);

	(void)arg;
	if (t.n < TESTER_GOT) {
		buf_clear(&t.got[t.n].bytes);
		buf_str(&t.got[t.n].bytes, in);
		t.got[t.n++].src = net_tcp_remote(c);
	}
	net_tcp_skip(c, in.n);
}

static const struct net_tcp_ops ops = { .closed = closed,
	.received = received };

static void
accepted(struct net_conn *c, void *arg)
{
	size_t i = upto(CONNS - 1);

	(void)arg;
	if (conns[i] != NULL)
		net_tcp_abort(conns[i]);
	conns[i] = c;
	net_tcp_set_user(c, &ops, NULL);
}

/* In up to three pieces; and sometimes that was all. */
static void
send_tcp(unsigned host, struct str bytes)
{
	static const struct trace_message m = { .proto = TRACE_PROTO_SIP };
	struct addr dst = stage_addr(host);
	size_t i = upto(CONNS - 1);

	if (conns[i] == NULL &&
	    net_tcp_connect(t.node->host, &dst, &ops, NULL, &conns[i]) != 0)
		return;
	while (bytes.n > 0 && conns[i] != NULL) {
		size_t n = upto(2) == 0 ? bytes.n : upto(bytes.n);

		net_tcp_send(conns[i], str_slice(bytes, 0, n), &m, RULE_NONE);
		bytes = str_slice(bytes, n, bytes.n);
		if (upto(2) == 0)
			CU_ASSERT_FATAL(stage_run(&s, (int64_t)upto(30)));
	}
	if (conns[i] != NULL && upto(15) == 0) {
		net_tcp_abort(conns[i]);
		conns[i] = NULL;
	} else if (conns[i] != NULL && upto(15) == 0) {
		net_tcp_close(conns[i]);
		conns[i] = NULL;
	}
}

static void
send_any(struct str bytes)
{
	unsigned host = (unsigned)(2 + upto(6));
	struct addr dst = stage_addr(host);

	if (upto(2) == 0) {
		send_tcp(host, bytes);
		return;
	}
	if (upto(40) == 0)
		dst.port = TRACE_PORT_LOCATION;
	tester_send(&t, &dst, bytes);
}

/* What the tester was asked is answered with what may come into its mind. */
static void
answer(struct buf *b)
{
	static const unsigned statuses[] = { 100, 180, 183, 200, 200, 300, 302,
		305, 380, 401, 407, 408, 423, 486, 487, 503, 600, 699 };
	static const enum msg_header ids[] = { MSG_H_VIA, MSG_H_RECORD_ROUTE,
		MSG_H_FROM, MSG_H_CALL_ID, MSG_H_CSEQ };
	const struct msg *m = tester_at(&t, upto(t.n - 1));
	const struct msg_field *f;

	buf_clear(b);
	if (!m->request)
		return;
	buf_printf(b, "SIP/2.0 %u What\r\n",
	    statuses[upto(sizeof(statuses) / sizeof(statuses[0]) - 1)]);
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		for (size_t n = 0; (f = msg_field(m, ids[i], n)) != NULL; n++)
			buf_str(b, f->line);
	buf_printf(b, "To: %.*s;tag=t%u\r\n", STR_ARG(msg_value(m, MSG_H_TO)),
	    serial % 5);
	for (size_t i = upto(3); i > 0; i--) {
		const char *piece = pieces[upto(PIECES - 1)];

		if (strlen(piece) > 14)
			buf_puts(b, piece);
	}
	buf_printf(b, "Contact: <sip:t%zu@192.0.2.9%s>;q=0.%zu\r\n\r\n",
	    upto(9), upto(3) == 0 ? ";transport=tcp" : "", upto(9));
}

/* What may come within a dialog that a request to the tester may have made; #
 * is a small number. */
static const struct {
	const char *method, *lines;
} inner[] = {
	{ "REFER", "Refer-To: <sip:dora@b.example>\n\n" },
	{ "REFER", "Refer-To: <sip:t@192.0.2.9;method=INVITE>\n\n" },
#define NEWS(event, type, state, body)                               \
	{                                                            \
		"NOTIFY", "Event: " event "\nContent-Type: " type    \
			  "\nSubscription-State: " state "\n\n" body \
	}
#define FRAG(state, line) NEWS("refer", "message/sipfrag", state, line)
#define DIALOG(state, body) \
	NEWS("dialog", "application/dialog-info+xml", state, body)
	FRAG("active;expires=9", "SIP/2.0 100 Trying\n"),
	FRAG("pending", "SIP/2.0 100 Trying\n"),
	FRAG("terminated", "SIP/2.0 200 OK\n"),
	FRAG("terminated;reason=x", "SIP/2.0 486 No\n"),
	FRAG("terminated", "SIP/2.0 100 Trying\n"),
	DIALOG("active;expires=9", ""),
	DIALOG("active", "<dialog-info><dialog id=\"a\"/></dialog-info>"),
	DIALOG("pending;expires=1", ""),
	DIALOG("terminated;reason=giveup;retry-after=1", ""),
	DIALOG("terminated;reason=deactivated", ""),
	{ "SUBSCRIBE", "Event: dialog\nExpires: #\n\n" },
	{ "SUBSCRIBE", "Event: refer\nExpires: #\n\n" },
	{ "PRACK", "RAck: # 1 INVITE\n\n" },
	{ "UPDATE", SDP },
	{ "UPDATE", "Supported: timer\nSession-Expires: 90\n\n" },
	{ "INVITE", SDP },
	{ "INVITE", "\n" },
	{ "MESSAGE", "Content-Type: text/plain\n\nhi\n" },
	{ "INFO", "Content-Type: application/dtmf-relay\n\nSignal=#\n" },
	{ "INFO", "Info-Package: x\n\n" },
	{ "OPTIONS", "\n" },
	{ "ACK", "\n" },
	{ "BYE", "\n" },
};

#define INNER (sizeof(inner) / sizeof(inner[0]))

/* One of those in B; *DST is who is in that dialog. */
static void
within(struct buf *b, struct addr *dst)
{
	size_t at = upto(t.n - 1), k = upto(INNER - 1);
	const struct msg *m = tester_at(&t, at);

	buf_clear(b);
	*dst = t.got[at].src;
	if (!m->request)
		return;
	serial++;
	buf_printf(b,
	    "%s sip:x SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.9;"
	    "branch=z9hG4bKw%u\r\nFrom: %.*s;tag=t%u\r\nTo: %.*s\r\n"
	    "Call-ID: %.*s\r\nCSeq: %u %s\r\n"
	    "Contact: <sip:t@192.0.2.9>\r\n",
	    inner[k].method, serial, STR_ARG(msg_value(m, MSG_H_TO)),
	    (unsigned)upto(4), STR_ARG(msg_value(m, MSG_H_FROM)),
	    STR_ARG(msg_value(m, MSG_H_CALL_ID)), serial, inner[k].method);
	for (const char *p = inner[k].lines; *p != '\0'; p++)
		if (*p == '#')
			buf_u64(b, upto(20));
		else if (*p == '\n')
			buf_puts(b, "\r\n");
		else
			buf_putc(b, *p);
}

/* ---- the world ---- */

static void
open_world(void)
{
	STAGE_OPEN(&s, &t, "t", 9);
	memset(conns, 0, sizeof(conns));
	CU_ASSERT_EQUAL_FATAL(
	    net_tcp_listen(t.node->host, 5060, accepted, NULL, &listener), 0);
	world_add_domain(s.w, "b.example",
	    stage_node(&s, "prx", "proxy registrar location", "b.example", 2,
		upto(1) == 0 ? "auth=true recurse=true ring_time=2s path=true"
			     : "recurse=true fork=sequential ring_time=1s"));
	world_add_domain(s.w, "s.example",
	    stage_node(&s, "sl", "proxy", "s.example", 3, "stateless=true"));
	world_add_domain(s.w, "r.example",
	    stage_node(&s, "red", "redirect registrar location", "r.example", 4,
		upto(1) == 0 ? "" : "ambiguous=true permanent=true"));
	stage_node(&s, "bob", "ua", "b.example", 5,
	    upto(1) == 0
		? "answer=300ms hangup=2s aor=sip:bob@b.example dialogs=all "
		  "refer=anywhere session_expires=90s packages=x"
		: "answer=300ms hangup=2s aor=sip:bob@b.example");
	stage_node(&s, "alice", "ua", "b.example", 6,
	    upto(1) == 0
		? "aor=sip:alice@b.example password=x reliable=required "
		  "session_expires=90s"
		: "aor=sip:alice@b.example password=x outbound=prx "
		  "transport=tcp");
	stage_node(&s, "pa", "presence", "b.example", 8, "");
	stage_node(&s, "strict", "proxy location", "c.example", 7,
	    "strict_routing=true record_route=true transport=tcp");
	stage_do(&s, "prx", "bind", NULL, "aor", "dora", "contact",
	    "sip:t@192.0.2.9", NULL);
	stage_do(&s, "prx", "bind", NULL, "aor", "bob", "contact",
	    "sip:bob@192.0.2.5", NULL);
	stage_do(&s, "prx", "bind", NULL, "aor", "erin", "contact",
	    "sip:bob@b.example", NULL);
	stage_do(&s, "prx", "bind", NULL, "aor", "bob", "contact",
	    "sip:erin@b.example", NULL);
	stage_do(&s, "red", "bind", NULL, "aor", "carol", "contact",
	    "sip:bob@b.example", NULL);
}

/* What WHO does beside calling, with TO or within CALL. */
static void
live_beside(const char *call, const char *who, const char *to)
{
	static const char *const plain[] = { "update", "options", "hold",
		"reinvite", "bye", "cancel" };

	stage_do(&s, who, "subscribe", NULL, "target", to, "event",
	    upto(2) == 0 ? "presence" : "dialog", "expires", "5s", NULL);
	stage_do(&s, who, "message", NULL, "target", to, "text", "a", NULL);
	stage_do(&s, who, "message", call, "text", "b", NULL);
	stage_do(&s, who, "dtmf", call, "digits", "12", NULL);
	stage_do(&s, who, plain[upto(5)], call, NULL);
}

/* What a good node does meanwhile. */
static void
live(void)
{
	static const char *const targets[] = { "sip:bob@b.example",
		"sip:dora@b.example", "sip:carol@r.example", "sip:t@192.0.2.9",
		"sip:t@192.0.2.9;transport=tcp" };
	static char call[sizeof(s.result.object)] = "bob/1";
	const char *to = targets[upto(4)];

	if (upto(3) == 0)
		stage_do(&s, "alice", "register", NULL, NULL);
	else
		stage_call(&s, upto(1) == 0 ? "alice" : "bob", to);
	if (s.result.object[0] != '\0')
		snprintf(call, sizeof(call), "%s", s.result.object);
	live_beside(call, call[0] == 'a' ? "alice" : "bob", targets[upto(4)]);
	/* Of one that may be answered by now, or not yet. */
	if (upto(1) == 0)
		stage_do(&s, call[0] == 'a' ? "alice" : "bob", "transfer", call,
		    "to", targets[upto(4)], NULL);
}

/* Valid JSON, numbered, with causes from before. */
static void
check_trace(void)
{
	struct str rest = buf_view(&s.trace);
	int64_t last = 0;

	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest), all = line;
		int64_t seq = 0, cause = 0;
		struct json_value v;
		bool good;

		CU_ASSERT_EQUAL_FATAL(json_read(&line, &v), 0);
		CU_ASSERT_EQUAL_FATAL(line.n, 0);
		good = json_int(json_member(v, "seq"), &seq) == 0 && seq > last;
		if (json_member(v, "cause").type != JSON_NONE)
			good = good &&
			       json_int(json_member(v, "cause"), &cause) == 0 &&
			       cause > 0 && cause < seq;
		if (!good)
			printf("  %.*s\n", STR_ARG(all));
		CU_ASSERT_FATAL(good);
		last = seq;
	}
}

static void
hang_up_all(void)
{
	struct net_conn *c;

	for (size_t i = 0; i < CONNS; i++) {
		c = conns[i];
		conns[i] = NULL;
		if (c != NULL)
			net_tcp_close(c);
	}
}

static void
say_world(void)
{
	char path[80];

	snprintf(path, sizeof(path), "/tmp/fuzz-roles-%llu.jsonl",
	    (unsigned long long)world);
	printf("  the world of RUNG_FUZZ_WORLD=%llu, %s\n",
	    (unsigned long long)world, path);
	buf_write_file(&s.trace, path);
}

/* Until nothing lives any more: the longest wait is that of a call which nobody
 * ends, so its phones go. */
static void
calm_down(void)
{
	hang_up_all();
	CU_ASSERT_FATAL(stage_run(&s, 200000));
	stage_do(&s, "alice", "crash", NULL, NULL);
	stage_do(&s, "bob", "crash", NULL, NULL);
	hang_up_all();
	CU_ASSERT_FATAL(stage_run(&s, 400000));
	if (sim_held(s.w->sim) != 0)
		say_world();
	CU_ASSERT_EQUAL_FATAL(sim_held(s.w->sim), 0);
}

/* The reference data's messages, one of them in B. */
static bool
torture(const struct buf *index, struct buf *b)
{
	char path[512];
	struct str rest = buf_view(index), line = STR_NULL, more;
	size_t at = upto(60);

	for (size_t i = 0; i <= at && rest.n > 0; i++)
		line = str_cut(rest, '\n', &rest);
	line = str_cut(line, '\t', &more);
	snprintf(
	    path, sizeof(path), "%s/torture/%.*s", check_data(), STR_ARG(line));
	buf_clear(b);
	return line.n > 0 && buf_read_file(b, path, 1 << 16) == 0;
}

static void
one_world(const struct buf *index)
{
	struct buf b = BUF_INIT;
	struct addr dst;

	world = dice;
	open_world();
	for (unsigned i = 0; i < 150; i++) {
		dst.len = 0;
		if (i % 25 == 0)
			live();
		if (t.n > 0 && upto(2) == 0)
			answer(&b);
		else if (t.n > 0 && upto(2) == 0)
			within(&b, &dst);
		else if (index->n == 0 || upto(5) > 0 || !torture(index, &b))
			fill(&b, seeds[upto(SEEDS - 1)]);
		if (upto(3) > 0)
			bend(&b);
		CU_ASSERT_EQUAL_FATAL(b.err, 0);
		if (dst.len > 0)
			tester_send(&t, &dst, buf_view(&b));
		else
			send_any(buf_view(&b));
		if (t.n == TESTER_GOT)
			t.n = 0;
		CU_ASSERT_FATAL(stage_run(&s, (int64_t)upto(40)));
	}
	calm_down();
	check_trace();
	STAGE_CLOSE(&s, &t);
	buf_free(&b);
}

static void
fuzz(void)
{
	const char *more = getenv("RUNG_FUZZ_SECONDS");
	const char *first = getenv("RUNG_FUZZ_WORLD");
	double seconds = more != NULL ? atof(more) : 1.5;
	clock_t stop = clock() + (clock_t)(seconds * CLOCKS_PER_SEC);
	struct buf index = BUF_INIT;
	char path[512];

	snprintf(path, sizeof(path), "%s/torture/index.tsv", check_data());
	buf_read_file(&index, path, 1 << 20);
	if (first != NULL)
		dice = strtoull(first, NULL, 10);
	while (clock() < stop)
		one_world(&index);
	buf_free(&index);
}

CHECK_MAIN("fuzz_roles", { "fuzz", fuzz }, )
