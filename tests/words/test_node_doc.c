/* A node for a pane. */
#include "fixtures/doc_check.h"
#include "fixtures/labs.h"
#include "fixtures/sample_more.h"

#include "words/node_doc.h"

struct one {
	struct trace *t;
	const char *node;
	uint64_t seq;
	int64_t t_ns; /* -1: of the record */
	struct state_at *f;
};

static void
make(struct doc *d, size_t width, void *arg)
{
	const struct one *o = arg;
	int64_t now = o->t_ns >= 0  ? o->t_ns
		      : o->seq != 0 ? trace_time_of(o->t, o->seq)
				    : 0;

	node_doc(o->t, o->f, str_of(o->node), o->seq, now, width, d);
}

static void
stand_at(struct one *o, uint64_t seq)
{
	state_at_destroy(o->f);
	o->f = NULL;
	o->seq = seq;
	CU_ASSERT_EQUAL_FATAL(state_at_create(&o->f), 0);
	CU_ASSERT_EQUAL_FATAL(state_at_advance(o->f, o->t, seq), 0);
}

static void
finish(struct one *o)
{
	state_at_destroy(o->f);
	o->f = NULL;
	trace_destroy(o->t);
	o->t = NULL;
}

static struct one
lab(const char *name, const char *node, int64_t t_ns)
{
	struct lab_options options = LAB_OPTIONS;
	struct one o = { lab_trace(name, &options), node, 0, t_ns, NULL };

	CU_ASSERT_PTR_NOT_NULL_FATAL(o.t);
	stand_at(&o, trace_at_time(o.t, t_ns));
	return o;
}

