/*
 * TLS between a connection and SIP (RFC 3261 26.2.1, RFC 5922): the end of a
 * connection (tls/handshake.h) with what its node has for it.
 */
#include "node/channel.h"

#include "base/err.h"
#include "base/mem.h"
#include "node/node.h"
#include "node/security.h"
#include "node/world.h"
#include "rules/rule_names.h"

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
	struct buf names = BUF_INIT;
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
	buf_free(&names);
}

static void
record_bad(struct layer_tls *l)
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
keep_ticket(struct layer_tls *l)
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
		record_bad(l);
	keep_ticket(l);
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
	/* Whoever changes a record on its way can't make its tag. */
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
	s->bytes = said.bytes;
	s->names = said.names;
}

/* RFC 5923 8: a client is asked over its own connection only where it has shown
 * a certificate for the name by which it is. */
static bool
speaks_for(const void *state, struct str host)
{
	const struct layer_tls *l = state;
	struct buf names = BUF_INIT;
	struct tls_certificate c;
	bool is;

	is = l->end.peer.n > 0 &&
	     tls_certificate_read(buf_view(&l->end.peer), &c, &names) == 0 &&
	     tls_speaks_for(c.names, c.subject, host) == TLS_VERDICT_GOOD;
	buf_free(&names);
	return is;
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
