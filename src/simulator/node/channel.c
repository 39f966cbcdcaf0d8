/*
 * Layers of a connection; see node/channel.h.  Octets go up: what a layer has
 * found for the one above is in its buffer, that of the uppermost is SIP.
 * How many octets of the connection they were made of is counted until a
 * message is complete, of whatever layer: so a `recv` is of what was one
 * `send`.
 */
#include "node/channel.h"

#include "base/err.h"
#include "base/mem.h"
#include "node/node.h"
#include "node/security.h"
#include "node/world.h"
#include "rules/rule_names.h"

/*
 * TLS between a connection and SIP (RFC 3261 26.2.1, RFC 5922): the end of a
 * connection (tls/handshake.h) with what its node has for it.
 */
struct layer_tls {
	struct node *node;
	struct addr remote;
	struct tls_config config;
	struct tls_end end;
	struct tls_saying said;  /* by `read`, until it is asked for */
	struct buf host, ticket; /* that CONFIG names */
	bool bad, recorded;
};

static void
destroy_tls(void *state)
{
	struct layer_tls *l = state;

	tls_end_free(&l->end);
	tls_saying_free(&l->said);
	buf_free(&l->host);
	buf_free(&l->ticket);
	mem_free(l);
}

static int
configure(struct layer_tls *l, struct node_security *s, bool client)
{
	struct tls_config *c = &l->config;
	struct security_ticket *t;

	*c = (struct tls_config){ .versions = s->versions,
		.mutual = s->mutual,
		.leaf = buf_view(&s->leaf),
		.root = buf_view(&s->root),
		.rsa = s->rsa,
		.seed = node_security_seed(s),
		.ticket_key = s->ticket_key,
		.weakened = s->weakened };
	c->trust.anchors = buf_view(&s->anchors);
	c->trust.now_s = world_date_now(l->node->world);
	t = client ? security_ticket_find(s, &l->remote) : NULL;
	if (t != NULL) {
		buf_str(&l->ticket, buf_view(&t->bytes));
		c->ticket = buf_view(&l->ticket);
		c->ticket_version = t->version;
	}
	if (client)
		node_write_sought(l->node, &l->remote, &l->host);
	c->trust.host = buf_view(&l->host);
	return l->host.err != 0 ? l->host.err : l->ticket.err;
}

static int
create_tls(void **state, const struct channel_spec *spec)
{
	struct layer_tls *l = mem_zalloc(1, sizeof(*l));
	struct node_security *s = node_security(spec->face->node);

	*state = l;
	if (l == NULL || s == NULL)
		return ERR_NOMEM;
	l->node = spec->face->node;
	l->remote = spec->remote;
	if (configure(l, s, spec->client) != 0)
		return ERR_NOMEM;
	tls_end_init(&l->end, &l->config, spec->client);
	return 0;
}

static void
begin_tls(void *state, struct channel_saying *s)
{
	struct layer_tls *l = state;
	struct tls_saying said = { .bytes = BUF_INIT };

	if (!l->end.client)
		return;
	tls_begin(&l->end, &said);
	s->bytes = said.bytes;
	s->names = said.names;
}

static enum channel_event
read_tls(void *state, struct str in, size_t *n, struct buf *out)
{
	static const enum channel_event events[] = {
		[TLS_EVENT_MORE] = CHANNEL_MORE,
		[TLS_EVENT_PART] = CHANNEL_PART,
		[TLS_EVENT_SAID] = CHANNEL_TOLD,
		[TLS_EVENT_DATA] = CHANNEL_DATA,
		[TLS_EVENT_BAD] = CHANNEL_BAD,
	};
	struct layer_tls *l = state;
	enum tls_event event = tls_read(&l->end, in, n, out, &l->said);

	l->bad = event == TLS_EVENT_BAD;
	return events[event];
}

/* ---- records ---- */

/* RFC 5922 7.3, 7.4: who the other side has shown itself to be. */
static void
record_certificate(struct layer_tls *l)
{
	const struct tls_end *e = &l->end;
	struct trace_writer *w = node_record(
	    l->node, TRACE_AUTH, e->client ? RULE_TLS_SERVER : RULE_TLS_CLIENT);
	LOCAL_BUF names = BUF_INIT;
	struct tls_certificate c = { .rsa = false };

	l->recorded = true;
	if (tls_certificate_read(buf_view(&e->peer), &c, &names) != 0)
		c = (struct tls_certificate){ .rsa = false };
	trace_put_cstr(w, "op", "verify");
	trace_put_cstr(w, "scheme", "X.509");
	if (e->client)
		trace_put_str(w, "realm", l->config.trust.host);
	trace_put_str(w, "user", c.subject);
	trace_put_str(w, "issuer", c.issuer);
	trace_put_str(w, "names", c.names);
	trace_put_cstr(w, "reason", tls_verdict_word(e->verdict));
	node_record_cause(l->node);
}

