/*
 * What serves a call comes before its call is known, as a rule: messages wait
 * in a group until a message of SIP claims it.  Groups are found by what their
 * messages have in common, each a key of its own kind:
 *
 *	n HOST NAME     HOST asks for NAME, or may
 *	q HOST NAME     HOST was asked for NAME
 *	a HOST ADDRESS  HOST learnt ADDRESS
 *	t ID            a transaction of STUN
 *	f ADDR ADDR     what passes between them, either way
 *	s ADDR          what is sent from there
 *	c CODES CIC     the call on a circuit, which its IAM begins
 *	m SEQ           what was made of a message that has no call yet
 *
 * What a node has made of what says a record's causes: who sends a message
 * because another has come serves the same call.
 */
#include "story/serving.h"

#include "base/arena.h"
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "dns/message.h"
#include "isup/m3ua.h"
#include "isup/isup.h"
#include "story/story.h"
#include "stun/stun.h"

/* Requests that came to a host, and are looked at. */
#define REQUESTS 8

struct served {
	struct str id;
	uint32_t counts[TRACE_PROTO_COUNT];
};

/* A message that waits for its call. */
struct waiting {
	struct waiting *next;
	uint64_t seq;
	enum trace_proto proto;
};

struct group {
	struct served *call; /* NULL: not known yet */
	struct waiting *waiting;
	uint64_t asker; /* of names: who has asked first, hash of its name */
	bool names, made;
};

/* The requests that came to a host, the last at [n - 1 modulo REQUESTS]. */
struct host {
	uint64_t requests[REQUESTS];
	size_t n;
};

struct serving {
	struct arena *arena; /* groups, calls, hosts */
	struct map *groups;  /* by key */
	struct map *calls;   /* by Call-ID */
	struct map *hosts;   /* by name */
	struct map *ties;    /* seq → struct served */
	bool active;         /* there was something but SIP */
	size_t unclaimed;    /* groups of names */
	size_t made;         /* … of which something may be made */
	uint64_t read;       /* records, by serving_read */
	uint64_t taken;      /* the last one that counted */
	struct story_message m;
	struct buf key, bytes, name;
	int err;
};

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

static struct str
bytes_of(const uint64_t *seq)
{
	return (struct str){ (const char *)seq, sizeof(*seq) };
}

struct str
serving_call(const struct serving *s, uint64_t seq)
{
	const struct served *c = map_get(s->ties, bytes_of(&seq));

	return c != NULL ? c->id : STR_NULL;
}

const uint32_t *
serving_counts(const struct serving *s, struct str call_id)
{
	const struct served *c = map_get(s->calls, call_id);

	return c != NULL ? c->counts : NULL;
}

/* ---- groups ---- */

static struct str
join_key(struct serving *s, char kind, struct str a, struct str b)
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

static void
put_group(struct serving *s, struct str key, struct group *g)
{
	if (g == NULL || map_put(s->groups, key, g) != 0)
		s->err = ERR_NOMEM;
}

static struct group *
new_group(struct serving *s)
{
	struct group *g = arena_get(s->arena, 1, sizeof(*g));

	if (g == NULL)
		s->err = ERR_NOMEM;
	return g;
}

/* One that a request claims which is made of one of its messages. */
static struct group *
new_made_group(struct serving *s, struct str key)
{
	struct group *g = new_group(s);

	put_group(s, key, g);
	if (g != NULL) {
		g->made = true;
		s->made++;
	}
	return g;
}

/* The call with this Call-ID; NULL without memory. */
static struct served *
call_of(struct serving *s, struct str id)
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

static void
tie(struct serving *s, struct served *c, uint64_t seq, enum trace_proto proto)
{
	c->counts[proto]++;
	if (map_put(s->ties, bytes_of(&seq), c) != 0)
		s->err = ERR_NOMEM;
}

