/*
 * The packets of a trace: what has come to a node is heard by it between its
 * `hear` record and its `heard` record, as long as the stream is agreed to be
 * received (RFC 3264 5.1); what it sends it says.  A node without records of
 * what it agrees and hears (a handset) hears all that comes.  Sealed packets
 * (RFC 3711) are opened by the keys that the node's records have: what these do
 * not open it has not heard either.
 */
#include "listen/listen_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "media/rtp.h"
#include "srtp/ring.h"
#include "srtp/sdes.h"

#define BUFFER_MOST INT64_C(10000000000) /* what a record is believed */

struct reading {
	struct listen *l;
	const struct trace *t;
	const struct listen_who *who;
	uint32_t hears;   /* the node */
	bool tells;       /* it has records of what it hears */
	struct list keys; /* struct call_keys */
	struct buf text, bytes, opened;
};

/* Of a call's side. */
struct call_keys {
	struct list link;
	uint64_t call;
	enum listen_side side;
	struct srtp_ring ring;
};

static bool
is_speaker(const struct reading *r, struct str node)
{
	for (size_t i = 0; i < r->who->nsay; i++)
		if (str_is(node, r->who->say[i]))
			return true;
	return false;
}

struct packet {
	struct str bytes;
	bool sealed;
};

/* ---- sealed packets ---- */

static struct srtp_ring *
ring_of(struct reading *r, enum listen_side side, uint64_t call)
{
	struct call_keys *k;

	list_each (struct call_keys, known, &r->keys, link)
		if (known->side == side && known->call == call)
			return &known->ring;
	k = mem_zalloc(1, sizeof(*k));
	if (k == NULL) {
		r->l->err = ERR_NOMEM;
		return NULL;
	}
	k->side = side;
	k->call = call;
	list_init(&k->link);
	list_append(&r->keys, &k->link);
	return &k->ring;
}

/* The node agrees on a key, which is in FIELD. */
static void
take_key(struct reading *r, const struct trace_rec *rec, enum listen_side side,
    const char *field)
{
	struct srtp_master m = { 0 };
	struct srtp_ring *ring;
	uint64_t call;

	if (!srtp_suite_find(trace_str(rec, "suite", &r->text), &m.suite) ||
	    sdes_read_key(trace_str(rec, field, &r->text), &m) != SDES_NONE)
		return;
	call = str_hash(trace_str(rec, "call", &r->text));
	ring = ring_of(r, side, call);
	if (ring != NULL)
		srtp_ring_take(ring, &m);
}

/* What P has for SIDE; empty: none of the keys opens it.  The tag says whose it
 * is. */
static struct str
open_packet(struct reading *r, enum listen_side side, const struct packet *p)
{
	enum srtp_verdict verdict = SRTP_NO_KEY;
	size_t n = p->bytes.n;

	if (!p->sealed)
		return p->bytes;
	buf_clear(&r->opened);
	buf_str(&r->opened, p->bytes);
	if (r->opened.err != 0)
		return STR_NULL;
	list_each (struct call_keys, k, &r->keys, link)
		if (k->side == side && verdict != SRTP_OK)
			verdict = srtp_ring_open(
			    &k->ring, (uint8_t *)r->opened.p, &n, false);
	return verdict == SRTP_OK ? str_slice(buf_view(&r->opened), 0, n)
				  : STR_NULL;
}

static void
forget_keys(struct reading *r)
{
	list_each (struct call_keys, k, &r->keys, link) {
		list_remove(&k->link);
		mem_free(k);
	}
}

/* ---- packets ---- */

/* The RTP of the send SEQ; empty: it has none. */
static struct packet
packet_of(struct reading *r, int64_t seq)
{
	struct packet p = { 0 };
	struct trace_send send;
	struct trace_rec rec;

	if (seq < 1 || (uint64_t)seq > trace_count(r->t) ||
	    trace_kind_of(r->t, (uint64_t)seq) != TRACE_SEND)
		return p;
	trace_get(r->t, (uint64_t)seq, &rec);
	if (trace_get_send_parts(&rec, TRACE_SEND_PROTO, &send, &r->text) !=
		0 ||
	    trace_class_of(send.proto) != TRACE_CLASS_MEDIA)
		return p;
	p.sealed = trace_proto_find(send.proto) == TRACE_PROTO_SRTP;
	p.bytes = trace_bytes(&rec, &r->bytes);
	if (rtp_is_control((const uint8_t *)p.bytes.p, p.bytes.n))
		p.bytes = STR_NULL;
	return p;
}