static void
goldens(void)
{
	static const struct {
		const char *lab, *node;
		int64_t t;
		const char *golden;
	} rows[] = {
		{ "labs/two-proxies", "alice", 4000 * MS, "node-phone.txt" },
		{ "labs/two-proxies", "bil", 4000 * MS, "node-proxy.txt" },
		{ "labs/two-proxies", "bob", 2000 * MS, "node-ringing.txt" },
		{ "labs/rfc3665-3.3", "proxy1", 1200 * MS, "node-auth.txt" },
		{ "labs/torn-tcp", "px", 3200 * MS, "node-tcp.txt" },
		{ "labs/transfer", "alice", 5045 * MS, "node-transfer.txt" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct one o = lab(rows[i].lab, rows[i].node, rows[i].t);

		doc_golden(rows[i].golden, o.seq, make, &o);
		doc_without_memory(make, &o);
		finish(&o);
	}
}

static void
has(const struct one *o, const char *text)
{
	struct doc d = DOC_INIT;

	make(&d, 80, (void *)o);
	CU_ASSERT(doc_is_sound(&d, 80, o->seq));
	CU_ASSERT(doc_has(&d, text));
	doc_free(&d);
}

static void
up_and_down(void)
{
	struct one o = lab("labs/crash", "bil", 3000 * MS);

	has(&o, "state       up\n");
	o.t_ns = 6000 * MS;
	stand_at(&o, trace_at_time(o.t, o.t_ns));
	has(&o, "state       down since 5.120 s\n\nNothing is here now.\n");
	stand_at(&o, 0);
	has(&o, "state       up\n\nNothing is here now.\n");
	o.node = "nobody";
	has(&o, "The trace contains nothing about this node.\n");
	finish(&o);
}

#define SDP(address, port, formats, more)                    \
	"v=0\\r\\no=- 1 1 IN IP4 " address "\\r\\ns=-\\r\\n" \
	"c=IN IP4 " address "\\r\\nt=0 0\\r\\nm=audio " port \
	" RTP/AVP " formats "\\r\\n" more

static void
send_sdp(struct sample *s, const char *src, const char *dst, const char *start,
    const char *method, unsigned cseq, const char *sdp)
{
	bool response = start[0] >= '1' && start[0] <= '9';
	uint64_t q;

	q = sample_rec(s, "send", src, 1, NULL,
	    ",'src':'%s','dst':'%s','proto':'sip','start':%s%.*s%s,"
	    "'cseq':'%u %s','call_id':'c1','text':'%s%s%s\\r\\nCall-ID: c1"
	    "\\r\\nCSeq: %u %s\\r\\n%s\\r\\n%s'",
	    src, dst, response ? "" : "'", response ? 3 : (int)strlen(start),
	    start, response ? "" : "'", cseq, method,
	    response ? "SIP/2.0 " : "", start, response ? "" : " sip:x SIP/2.0",
	    cseq, method,
	    sdp[0] != '\0' ? "Content-Type: application/sdp\\r\\n" : "", sdp);
	sample_recv(s, dst, q, 1 * MS);
}

/* A call with an offer and an answer (may be empty) in INVITE, 200 and ACK. */
static struct one
call(const char *invite, const char *ok, const char *ack)
{
	struct sample s;
	struct one o = { NULL, "a", 0, -1, NULL };

	sample_begin(&s, "media");
	sample_node(&s, "a", "ua", "", "");
	sample_node(&s, "b", "ua", "", "");
	sample_rec(
	    &s, "act", "a", 0, NULL, ",'by':'person','verb':'invite','on':'a'");
	sample_rec(&s, "call", "a", 1, NULL,
	    ",'id':'a/1','from':'idle','state':'calling','peer':'sip:b'");
	send_sdp(&s, "a", "b", "INVITE", "INVITE", 1, invite);
	send_sdp(&s, "b", "a", "200 OK", "INVITE", 1, ok);
	send_sdp(&s, "a", "b", "ACK", "ACK", 1, ack);
	o.t = sample_end(&s);
	CU_ASSERT_PTR_NOT_NULL_FATAL(o.t);
	stand_at(&o, trace_count(o.t));
	return o;
}

static void
media(void)
{
	static const struct {
		const char *invite, *ok, *ack, *want;
	} rows[] = {
		{ SDP("192.0.2.1", "4000", "0 8", ""),
		    SDP("192.0.2.2", "5000", "8", ""), "",
		    "media     audio PCMA/8000, both ways\n"
		    "              192.0.2.1:4000 – 192.0.2.2:5000\n"
		    "              agreed; no packets in this trace\n" },
		/* The offer in the 200. */
		{ "", SDP("192.0.2.2", "5000", "0 8", ""),
		    SDP("192.0.2.1", "4000", "8", ""),
		    "audio PCMA/8000, both ways" },
		{ SDP("192.0.2.1", "4000", "0", "a=sendonly\\r\\n"),
		    SDP("192.0.2.2", "5000", "0", "a=recvonly\\r\\n"), "",
		    "audio PCMU/8000, only to the peer" },
		{ SDP("192.0.2.1", "4000", "0", ""),
		    SDP("192.0.2.2", "5000", "0", "a=sendonly\\r\\n"), "",
		    "audio PCMU/8000, only from the peer" },
		{ SDP("192.0.2.1", "4000", "0", ""),
		    SDP("192.0.2.2", "5000", "0", "a=inactive\\r\\n"), "",
		    "on hold: neither side sends" },
		{ SDP("0.0.0.0", "4000", "0", ""),
		    SDP("192.0.2.2", "5000", "0", ""), "", "only to the peer" },
		{ SDP("192.0.2.1", "4000", "0", ""),
		    SDP("192.0.2.2", "0", "0", ""), "",
		    "audio: rejected (port 0)" },
		{ SDP("192.0.2.1", "4000", "0", ""),
		    SDP("192.0.2.2", "5000", "8", ""), "",
		    "audio: no codec in common" },
		{ SDP("192.0.2.1", "4000", "97", ""),
		    SDP("192.0.2.2", "5000", "97",
			"a=rtpmap:97 opus/48000/2\\r\\n"),
		    "", "audio opus/48000/2, both ways" },
		{ SDP("192.0.2.1", "4000", "97", ""),
		    SDP("192.0.2.2", "5000", "97", ""), "",
		    "audio 97, both ways" },
		{ SDP("192.0.2.1", "4000", "0", ""), "", "",
		    "offered; the peer has not answered" },
		{ "", SDP("192.0.2.2", "5000", "0", ""), "",
		    "offered by the peer; not answered" },
		{ SDP("192.0.2.1", "4000", "0", ""), "v=0\\r\\n", "",
		    "none are agreed" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct one o = call(rows[i].invite, rows[i].ok, rows[i].ack);

		has(&o, rows[i].want);
		doc_without_memory(make, &o);
		finish(&o);
	}
}

/* A re-INVITE that is refused leaves what was agreed; one that is open goes
 * beside it. */
static void
media_anew(void)
{
	static const char *const first = SDP("192.0.2.1", "4000", "0", "");
	struct sample s;
	struct one o = { NULL, "a", 0, -1, NULL };

	sample_begin(&s, "media");
	sample_node(&s, "a", "ua", "", "");
	sample_node(&s, "b", "ua", "", "");
	sample_rec(
	    &s, "act", "a", 0, NULL, ",'by':'person','verb':'invite','on':'a'");
	sample_rec(&s, "call", "a", 1, NULL,
	    ",'id':'a/1','from':'idle','state':'calling'");
	send_sdp(&s, "a", "b", "INVITE", "INVITE", 1, first);
	send_sdp(&s, "b", "a", "200 OK", "INVITE", 1, first);
	send_sdp(&s, "a", "b", "ACK", "ACK", 1, "");
	send_sdp(&s, "b", "a", "INVITE", "INVITE", 1,
	    SDP("192.0.2.2", "5000", "0", "a=sendonly\\r\\n"));
	send_sdp(&s, "a", "b", "488 No", "INVITE", 1, "");
	send_sdp(&s, "b", "a", "ACK", "ACK", 1, "");
	sample_rec(
	    &s, "send", "a", 1, NULL, ",'src':'a','dst':'b','proto':'rtp'");
	send_sdp(&s, "a", "b", "INVITE", "INVITE", 2, first);
	sample_rec(&s, "media", "a", 1, NULL,
	    ",'op':'flow','call':'a/1','codec':'PCMU/8000'");
	o.t = sample_end(&s);
	CU_ASSERT_PTR_NOT_NULL_FATAL(o.t);
	stand_at(&o, trace_count(o.t) - 4);
	has(&o, "audio PCMU/8000, both ways\n");
	has(&o, "flow, last packet sent at ");
	stand_at(&o, trace_count(o.t));
	has(&o, "audio PCMU/8000, both ways\n");
	has(&o, "offered; the peer has not answered\n");
	has(&o, "RTP PCMU/8000\n");
	finish(&o);
}

/* What lies too far back is not looked for, and that is said. */
static void
media_long_ago(void)
{
	static const char *const first = SDP("192.0.2.1", "4000", "0", "");
	struct sample s;
	struct one o = { NULL, "a", 0, -1, NULL };

	sample_begin(&s, "media");
	sample_node(&s, "a", "ua", "", "");
	sample_node(&s, "b", "ua", "", "");
	sample_rec(
	    &s, "act", "a", 0, NULL, ",'by':'person','verb':'invite','on':'a'");
	sample_rec(&s, "call", "a", 1, NULL,
	    ",'id':'a/1','from':'idle','state':'calling'");
	send_sdp(&s, "a", "b", "INVITE", "INVITE", 1, first);
	send_sdp(&s, "b", "a", "200 OK", "INVITE", 1, first);
	for (unsigned i = 0; i < 2000; i++)
		send_sdp(&s, "b", "a", "INFO", "INFO", i, "");
	o.t = sample_end(&s);
	CU_ASSERT_PTR_NOT_NULL_FATAL(o.t);
	stand_at(&o, 3000);
	has(&o, "audio PCMU/8000, both ways\n");
	stand_at(&o, trace_count(o.t));
	has(&o, "audio PCMU/8000, both ways\n");
	finish(&o);
	sample_begin(&s, "media");
	sample_node(&s, "a", "ua", "", "");
	sample_node(&s, "b", "ua", "", "");
	sample_rec(
	    &s, "act", "a", 0, NULL, ",'by':'person','verb':'invite','on':'a'");
	sample_rec(&s, "call", "a", 1, NULL,
	    ",'id':'a/1','from':'idle','state':'calling'");
	send_sdp(&s, "a", "b", "INVITE", "INVITE", 1, first);
	for (unsigned i = 0; i < 4000; i++)
		send_sdp(&s, "b", "a", "INFO", "INFO", i, "");
	o.t = sample_end(&s);
	CU_ASSERT_PTR_NOT_NULL_FATAL(o.t);
	stand_at(&o, trace_count(o.t));
	has(&o, "too long ago to be looked up\n");
	finish(&o);
}

/* Lists are bounded. */
static void
many_bindings(void)
{
	struct sample s;
	struct one o = { NULL, "r", 0, -1, NULL };
	struct doc d = DOC_INIT;

	sample_begin(&s, "many");
	sample_node(&s, "r", "registrar", "爱.example", "");
	sample_rec(&s, "act", "r", 0, NULL, ",'by':'person'");
	for (int i = 0; i < 500; i++)
		sample_rec(&s, "binding", "r", 1, NULL,
		    ",'op':'add','aor':'sip:u%d@爱.example',"
		    "'contact':'sip:u@192.0.2.9','expires':%d000000000",
		    i, i + 1);
	o.t = sample_end(&s);
	CU_ASSERT_PTR_NOT_NULL_FATAL(o.t);
	stand_at(&o, trace_count(o.t));
	make(&d, 40, &o);
	CU_ASSERT(doc_is_sound(&d, 40, o.seq));
	CU_ASSERT(d.nlines < 120);
	CU_ASSERT(doc_has(&d, "… 470 more\n"));
	doc_free(&d);
	finish(&o);
}

/* Who answers a request with one of his own: that transaction is of the method
 * sent, not of the one that has come. */
static void
method_sent(void)
{
	struct sample s;
	uint64_t r, fsm;
	struct one o = { NULL, "b", 0, -1, NULL };

	sample_begin(&s, "A NOTIFY because of a SUBSCRIBE");
	sample_node(&s, "a", "ua", "", "");
	sample_node(&s, "b", "ua", "", "");
	r = sample_rec(
	    &s, "act", NULL, 0, NULL, ",'by':'setting','verb':'run'");
	r = sample_pass(&s, "a", "b", "SUBSCRIBE", "SUBSCRIBE", r, 5 * MS);
	sample_rec(&s, "fsm", "b", r, "nist-request",
	    ",'machine':'NIST','id':'b/1','from':'','to':'trying',"
	    "'event':'request'");
	fsm = sample_rec(&s, "fsm", "b", r, "nict-send",
	    ",'machine':'NICT','id':'b/2','from':'','to':'trying',"
	    "'event':'request sent'");
	sample_pass(&s, "b", "a", "NOTIFY", "NOTIFY", fsm, 5 * MS);
	o.t = sample_end(&s);
	stand_at(&o, trace_count(o.t));
	has(&o, "    NOTIFY    trying ");
	has(&o, "    SUBSCRIBE trying ");
	finish(&o);
}

CHECK_MAIN("node_doc", { "goldens", goldens }, { "up_and_down", up_and_down },
    { "media", media }, { "media_anew", media_anew },
    { "media_long_ago", media_long_ago }, { "many_bindings", many_bindings },
    { "method_sent", method_sent })
