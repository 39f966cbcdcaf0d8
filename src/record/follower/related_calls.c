/*
 * Finds the related call of each message (follower/related_calls.h).  Most
 * messages of other protocols come before their call: they wait in a group
 * until a message of SIP claims it.  A group is found by common parts of its
 * messages, each a key of its own kind:
 *
 *	n HOST NAME     HOST asks for NAME, or may
 *	q HOST NAME     HOST was asked for NAME
 *	a HOST ADDRESS  HOST learnt ADDRESS
 *	t ID            a transaction of STUN
 *	f ADDR ADDR     messages between them, either way
 *	s ADDR          messages sent from there
 *	c CODES CIC     the call on a circuit, which its IAM begins
 *	m ADDR NUMBER   a transaction of H.248, by the node that asks
 *	l ADDR NAME     a gateway's line, since it was lifted or its call came
 *	o SEQ           messages caused by a message that has no call yet
 *
 * A record's causes tell which message led to another: one that is sent because
 * of another serves the same call.
 */
#include "follower/related_calls.h"

#include "base/err.h"
#include "base/mem.h"
#include "follower/related_calls_in.h"
#include "follower/sent_message.h"
#include "stun/stun.h"
#include "trace/reader.h"

int
related_calls_create(struct related_calls **sp)
{
	struct related_calls *s = mem_zalloc(1, sizeof(*s));

	*sp = s;
	if (s == NULL)
		return ERR_NOMEM;
	s->m = SENT_MESSAGE_INIT;
	if (arena_create(&s->arena) != 0 || map_create(&s->groups) != 0 ||
	    map_create(&s->calls) != 0 || map_create(&s->hosts) != 0 ||
	    map_create(&s->ties) != 0) {
		related_calls_destroy(s);
		*sp = NULL;
		return ERR_NOMEM;
	}
	return 0;
}

void
related_calls_destroy(struct related_calls *s)
{
	if (s == NULL)
		return;
	map_destroy(s->groups);
	map_destroy(s->calls);
	map_destroy(s->hosts);
	map_destroy(s->ties);
	arena_destroy(s->arena);
	sent_message_free(&s->m);
	buf_free(&s->key);
	buf_free(&s->bytes);
	buf_free(&s->name);
	mem_free(s);
}

struct str
related_calls_bytes_of(const uint64_t *seq)
{
	return (struct str){ (const char *)seq, sizeof(*seq) };
}

struct str
related_calls_find(const struct related_calls *s, uint64_t seq)
{
	const struct served *c = map_get(s->ties, related_calls_bytes_of(&seq));

	return c != NULL ? c->id : STR_NULL;
}

const uint32_t *
related_calls_counts(const struct related_calls *s, struct str call_id)
{
	const struct served *c = map_get(s->calls, call_id);

	return c != NULL ? c->counts : NULL;
}

/* ---- groups ---- */

struct str
related_calls_join_key(
    struct related_calls *s, char kind, struct str a, struct str b)
{
	buf_clear(&s->key);
	buf_putc(&s->key, kind);
	buf_str(&s->key, a);
	buf_putc(&s->key, '\n');
	for (size_t i = 0; i < b.n; i++)
		buf_putc(&s->key, chr_lower(b.p[i]));
	if (s->key.err != 0)
		s->err = ERR_NOMEM;
	return buf_view(&s->key);
}

void
related_calls_put_group(
    struct related_calls *s, struct str key, struct group *g)
{
	if (g == NULL || map_put(s->groups, key, g) != 0)
		s->err = ERR_NOMEM;
}

struct group *
related_calls_new_group(struct related_calls *s)
{
	struct group *g = arena_get(s->arena, 1, sizeof(*g));

	if (g == NULL)
		s->err = ERR_NOMEM;
	return g;
}

/* The call with this Call-ID; NULL without memory. */
struct served *
related_calls_call_of(struct related_calls *s, struct str id)
{
	struct served *c = map_get(s->calls, id);
	const char *own;

	if (c != NULL)
		return c;
	c = arena_get(s->arena, 1, sizeof(*c));
	own = arena_str(s->arena, id);
	if (c == NULL || own == NULL || map_put(s->calls, id, c) != 0) {
		s->err = ERR_NOMEM;
		return NULL;
	}
	c->id = (struct str){ own, id.n };
	return c;
}

