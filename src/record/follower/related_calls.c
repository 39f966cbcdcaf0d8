/*
 * Messages that serve a call mostly come before the call: they wait in a group
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
serving_create(struct serving **sp)
{
	struct serving *s = mem_zalloc(1, sizeof(*s));

	*sp = s;
	if (s == NULL)
		return ERR_NOMEM;
	s->m = STORY_MESSAGE_INIT;
	if (arena_create(&s->arena) != 0 || map_create(&s->groups) != 0 ||
	    map_create(&s->calls) != 0 || map_create(&s->hosts) != 0 ||
	    map_create(&s->ties) != 0) {
		serving_destroy(s);
		*sp = NULL;
		return ERR_NOMEM;
	}
	return 0;
}

void
serving_destroy(struct serving *s)
{
	if (s == NULL)
		return;
	map_destroy(s->groups);
	map_destroy(s->calls);
	map_destroy(s->hosts);
	map_destroy(s->ties);
	arena_destroy(s->arena);
	story_free(&s->m);
	buf_free(&s->key);
	buf_free(&s->bytes);
	buf_free(&s->name);
	mem_free(s);
}

struct str
serving_bytes_of(const uint64_t *seq)
{
	return (struct str){ (const char *)seq, sizeof(*seq) };
}

struct str
serving_call(const struct serving *s, uint64_t seq)
{
	const struct served *c = map_get(s->ties, serving_bytes_of(&seq));

	return c != NULL ? c->id : STR_NULL;
}

const uint32_t *
serving_counts(const struct serving *s, struct str call_id)
{
	const struct served *c = map_get(s->calls, call_id);

	return c != NULL ? c->counts : NULL;
}

/* ---- groups ---- */

struct str
serving_join_key(struct serving *s, char kind, struct str a, struct str b)
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
serving_put_group(struct serving *s, struct str key, struct group *g)
{
	if (g == NULL || map_put(s->groups, key, g) != 0)
		s->err = ERR_NOMEM;
}

struct group *
serving_new_group(struct serving *s)
{
	struct group *g = arena_get(s->arena, 1, sizeof(*g));

	if (g == NULL)
		s->err = ERR_NOMEM;
	return g;
}

/* The call with this Call-ID; NULL without memory. */
struct served *
serving_call_of(struct serving *s, struct str id)
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
serving_tie(
    struct serving *s, struct served *c, uint64_t seq, enum trace_proto proto)
{
	c->counts[proto]++;
	if (map_put(s->ties, serving_bytes_of(&seq), c) != 0)
		s->err = ERR_NOMEM;
}

