/* See roles/softswitch/megaco_port.h. */
#include "roles/softswitch/megaco_port.h"

#include "base/mem.h"
#include "node/world.h"
#include "rules/rule_names.h"

struct megaco_ask {
	struct list link;
	struct megaco_port *port;
	uint32_t id;
	struct addr dst;
	struct buf bytes;
	struct megaco_out out;
	enum rule_id why;
	uint64_t first; /* seq of its first send */
	int64_t interval, until;
	sim_event timer;
	megaco_done_fn *fn;
	void *arg;
};

struct kept {
	struct list link;
	uint32_t id;
	struct addr to;
	struct buf bytes;
	uint64_t first;
	int64_t until;
};

/* ---- sending ---- */

static uint64_t
send(struct megaco_port *p, const struct addr *dst, const struct buf *b,
    uint64_t first, enum rule_id why)
{
	LOCAL_BUF name = BUF_INIT;
	struct trace_message m = { .proto = TRACE_PROTO_MEGACO, .retx = first };
	uint64_t seq;

	megaco_write_name(buf_view(b), &name);
	m.method = buf_view(&name);
	if (b->err != 0 || name.err != 0)
		node_fail_memory(p->node);
	seq = net_udp_send(p->sock, dst, buf_view(b), &m, why);
	return first != 0 ? first : seq;
}

static void
megaco_port_begin_exchange(
    struct megaco_port *p, const struct addr *dst, struct megaco_out *o)
{
	struct addr own = node_face_toward(p->node, dst)->addr;
	LOCAL_BUF b = BUF_INIT;

	own.port = TRACE_PORT_MEGACO;
	o->brief =
	    str_is(str_of(node_attr(p->node, "megaco_form", "long")), "short");
	buf_puts(&b, "[");
	addr_write_host(&own, &b);
	buf_printf(&b, "]:%u", (unsigned)own.port);
	megaco_begin(o, buf_view(&b));
}

/* ---- asking ---- */

static void
free_ask(struct megaco_ask *a)
{
	struct sim *sim = node_sim(a->port->node);

	sim_cancel(sim, a->timer);
	list_remove(&a->link);
	buf_free(&a->bytes);
	mem_free(a);
	sim_release(sim);
}

static void
finish_ask(struct megaco_ask *a, const struct megaco_item *reply)
{
	megaco_done_fn *fn = a->fn;
	void *arg = a->arg;

	free_ask(a);
	if (fn != NULL)
		fn(reply, arg);
}

/* D.1.3: each time after twice as long, up to a limit. */
static void
send_ask(void *arg)
{
	struct megaco_ask *a = arg;
	struct megaco_port *p = a->port;
	struct node *n = p->node;
	struct addr dst = a->dst;
	bool again = a->first != 0;
	struct buf text = BUF_INIT;

	a->timer = 0;
	if (sim_now(node_sim(n)) >= a->until) {
		buf_printf(
		    &text, "no reply to transaction %lu", (unsigned long)a->id);
		node_note(n, RULE_MEGACO_SILENT, &text);
		finish_ask(a, NULL);
		p->ops->silent(p->arg, &dst);
		return;
	}
	a->first = send(p, &a->dst, &a->bytes, a->first,
	    again ? RULE_MEGACO_AGAIN : a->why);
	a->timer = node_after(n, a->interval, send_ask, a);
	if (a->interval < MEGACO_SLOW)
		a->interval *= 2;
}

struct megaco_out *
megaco_port_ask(struct megaco_port *p, const struct addr *dst)
{
	struct megaco_ask *a = mem_zalloc(1, sizeof(*a));

	if (a == NULL) {
		node_fail_memory(p->node);
		return NULL;
	}
	a->port = p;
	a->id = ++p->next;
	a->dst = *dst;
	a->interval = MEGACO_FIRST;
	a->out.out = &a->bytes;
	megaco_port_begin_exchange(p, dst, &a->out);
	megaco_open_number(&a->out, MEGACO_TRANSACTION, a->id);
	list_append(&p->asks, &a->link);
	sim_hold(node_sim(p->node));
	p->open = a;
	return &a->out;
}

void
megaco_port_send(
    struct megaco_port *p, enum rule_id why, megaco_done_fn *fn, void *arg)
{
	struct megaco_ask *a = p->open;

	if (a == NULL)
		return;
	p->open = NULL;
	megaco_close(&a->out);
	a->why = why;
	a->fn = fn;
	a->arg = arg;
	a->until = sim_now(node_sim(p->node)) + MEGACO_LONG;
	send_ask(a);
}

void
megaco_port_give_up(struct megaco_port *p, const struct addr *dst)
{
	/* What FN asks is newer. */
	uint32_t last = p->next;

	list_each (struct megaco_ask, a, &p->asks, link)
		if (a->id <= last && addr_same_ip(&a->dst, dst))
			finish_ask(a, NULL);
}

/* ---- being asked ---- */

static void
free_kept(struct kept *k)
{
	list_remove(&k->link);
	buf_free(&k->bytes);
	mem_free(k);
}

/* D.1.1: drops replies older than LONG-TIMER. */
static struct kept *
megaco_port_find_kept(
    struct megaco_port *p, const struct addr *from, uint32_t id)
{
	struct kept *found = NULL;

	list_each (struct kept, k, &p->replies, link)
		if (k->until <= sim_now(node_sim(p->node)))
			free_kept(k);
		else if (k->id == id && addr_same_ip(&k->to, from))
			found = k;
	return found;
}

