/*
 * An application level gateway (RFC 4787 7): the NAT looks into datagrams, and
 * where one is a SIP message it rewrites addresses in the fields that the
 * attribute `alg` names, without knowing more of SIP.  It rewrites addresses
 * that it has a binding for, the sender's own address as it goes out, the outer
 * one as it comes in, in some fields and not in others with the same address:
 * so it mends one thing and breaks another, as real ones do.
 */
#include "roles/nat/nat_in.h"

#include "msg/message.h"
#include "msg/splice.h"

#include <string.h>

enum part {
#define X(id, word) id,
	NAT_ALG_ROWS(X)
#undef X
	    PARTS
};

static const char *const words[PARTS] = {
#define X(id, word) word,
	NAT_ALG_ROWS(X)
#undef X
};

static const struct {
	enum part part;
	enum msg_header field;
} fields[] = {
	{ VIA, MSG_H_VIA },
	{ CONTACT, MSG_H_CONTACT },
	{ AUTH, MSG_H_AUTHORIZATION },
	{ AUTH, MSG_H_PROXY_AUTHORIZATION },
};

/* A message on its way through. */
struct gateway {
	unsigned parts;              /* bits of enum part */
	const struct addr *is, *to;  /* the address looked for, and its other */
	struct buf is_text, to_text; /* without ports */
	struct msg_splice *splice;
	unsigned done; /* bits of what was changed */
	size_t body;   /* bytes that it has grown by, modulo size_t */
};

unsigned
nat_alg_read(const struct node *n)
{
	struct str rest = str_of(node_attr(n, "alg", ""));
	unsigned parts = 0;

	while (rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest);

		for (unsigned i = 0; i < PARTS; i++)
			if (str_is(word, words[i]))
				parts |= 1U << i;
	}
	return parts;
}

static bool
is_host_char(char c)
{
	return (c >= '0' && c <= '9') || c == '.';
}

/* The end of a port at AT of TEXT, behind a colon; AT where there is none. */
static size_t
alg_read_port(struct str text, size_t at, uint32_t *port)
{
	size_t end = at + 1;

	*port = 0;
	if (at >= text.n || text.p[at] != ':')
		return at;
	while (end < text.n && text.p[end] >= '0' && text.p[end] <= '9' &&
	       *port <= UINT16_MAX)
		*port = *port * 10 + (uint32_t)(text.p[end++] - '0');
	return *port > 0 ? end : at;
}

/* WHERE, the address with or without PORT, becomes the other one. */
static void
alg_replace(struct gateway *g, struct str where, uint32_t port, bool bare)
{
	LOCAL_BUF with = BUF_INIT;
	uint16_t to = g->to->port;

	buf_str(&with, buf_view(&g->to_text));
	if (port != 0 && port != g->is->port)
		buf_printf(&with, ":%u", (unsigned)port);
	else if (port != 0 || (!bare && to != ADDR_PORT_SIP))
		buf_printf(&with, ":%u", (unsigned)to);
	msg_splice_replace(g->splice, where, buf_view(&with));
	if (bare)
		g->body += with.n - where.n;
	if (with.err != 0)
		g->splice->err = with.err;
}

/* All such addresses in TEXT; BARE: of a body, where ports stand elsewhere. */
static bool
replace_all(struct gateway *g, struct str text, bool bare)
{
	struct str is = buf_view(&g->is_text);
	bool any = false;

	for (size_t at = 0; at + is.n <= text.n;) {
		size_t end = at + is.n;
		uint32_t port = 0;

		if (memcmp(text.p + at, is.p, is.n) != 0 ||
		    (at > 0 && is_host_char(text.p[at - 1])) ||
		    (end < text.n && is_host_char(text.p[end]))) {
			at++;
			continue;
		}
		if (!bare)
			end = alg_read_port(text, end, &port);
		alg_replace(g, str_slice(text, at, end), port, bare);
		at = end;
		any = true;
	}
	return any;
}

static void
rewrite_part(struct gateway *g, enum part part, struct str text)
{
	if ((g->parts >> part & 1) != 0 && replace_all(g, text, part == SDP))
		g->done |= 1U << part;
}

/* The Content-Length of M, whose body has another size now. */
static void
rewrite_length(struct gateway *g, const struct msg *m)
{
	LOCAL_BUF n = BUF_INIT;

	if ((g->parts >> LENGTH & 1) == 0 || g->body == 0)
		return;
	buf_u64(&n, m->body.n + g->body);
	for (size_t i = 0; i < m->nfields; i++)
		if (m->fields[i].id == MSG_H_CONTENT_LENGTH) {
			msg_splice_replace(
			    g->splice, m->fields[i].value, buf_view(&n));
			g->done |= 1U << LENGTH;
		}
}

/* In order of the bytes, as a splice wants it. */
static void
rewrite_message(struct gateway *g, const struct msg *m)
{
	if (m->request)
		rewrite_part(g, URI, m->uri);
	for (size_t i = 0; i < m->nfields; i++)
		for (size_t k = 0; k < COUNT_OF(fields); k++)
			if (fields[k].field == m->fields[i].id)
				rewrite_part(
				    g, fields[k].part, m->fields[i].value);
	rewrite_part(g, SDP, m->body);
	rewrite_length(g, m);
}

/* What was done to the message that B has carried; its record. */
static uint64_t
record_rewriting(const struct nat *nat, const struct net_nat_binding *b,
    uint64_t send, unsigned done)
{
	struct trace_writer *w =
	    nat_open_record(nat->node, RULE_NAT_ALG, "rewritten", b);
	LOCAL_BUF list = BUF_INIT;

	for (unsigned i = 0; i < PARTS; i++)
		if ((done >> i & 1) != 0)
			buf_printf(
			    &list, "%s%s", list.n > 0 ? " " : "", words[i]);
	trace_put_int(w, "of", (int64_t)send);
	trace_put_str(w, "fields", buf_view(&list));
	return trace_close(w);
}

uint64_t
nat_alg_rewrite(const struct net_nat_binding *b, bool outward,
    const struct net_datagram *d, struct buf *out, void *arg)
{
	struct nat *nat = arg;
	struct gateway g = { .parts = nat->alg,
		.is = outward ? &b->inner : &b->outer,
		.to = outward ? &b->outer : &b->inner };
	uint64_t record = 0;

	if (nat->alg == 0 ||
	    msg_read(nat->msg, d->bytes, NULL) != MSG_FAULT_NONE)
		return 0;
	g.splice = nat->splice;
	addr_write_host(g.is, &g.is_text);
	addr_write_host(g.to, &g.to_text);
	msg_splice_init(g.splice, d->bytes);
	rewrite_message(&g, nat->msg);
	if (g.done != 0 && g.splice->err == 0) {
		size_t n = msg_splice_size(g.splice);
		LOCAL_BUF made = BUF_INIT;

		if (buf_reserve(&made, n) == 0) {
			msg_splice_copy(g.splice, made.p);
			buf_clear(out);
			buf_str(out, (struct str){ made.p, n });
			record = record_rewriting(nat, b, d->send, g.done);
		}
	}
	msg_splice_free(g.splice);
	buf_free(&g.is_text);
	buf_free(&g.to_text);
	return record;
}