void
related_calls_tie(struct related_calls *s, struct served *c, uint64_t seq,
    enum trace_proto proto)
{
	c->counts[proto]++;
	if (map_put(s->ties, related_calls_bytes_of(&seq), c) != 0)
		s->err = ERR_NOMEM;
}

/* The message just read is one of G. */
void
related_calls_join_group(struct related_calls *s, struct group *g)
{
	enum trace_proto proto = trace_proto_find(s->m.send.proto);
	struct waiting *w;

	if (g == NULL || g->call != NULL) {
		if (g != NULL)
			related_calls_tie(s, g->call, s->m.seq, proto);
		return;
	}
	w = arena_get(s->arena, 1, sizeof(*w));
	if (w == NULL) {
		s->err = ERR_NOMEM;
		return;
	}
	*w = (struct waiting){ g->waiting, s->m.seq, proto };
	g->waiting = w;
}

void
related_calls_claim(
    struct related_calls *s, struct group *g, struct str call_id)
{
	if (g == NULL || g->call != NULL)
		return;
	g->call = related_calls_call_of(s, call_id);
	for (const struct waiting *w = g->waiting; g->call != NULL && w != NULL;
	     w = w->next)
		related_calls_tie(s, g->call, w->seq, w->proto);
	g->waiting = NULL;
	s->unclaimed -= g->names;
	s->made -= g->made;
}

/* ---- flows ---- */

/* The key of what passes between A and B. */
static struct str
flow_key(struct related_calls *s, struct str a, struct str b)
{
	return str_cmp(a, b) < 0 ? related_calls_join_key(s, 'f', a, b)
				 : related_calls_join_key(s, 'f', b, a);
}

/* A message of a connection or flow; one that begins it is of the message that
 * comes. */
static void
take_flow(struct related_calls *s, const struct trace *t)
{
	const struct trace_send *m = &s->m.send;
	struct group *g =
	    map_get(s->groups, flow_key(s, m->src_addr, m->dst_addr));
	bool begins =
	    str_starts(m->method, "ClientHello") || str_is(m->method, "GET");

	(void)t;
	if (g == NULL || (begins && g->call != NULL)) {
		g = related_calls_new_group(s);
		related_calls_put_group(
		    s, flow_key(s, m->src_addr, m->dst_addr), g);
	}
	related_calls_join_group(s, g);
}

static void
take_stun(struct related_calls *s, const struct trace *t)
{
	const struct trace_send *m = &s->m.send;
	struct str bytes = trace_bytes(&s->m.sent, &s->bytes), id;
	struct group *g;
	struct stun stun;

	(void)t;
	if (stun_read(bytes, &stun) != STUN_FAULT_NONE)
		return;
	id = stun.id;
	g = map_get(s->groups, related_calls_join_key(s, 't', id, STR_NULL));
	if (g == NULL)
		g = map_get(s->groups, flow_key(s, m->src_addr, m->dst_addr));
	if (g == NULL)
		g = map_get(s->groups,
		    related_calls_join_key(s, 's', m->src_addr, STR_NULL));
	if (g == NULL) {
		g = related_calls_new_group(s);
		related_calls_put_group(s,
		    related_calls_join_key(s, 's', m->src_addr, STR_NULL), g);
	}
	related_calls_put_group(
	    s, related_calls_join_key(s, 't', id, STR_NULL), g);
	related_calls_join_group(s, g);
}

/* ---- SIP ---- */

/* The flow of the message just read is its call's from here on. */
static void
own_flow(struct related_calls *s, struct str key)
{
	struct group *g = map_get(s->groups, key);
	struct served *c = related_calls_call_of(s, s->m.send.call_id);

	if (g != NULL && g->call == NULL)
		related_calls_claim(s, g, s->m.send.call_id);
	if (g != NULL && g->call == c)
		return;
	/* What has joined it before keeps its call. */
	g = related_calls_new_group(s);
	if (g == NULL)
		return;
	g->call = c;
	related_calls_put_group(s, key, g);
}

