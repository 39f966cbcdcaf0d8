/*
 * The stateless proxy: RFC 3261 16.11.  No transactions: every message is
 * forwarded by itself.  The copy depends on the message alone, so that a
 * repetition takes the same way under the same branch, and an ACK or CANCEL the
 * way of its INVITE.  It asks no location service, since that may answer
 * otherwise the next time.
 */
#include "roles/proxy/proxy_in.h"

#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "rules/rule_names.h"

/* ---- The branch of a copy: RFC 3261 16.6 step 8, 16.11 ---- */

#define PROXY_BRANCH_CHARS 8

/* 17.2.3: branch and sent-by, or without the magic cookie what RFC 2543
 * compared. */
static void
stateless_write_request_key(const struct msg *m, struct buf *out)
{
	struct str vias = msg_value(m, MSG_H_VIA);
	struct msg_via via;
	struct msg_cseq cseq = { 0 };

	msg_top_via(m, &via);
	if (str_starts(via.branch, SIP_COOKIE)) {
		buf_str(out, via.branch);
		buf_putc(out, ' ');
		buf_str(out, via.sent_by);
		return;
	}
	msg_cseq_read(msg_value(m, MSG_H_CSEQ), &cseq);
	buf_str(out, msg_cut_value(&vias));
	buf_str(out, msg_tag_of(m, MSG_H_FROM));
	buf_str(out, msg_value(m, MSG_H_CALL_ID));
	buf_putc(out, ' ');
	buf_u64(out, cseq.number);
	buf_putc(out, ' ');
	buf_str(out, m->uri);
}

uint64_t
proxy_hash_request(const struct msg *m)
{
	LOCAL_BUF key = BUF_INIT;
	uint64_t hash;

	stateless_write_request_key(m, &key);
	hash = str_hash(buf_view(&key));
	return hash != 0 ? hash : 1;
}

/*
 * The branch is made of what makes the request upstream unique and of the
 * target, never by chance.  So a retransmission that comes after a crash, which
 * knows no transaction any more, and a CANCEL that is forwarded without one
 * (16.10) have the branch of the INVITE that went there before.
 */
void
proxy_write_branch(const struct proxy *p, const struct msg *m,
    struct str target, struct buf *out)
{
	static const char chars[] = "0123456789abcdefghijklmnopqrstuvwxyz";
	LOCAL_BUF key = BUF_INIT;
	uint64_t hash;

	stateless_write_request_key(m, &key);
	buf_putc(&key, ' ');
	buf_str(&key, target);
	hash = str_hash(buf_view(&key));
	hash ^= hash >> 32;
	buf_puts(out, SIP_COOKIE "-");
	buf_puts(out, p->node->name);
	buf_putc(out, '-');
	for (int i = 0; i < PROXY_BRANCH_CHARS; i++, hash /= 36)
		buf_putc(out, chars[hash % 36]);
	proxy_write_loop_part(m, out);
	if (key.err != 0)
		out->err = key.err;
}

/* ---- The ACKs that a proxy has forwarded lately ---- */

struct ack {
	struct list link; /* the oldest first */
	int64_t t;
	uint64_t send;
	size_t n;
	char branch[];
};

struct proxy_acks {
	struct sim *sim;
	struct map *by_branch;
	struct list acks;
};

int
proxy_acks_create(struct proxy_acks **ap, struct sim *sim)
{
	struct proxy_acks *a = mem_zalloc(1, sizeof(*a));

	*ap = NULL;
	if (a == NULL)
		return ERR_NOMEM;
	a->sim = sim;
	list_init(&a->acks);
	if (map_create_borrowing(&a->by_branch) != 0) {
		mem_free(a);
		return ERR_NOMEM;
	}
	*ap = a;
	return 0;
}

static void
forget_ack(struct proxy_acks *a, struct ack *k)
{
	map_remove(a->by_branch, (struct str){ k->branch, k->n });
	list_remove(&k->link);
	mem_free(k);
}

void
proxy_acks_destroy(struct proxy_acks *a)
{
	if (a == NULL)
		return;
	list_each (struct ack, k, &a->acks, link)
		forget_ack(a, k);
	map_destroy(a->by_branch);
	mem_free(a);
}

