/*
 * A NAT as a role (RFC 4787, RFC 5382): what the topology says of it, its
 * records, and the machine that each of its bindings is.  The translation is
 * the network's (net/nat.h); a NAT speaks no SIP, but with `alg` it rewrites
 * SIP that passes.
 */
#include "base/err.h"
#include "base/mem.h"
#include "machine/tables.h"
#include "msg/header_names.h"
#include "msg/message.h"
#include "msg/splice.h"
#include "net/nat.h"
#include "node/node_machine.h"
#include "node/node.h"
#include "node/world.h"
#include "role/verb.h"
#include "roles/nat/nat_alg.h"
#include "rules/rule_names.h"

#include <stdio.h>
#include <string.h>

#define NAT_UDP_NS        (300 * SIM_S)  /* RFC 4787 REQ-5 c */
#define NAT_TCP_NS        (7440 * SIM_S) /* RFC 5382 REQ-5: 2 h 4 min */
#define NAT_TRANSITORY_NS (240 * SIM_S)  /* RFC 5382 REQ-5 */
#define NAT_BINDINGS      65535

struct nat {
	struct node *node;
	struct net_nat *net;
	/* Of the gateway for SIP: what it rewrites, 0 where there is none, and
	 * what it works with. */
	unsigned alg;
	struct msg *msg;
	struct msg_splice *splice;
};

static const char *
proto_word(bool tcp)
{
	return addr_transports[tcp ? ADDR_TCP : ADDR_UDP].word;
}

static void
nat_role_put_addr(struct trace_writer *w, const char *key, const struct addr *a)
{
	LOCAL_BUF text = BUF_INIT;

	if (a->len == 0)
		return;
	addr_write(a, &text);
	trace_put_str(w, key, buf_view(&text));
}

/* Opens a record of N that says OP of B. */
static struct trace_writer *
nat_open_record(const struct node *n, enum rule_id why, const char *op,
    const struct net_nat_binding *b)
{
	struct trace_writer *w = node_record(n, TRACE_NAT, why);

	trace_put_cstr(w, "op", op);
	trace_put_cstr(w, "proto", proto_word(b->tcp));
	nat_role_put_addr(w, "inner", &b->inner);
	nat_role_put_addr(w, "outer", &b->outer);
	nat_role_put_addr(w, "remote", &b->remote);
	return w;
}

/* ---- The ALG: RFC 4787 7 ---- */

enum part {
#define X(id, word) id,
	NAT_ALG_ROWS(X)
#undef X
	    PARTS
};

