/*
 * Messages of other protocols in the trace of a capture.  A host speaks SIP
 * that is an end of one of its messages, or of a connection to the port of SIP
 * over TLS; what such a host asks for, and what its servers of names ask for
 * it, is told, and what STUN, TLS and WebSocket say between such hosts.  What
 * makes up calls by itself (ISUP, Diameter, H.248) is told of all hosts.
 */
#include "inference/trace_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "packets/index.h"
#include "packets/other_protocols.h"
#include "stun/stun.h"
#include "inference/trace_notes.h"
#include "text/json.h"

/* State while they are collected. */
struct collecting {
	struct making *k;
	const struct making_chosen *chosen; /* NULL: all */
	struct map *speak; /* hosts, beside those with messages */
	struct map *seen;  /* message → its arrival in the events, from 1 */
	struct map *hosts; /* name → its place in making.hosts, from 1 */
	struct map *asked; /* transactions of STUN that are told */
};

static struct addr_key
key_of_host(const struct addr *a)
{
	struct addr_key k = key_of_addr(a);

	memset(k.port, 0, sizeof(k.port));
	return k;
}

/* ---- which are told ---- */

static bool
speaks_sip(const struct collecting *c, const struct addr *a)
{
	const struct correlation *co = c->k->co;
	uint32_t node = correlation_node_at(co, a);
	struct addr_key key = key_of_host(a);

	if (node != CORRELATION_NONE && co->nodes[node].used &&
	    (c->chosen == NULL || c->chosen->used[node]))
		return true;
	return map_get(c->speak, BYTES_OF(key)) != NULL;
}

static int
note_host(struct collecting *c, const struct addr *a)
{
	struct addr_key key = key_of_host(a);

	return map_put(c->speak, BYTES_OF(key), c);
}

static const struct addr *
server_of(const struct capture_remark *r)
{
	return r->dst.port == TRACE_PORT_DNS ? &r->dst : &r->src;
}

/* Message R of STUN is of a host that SPEAKS SIP, or of a transaction that is
 * (RFC 8489 5): its other messages, or this one beyond a NAT. */
static int
judge_stun(struct collecting *c, struct str bytes, bool speaks, bool *told)
{
	struct str id = str_slice(bytes, STUN_HEAD - STUN_ID, STUN_HEAD);

	*told = speaks || map_get(c->asked, id) != NULL;
	return speaks ? map_put(c->asked, id, c) : 0;
}

/* R serves a host that speaks SIP, or, where no calls are chosen, makes up
 * calls by itself; a server of names that does may ask others in its turn.
 * Contents of connections to other ports may be anything. */
static int
judge_other(struct collecting *c, const struct capture_remark *r, bool *told)
{
	const struct addr *server = server_of(r);
	bool src = speaks_sip(c, &r->src), dst = speaks_sip(c, &r->dst);

	if (capture_is_signalling(r)) {
		*told = c->chosen == NULL || src || dst;
		return 0;
	}
	if (r->proto == TRACE_PROTO_DNS) {
		*told = server == &r->dst ? src : dst;
		return *told ? note_host(c, server) : 0;
	}
	if (r->proto == TRACE_PROTO_STUN)
		return judge_stun(c, r->bytes, src || dst, told);
	*told = r->proto == TRACE_PROTO_TLS
		    ? capture_is_sips(r) ||
			  (src && dst && !str_starts(r->name, "application"))
		    : src || dst;
	return 0;
}

static bool
is_in_time(const struct collecting *c, const struct capture_remark *r)
{
	int64_t t = correlation_time(c->k->co, r->t);

	return r->t >= c->k->co->start &&
	       (c->chosen == NULL ||
		   (t >= c->chosen->from - CORRELATION_BEFORE_NS &&
		       t > c->chosen->before && t <= c->chosen->to));
}

/* ---- their ends ---- */

static const char *
name_of_end(const struct making *k, const struct addr *a, struct buf *room)
{
	uint32_t node = correlation_node_at(k->co, a);
	const char *name = address_names_find(k->o->names, a);

	if (node != CORRELATION_NONE)
		return k->co->nodes[node].name;
	if (name != NULL)
		return name;
	buf_clear(room);
	addr_write_bare(a, room);
	return buf_cstr(room);
}

/* A host of that NAME, which has none. */
static int
add_host(struct collecting *c, const char *name, const struct addr *a)
{
	struct making *k = c->k;
	struct making_host *h;

	if (ARRAY_ROOM(&k->hosts, &k->hosts_cap, k->nhosts + 1) != 0)
		return ERR_NOMEM;
	h = &k->hosts[k->nhosts];
	*h = (struct making_host){ .name = mem_dup(name, strlen(name)),
		.addr = *a };
	h->addr.port = 0;
	return h->name == NULL
		   ? ERR_NOMEM
		   : key_set_number(c->hosts, str_of(name), ++k->nhosts);
}