static void
channel_record_bad(struct layer_tls *l)
{
	const char *name = tls_alert_name(l->end.alert);
	bool shown = l->end.checked && l->end.verdict != TLS_VERDICT_GOOD &&
		     !l->end.open;

	node_note_bad(l->node, RULE_TLS_ALERT,
	    shown ? TRACE_REFUSAL_CERTIFICATE : TRACE_REFUSAL_SECURITY,
	    str_of(name != NULL ? name : "alert"));
}

/* What a client may bring another time; for whom it knows who the server is. */
static void
channel_keep_ticket(struct layer_tls *l)
{
	struct node_security *s = node_security(l->node);

	if (s == NULL || l->end.ticket.n == 0)
		return;
	security_ticket_keep(
	    s, &l->remote, l->end.version, buf_view(&l->end.ticket));
	buf_clear(&l->end.ticket);
}

static void
hand_over_tls(void *state, struct channel_saying *s)
{
	struct layer_tls *l = state;
	const struct tls_end *e = &l->end;

	s->bytes = l->said.bytes;
	s->names = l->said.names;
	l->said = (struct tls_saying){ .bytes = BUF_INIT };
	if (e->checked && !l->recorded)
		record_certificate(l);
	if (l->bad)
		channel_record_bad(l);
	s->why = e->alert != TLS_ALERT_NONE ? RULE_TLS_ALERT : RULE_NONE;
	channel_keep_ticket(l);
	s->opens = e->open;
	s->ends =
	    l->bad || (e->got_alert && e->alert != TLS_ALERT_CLOSE_NOTIFY);
	s->how = tls_alert_name(e->alert);
	if (s->how == NULL)
		s->how = "alert";
}

/* ---- messages ---- */

static void
wrap_tls(void *state, struct str bytes, bool changed, struct buf *out)
{
	struct layer_tls *l = state;

	tls_write(&l->end, bytes, out);
	/* A fault that changes a record on its way can't compute its tag. */
	if (changed && out->err == 0)
		out->p[out->n - 1] ^= 1;
}

static void
end_tls(void *state, struct channel_saying *s)
{
	struct layer_tls *l = state;
	struct tls_saying said = { .bytes = BUF_INIT };

	if (l->end.alert != TLS_ALERT_NONE)
		return;
	tls_write_alert(&l->end, TLS_ALERT_CLOSE_NOTIFY, &said);
	s->why = RULE_TLS_CLOSE;
	s->bytes = said.bytes;
	s->names = said.names;
}

/* RFC 5923 8: a client is asked over its own connection only where it has shown
 * a certificate for the name by which it is. */
static bool
speaks_for(const void *state, struct str host)
{
	const struct layer_tls *l = state;
	LOCAL_BUF names = BUF_INIT;
	struct tls_certificate c;

	return l->end.peer.n > 0 &&
	       tls_certificate_read(buf_view(&l->end.peer), &c, &names) == 0 &&
	       tls_speaks_for(c.names, c.subject, host) == TLS_VERDICT_GOOD;
}

const struct channel_ops channel_tls = {
	.proto = TRACE_PROTO_TLS,
	.why = RULE_TLS_HANDSHAKE,
	.create = create_tls,
	.destroy = destroy_tls,
	.begin = begin_tls,
	.read = read_tls,
	.told = hand_over_tls,
	.wrap = wrap_tls,
	.end = end_tls,
	.speaks_for = speaks_for,
};

#define LAYERS 2

struct layer {
	const struct channel_ops *ops;
	void *state;
	struct buf out; /* what it has found for the one above */
};

struct channel {
	const struct node *node;
	struct net_conn *net;
	struct layer layers[LAYERS];
	size_t n, nopen;
	bool client, message;
	bool whole;   /* each message comes alone, as it was sent */
	size_t eaten; /* octets of the connection that were looked at */
	const char *how;
};

/* ---- life ---- */

static int
channel_add_layer(struct channel *c, const struct channel_ops *ops,
    const struct channel_spec *spec)
{
	struct layer *l = &c->layers[c->n];

	l->ops = ops;
	c->n++;
	return ops->create(&l->state, spec);
}

/* What a real program says by TLS and WebSocket is none of the run's: messages
 * alone arrive from there, and leave for there. */