static void
megaco_port_answer(struct megaco_port *p, const struct addr *from,
    const struct megaco_item *t, unsigned fault)
{
	uint32_t id = megaco_number(t);
	struct kept *k = megaco_port_find_kept(p, from, id);
	struct megaco_out o = { 0 };

	if (k != NULL) {
		send(p, from, &k->bytes, k->first, RULE_MEGACO_ONCE);
		return;
	}
	k = mem_zalloc(1, sizeof(*k));
	if (k == NULL) {
		node_fail_memory(p->node);
		return;
	}
	k->id = id;
	k->to = *from;
	k->until = sim_now(node_sim(p->node)) + MEGACO_LONG;
	list_append(&p->replies, &k->link);
	o.out = &k->bytes;
	megaco_port_begin_exchange(p, from, &o);
	megaco_open_number(&o, MEGACO_REPLY, id);
	if (fault != 0)
		megaco_put_error(&o, fault);
	else
		p->ops->request(p->arg, from, t, &o);
	megaco_close(&o);
	k->first = send(p, from, &k->bytes, 0, RULE_MEGACO_REPLY);
	if (fault == 0)
		p->ops->obeyed(p->arg, from, t);
}

/* ---- receiving ---- */

/* 8.2.2: who has sent REPLY need not keep it any more. */
static void
megaco_port_confirm(struct megaco_port *p, const struct addr *to,
    const struct megaco_item *reply)
{
	LOCAL_BUF b = BUF_INIT;
	struct megaco_out o = { .out = &b };

	megaco_port_begin_exchange(p, to, &o);
	megaco_open(&o, MEGACO_ACK, STR_NULL);
	buf_str(&b, reply->value);
	megaco_close(&o);
	send(p, to, &b, 0, RULE_MEGACO_CONFIRM);
}

static struct megaco_ask *
find_ask(const struct megaco_port *p, const struct net_datagram *d,
    const struct megaco_item *it)
{
	list_each (struct megaco_ask, a, &p->asks, link)
		if (a->id == megaco_number(it) &&
		    addr_same_ip(&a->dst, &d->src))
			return a;
	/* What it asks for has its reply already. */
	node_note_drop(p->node, d->recv, TRACE_DROP_UNMATCHED, RULE_NONE);
	return NULL;
}

static void
take_reply(struct megaco_port *p, const struct net_datagram *d,
    const struct megaco_item *reply)
{
	struct megaco_ask *a = find_ask(p, d, reply);
	struct megaco_item wants;

	if (megaco_find(reply, MEGACO_IMM_ACK, &wants))
		megaco_port_confirm(p, &d->src, reply);
	if (a != NULL)
		finish_ask(a, reply);
}

/* D.1.4: it is there, and takes its time. */
static void
take_pending(struct megaco_port *p, const struct net_datagram *d,
    const struct megaco_item *pending)
{
	struct megaco_ask *a = find_ask(p, d, pending);

	if (a == NULL)
		return;
	sim_cancel(node_sim(p->node), a->timer);
	a->interval = MEGACO_SLOW;
	a->until = sim_now(node_sim(p->node)) + MEGACO_LONG;
	a->timer = node_after(p->node, a->interval, send_ask, a);
}

static void
on_megaco(const struct net_datagram *d, void *arg)
{
	struct megaco_port *p = arg;
	struct megaco_item it;
	struct megaco m;
	unsigned fault = megaco_read(d->bytes, &m);
	size_t at = 0;

	if (fault == 0 && !p->ops->knows(p->arg, &d->src))
		fault = 504;
	if (fault != 0)
		node_note_bad(p->node, RULE_MEGACO_REFUSE, TRACE_REFUSAL_MEGACO,
		    str_of(megaco_error_words(fault)));
	if (m.body.p == NULL)
		return;
	while (megaco_next(m.body, MEGACO_IN_MESSAGE, &at, &it))
		if (it.id == MEGACO_TRANSACTION && it.inner.p != NULL)
			megaco_port_answer(p, &d->src, &it, fault);
		else if (it.id == MEGACO_REPLY && fault == 0)
			take_reply(p, d, &it);
		else if (it.id == MEGACO_PENDING && fault == 0)
			take_pending(p, d, &it);
}

/* ---- life ---- */

int
megaco_port_begin(struct megaco_port *p, struct node *n,
    const struct megaco_port_ops *ops, void *arg)
{
	p->node = n;
	p->ops = ops;
	p->arg = arg;
	/* What a life before has asked is not what this one asks. */
	p->next = (n->lives > 0 ? n->lives - 1 : 0) * 100000;
	list_init(&p->asks);
	list_init(&p->replies);
	return net_udp_open(n->host, TRACE_PORT_MEGACO, on_megaco, p, &p->sock);
}

void
megaco_port_end(struct megaco_port *p)
{
	if (p->node == NULL)
		return;
	list_each (struct megaco_ask, a, &p->asks, link)
		free_ask(a);
	list_each (struct kept, k, &p->replies, link)
		free_kept(k);
	if (p->sock != NULL)
		net_udp_close(p->sock);
	p->sock = NULL;
}

unsigned
megaco_reply_error(const struct megaco_item *reply)
{
	struct megaco_item context, it, error;
	size_t at = 0, in = 0;

	if (reply == NULL)
		return 500;
	while (megaco_next(reply->inner, reply->group, &at, &context)) {
		if (context.id == MEGACO_ERROR)
			return megaco_number(&context);
		for (in = 0;
		     megaco_next(context.inner, context.group, &in, &it);)
			if (it.id == MEGACO_ERROR)
				return megaco_number(&it);
			else if (megaco_find(&it, MEGACO_ERROR, &error))
				return megaco_number(&error);
	}
	return 0;
}