/* The message just read is one of G. */
void
serving_join_group(struct serving *s, struct group *g)
{
	enum trace_proto proto = trace_proto_find(s->m.send.proto);
	struct waiting *w;

	if (g == NULL || g->call != NULL) {
		if (g != NULL)
			serving_tie(s, g->call, s->m.seq, proto);
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
serving_claim(struct serving *s, struct group *g, struct str call_id)
{
	if (g == NULL || g->call != NULL)
		return;
	g->call = serving_call_of(s, call_id);
	for (const struct waiting *w = g->waiting; g->call != NULL && w != NULL;
	     w = w->next)
		serving_tie(s, g->call, w->seq, w->proto);
	g->waiting = NULL;
	s->unclaimed -= g->names;
	s->made -= g->made;
}

/* ---- flows ---- */

/* The key of what passes between A and B. */
static struct str
serving_flow_key(struct serving *s, struct str a, struct str b)
{
	return str_cmp(a, b) < 0 ? serving_join_key(s, 'f', a, b)
				 : serving_join_key(s, 'f', b, a);
}

/* A message of a connection or flow; one that begins it is of the message that
 * comes. */
static void
serving_take_flow(struct serving *s, const struct trace *t)
{
	const struct trace_send *m = &s->m.send;
	struct group *g =
	    map_get(s->groups, serving_flow_key(s, m->src_addr, m->dst_addr));
	bool begins =
	    str_starts(m->method, "ClientHello") || str_is(m->method, "GET");

	(void)t;
	if (g == NULL || (begins && g->call != NULL)) {
		g = serving_new_group(s);
		serving_put_group(
		    s, serving_flow_key(s, m->src_addr, m->dst_addr), g);
	}
	serving_join_group(s, g);
}

static void
take_stun(struct serving *s, const struct trace *t)
{
	const struct trace_send *m = &s->m.send;
	struct str bytes = trace_bytes(&s->m.sent, &s->bytes), id;
	struct group *g;
	struct stun stun;

	(void)t;
	if (stun_read(bytes, &stun) != STUN_FAULT_NONE)
		return;
	id = stun.id;
	g = map_get(s->groups, serving_join_key(s, 't', id, STR_NULL));
	if (g == NULL)
		g = map_get(
		    s->groups, serving_flow_key(s, m->src_addr, m->dst_addr));
	if (g == NULL)
		g = map_get(
		    s->groups, serving_join_key(s, 's', m->src_addr, STR_NULL));
	if (g == NULL) {
		g = serving_new_group(s);
		serving_put_group(
		    s, serving_join_key(s, 's', m->src_addr, STR_NULL), g);
	}
	serving_put_group(s, serving_join_key(s, 't', id, STR_NULL), g);
	serving_join_group(s, g);
}

/* ---- SIP ---- */

/* The flow of the message just read is its call's from here on. */
static void
own_flow(struct serving *s, struct str key)
{
	struct group *g = map_get(s->groups, key);
	struct served *c = serving_call_of(s, s->m.send.call_id);

	if (g != NULL && g->call == NULL)
		serving_claim(s, g, s->m.send.call_id);
	if (g != NULL && g->call == c)
		return;
	/* What has joined it before keeps its call. */
	g = serving_new_group(s);
	if (g == NULL)
		return;
	g->call = c;
	serving_put_group(s, key, g);
}

static void
serving_note_request(struct serving *s)
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
take_sip(struct serving *s, const struct trace *t)
{
	const struct trace_send *m = &s->m.send;

	if (m->call_id.n == 0 || m->retx != 0)
		return;
	own_flow(s, serving_flow_key(s, m->src_addr, m->dst_addr));
	own_flow(s, serving_join_key(s, 's', m->src_addr, STR_NULL));
	if (m->status != 0)
		return;
	serving_note_request(s);
	if (s->unclaimed > 0)
		serving_claim_names(s);
	if (s->made > 0)
		serving_claim_made(s, t);
}

/* ---- reading ---- */

typedef void take_fn(struct serving *s, const struct trace *t);

/* The handlers of messages of each protocol that serves calls. */
static take_fn *const takers[TRACE_PROTO_COUNT] = {
	[TRACE_PROTO_DNS] = serving_take_dns,
	[TRACE_PROTO_STUN] = take_stun,
	[TRACE_PROTO_TLS] = serving_take_flow,
	[TRACE_PROTO_WEBSOCKET] = serving_take_flow,
	[TRACE_PROTO_CRLF] = serving_take_flow,
	[TRACE_PROTO_ISUP] = serving_take_isup,
	[TRACE_PROTO_MEGACO] = serving_take_megaco,
	[TRACE_PROTO_LOCATION] = serving_take_made,
	[TRACE_PROTO_DIAMETER] = serving_take_made,
	[TRACE_PROTO_H323] = serving_take_made,
	[TRACE_PROTO_SIP] = take_sip,
};

/* Record SEQ, which sends something of PROTO. */
static void
serving_take_send(struct serving *s, const struct trace *t, uint64_t seq)
{
	enum trace_proto proto;
	int err = story_read(&s->m, t, seq);

	if (err == ERR_NOMEM)
		s->err = err;
	if (err != 0)
		return;
	proto = trace_proto_find(s->m.send.proto);
	if (proto < TRACE_PROTO_COUNT && takers[proto] != NULL)
		takers[proto](s, t);
}

/* The first message that serves a call: those of SIP before begin to matter. */
static void
begin_serving(struct serving *s, const struct trace *t, uint64_t seq)
{
	s->active = true;
	for (uint64_t i = 1; i < seq && s->err == 0; i++)
		if (trace_kind_of(t, i) == TRACE_SEND)
			serving_take_send(s, t, i);
}

int
serving_take(
    struct serving *s, const struct trace *t, uint64_t seq, struct str proto)
{
	enum trace_proto p = trace_proto_find(proto);

	s->err = 0;
	if (p == TRACE_PROTO_COUNT || takers[p] == NULL || seq <= s->taken ||
	    (!s->active && p == TRACE_PROTO_SIP))
		return 0;
	if (!s->active)
		begin_serving(s, t, seq);
	serving_take_send(s, t, seq);
	s->taken = s->err == 0 ? seq : s->taken;
	return s->err;
}

int
serving_read(struct serving *s, const struct trace *t, uint64_t to)
{
	struct trace_rec rec;

	s->err = 0;
	for (; s->read < to && s->err == 0; s->read++) {
		if (trace_kind_of(t, s->read + 1) != TRACE_SEND)
			continue;
		trace_get(t, s->read + 1, &rec);
		serving_take(s, t, rec.seq, trace_str(&rec, "proto", &s->name));
	}
	return s->err;
}