static bool
leads_outside(const struct channel_spec *spec)
{
	const struct world *w = spec->face->node->world;
	const struct net_host *h = net_by_addr(w->net, &spec->remote);
	const struct node *n =
	    h != NULL ? world_find(w, net_host_name(h)) : NULL;

	return h != NULL && (n == NULL || n->outside);
}

int
channel_create(struct channel **cp, const struct channel_spec *spec)
{
	const struct addr_transport_row *row =
	    &addr_transports[spec->remote.transport];
	struct channel *c = mem_zalloc(1, sizeof(*c));
	bool outside = leads_outside(spec);
	int err = 0;

	*cp = c;
	if (c == NULL)
		return ERR_NOMEM;
	c->node = spec->face->node;
	c->client = spec->client;
	c->whole = outside && row->framing == ADDR_WEBSOCKET;
	if (row->secure && !outside)
		err = channel_add_layer(c, &channel_tls, spec);
	if (err == 0 && row->framing == ADDR_WEBSOCKET && !outside)
		err = channel_add_layer(c, &channel_websocket, spec);
	if (err != 0) {
		channel_destroy(c);
		*cp = NULL;
	}
	return err;
}

void
channel_destroy(struct channel *c)
{
	if (c == NULL)
		return;
	for (size_t i = 0; i < c->n; i++) {
		if (c->layers[i].state != NULL)
			c->layers[i].ops->destroy(c->layers[i].state);
		buf_free(&c->layers[i].out);
	}
	mem_free(c);
}

bool
channel_is_open(const struct channel *c)
{
	return c->nopen == c->n && c->net != NULL;
}

bool
channel_speaks_for(const struct channel *c, struct str host)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct layer *l = &c->layers[i];

		if (l->ops->speaks_for != NULL &&
		    !l->ops->speaks_for(l->state, host))
			return false;
	}
	return true;
}

const char *
channel_how(const struct channel *c)
{
	return c->how;
}

/* ---- down ---- */

/* BYTES through the first N layers of C, the uppermost first. */
static int
wrap_by(struct channel *c, size_t n, struct str bytes, bool changed,
    struct buf *out)
{
	LOCAL_BUF own = BUF_INIT;

	if (n == 0) {
		buf_str(out, bytes);
		return out->err;
	}
	if (n == 1) {
		c->layers[0].ops->wrap(c->layers[0].state, bytes, changed, out);
		return out->err;
	}
	c->layers[n - 1].ops->wrap(
	    c->layers[n - 1].state, bytes, changed, &own);
	return own.err != 0 ? own.err
			    : wrap_by(c, n - 1, buf_view(&own), changed, out);
}

static int
wrap_message(struct str bytes, bool changed, struct buf *out, void *arg)
{
	struct channel *c = arg;

	return wrap_by(c, c->n, bytes, changed, out);
}

/* Of what the second layer says itself. */
static int
wrap_saying(struct str bytes, bool changed, struct buf *out, void *arg)
{
	return wrap_by(arg, 1, bytes, changed, out);
}

/* What layer I has to say goes out; S is freed. */
static void
channel_say(struct channel *c, size_t i, struct channel_saying *s)
{
	const struct channel_ops *ops = c->layers[i].ops;
	struct trace_message m = { .proto = ops->proto,
		.method = buf_view(&s->names) };
	struct net_wrapping w = { .wrap = wrap_saying, .arg = c };

	if (s->bytes.err != 0 || s->names.err != 0)
		node_fail_memory(c->node);
	else if (s->bytes.n > 0 && c->net != NULL)
		net_tcp_send_wrapped(c->net, buf_view(&s->bytes), &m,
		    s->why != RULE_NONE ? s->why : ops->why, i > 0 ? &w : NULL);
	buf_free(&s->bytes);
	buf_free(&s->names);
}

uint64_t
channel_send(struct channel *c, struct net_conn *net, struct str bytes,
    const struct trace_message *m, enum rule_id why)
{
	struct net_wrapping w = {
		.wrap = wrap_message, .arg = c, .waits = !channel_is_open(c)
	};

	if (c->n == 0)
		return net_tcp_send(net, bytes, m, why);
	return net_tcp_send_wrapped(net, bytes, m, why, &w);
}

bool
channel_ping(struct channel *c)
{
	struct channel_saying s = { .opens = false };
	size_t top = c->n - 1;

	if (c->n == 0 || !channel_is_open(c) ||
	    c->layers[top].ops->ping == NULL)
		return false;
	c->layers[top].ops->ping(c->layers[top].state, &s);
	channel_say(c, top, &s);
	return true;
}

