/*
 * The packets of a trace: received packets are heard by a node between its
 * `hear` record and its `heard` record, as long as the stream is agreed to be
 * received (RFC 3264 5.1); sent packets are its own sound. A node without
 * records of agreements and reception (a handset) hears all that comes.
 *
 * Encrypted packets (RFC 3711) are opened by the keys of the node's records:
 * the node has not heard packets that none of these keys opens. In a capture
 * keys are in session descriptions alone, for any reader of these (RFC
 * 4568 8.3).
 */
#include "base/err.h"
#include "base/list.h"
#include "base/mem.h"
#include "listen/listen.h"
#include "listen/listen_in.h"
#include "media/rtp.h"
#include "quality/jitter_buffer.h"
#include "srtp/srtp.h"
#include "srtp/sdes.h"
#include "trace/record_name.h"

#define LISTEN_RINGS 64 /* calls whose keys are known, the last ones */

struct listen_keys {
	struct list rings[LISTEN_SIDES];
	size_t n[LISTEN_SIDES];
	struct buf text;
	int err;
};

struct call_keys {
	struct list link; /* in rings, as they were told first */
	uint64_t call;
	struct srtp_ring ring;
};

static void
begin_keys(struct listen_keys *k)
{
	for (unsigned side = 0; side < LISTEN_SIDES; side++)
		list_init(&k->rings[side]);
}

static void
packet_forget(
    struct listen_keys *k, enum listen_side side, struct call_keys *one)
{
	list_remove(&one->link);
	mem_free(one);
	k->n[side]--;
}

static void
end_keys(struct listen_keys *k)
{
	for (unsigned side = 0; side < LISTEN_SIDES; side++)
		list_each (struct call_keys, one, &k->rings[side], link)
			packet_forget(k, (enum listen_side)side, one);
	buf_free(&k->text);
}

/* NULL: memory is out. */
static struct srtp_ring *
ring_of(struct listen_keys *k, enum listen_side side, uint64_t call)
{
	struct call_keys *one, *oldest = NULL;

	list_each (struct call_keys, known, &k->rings[side], link) {
		if (known->call == call)
			return &known->ring;
		oldest = oldest == NULL ? known : oldest;
	}
	if (k->n[side] == LISTEN_RINGS)
		packet_forget(k, side, oldest);
	one = mem_zalloc(1, sizeof(*one));
	if (one == NULL) {
		k->err = ERR_NOMEM;
		return NULL;
	}
	one->call = call;
	list_init(&one->link);
	list_append(&k->rings[side], &one->link);
	k->n[side]++;
	return &one->ring;
}

static void
packet_add_key(struct listen_keys *k, enum listen_side side, uint64_t call,
    const struct srtp_master *m)
{
	struct srtp_ring *ring = ring_of(k, side, call);

	if (ring != NULL)
		srtp_ring_take(ring, m);
}

/* The key that the `media` record REC has as FIELD, if any. */
static void
take_field_key(struct listen_keys *k, enum listen_side side,
    const struct trace_rec *rec, const char *field)
{
	struct srtp_master m = { 0 };

	if (!srtp_suite_find(trace_str(rec, "suite", &k->text), &m.suite) ||
	    sdes_read_key(trace_str(rec, field, &k->text), &m) != SDES_NONE)
		return;
	packet_add_key(k, side, str_hash(trace_str(rec, "call", &k->text)), &m);
}

/* Those of the session description in REC, if any: for either side. */
static void
read_sdp_keys(struct listen_keys *k, const struct trace_rec *rec)
{
	uint64_t call = str_hash(trace_str(rec, "call_id", &k->text));
	struct str text = trace_str(rec, "text", &k->text);

	while (text.n > 0) {
		struct str line = str_trim(str_cut(text, '\n', &text));
		struct sdes_line l;

		if (!str_starts(line, "a=crypto:") ||
		    sdes_read(str_slice(line, 9, line.n), &l) != SDES_NONE)
			continue;
		packet_add_key(k, LISTEN_HEARD, call, &l.master);
		packet_add_key(k, LISTEN_SAID, call, &l.master);
	}
}

/* BYTES, in ROOM, without its seal; empty: no key opens it. */
static struct str
try_keys(struct listen_keys *k, enum listen_side side, struct str bytes,
    struct buf *room)
{
	enum srtp_verdict verdict = SRTP_NO_KEY;
	size_t n = bytes.n;

	if (k->n[side] == 0)
		return STR_NULL;
	buf_clear(room);
	buf_str(room, bytes);
	if (room->err != 0)
		return STR_NULL;
	list_each (struct call_keys, one, &k->rings[side], link)
		if (verdict != SRTP_OK)
			verdict = srtp_ring_open(
			    &one->ring, (uint8_t *)room->p, &n, false);
	return verdict == SRTP_OK ? str_slice(buf_view(room), 0, n) : STR_NULL;
}