static const char *const part_words[PARTS] = {
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

/* What the attribute `alg` asks for, as bits. */
static unsigned
read_alg(const struct node *n)
{
	struct str rest = str_of(node_attr(n, "alg", ""));
	unsigned parts = 0;

	while (rest.n > 0) {
		struct str word = str_cut(rest, ' ', &rest);

		for (unsigned i = 0; i < PARTS; i++)
			if (str_is(word, part_words[i]))
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
			buf_printf(&list, "%s%s", list.n > 0 ? " " : "",
			    part_words[i]);
	trace_put_int(w, "of", (int64_t)send);
	trace_put_str(w, "fields", buf_view(&list));
	return trace_close(w);
}

/*
 * As struct net_nat_ops has it; ARG is the NAT.  The NAT looks into datagrams,
 * and if one is a SIP message it rewrites addresses in the fields that the
 * attribute `alg` names, without knowing more of SIP.  It rewrites addresses
 * that it has a binding for, the sender's own address as it goes out, the outer
 * one as it comes in, in some fields and not in others with the same address:
 * so it repairs one thing and breaks another, as real ones do.
 */
static uint64_t
rewrite_by_alg(const struct net_nat_binding *b, bool outward,
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

#define OUTER_FACE "outside"

/* What the records call a binding, and where its machine stands. */
struct entry {
	struct machine_run machine;
	uint64_t timer;             /* the record that has set it */
	const char *running;        /* its name */
	char id[3 * ADDR_TEXT + 4]; /* udp inner>outer, or …>remote */
};

/* ---- records ---- */

static void
nat_role_record_binding(
    struct node *n, struct net_nat_binding *b, const char *op, enum rule_id why)
{
	struct trace_writer *w = nat_open_record(n, why, op, b);

	b->record = trace_close(w);
}

/* ---- a binding's machine and timer ---- */

static const char *
nat_role_timer_of(const struct net_nat_binding *b)
{
	static const char *const names[NET_NAT_STATES] = {
		[NET_NAT_OPEN] = "udp",
		[NET_NAT_OPENING] = "transitory",
		[NET_NAT_ESTABLISHED] = "established",
		[NET_NAT_CLOSING] = "transitory",
	};

	return names[b->state];
}

static uint64_t
nat_role_record_timer(struct node *n, const struct net_nat_binding *b,
    const char *name, const char *op)
{
	const struct entry *e = b->user;
	struct trace_writer *w = node_record(
	    n, TRACE_TIMER, b->tcp ? RULE_NAT_TCP_TIMER : RULE_NAT_TIMER);

	trace_put_cstr(w, "op", op);
	trace_put_cstr(w, "name", name);
	trace_put_cstr(w, "machine", machine_nat_binding.name);
	trace_put_cstr(w, "id", e->id);
	if (strcmp(op, "set") == 0) {
		trace_put_int(w, "due", b->due);
		trace_put_int(w, "length", b->due - sim_now(node_sim(n)));
	}
	return trace_close(w);
}

static void
nat_role_set_timer(struct node *n, struct net_nat_binding *b)
{
	struct entry *e = b->user;
	const char *name = nat_role_timer_of(b);

	if (e->running != NULL && e->running != name)
		nat_role_record_timer(n, b, e->running, "stop");
	e->running = name;
	e->timer = nat_role_record_timer(n, b, name, "set");
}

static void
nat_role_step(struct node *n, struct net_nat_binding *b, enum event_id event,
    enum rule_id why)
{
	struct entry *e = b->user;

	node_machine_step(n, &e->machine, e->id, event, why);
}

/* ---- records of bindings ---- */

static void
tell_made(struct node *n, struct net_nat_binding *b)
{
	struct entry *e = mem_zalloc(1, sizeof(*e));
	LOCAL_BUF id = BUF_INIT;

	b->user = e;
	if (e == NULL) {
		node_fail_memory(n);
		return;
	}
	e->machine = (struct machine_run){ &machine_nat_binding,
		machine_nat_binding.start };
	buf_printf(&id, "%s ", proto_word(b->tcp));
	addr_write(&b->inner, &id);
	buf_putc(&id, '>');
	addr_write(&b->outer, &id);
	if (b->remote.len > 0) {
		buf_putc(&id, '>');
		addr_write(&b->remote, &id);
	}
	snprintf(e->id, sizeof(e->id), "%s", buf_cstr(&id));
	nat_role_record_binding(n, b, "made", RULE_NAT_MAPPING);
	sim_set_cause(node_sim(n), b->record);
	nat_role_step(n, b, b->tcp ? EVENT_SEGMENT_OUT : EVENT_DATAGRAM_OUT,
	    RULE_NAT_MAPPING);
	nat_role_set_timer(n, b);
}

static void
tell_stepped(struct node *n, struct net_nat_binding *b)
{
	static const enum event_id events[NET_NAT_STATES] = {
		[NET_NAT_OPENING] = EVENT_SEGMENT_OUT,
		[NET_NAT_ESTABLISHED] = EVENT_SEGMENT_IN,
		[NET_NAT_CLOSING] = EVENT_FIN_OR_RST,
	};

	nat_role_step(n, b, events[b->state], RULE_NAT_TCP_TIMER);
	nat_role_set_timer(n, b);
}

static void
tell_refreshed(struct node *n, struct net_nat_binding *b)
{
	nat_role_set_timer(n, b);
}

static void
tell_expired(struct node *n, struct net_nat_binding *b)
{
	static const enum event_id events[NET_NAT_STATES] = {
		[NET_NAT_OPEN] = EVENT_TIMER_UDP,
		[NET_NAT_OPENING] = EVENT_TIMER_TRANSITORY,
		[NET_NAT_ESTABLISHED] = EVENT_TIMER_ESTABLISHED,
		[NET_NAT_CLOSING] = EVENT_TIMER_TRANSITORY,
	};
	const struct entry *e = b->user;
	enum rule_id why = b->tcp ? RULE_NAT_TCP_TIMER : RULE_NAT_TIMER;
	struct sim *sim = node_sim(n);

	sim_set_cause(sim, e->timer);
	sim_set_cause(sim, nat_role_record_timer(n, b, e->running, "fire"));
	nat_role_step(n, b, events[b->state], why);
	nat_role_record_binding(n, b, "expired", why);
}

static void
tell_forgotten(struct node *n, struct net_nat_binding *b)
{
	uint64_t old = sim_cause(node_sim(n));

	nat_role_step(n, b, EVENT_FORGOTTEN, RULE_NONE);
	nat_role_record_binding(n, b, "forgotten", RULE_NONE);
	sim_set_cause(node_sim(n), old);
}

static void
on_told(struct net_nat_binding *b, enum net_nat_told what, void *arg)
{
	static void (*const tell[])(
	    struct node * n, struct net_nat_binding * b) = {
		[NET_NAT_MADE] = tell_made,
		[NET_NAT_STEPPED] = tell_stepped,
		[NET_NAT_REFRESHED] = tell_refreshed,
		[NET_NAT_EXPIRED] = tell_expired,
		[NET_NAT_FORGOTTEN] = tell_forgotten,
	};
	struct nat *nat = arg;
	uint64_t old = sim_cause(node_sim(nat->node));

	/* Without memory the run has failed. */
	if (b->user != NULL || what == NET_NAT_MADE)
		tell[what](nat->node, b);
	sim_set_cause(node_sim(nat->node), old);
}

static void
on_freed(struct net_nat_binding *b, void *arg)
{
	(void)arg;
	mem_free(b->user);
}

static uint64_t
nat_role_on_lost(const struct net_nat_lost *l, void *arg)
{
	static const struct {
		const char *op;
		enum rule_id why;
	} rows[] = {
		[NET_NAT_UNBOUND] = { "unbound", RULE_NAT_FILTER },
		[NET_NAT_FILTERED] = { "filtered", RULE_NAT_FILTER },
		[NET_NAT_FULL] = { "full", RULE_NAT_FULL },
		[NET_NAT_PRIVATE] = { "private", RULE_NAT_PRIVATE },
		[NET_NAT_NO_HAIRPIN] = { "no-hairpin", RULE_NAT_HAIRPIN },
	};
	const struct nat *nat = arg;
	const struct net_nat_binding *b = l->binding;
	struct sim *sim = node_sim(nat->node);
	uint64_t old = sim_cause(sim), seq;
	struct trace_writer *w;

	/* Why the port is closed: what ended its last binding. */
	if (b != NULL && b->over)
		sim_set_cause(sim, b->record);
	w = node_record(nat->node, TRACE_NAT, rows[l->why].why);
	trace_put_cstr(w, "op", rows[l->why].op);
	trace_put_cstr(w, "proto", proto_word(l->tcp));
	if (l->send != 0)
		trace_put_int(w, "of", (int64_t)l->send);
	nat_role_put_addr(w, "src", l->src);
	nat_role_put_addr(w, "dst", l->dst);
	if (b != NULL)
		nat_role_put_addr(w, "inner", &b->inner);
	seq = trace_close(w);
	sim_set_cause(sim, old);
	return seq;
}

static const struct net_nat_ops nat_ops = {
	.told = on_told,
	.lost = nat_role_on_lost,
	.rewrite = rewrite_by_alg,
	.freed = on_freed,
};

/* ---- life ---- */

/* The number of NAME's value among WORDS, which have spaces between. */
static unsigned
nat_role_read_word(const struct node *n, const char *name, const char *words,
    const char *fallback)
{
	struct str value = str_of(node_attr(n, name, fallback));
	struct str rest = str_of(words);
	unsigned i = 0;

	while (rest.n > 0 && !str_eq(str_cut(rest, ' ', &rest), value))
		i++;
	return i;
}

static void
read_config(const struct node *n, struct net_nat_config *c)
{
	static const char rules[] = "endpoint address address-port";

	*c = (struct net_nat_config){
		.mapping = nat_role_read_word(n, "mapping", rules, "endpoint"),
		.filtering =
		    nat_role_read_word(n, "filtering", rules, "address-port"),
		.ports = nat_role_read_word(n, "ports",
		    "preserve parity sequential random", "preserve"),
		.hairpin = node_attr_bool(n, "hairpin", true),
		.refresh_in =
		    nat_role_read_word(n, "refresh", "out both", "out") == 1,
		.udp_ns = node_attr_time(n, "timeout", NAT_UDP_NS),
		.tcp_ns = node_attr_time(n, "tcp_timeout", NAT_TCP_NS),
		.opening_ns =
		    node_attr_time(n, "tcp_transitory", NAT_TRANSITORY_NS),
		.most = node_attr_seconds(n, "bindings", NAT_BINDINGS),
	};
}

static void
nat_stop(void *role)
{
	struct nat *nat = role;

	net_nat_destroy(nat->net);
	mem_free(nat->msg);
	mem_free(nat->splice);
}

static const struct node_face *
outer_face(struct node *n)
{
	const struct node_face *f = node_face_named(n, STR(OUTER_FACE));

	/* of a world without a file */
	return f != NULL ? f : &n->faces[n->nfaces - 1];
}

/* Hosts behind it are no longer reached by its old address. */
static int
nat_moved(void *role)
{
	struct nat *nat = role;
	const struct addr *outer = &outer_face(nat->node)->addr;

	if (!addr_same_ip(outer, net_nat_outer(nat->net)))
		net_nat_move(nat->net, outer);
	return 0;
}

/* What the gateway is to rewrite, and what it needs for that. */
static int
nat_role_read_gateway(struct nat *nat)
{
	nat->alg = read_alg(nat->node);
	if (nat->alg == 0 || nat->splice != NULL)
		return 0;
	nat->msg = mem_zalloc(1, sizeof(*nat->msg));
	nat->splice = mem_zalloc(1, sizeof(*nat->splice));
	return nat->msg != NULL && nat->splice != NULL ? 0 : ERR_NOMEM;
}

/* For bindings made and refreshed from now on. */
static int
nat_set(void *role)
{
	struct nat *nat = role;
	struct net_nat_config config;

	read_config(nat->node, &config);
	net_nat_configure(nat->net, &config);
	return nat_role_read_gateway(nat);
}

static int
nat_start(struct node *n, void *role)
{
	struct nat *nat = role;
	struct net_nat_config config;
	int err;

	nat->node = n;
	read_config(n, &config);
	err = nat_role_read_gateway(nat);
	if (err == 0)
		err = net_nat_create(&nat->net, n->host, &outer_face(n)->addr,
		    &config, &nat_ops, nat);
	return err;
}

/* ---- verbs ---- */

static int
nat_verb_forget(const struct node_act *a)
{
	struct nat *nat = a->role;

	net_nat_forget(nat->net);
	return 0;
}

static const struct node_verb verbs[] = {
	/* clang-format off */
	NAT_VERBS(NODE_VERB)
	{ 0 },
	/* clang-format on */
};

NODE_ROLE(nat) = {
	.word = "nat",
	.size = sizeof(struct nat),
	.start = nat_start,
	.stop = nat_stop,
	.moved = nat_moved,
	.set = nat_set,
	.verbs = verbs,
};