/* The source on SIDE of the packet BYTES; where there is none it begins if ANY
 * may. */
static struct listen_source *
source_of(struct reading *r, enum listen_side side, const struct trace_rec *rec,
    struct str bytes, bool any)
{
	const char *key = side == LISTEN_HEARD ? "dst_addr" : "src_addr";
	struct listen_facts facts = { .side = side,
		.buffer_ns = LISTEN_BUFFER_NS };
	struct listen_source *src;
	struct rtp_head head;

	if (!rtp_read_head((const uint8_t *)bytes.p, bytes.n, &head) ||
	    addr_parse(trace_str(rec, key, &r->text), &facts.at) != 0)
		return NULL;
	facts.ssrc = head.ssrc;
	src = listen_find(r->l, side, head.ssrc, &facts.at);
	return src == NULL && any ? listen_begin(r->l, &facts) : src;
}

static void
take_recv(struct reading *r, const struct trace_rec *rec)
{
	struct listen_source *src;
	struct packet p;

	if (trace_node_of(r->t, rec->seq) != r->hears)
		return;
	p = packet_of(r, trace_int(rec, "of", 0));
	src = source_of(r, LISTEN_HEARD, rec, p.bytes, !r->tells);
	if (src != NULL)
		listen_take(
		    r->l, src, rec->t, open_packet(r, LISTEN_HEARD, &p));
}

static void
take_send(struct reading *r, const struct trace_rec *rec)
{
	struct listen_source *src;
	struct packet p;

	if (!is_speaker(r, rec->node))
		return;
	p = packet_of(r, (int64_t)rec->seq);
	src = source_of(r, LISTEN_SAID, rec, p.bytes, true);
	if (src != NULL)
		listen_take(r->l, src, rec->t, open_packet(r, LISTEN_SAID, &p));
}

/* ---- media records ---- */

static uint64_t
call_of(struct reading *r, const struct trace_rec *rec)
{
	return str_hash(trace_str(rec, "call", &r->text));
}

/* What it hears of its call follows what is agreed. */
static void
take_agree(struct reading *r, const struct trace_rec *rec)
{
	uint64_t call = call_of(r, rec);
	struct str way = trace_str(rec, "direction", &r->text);
	bool deaf = str_is(way, "sendonly") || str_is(way, "inactive");

	list_each (struct listen_source, src, &r->l->sources, link)
		if (src->facts.side == LISTEN_HEARD && src->facts.call == call)
			src->deaf = deaf;
}

/* The record's cause is the arrival of the first packet. */
static void
take_hear(struct reading *r, const struct trace_rec *rec)
{
	struct listen_facts facts = { .side = LISTEN_HEARD };
	struct listen_source *src;
	struct trace_rec recv;
	struct packet p;

	if (rec->cause == 0 || rec->cause >= rec->seq)
		return;
	trace_get(r->t, rec->cause, &recv);
	if (recv.kind != TRACE_RECV ||
	    addr_parse(trace_str(&recv, "dst_addr", &r->text), &facts.at) != 0)
		return;
	facts.call = call_of(r, rec);
	facts.ssrc = (uint32_t)trace_int(rec, "ssrc", 0);
	facts.buffer_ns = trace_int(rec, "buffer", LISTEN_BUFFER_NS);
	if (facts.buffer_ns < 0 || facts.buffer_ns > BUFFER_MOST)
		facts.buffer_ns = LISTEN_BUFFER_NS;
	facts.adaptive = json_is_true(json_member(rec->object, "adaptive"));
	src = listen_begin(r->l, &facts);
	p = packet_of(r, trace_int(&recv, "of", 0));
	if (src != NULL)
		listen_take(
		    r->l, src, recv.t, open_packet(r, LISTEN_HEARD, &p));
}

static void
take_heard(struct reading *r, const struct trace_rec *rec)
{
	uint64_t call = call_of(r, rec);
	uint32_t ssrc = (uint32_t)trace_int(rec, "ssrc", 0);

	list_each (struct listen_source, src, &r->l->sources, link)
		if (src->facts.side == LISTEN_HEARD &&
		    src->facts.call == call && src->facts.ssrc == ssrc)
			listen_stop(r->l, src, rec->t);
}