#define BUFFER_MOST INT64_C(10000000000) /* what a record is believed */

struct reading {
	struct listen *l;
	const struct trace *t;
	const struct listen_who *who;
	uint32_t hears; /* the node */
	bool tells;     /* it has records of what it hears */
	bool captured;  /* it is a capture's trace */
	struct listen_keys keys;
	struct buf text, bytes, opened;
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

/* What P has for SIDE; empty: it can't be opened. */
static struct str
packet_open(struct reading *r, enum listen_side side, const struct packet *p)
{
	struct str opened = try_keys(&r->keys, side, p->bytes, &r->opened);

	return opened.n > 0 || p->sealed ? opened : p->bytes;
}

/* ---- packets ---- */

/* The RTP of the send SEQ; empty: it has none. */
static struct packet
packet_of(struct reading *r, int64_t seq)
{
	struct packet p = { 0 };
	struct trace_send send;
	enum trace_proto proto;
	struct trace_rec rec;

	if (seq < 1 || (uint64_t)seq > trace_count(r->t) ||
	    trace_kind_of(r->t, (uint64_t)seq) != TRACE_SEND)
		return p;
	trace_get(r->t, (uint64_t)seq, &rec);
	if (trace_get_send_parts(&rec, TRACE_SEND_PROTO, &send, &r->text) != 0)
		return p;
	proto = trace_proto_find(send.proto);
	/* The send record of a packet from outside has no kind of content: its
	 * receiver's record has. */
	if (trace_class_of(send.proto) != TRACE_CLASS_MEDIA &&
	    !(r->tells && proto == TRACE_PROTO_UDP))
		return p;
	p.sealed = proto == TRACE_PROTO_SRTP;
	p.bytes = trace_bytes(&rec, &r->bytes);
	if (rtp_is_control((const uint8_t *)p.bytes.p, p.bytes.n))
		p.bytes = STR_NULL;
	return p;
}

/* The source on SIDE of the packet BYTES; where there is none it begins if ANY
 * may. */
static struct listen_source *
packet_source_of(struct reading *r, enum listen_side side,
    const struct trace_rec *rec, struct str bytes, bool any)
{
	const char *key = side == LISTEN_HEARD ? "dst_addr" : "src_addr";
	struct listen_facts facts = { .side = side,
		.buffer_ns = JITTER_BUFFER_USUAL_NS };
	struct listen_source *src;
	struct rtp_head head;

	if (!rtp_read_head((const uint8_t *)bytes.p, bytes.n, &head) ||
	    addr_parse(trace_str(rec, key, &r->text), &facts.at) != 0)
		return NULL;
	facts.ssrc = head.ssrc;
	src = listen_find(r->l, side, head.ssrc, &facts.at);
	return src == NULL && any ? listen_begin(r->l, &facts) : src;
}

/* The arrival REC has a `hear` record: it is the first of another source, also
 * where only the codec is another. */
static bool
begins_source(struct reading *r, const struct trace_rec *rec)
{
	uint64_t n = trace_count(r->t);
	struct trace_rec next;

	for (uint64_t seq = rec->seq + 1;
	     seq <= n && trace_time_of(r->t, seq) == rec->t; seq++) {
		if (trace_kind_of(r->t, seq) != TRACE_MEDIA ||
		    trace_cause_of(r->t, seq) != rec->seq)
			continue;
		trace_get(r->t, seq, &next);
		if (str_is(trace_str(&next, "op", &r->text), "hear"))
			return true;
	}
	return false;
}

static void
packet_take_recv(struct reading *r, const struct trace_rec *rec)
{
	struct listen_source *src;
	struct packet p;

	if (trace_node_of(r->t, rec->seq) != r->hears || begins_source(r, rec))
		return;
	p = packet_of(r, trace_int(rec, "of", 0));
	r->l->tracks[LISTEN_HEARD].sealed |= p.sealed;
	src = packet_source_of(r, LISTEN_HEARD, rec, p.bytes, !r->tells);
	if (src != NULL)
		listen_take(
		    r->l, src, rec->t, packet_open(r, LISTEN_HEARD, &p));
}

static void
packet_take_send(struct reading *r, const struct trace_rec *rec)
{
	struct listen_source *src;
	struct packet p;

	if (r->captured)
		read_sdp_keys(&r->keys, rec);
	if (!is_speaker(r, rec->node))
		return;
	p = packet_of(r, (int64_t)rec->seq);
	r->l->tracks[LISTEN_SAID].sealed |= p.sealed;
	src = packet_source_of(r, LISTEN_SAID, rec, p.bytes, true);
	if (src != NULL)
		listen_take(r->l, src, rec->t, packet_open(r, LISTEN_SAID, &p));
}

/* ---- media records ---- */

static uint64_t
packet_call_of(struct reading *r, const struct trace_rec *rec)
{
	return str_hash(trace_str(rec, "call", &r->text));
}

/* The reception in its call follows the agreement. */
static void
packet_take_agree(struct reading *r, const struct trace_rec *rec)
{
	uint64_t call = packet_call_of(r, rec);
	struct str way = trace_str(rec, "direction", &r->text);
	bool deaf = str_is(way, "sendonly") || str_is(way, "inactive");

	list_each (struct listen_source, src, &r->l->sources, link)
		if (src->facts.side == LISTEN_HEARD && src->facts.call == call)
			src->deaf = deaf;
}

/* The record's cause is the arrival of the first packet. */
static void
packet_take_hear(struct reading *r, const struct trace_rec *rec)
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
	facts.call = packet_call_of(r, rec);
	facts.ssrc = (uint32_t)trace_int(rec, "ssrc", 0);
	facts.buffer_ns = trace_int(rec, "buffer", JITTER_BUFFER_USUAL_NS);
	if (facts.buffer_ns < 0 || facts.buffer_ns > BUFFER_MOST)
		facts.buffer_ns = JITTER_BUFFER_USUAL_NS;
	facts.adaptive = json_is_true(trace_member(rec, "adaptive"));
	src = listen_begin(r->l, &facts);
	p = packet_of(r, trace_int(&recv, "of", 0));
	if (src != NULL)
		listen_take(
		    r->l, src, recv.t, packet_open(r, LISTEN_HEARD, &p));
}