/* The first send of the ACK with this branch, 0 where there was none. */
static uint64_t
find_first_ack(struct proxy_acks *a, struct str branch)
{
	int64_t now = sim_now(a->sim);
	const struct ack *k;

	list_each (struct ack, old, &a->acks, link) {
		if (now - old->t <= SIP_64T1_NS)
			break;
		forget_ack(a, old);
	}
	k = map_get(a->by_branch, branch);
	return k != NULL ? k->send : 0;
}

/* SEND is the first send of the ACK with this branch.  0 or ERR_NOMEM. */
static int
remember_ack(struct proxy_acks *a, struct str branch, uint64_t send)
{
	struct ack *k = mem_zalloc(1, sizeof(*k) + branch.n);

	if (k == NULL)
		return ERR_NOMEM;
	k->t = sim_now(a->sim);
	k->send = send;
	k->n = branch.n;
	memcpy(k->branch, branch.p, branch.n);
	if (map_put(a->by_branch, (struct str){ k->branch, k->n }, k) != 0) {
		mem_free(k);
		return ERR_NOMEM;
	}
	list_append(&a->acks, &k->link);
	return 0;
}

/* ---- the face that a request came to ---- */

/* The parameter of its own Via by which it knows that face again. */
#define ARRIVED "arrived"

/* RFC 3581 4, 18.2.2: the response leaves by the face that IN came to.  Nothing
 * is remembered here, so where that is not the one that the response would take
 * anyhow the own Via says it, behind BRANCH; who answers sends that back. */
static void
write_arrived(
    const struct proxy *p, const struct sip_in *in, struct buf *branch)
{
	const struct node_face *f = node_face_at(p->node, &in->at);

	if (f != NULL && f != node_face_before(p->node, in->m))
		buf_printf(branch, ";" ARRIVED "=%s",
		    f->name[0] != '\0' ? f->name : "-");
}

/* What the own VIA says of it: its address, else one with len 0. */
static struct addr
read_arrived(const struct proxy *p, struct str via)
{
	const struct node_face *f = NULL;
	struct msg_via v;
	struct str name;

	if (msg_via_read(via, &v) == 0 && msg_param(v.params, ARRIVED, &name))
		f = node_face_named(
		    p->node, str_is(name, "-") ? str_of("") : name);
	return f != NULL ? f->addr : (struct addr){ 0 };
}

/* ---- forwarding ---- */

static int
send_alone(struct proxy *p, struct sip_bytes *b, const struct addr *from,
    const struct addr *dst, const struct sip_origin *origin,
    const struct buf *key)
{
	uint64_t first, seq;

	if (key->err != 0)
		return key->err;
	first = find_first_ack(p->acks, buf_view(key));
	seq = sip_stack_send_from(
	    p->node->stack, sip_bytes_view(b), from, dst, origin, first);
	return first != 0 ? 0 : remember_ack(p->acks, buf_view(key), seq);
}

int
proxy_send_alone(struct proxy *p, struct sip_bytes *b, const struct addr *dst,
    const struct sip_origin *origin, const struct buf *key)
{
	struct addr any = { 0 };

	return send_alone(p, b, &any, dst, origin, key);
}

static void
send_stateless(struct proxy *p, struct sip_bytes *b, const struct addr *from,
    const struct addr *dst, const struct sip_origin *origin)
{
	LOCAL_BUF key = BUF_INIT;

	buf_hex(&key, str_hash(sip_bytes_view(b)), 16);
	if (send_alone(p, b, from, dst, origin, &key) != 0)
		node_fail_memory(p->node);
}

/* 16.11, 8.2.7: what rejects does so without a transaction; an ACK is never
 * answered. */
void
proxy_refuse_stateless(
    struct proxy *p, const struct sip_in *in, unsigned status, enum rule_id why)
{
	LOCAL_BUF lines = BUF_INIT, phrase = BUF_INIT;
	struct msg_values it = { 0 };
	struct str v;