/* OP: what a media record of the node that hears does. */
static const struct {
	const char *op;
	void (*take)(struct reading *r, const struct trace_rec *rec);
} hearing[] = {
	{ "agree", take_agree },
	{ "hear", take_hear },
	{ "heard", take_heard },
};

#define NHEARING (sizeof(hearing) / sizeof(hearing[0]))

/* What stands for which codec, on which side. */
static void
take_payload(struct reading *r, const struct trace_rec *rec, bool hears)
{
	struct buf op = BUF_INIT;
	bool out = str_is(trace_str(rec, "op", &op), "flow");
	struct str codec = trace_str(rec, "codec", &r->text);
	int64_t payload = trace_int(rec, "pt", -1);

	if (out && is_speaker(r, rec->node))
		listen_payload(r->l, LISTEN_SAID, payload, codec);
	if (!out && hears)
		listen_payload(r->l, LISTEN_HEARD, payload, codec);
	buf_free(&op);
}

static void
take_media(struct reading *r, const struct trace_rec *rec)
{
	bool hears = trace_node_of(r->t, rec->seq) == r->hears;

	if (!str_is(trace_str(rec, "type", &r->text), "audio"))
		return;
	if (hears)
		take_key(r, rec, LISTEN_HEARD, "opens");
	if (is_speaker(r, rec->node))
		take_key(r, rec, LISTEN_SAID, "seals");
	take_payload(r, rec, hears);
	for (size_t i = 0; i < NHEARING && hears; i++)
		if (str_is(trace_str(rec, "op", &r->text), hearing[i].op)) {
			hearing[i].take(r, rec);
			return;
		}
}

/* ---- all of it ---- */

static bool
tells_what_it_hears(struct reading *r)
{
	uint64_t n = trace_count(r->t);
	struct trace_rec rec;

	for (uint64_t seq = 1; seq <= n; seq++) {
		if (trace_kind_of(r->t, seq) != TRACE_MEDIA ||
		    trace_node_of(r->t, seq) != r->hears)
			continue;
		trace_get(r->t, seq, &rec);
		for (size_t i = 0; i < NHEARING; i++)
			if (str_is(
				trace_str(&rec, "op", &r->text), hearing[i].op))
				return true;
	}
	return false;
}

static int
check_node(const struct trace *t, struct str name, struct diag *d)
{
	const struct trace_head *head = trace_head(t);
	struct buf names = BUF_INIT;

	if (trace_find_node(t, name) != NULL)
		return 0;
	for (size_t i = 0; i < head->nnodes; i++)
		buf_printf(&names, "%s%.*s", i > 0 ? ", " : "",
		    STR_ARG(head->nodes[i].name));
	diag_set(d, ERR_NOTFOUND, NULL, 0,
	    _("there is no node “%.*s”; there are %s"), STR_ARG(name),
	    buf_cstr(&names));
	buf_free(&names);
	return ERR_NOTFOUND;
}

int
listen_check(
    const struct trace *t, const struct listen_who *who, struct diag *d)
{
	int err = who->hear.n > 0 ? check_node(t, who->hear, d) : 0;

	for (size_t i = 0; i < who->nsay && err == 0; i++)
		err = check_node(t, str_of(who->say[i]), d);
	return err;
}

int
listen_trace(
    struct listen *l, const struct trace *t, const struct listen_who *who)
{
	struct reading r = { .l = l, .t = t, .who = who };
	uint64_t n = trace_count(t);
	struct trace_rec rec;

	r.hears =
	    who->hear.n > 0 ? trace_find_name(t, who->hear) : TRACE_NO_NODE - 1;
	r.tells = tells_what_it_hears(&r);
	list_init(&r.keys);
	for (uint64_t seq = 1; seq <= n; seq++) {
		enum trace_kind kind = trace_kind_of(t, seq);

		if (kind != TRACE_SEND && kind != TRACE_RECV &&
		    kind != TRACE_MEDIA)
			continue;
		trace_get(t, seq, &rec);
		if (kind == TRACE_SEND)
			take_send(&r, &rec);
		else if (kind == TRACE_RECV)
			take_recv(&r, &rec);
		else
			take_media(&r, &rec);
	}
	if (r.text.err != 0 || r.bytes.err != 0 || r.opened.err != 0)
		l->err = ERR_NOMEM;
	buf_free(&r.text);
	buf_free(&r.bytes);
	buf_free(&r.opened);
	forget_keys(&r);
	return listen_end(l, n > 0 ? trace_time_of(t, n) : 0);
}