/* The message just read is one of G. */
static void
join_group(struct serving *s, struct group *g)
{
	enum trace_proto proto = trace_proto_find(s->m.send.proto);
	struct waiting *w;

	if (g == NULL || g->call != NULL) {
		if (g != NULL)
			tie(s, g->call, s->m.seq, proto);
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

static void
claim(struct serving *s, struct group *g, struct str call_id)
{
	if (g == NULL || g->call != NULL)
		return;
	g->call = call_of(s, call_id);
	for (const struct waiting *w = g->waiting; g->call != NULL && w != NULL;
	     w = w->next)
		tie(s, g->call, w->seq, w->proto);
	g->waiting = NULL;
	s->unclaimed -= g->names;
	s->made -= g->made;
}

/* ---- names ---- */

/* What names a domain, its services left out ("_sip._udp"), as text. */
static struct str
bare_name(struct serving *s, const struct dns_name *name)
{
	struct dns_name rest = *name;

	while (rest.n > 2 && rest.b[1] == '_')
		dns_name_cut(&rest, 1, &rest);
	buf_clear(&s->name);
	dns_name_write(&rest, &s->name);
	if (s->name.err != 0)
		s->err = ERR_NOMEM;
	return buf_view(&s->name);
}

static struct str
host_of_uri(struct str text)
{
	struct msg_uri uri;

	return msg_uri_read(text, &uri) == 0 && uri.sip ? uri.host : STR_NULL;
}

/* The Call-ID of a request that came to HOST for NAME, the last of a few. */
static struct str
asked_by(const struct trace *t, const struct host *host, struct str name,
    struct story_message *m)
{
	size_t least = host->n > REQUESTS ? host->n - REQUESTS : 0;

	for (size_t i = host->n; i > least; i--)
		if (story_read(m, t, host->requests[(i - 1) % REQUESTS]) == 0 &&
		    story_read_text(m) != ERR_NOMEM && m->msg.request &&
		    str_ieq(host_of_uri(m->msg.uri), name))
			return m->send.call_id;
	return STR_NULL;
}

static void
find_asking(struct serving *s, const struct trace *t, struct group *g,
    struct str asker, struct str name)
{
	const struct host *host = map_get(s->hosts, asker);
	struct story_message m = STORY_MESSAGE_INIT;
	struct str id;

	if (host == NULL)
		return;
	id = asked_by(t, host, name, &m);
	if (id.n > 0)
		claim(s, g, id);
	story_free(&m);
}

/* ASKER has asked SERVER: for whom it was asked itself, or on its own. */
static void
take_question(struct serving *s, const struct trace *t, struct str asker,
    struct str server, const struct dns_message *dm)
{
	struct str name = bare_name(s, &dm->question);
	struct group *g = map_get(s->groups, join_key(s, 'q', asker, name));

	if (g == NULL)
		g = map_get(s->groups, join_key(s, 'n', asker, name));
	if (g == NULL || (g->call != NULL && g->asker == str_hash(asker))) {
		g = new_group(s);
		if (g == NULL)
			return;
		g->asker = str_hash(asker);
		g->names = true;
		s->unclaimed++;
		find_asking(s, t, g, asker, name);
	}
	put_group(s, join_key(s, 'n', asker, name), g);
	put_group(s, join_key(s, 'q', server, name), g);
	join_group(s, g);
}

/* The host in "!^.*$!sip:info@example.com!" (RFC 3402 3.2). */
static struct str
host_of_regexp(struct str regexp)
{
	ptrdiff_t at = str_chr(regexp, '@');
	struct str rest, host;

	host = str_cut(
	    str_slice(regexp, at < 0 ? regexp.n : (size_t)at + 1, regexp.n),
	    '!', &rest);
	return str_cut(host, ';', &rest);
}

/* The name that R leads to: of a server, of another domain, in a URI. */
static struct str
name_led_to(struct serving *s, const struct dns_record *r)
{
	struct dns_naptr naptr;
	struct dns_name name;
	struct dns_srv srv;

	if (dns_record_naptr(r, &naptr) == 0)
		return naptr.regexp.n > 0 ? host_of_regexp(naptr.regexp)
					  : bare_name(s, &naptr.replacement);
	if (dns_record_srv(r, &srv) == 0)
		return bare_name(s, &srv.target);
	return dns_record_target(r, &name) == 0 ? bare_name(s, &name)
						: STR_NULL;
}

static void
lead_to(struct serving *s, struct group *g, struct str asker,
    const struct dns_record *r)
{
	struct addr addr;
	struct str name;

	if (dns_record_addr(r, &addr) == 0) {
		buf_clear(&s->name);
		addr_write_host(&addr, &s->name);
		put_group(s, join_key(s, 'a', asker, buf_view(&s->name)), g);
		return;
	}
	name = name_led_to(s, r);
	if (name.n > 0)
		put_group(s, join_key(s, 'n', asker, name), g);
}

static void
take_dns(struct serving *s, const struct trace *t)
{
	struct str asker = s->m.send.src, server = s->m.send.dst;
	struct str bytes = trace_bytes(&s->m.sent, &s->bytes);
	struct dns_message m = DNS_MESSAGE_INIT;
	enum dns_fault fault;
	struct group *g;
	int err = dns_message_read(dns_message_unframe(bytes), &m, &fault);

	if (err == 0 && m.has_question && !m.response) {
		take_question(s, t, asker, server, &m);
	} else if (err == 0 && m.has_question) {
		asker = s->m.send.dst;
		g = map_get(s->groups,
		    join_key(s, 'n', asker, bare_name(s, &m.question)));
		if (g != NULL)
			join_group(s, g);
		for (size_t i = 0, n = dns_message_count(&m);
		     g != NULL && i < n; i++)
			lead_to(s, g, asker, &m.records[i]);
	}
	if (err == ERR_NOMEM)
		s->err = err;
	dns_message_free(&m);
}

/* ---- flows ---- */

/* The key of what passes between A and B. */
static struct str
flow_key(struct serving *s, struct str a, struct str b)
{
	return str_cmp(a, b) < 0 ? join_key(s, 'f', a, b)
				 : join_key(s, 'f', b, a);
}

/* A message of a connection or flow; one that begins it is of the message that
 * comes. */
static void
take_flow(struct serving *s, const struct trace *t)
{
	const struct trace_send *m = &s->m.send;
	struct group *g =
	    map_get(s->groups, flow_key(s, m->src_addr, m->dst_addr));
	bool begins =
	    str_starts(m->method, "ClientHello") || str_is(m->method, "GET");

	(void)t;
	if (g == NULL || (begins && g->call != NULL)) {
		g = new_group(s);
		put_group(s, flow_key(s, m->src_addr, m->dst_addr), g);
	}
	join_group(s, g);
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
	g = map_get(s->groups, join_key(s, 't', id, STR_NULL));
	if (g == NULL)
		g = map_get(s->groups, flow_key(s, m->src_addr, m->dst_addr));
	if (g == NULL)
		g = map_get(s->groups, join_key(s, 's', m->src_addr, STR_NULL));
	if (g == NULL) {
		g = new_group(s);
		put_group(s, join_key(s, 's', m->src_addr, STR_NULL), g);
	}
	put_group(s, join_key(s, 't', id, STR_NULL), g);
	join_group(s, g);
}

/* ---- what is made of another: circuits, questions, orders ---- */

/* Causes that are looked at between a message and what it was made of. */
#define CAUSES 24

/* The `send` of the message whose arrival has led to record SEQ, or 0. */
static uint64_t
find_made_of(const struct trace *t, uint64_t seq)
{
	struct trace_rec rec;

	for (unsigned i = 0; i < CAUSES && seq != 0; i++) {
		seq = trace_cause_of(t, seq);
		if (seq == 0 || trace_kind_of(t, seq) != TRACE_RECV)
			continue;
		trace_get(t, seq, &rec);
		return (uint64_t)trace_int(&rec, "of", 0);
	}
	return 0;
}

/* The key of the circuit that BYTES are about; *BEGINS: they are an IAM. */
static struct str
circuit_key(struct serving *s, struct str bytes, bool *begins)
{
	struct mtp_label l;
	struct str isup;
	unsigned cic;

	if (!mtp3_read_isup(bytes, &l, &cic, &isup))
		return STR_NULL;
	*begins = isup.n > 0 && isup.p[0] == ISUP_IAM;
	buf_clear(&s->name);
	buf_printf(&s->name, "%u %u", (unsigned)(l.opc < l.dpc ? l.opc : l.dpc),
	    (unsigned)(l.opc < l.dpc ? l.dpc : l.opc));
	buf_clear(&s->bytes);
	buf_u64(&s->bytes, cic);
	return join_key(s, 'c', buf_view(&s->name), buf_view(&s->bytes));
}

static struct str
made_key(struct serving *s, uint64_t seq)
{
	return join_key(s, 'm', bytes_of(&seq), STR_NULL);
}

/* The group that the message of record SEQ is of; NULL where it is of none, or
 * where its call is known: then *CALL_ID says which. */
static struct group *
group_made_of(
    struct serving *s, const struct trace *t, uint64_t seq, struct buf *call_id)
{
	struct story_message m = STORY_MESSAGE_INIT;
	struct group *g = NULL;
	struct buf bytes = BUF_INIT;
	bool begins;
	struct str key;

	if (seq != 0 && story_read(&m, t, seq) == 0) {
		if (trace_proto_find(m.send.proto) == TRACE_PROTO_ISUP) {
			key = circuit_key(
			    s, trace_bytes(&m.sent, &bytes), &begins);
			g = key.n > 0 ? map_get(s->groups, key) : NULL;
		} else {
			buf_str(call_id,
			    m.sip ? m.send.call_id : serving_call(s, seq));
			g = map_get(s->groups, made_key(s, seq));
		}
	}
	buf_end(&bytes, &s->err);
	story_free(&m);
	return g;
}

static void
take_isup(struct serving *s, const struct trace *t)
{
	struct buf bytes = BUF_INIT, call_id = BUF_INIT;
	uint64_t made_of = find_made_of(t, s->m.seq);
	struct group *of = group_made_of(s, t, made_of, &call_id), *g;
	bool begins = false;
	struct str key =
	    circuit_key(s, trace_bytes(&s->m.sent, &bytes), &begins);

	if (key.n > 0) {
		g = map_get(s->groups, key);
		if (begins && of != NULL && of != g)
			put_group(s, key, g = of); /* an exchange passes on */
		else if (g == NULL || (begins && s->m.send.retx == 0))
			g = new_made_group(s, key);
		join_group(s, g);
		if (call_id.n > 0)
			claim(s, g, buf_view(&call_id));
	}
	buf_end(&call_id, &s->err);
	buf_end(&bytes, &s->err);
}

/* A question to a server, an order, and what comes of it. */
static void
take_made(struct serving *s, const struct trace *t)
{
	struct buf call_id = BUF_INIT;
	struct group *g =
	    group_made_of(s, t, find_made_of(t, s->m.seq), &call_id);
	struct served *c =
	    call_id.n > 0 ? call_of(s, buf_view(&call_id)) : NULL;

	if (c != NULL) {
		tie(s, c, s->m.seq, trace_proto_find(s->m.send.proto));
	} else {
		if (g == NULL)
			g = new_made_group(s, made_key(s, s->m.seq));
		else
			put_group(s, made_key(s, s->m.seq), g);
		join_group(s, g);
	}
	buf_end(&call_id, &s->err);
}

/* The request just read was sent because of what waits for its call. */
static void
claim_made(struct serving *s, const struct trace *t)
{
	struct buf call_id = BUF_INIT;
	struct group *g =
	    group_made_of(s, t, find_made_of(t, s->m.seq), &call_id);

	claim(s, g, s->m.send.call_id);
	buf_end(&call_id, &s->err);
}

/* ---- SIP ---- */

/* The flow of the message just read is its call's from here on. */
static void
own_flow(struct serving *s, struct str key)
{
	struct group *g = map_get(s->groups, key);
	struct served *c = call_of(s, s->m.send.call_id);

	if (g != NULL && g->call == NULL)
		claim(s, g, s->m.send.call_id);
	if (g != NULL && g->call == c)
		return;
	/* What has joined it before keeps its call. */
	g = new_group(s);
	if (g == NULL)
		return;
	g->call = c;
	put_group(s, key, g);
}

/* What its sender has asked for is of the request just read. */
static void
claim_names(struct serving *s)
{
	const struct trace_send *m = &s->m.send;
	struct msg_values iter = { 0 };
	struct str route;
	struct addr dst;

	if (addr_parse(m->dst_addr, &dst) == 0) {
		buf_clear(&s->name);
		addr_write_host(&dst, &s->name);
		claim(s,
		    map_get(s->groups,
			join_key(s, 'a', m->src, buf_view(&s->name))),
		    m->call_id);
	}
	if (story_read_text(&s->m) == ERR_NOMEM)
		return;
	claim(s,
	    map_get(
		s->groups, join_key(s, 'n', m->src, host_of_uri(s->m.msg.uri))),
	    m->call_id);
	if (msg_next_value(&s->m.msg, MSG_H_ROUTE, &iter, &route))
		claim(s,
		    map_get(s->groups, join_key(s, 'n', m->src,
					   host_of_uri(msg_addr_uri(route)))),
		    m->call_id);
}

static void
note_request(struct serving *s)
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
	own_flow(s, flow_key(s, m->src_addr, m->dst_addr));
	own_flow(s, join_key(s, 's', m->src_addr, STR_NULL));
	if (m->status != 0)
		return;
	note_request(s);
	if (s->unclaimed > 0)
		claim_names(s);
	if (s->made > 0)
		claim_made(s, t);
}

/* ---- reading ---- */

typedef void take_fn(struct serving *s, const struct trace *t);

/* What is done with the messages of each protocol that serves calls. */
static take_fn *const takers[TRACE_PROTO_COUNT] = {
	[TRACE_PROTO_DNS] = take_dns,
	[TRACE_PROTO_STUN] = take_stun,
	[TRACE_PROTO_TLS] = take_flow,
	[TRACE_PROTO_WEBSOCKET] = take_flow,
	[TRACE_PROTO_CRLF] = take_flow,
	[TRACE_PROTO_ISUP] = take_isup,
	[TRACE_PROTO_LOCATION] = take_made,
	[TRACE_PROTO_DIAMETER] = take_made,
	[TRACE_PROTO_MEGACO] = take_made,
	[TRACE_PROTO_H323] = take_made,
	[TRACE_PROTO_SIP] = take_sip,
};

/* Record SEQ, which sends something of PROTO. */
static void
take_send(struct serving *s, const struct trace *t, uint64_t seq)
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
			take_send(s, t, i);
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
	take_send(s, t, seq);
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