	/* 21.4.1; proxy_validate looks at no other field's form. */
	if (status == 400)
		msg_field_phrase(in->m, MSG_H_MAX_FORWARDS, &phrase);
	else
		buf_puts(&phrase, msg_status_phrase(status));
	/* 8.2.2.3: which extensions it lacks. */
	while (status == 420 &&
	       msg_next_value(in->m, MSG_H_PROXY_REQUIRE, &it, &v))
		buf_printf(&lines, "Unsupported: %.*s\r\n", STR_ARG(v));
	if (in->m->method == MSG_ACK)
		node_note_drop(p->node, in->recv, TRACE_DROP_REFUSED, why);
	else if (lines.err == 0 && phrase.err == 0)
		sip_stack_respond(p->node->stack, in, status, buf_view(&phrase),
		    buf_view(&lines), why);
	if (lines.err != 0 || phrase.err != 0)
		node_fail_memory(p->node);
}

void
proxy_forward_stateless(
    struct proxy *p, const struct sip_in *in, const struct proxy_hop *h)
{
	struct sip_origin origin = { !proxy_is_stateless(p)
					 ? RULE_PROXY_CANCEL_UNKNOWN
				     : in->m->method == MSG_CANCEL
					 ? RULE_PROXY_STATELESS_CANCEL
					 : RULE_PROXY_STATELESS_BRANCH,
		in->recv };
	LOCAL_BUF branch = BUF_INIT;
	struct sip_bytes *b = NULL, *marked = NULL;
	struct addr any = { 0 };
	int err;

	proxy_trace_route(p, in->m, h);
	proxy_write_branch(p, in->m, h->uri, &branch);
	write_arrived(p, in, &branch);
	err = branch.err;
	if (err == 0 && addr_is_stream(&in->src))
		err = sip_mark_stream(p->node->stack, in, &marked);
	if (err == 0)
		err = proxy_build(p,
		    marked != NULL ? world_read(p->node->world, marked) : in->m,
		    h, buf_view(&branch), &b);
	sip_bytes_unref(marked);
	if (err == 0)
		send_stateless(p, b, &any, &h->dst, &origin);
	else if (err == ERR_NOMEM)
		node_fail_memory(p->node);
	sip_bytes_unref(b);
}

void
proxy_stateless_request(struct proxy *p, const struct sip_in *in)
{
	struct proxy_hop h;
	enum rule_id why;
	unsigned status = proxy_validate(p, in->m, &why);

	if (status == 0 && msg_value(in->m, MSG_H_PROXY_REQUIRE).n > 0) {
		status = 420;
		why = RULE_PROXY_REQUIRE;
	}
	if (status != 0) {
		proxy_refuse_stateless(p, in, status, why);
		return;
	}
	if (proxy_choose(p, in->m, &in->src, &h)) {
		if (h.refused != 0)
			proxy_refuse_stateless(p, in, h.refused, h.why);
		else
			proxy_forward_alone(
			    p, in, &h, 500, RULE_PROXY_UNREACHABLE);
	} else if (!proxy_is_stateless(p)) {
		proxy_ask_alone(p, in);
	} else {
		/* The own domain is another server's to serve: its entry. */
		h.how = "domain";
		h.why = RULE_PROXY_STATELESS;
		h.next = in->m->uri;
		proxy_forward_alone(p, in, &h, 404, RULE_PROXY_STATELESS);
	}
}

/* 16.11: to where the next Via points. */
void
proxy_stateless_response(struct proxy *p, const struct sip_in *in)
{
	struct sip_origin origin = { proxy_is_stateless(p)
					 ? RULE_PROXY_STATELESS_RESPONSE
					 : RULE_PROXY_CANCEL_UNKNOWN,
		in->recv };
	struct msg_values it = { 0 };
	struct sip_bytes *b;
	struct addr from = { 0 }, dst;
	struct str v;
	int err;
	/* The first is our own. */
	bool any = msg_next_value(in->m, MSG_H_VIA, &it, &v);

	if (any)
		from = read_arrived(p, v);
	if (!any || !msg_next_value(in->m, MSG_H_VIA, &it, &v) ||
	    sip_via_destination(p->node->stack, v, &dst) != 0) {
		node_note_drop(p->node, in->recv, TRACE_DROP_UNMATCHED,
		    RULE_PROXY_STATELESS_RESPONSE);
		return;
	}
	err = sip_forward_response(node_sim(p->node), in->m, NULL, &b);
	if (err == 0)
		send_stateless(p, b, &from, &dst, &origin);
	else if (err == ERR_NOMEM)
		node_fail_memory(p->node);
	if (err == 0)
		sip_bytes_unref(b);
}