static void
note_request(struct related_calls *s)
{
	struct host *h = map_get(s->hosts, s->m.send.dst);

	if (h == NULL) {
		h = arena_get(s->arena, 1, sizeof(*h));
		if (h == NULL || map_put(s->hosts, s->m.send.dst, h) != 0) {
			s->err = ERR_NOMEM;
			return;
		}
	}
	h->requests[h->n++ % REQUESTS] = s->m.seq;
}

static void
take_sip(struct related_calls *s, const struct trace *t)
{
	const struct trace_send *m = &s->m.send;

	if (m->call_id.n == 0 || m->retx != 0)
		return;
	own_flow(s, flow_key(s, m->src_addr, m->dst_addr));
	own_flow(s, related_calls_join_key(s, 's', m->src_addr, STR_NULL));
	if (m->status != 0)
		return;
	note_request(s);
	if (s->unclaimed > 0)
		related_calls_claim_names(s);
	if (s->made > 0)
		related_calls_claim_made(s, t);
}

/* ---- reading ---- */

typedef void take_fn(struct related_calls *s, const struct trace *t);

/* The handlers of messages of each protocol that serves calls. */
static take_fn *const takers[TRACE_PROTO_COUNT] = {
	[TRACE_PROTO_DNS] = related_calls_note_dns,
	[TRACE_PROTO_STUN] = take_stun,
	[TRACE_PROTO_TLS] = take_flow,
	[TRACE_PROTO_WEBSOCKET] = take_flow,
	[TRACE_PROTO_CRLF] = take_flow,
	[TRACE_PROTO_ISUP] = related_calls_note_isup,
	[TRACE_PROTO_MEGACO] = related_calls_note_megaco,
	[TRACE_PROTO_LOCATION] = related_calls_note_made,
	[TRACE_PROTO_DIAMETER] = related_calls_note_made,
	[TRACE_PROTO_H323] = related_calls_note_made,
	[TRACE_PROTO_SIP] = take_sip,
};

/* Record SEQ, which sends something of PROTO. */
static void
take_send(struct related_calls *s, const struct trace *t, uint64_t seq)
{
	enum trace_proto proto;
	int err = sent_message_read(&s->m, t, seq);

	if (err == ERR_NOMEM)
		s->err = err;
	if (err != 0)
		return;
	proto = trace_proto_find(s->m.send.proto);
	if (proto < TRACE_PROTO_COUNT && takers[proto] != NULL)
		takers[proto](s, t);
}

/* The first message that serves a call: from now on the messages of SIP before
 * it matter. */
static void
take_earlier_sends(struct related_calls *s, const struct trace *t, uint64_t seq)
{
	s->active = true;
	for (uint64_t i = 1; i < seq && s->err == 0; i++)
		if (trace_kind_of(t, i) == TRACE_SEND)
			take_send(s, t, i);
}

int
related_calls_note(struct related_calls *s, const struct trace *t, uint64_t seq,
    struct str proto)
{
	enum trace_proto p = trace_proto_find(proto);

	s->err = 0;
	if (p == TRACE_PROTO_COUNT || takers[p] == NULL || seq <= s->taken ||
	    (!s->active && p == TRACE_PROTO_SIP))
		return 0;
	if (!s->active)
		take_earlier_sends(s, t, seq);
	take_send(s, t, seq);
	s->taken = s->err == 0 ? seq : s->taken;
	return s->err;
}

int
related_calls_read(struct related_calls *s, const struct trace *t, uint64_t to)
{
	struct trace_rec rec;

	s->err = 0;
	for (; s->read < to && s->err == 0; s->read++) {
		if (trace_kind_of(t, s->read + 1) != TRACE_SEND)
			continue;
		trace_get(t, s->read + 1, &rec);
		related_calls_note(
		    s, t, rec.seq, trace_str(&rec, "proto", &s->name));
	}
	return s->err;
}