static void
packet_take_heard(struct reading *r, const struct trace_rec *rec)
{
	uint64_t call = packet_call_of(r, rec);
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
	{ "agree", packet_take_agree },
	{ "hear", packet_take_hear },
	{ "heard", packet_take_heard },
};

/* The codecs behind payload types, on each side. */
static void
take_payload(struct reading *r, const struct trace_rec *rec, bool hears)
{
	LOCAL_BUF op = BUF_INIT;
	bool out = str_is(trace_str(rec, "op", &op), "flow");
	struct str codec = trace_str(rec, "codec", &r->text);
	int64_t payload = trace_int(rec, "pt", -1);

	if (out && is_speaker(r, rec->node))
		listen_payload(r->l, LISTEN_SAID, payload, codec);
	if (!out && hears)
		listen_payload(r->l, LISTEN_HEARD, payload, codec);
}

static void
take_media(struct reading *r, const struct trace_rec *rec)
{
	bool hears = trace_node_of(r->t, rec->seq) == r->hears;

	if (!str_is(trace_str(rec, "type", &r->text), "audio"))
		return;
	if (hears)
		take_field_key(&r->keys, LISTEN_HEARD, rec, "opens");
	if (is_speaker(r, rec->node))
		take_field_key(&r->keys, LISTEN_SAID, rec, "seals");
	take_payload(r, rec, hears);
	for (size_t i = 0; i < COUNT_OF(hearing) && hears; i++)
		if (str_is(trace_str(rec, "op", &r->text), hearing[i].op)) {
			hearing[i].take(r, rec);
			return;
		}
}

/* ---- all of it ---- */

/* A record from FROM on says so. */
static bool
tells_what_it_hears(struct reading *r, uint64_t from)
{
	uint64_t n = trace_count(r->t);
	struct trace_rec rec;

	for (uint64_t seq = from; seq <= n; seq++) {
		if (trace_kind_of(r->t, seq) != TRACE_MEDIA ||
		    trace_node_of(r->t, seq) != r->hears)
			continue;
		trace_get(r->t, seq, &rec);
		for (size_t i = 0; i < COUNT_OF(hearing); i++)
			if (str_is(
				trace_str(&rec, "op", &r->text), hearing[i].op))
				return true;
	}
	return false;
}

int
listen_check(
    const struct trace *t, const struct listen_who *who, struct diag *d)
{
	int err = who->hear.n > 0 ? trace_check_node(t, who->hear, d) : 0;

	for (size_t i = 0; i < who->nsay && err == 0; i++)
		err = trace_check_node(t, str_of(who->say[i]), d);
	return err;
}

/* From here on by the records of T; its first record is the next. */
static void
begin_reading(struct reading *r, const struct trace *t)
{
	r->t = t;
	r->hears = r->who->hear.n > 0 ? trace_find_name(t, r->who->hear)
				      : TRACE_NO_NODE - 1;
	r->captured = trace_is_of_capture(t);
	begin_keys(&r->keys);
}