/* A, an end of R, is a host of the trace. */
static int
take_end(
    struct collecting *c, const struct capture_remark *r, const struct addr *a)
{
	LOCAL_BUF room = BUF_INIT;
	struct making_host *h;
	const char *name = name_of_end(c->k, a, &room);
	int err = room.err;

	if (err == 0 && key_number(c->hosts, str_of(name)) == 0)
		err = add_host(c, name, a);
	h = err == 0 ? &c->k->hosts[key_number(c->hosts, str_of(name)) - 1]
		     : NULL;
	if (h != NULL && r->proto == TRACE_PROTO_DNS && server_of(r) == a)
		h->role = "dns";
	else if (h != NULL && r->proto == TRACE_PROTO_STUN &&
		 a->port == TRACE_PORT_STUN)
		h->role = "stun";
	return err;
}

void
making_free_hosts(struct making *k)
{
	for (size_t i = 0; i < k->nhosts; i++)
		mem_free(k->hosts[i].name);
	mem_free(k->hosts);
	k->hosts = NULL;
	k->nhosts = k->hosts_cap = 0;
}

static bool
is_in_head(const struct making *k, const char *name)
{
	for (size_t i = 0; i < k->nnamed; i++)
		if (k->named[i] && strcmp(k->co->nodes[i].name, name) == 0)
			return true;
	return false;
}

void
making_put_hosts(const struct making *k, struct buf *b)
{
	for (size_t i = 0; i < k->nhosts; i++) {
		const struct making_host *h = &k->hosts[i];
		struct buf addr = BUF_INIT;

		if (is_in_head(k, h->name))
			continue;
		json_put_item(b);
		buf_puts(b, "{\"name\":");
		json_put_str(b, str_of(h->name));
		if (h->role != NULL)
			json_put_field(b, "role", str_of(h->role));
		addr_write(&h->addr, &addr);
		json_put_field(b, "addr", buf_view(&addr));
		buf_end(&addr, &b->err);
		buf_putc(b, '}');
	}
}

/* ---- collecting ---- */

/* The common parts of R's sightings: its bytes, and its ends; of STUN, whose
 * bytes are unique (RFC 8489 5), only the server's end, for the other one
 * changes at a NAT. */
struct seen_key {
	struct addr_key ends[2];
	uint64_t hash;
};

static struct seen_key
key_of_other(const struct capture_remark *r)
{
	bool stun = r->proto == TRACE_PROTO_STUN;
	bool answer = stun && (r->bytes.p[0] & 1) != 0;
	struct seen_key key;

	memset(&key, 0, sizeof(key));
	if (!stun || answer)
		key.ends[0] = key_of_addr(&r->src);
	if (!answer)
		key.ends[1] = key_of_addr(&r->dst);
	key.hash = index_hash_message(r->bytes);
	return key;
}

/* Where R is another sighting of a message that is told already: that arrives
 * then.  Else it is new. */
static int
add_other(struct collecting *c, uint32_t at)
{
	struct making *k = c->k;
	const struct capture_remark *r = &k->co->src->remarks[at], *first;
	struct seen_key key = key_of_other(r);
	struct trace_event e = { correlation_time(k->co, r->t), at,
		TRACE_SAYS };
	uint32_t known;
	int err;

	k->others[at].first = k->others[at].last = at;
	known = key_number(c->seen, BYTES_OF(key));
	if (known != 0) {
		struct trace_event *heard = &k->events[known - 1];

		first = &k->co->src->remarks[heard->at];
		if (first->place != r->place && e.t >= heard->t &&
		    e.t - heard->t <= SIGHTINGS_WAIT_NS) {
			k->others[at].first = k->others[heard->at].first;
			k->others[k->others[at].first].last = at;
			heard->t = e.t;
			heard->at = at;
			return 0;
		}
	}
	err = making_add(k, e);
	e.what = TRACE_HEARS;
	if (err == 0)
		err = making_add(k, e);
	if (err == 0)
		err = key_set_number(c->seen, BYTES_OF(key), k->n);
	return err;
}

/* The ends of what was added from event FROM on. */
static int
take_ends(struct collecting *c, size_t from)
{
	int err = 0;

	for (size_t i = from; err == 0 && i < c->k->n; i++) {
		const struct trace_event *e = &c->k->events[i];
		const struct capture_remark *r = &c->k->co->src->remarks[e->at];

		err = take_end(c, r, e->what == TRACE_SAYS ? &r->src : &r->dst);
	}
	return err;
}

static int
collect_all(struct collecting *c)
{
	const struct capture_reader *src = c->k->co->src;
	size_t from = c->k->n;
	bool told;
	int err = 0;

	for (size_t i = 0; err == 0 && i < src->nremarks; i++) {
		const struct capture_remark *r = &src->remarks[i];

		if (!capture_is_sips(r))
			continue;
		err = note_host(c, &r->src);
		if (err == 0)
			err = note_host(c, &r->dst);
	}
	for (uint32_t i = 0; err == 0 && i < src->nremarks; i++) {
		const struct capture_remark *r = &src->remarks[i];

		if (r->kind != CAPTURE_OTHER || !is_in_time(c, r))
			continue;
		err = judge_other(c, r, &told);
		if (err == 0 && told)
			err = add_other(c, i);
	}
	return err == 0 ? take_ends(c, from) : err;
}