void
channel_close(struct channel *c, struct net_conn *net)
{
	for (size_t i = c->nopen; i-- > 0;) {
		struct channel_saying s = { .opens = false };

		c->layers[i].ops->end(c->layers[i].state, &s);
		channel_say(c, i, &s);
	}
	net_tcp_close(net);
}

/* ---- opening ---- */

static void open_layer(struct channel *c, size_t i);

/* All layers below I are open. */
static void
channel_begin_layer(struct channel *c, size_t i)
{
	struct channel_saying s = { .opens = false };

	if (i == c->n) {
		if (c->n > 0)
			net_tcp_release(c->net);
		return;
	}
	c->layers[i].ops->begin(c->layers[i].state, &s);
	channel_say(c, i, &s);
	if (s.opens)
		open_layer(c, i);
}

static void
open_layer(struct channel *c, size_t i)
{
	c->nopen = i + 1;
	channel_begin_layer(c, i + 1);
}

void
channel_begin(struct channel *c, struct net_conn *net)
{
	c->net = net;
	channel_begin_layer(c, 0);
}

/* ---- up ---- */

/* What layer I has not looked at. */
static struct str
input_of(const struct channel *c, size_t i)
{
	struct str all;

	if (i > 0)
		return buf_view(&c->layers[i - 1].out);
	all = net_tcp_peek(c->net);
	return str_slice(all, c->eaten, all.n);
}

/* N octets of what layer I - 1 has found are done with. */
static void
drop_input(struct channel *c, size_t i, size_t n)
{
	struct buf *b = &c->layers[i - 1].out;

	memmove(b->p, b->p + n, b->n - n);
	buf_truncate(b, b->n - n);
}

/* Layer I has come to an end of a message of its own, TOLD. */
static enum channel_got
channel_settle(struct channel *c, size_t i, struct str told)
{
	struct channel_saying s = { .opens = false };

	net_tcp_take_as(c->net, c->eaten, told);
	c->eaten = 0;
	c->layers[i].ops->told(c->layers[i].state, &s);
	channel_say(c, i, &s);
	c->how = s.how;
	if (s.ends)
		return CHANNEL_ENDS;
	if (s.opens && i == c->nopen)
		open_layer(c, i);
	return CHANNEL_MOVED;
}

/* Layer I looks at what has come for it. */
static enum channel_got
read_layer(struct channel *c, size_t i)
{
	struct layer *l = &c->layers[i];
	struct str in = input_of(c, i), told;
	enum channel_event event;
	enum channel_got got = CHANNEL_MOVED;
	size_t n = 0;

	event = l->ops->read(l->state, in, &n, &l->out);
	if (l->out.err != 0) {
		node_fail_memory(c->node);
		return CHANNEL_NOTHING;
	}
	if (event == CHANNEL_MORE)
		return CHANNEL_NOTHING;
	if (i == 0)
		c->eaten += n;
	c->message = event == CHANNEL_DATA && i > 0;
	if (event == CHANNEL_TOLD || event == CHANNEL_BAD) {
		told = i > 0 ? str_slice(in, 0, n)
			     : str_slice(net_tcp_peek(c->net), 0, c->eaten);
		got = channel_settle(c, i, told);
	}
	if (i > 0)
		drop_input(c, i, n);
	return got;
}

enum channel_got
channel_read(struct channel *c)
{
	enum channel_got got = CHANNEL_NOTHING;

	/* The uppermost first: it has what the others had. */
	for (size_t i = c->n; got == CHANNEL_NOTHING && i-- > 0;)
		if (i <= c->nopen && input_of(c, i).n > 0)
			got = read_layer(c, i);
	return got;
}

struct str
channel_peek(const struct channel *c)
{
	if (c->whole)
		return net_tcp_peek_message(c->net);
	return c->n == 0 ? net_tcp_peek(c->net)
			 : buf_view(&c->layers[c->n - 1].out);
}

bool
channel_is_message(const struct channel *c)
{
	return c->message || c->whole;
}

uint64_t
channel_take(struct channel *c, size_t n)
{
	struct buf *b;
	uint64_t seq;

	if (c->n == 0)
		return net_tcp_take(c->net, n);
	b = &c->layers[c->n - 1].out;
	seq = net_tcp_take_as(c->net, c->eaten, str_slice(buf_view(b), 0, n));
	c->eaten = 0;
	drop_input(c, c->n, n);
	return seq;
}

void
channel_skip(struct channel *c, size_t n)
{
	if (c->n == 0) {
		net_tcp_skip(c->net, n);
		return;
	}
	drop_input(c, c->n, n);
	net_tcp_skip(c->net, c->eaten);
	c->eaten = 0;
}