/* 0 or ERR_NOMEM. */
static int
end_reading(struct reading *r)
{
	int err = r->text.err != 0 || r->bytes.err != 0 || r->opened.err != 0 ||
			  r->keys.err != 0
		      ? ERR_NOMEM
		      : 0;

	buf_free(&r->text);
	buf_free(&r->bytes);
	buf_free(&r->opened);
	end_keys(&r->keys);
	return err;
}

static void
packet_take_record(struct reading *r, uint64_t seq)
{
	enum trace_kind kind = trace_kind_of(r->t, seq);
	struct trace_rec rec;

	if (kind != TRACE_SEND && kind != TRACE_RECV && kind != TRACE_MEDIA)
		return;
	trace_get(r->t, seq, &rec);
	if (kind == TRACE_SEND)
		packet_take_send(r, &rec);
	else if (kind == TRACE_RECV)
		packet_take_recv(r, &rec);
	else
		take_media(r, &rec);
}

int
listen_trace(
    struct listen *l, const struct trace *t, const struct listen_who *who)
{
	struct reading r = { .l = l, .who = who };
	uint64_t n = trace_count(t);

	begin_reading(&r, t);
	r.tells = tells_what_it_hears(&r, 1);
	for (uint64_t seq = 1; seq <= n; seq++)
		packet_take_record(&r, seq);
	if (end_reading(&r) != 0)
		l->err = ERR_NOMEM;
	return listen_end(l, n > 0 ? trace_time_of(t, n) : 0);
}

/* ---- of a trace that grows ---- */

#define LOOK    160                /* samples at a time */
#define LATE_NS INT64_C(250000000) /* few runs are so late */

struct listening {
	struct reading r;
	struct listen *l;
	struct listen_who who;
	uint64_t taken; /* records, all that are before it among them */
};

int
listening_open(
    struct listening **gp, const struct listen_who *who, int64_t now_ns)
{
	struct listening *g = mem_zalloc(1, sizeof(*g));

	*gp = g;
	if (g == NULL || listen_create(&g->l, now_ns, INT64_MAX) != 0) {
		listening_close(g);
		*gp = NULL;
		return ERR_NOMEM;
	}
	g->who = *who;
	g->r.who = &g->who;
	g->r.l = g->l;
	return 0;
}

void
listening_close(struct listening *g)
{
	if (g == NULL)
		return;
	if (g->r.t != NULL)
		end_reading(&g->r);
	listen_destroy(g->l);
	mem_free(g);
}

/* The time up to which all records are known at NOW_NS: records of one time are
 * taken together, since a record's meaning depends on the ones that it causes
 * at once, and those of the last time may not be complete. */
static int64_t
known_until(const struct trace *t, int64_t now_ns)
{
	uint64_t n = trace_count(t);
	int64_t last = n > 0 ? trace_time_of(t, n) : 0;
	int64_t to = now_ns - LISTENING_BEHIND_NS;

	return last < to && last > now_ns - LATE_NS ? last : to;
}

static void
take_records_until(struct listening *g, int64_t to_ns)
{
	const struct trace *t = g->r.t;
	uint64_t n = trace_count(t);

	if (!g->r.tells)
		g->r.tells = tells_what_it_hears(&g->r, g->taken + 1);
	while (g->taken < n && trace_time_of(t, g->taken + 1) < to_ns)
		packet_take_record(&g->r, ++g->taken);
}

static void
put_samples(struct listening *g, size_t n, struct buf *out)
{
	const bool wanted[LISTEN_SIDES] = { g->who.hear.n > 0,
		g->who.nsay > 0 };
	int16_t sides[LISTEN_SIDES][LOOK];

	for (unsigned side = 0; side < LISTEN_SIDES; side++)
		listen_look(g->l, (enum listen_side)side, sides[side], n);
	for (size_t i = 0; i < n; i++)
		for (unsigned ear = 0; ear < LISTEN_SIDES; ear++) {
			int16_t s = sides[wanted[ear] ? ear : !ear][i];

			buf_putc(out, (char)((uint16_t)s & 0xff));
			buf_putc(out, (char)((uint16_t)s >> 8));
		}
	listen_drop(g->l, n);
}

int
listening_go_on(
    struct listening *g, const struct trace *t, int64_t now_ns, struct buf *out)
{
	int64_t to = known_until(t, now_ns);

	if (g->r.t == NULL)
		begin_reading(&g->r, t);
	take_records_until(g, to);
	listen_play_due(g->l, to);
	while (listen_due(g->l, to) >= LOOK && out->err == 0)
		put_samples(g, LOOK, out);
	return out->err != 0 ? out->err : g->l->err;
}