int
making_collect_others(struct making *k, const struct making_chosen *chosen)
{
	struct collecting c = { .k = k, .chosen = chosen };
	size_t most = k->co->src->nremarks;
	int err = ARRAY_ROOM(&k->others, &k->others_cap, most + 1);

	making_free_hosts(k);
	for (; err == 0 && k->nothers < most; k->nothers++)
		k->others[k->nothers] = (struct making_other){ 0 };
	if (err == 0)
		err = map_create(&c.speak);
	if (err == 0)
		err = map_create(&c.seen);
	if (err == 0)
		err = map_create(&c.hosts);
	if (err == 0)
		err = map_create(&c.asked);
	if (err == 0)
		err = collect_all(&c);
	map_destroy(c.speak);
	map_destroy(c.seen);
	map_destroy(c.hosts);
	map_destroy(c.asked);
	return err;
}

/* ---- telling ---- */

/* The remark that E tells of, as it was seen first and last. */
static const struct capture_remark *
sighting(const struct making *k, const struct trace_event *e, bool last)
{
	const struct making_other *o = &k->others[e->at];

	return &k->co->src->remarks[last ? k->others[o->first].last : o->first];
}

uint64_t
making_facts_of_other(const struct making *k, const struct trace_event *e)
{
	const struct addr *src = &sighting(k, e, false)->src;
	const struct addr *dst = &sighting(k, e, true)->dst;
	LOCAL_BUF room = BUF_INIT;
	uint64_t facts[2] = { str_hash(str_of(name_of_end(k, src, &room))), 0 };

	facts[1] = str_hash(str_of(name_of_end(k, dst, &room)));
	return index_hash(facts, sizeof(facts));
}

/* Over which transport R has gone. */
static const char *
transport_of(const struct capture_remark *r)
{
	enum addr_transport transport = r->src.transport;

	if (r->proto == TRACE_PROTO_TLS)
		transport = ADDR_TLS;
	if (r->proto == TRACE_PROTO_WEBSOCKET)
		transport = ADDR_WS;
	return addr_transports[transport].word;
}

static void
put_message(struct making *k, const struct trace_event *e,
    const struct capture_remark *r, const char *src, const char *dst)
{
	struct trace_message m = { .proto = r->proto, .method = r->name };
	uint64_t cause =
	    infer_told(k->f, correlation_node_at(k->co, &r->src), r, e->t);

	trace_open(k->w, TRACE_SEND, e->t, src, cause, RULE_NONE);
	trace_put_cstr(k->w, "src", src);
	trace_put_cstr(k->w, "dst", dst);
	trace_put_addr(k->w, "src_addr", &r->src);
	trace_put_addr(k->w, "dst_addr", &r->dst);
	trace_put_cstr(k->w, "transport", transport_of(r));
	trace_put_message(k->w, &m);
	trace_put_int(k->w, "size", (int64_t)r->bytes.n);
	trace_put_bytes(k->w, r->bytes);
	k->others[e->at].send = trace_close(k->w);
}

/* R arrives at NODE, which can't make anything of it where it is damaged. */
static void
put_arrival(struct making *k, const struct trace_event *e,
    const struct capture_remark *r, const char *node)
{
	const char *at, *fault = other_protocols_fault(r->proto, r->bytes, &at);
	uint64_t recv, send = k->others[k->others[e->at].first].send;

	trace_open(k->w, TRACE_RECV, e->t, node, send, RULE_NONE);
	trace_put_int(k->w, "of", (int64_t)send);
	trace_put_addr(k->w, "src_addr", &r->src);
	trace_put_addr(k->w, "dst_addr", &r->dst);
	recv = trace_close(k->w);
	infer_heard(k->f, correlation_node_at(k->co, &r->dst), r, e->t, recv);
	if (fault == NULL)
		return;
	trace_open(k->w, TRACE_BAD, e->t, node, recv, RULE_NONE);
	trace_put_cstr(k->w, "fault", fault);
	trace_put_cstr(k->w, "at", at);
	trace_put_bool(k->w, "inferred", true);
	trace_close(k->w);
}

void
making_tell_other(struct making *k, const struct trace_event *e)
{
	const struct capture_remark *first = sighting(k, e, false);
	const struct capture_remark *last = sighting(k, e, true);
	LOCAL_BUF from = BUF_INIT, to = BUF_INIT;
	const char *src = name_of_end(k, &first->src, &from);
	const char *dst = name_of_end(k, &last->dst, &to);

	if (e->what == TRACE_SAYS)
		put_message(k, e, first, src, dst);
	else
		put_arrival(k, e, last, dst);
}
