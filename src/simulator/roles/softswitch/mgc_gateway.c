/*
 * Gateways of a controller (RFC 3525): their lines as the topology has them,
 * what they tell (7.2.7, 7.2.8), and what they are told.
 */
#include "roles/softswitch/mgc_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "machine/tables.h"
#include "node/node_machine.h"
#include "node/world.h"
#include "rules/rule_names.h"

#define PAUSE      (10 * SIM_S) /* 11.5: out of reach; it is called back … */
#define PAUSE_MOST (5 * 60 * SIM_S) /* … each time after twice as long */

/* ---- what they are told ---- */

static struct megaco_out *
mgc_gateway_ask(const struct mgc_line *l)
{
	return megaco_port_ask(&l->gateway->mgc->port, &l->gateway->addr);
}

static void
mgc_gateway_say(
    const struct mgc_line *l, enum rule_id why, megaco_done_fn *fn, void *arg)
{
	megaco_port_send(&l->gateway->mgc->port, why, fn, arg);
}

static void
open_context(struct megaco_out *o, uint32_t context)
{
	if (context == 0)
		megaco_open(o, MEGACO_CONTEXT, STR("-"));
	else
		megaco_open_number(o, MEGACO_CONTEXT, context);
}

/* EVENT is looked out for, also where the hook is there already. */
static void
mgc_gateway_put_event(
    struct mgc_line *l, struct megaco_out *o, const char *event)
{
	megaco_open_number(o, MEGACO_EVENTS, ++l->gateway->mgc->requests);
	megaco_open_named(o, event);
	megaco_put_named(o, "strict", STR("state"));
	megaco_close(o);
	megaco_close(o);
}

static void
put_signal(struct megaco_out *o, const char *signal)
{
	megaco_open(o, MEGACO_SIGNALS, STR_NULL);
	if (signal[0] != '\0')
		megaco_put_named(o, signal, STR_NULL);
	megaco_close(o);
}

/* In the null context: idle, or with a tone until it is on the hook. */
static void
put_idle(struct mgc_line *l, struct megaco_out *o, const char *signal)
{
	megaco_open(o, MEGACO_CONTEXT, STR("-"));
	megaco_open(o, MEGACO_MODIFY, str_of(l->name));
	mgc_gateway_put_event(
	    l, o, signal[0] != '\0' || l->off ? "al/on" : "al/of");
	put_signal(o, signal);
	megaco_close(o);
	megaco_close(o);
}

static void watch_again(void *arg);

/* 11.2: the reply to its ServiceChange was lost, and it is not ready yet. */
static void
idle_done(const struct megaco_item *reply, void *arg)
{
	struct mgc_gateway *g = arg;

	if (megaco_reply_error(reply) == 505 && g->again == 0)
		g->again = node_after(
		    g->mgc->agent.node, 2 * MEGACO_FIRST, watch_again, g);
}

static void
make_idle(struct mgc_line *l)
{
	struct megaco_out *o = mgc_gateway_ask(l);

	if (o == NULL)
		return;
	put_idle(l, o, "");
	mgc_gateway_say(l, RULE_MEGACO_WATCH, idle_done, l->gateway);
}

static void
watch_again(void *arg)
{
	struct mgc_gateway *g = arg;

	g->again = 0;
	list_each (struct mgc_line, l, &g->lines, link)
		if (l->half == NULL && !l->off)
			make_idle(l);
}

/* It has dial tone, and digits are collected (7.1.14). */
static void
mgc_gateway_collect_digits(struct mgc_line *l)
{
	struct mgc *mgc = l->gateway->mgc;
	struct megaco_out *o = mgc_gateway_ask(l);

	if (o == NULL)
		return;
	megaco_open(o, MEGACO_CONTEXT, STR("-"));
	megaco_open(o, MEGACO_MODIFY, str_of(l->name));
	megaco_open_number(o, MEGACO_EVENTS, ++mgc->requests);
	megaco_put_named(o, "al/on", STR_NULL);
	megaco_open_named(o, "dd/ce");
	megaco_put(o, MEGACO_DIGIT_MAP, STR("dm1"));
	megaco_close(o);
	megaco_close(o);
	put_signal(o, "cg/dt");
	megaco_open(o, MEGACO_DIGIT_MAP, STR("dm1"));
	buf_puts(o->out, node_attr(mgc->agent.node, "digit_map", "(xxxx)"));
	for (unsigned i = 0; i < 3; i++)
		megaco_close(o);
	mgc_gateway_say(l, RULE_MEGACO_DIGITS, NULL, NULL);
}

static void
mgc_gateway_put_media(
    struct megaco_out *o, bool talks, bool asks, struct str remote)
{
	megaco_open(o, MEGACO_MEDIA, STR_NULL);
	megaco_open_number(o, MEGACO_STREAM, 1);
	megaco_open(o, MEGACO_LOCAL_CONTROL, STR_NULL);
	megaco_put_value(o, MEGACO_MODE,
	    talks ? MEGACO_VALUE_SEND_RECEIVE : MEGACO_VALUE_RECEIVE_ONLY);
	megaco_close(o);
	if (asks)
		megaco_put_sdp(o, MEGACO_LOCAL,
		    STR("v=0\r\nc=IN IP4 $\r\nm=audio $ RTP/AVP $\r\n"));
	if (remote.n > 0)
		megaco_put_sdp(o, MEGACO_REMOTE, remote);
	megaco_close(o);
	megaco_close(o);
}

void
mgc_line_add(
    struct mgc_half *h, bool rings, struct str remote, megaco_done_fn *fn)
{
	struct mgc_line *l = h->line;
	struct megaco_out *o = mgc_gateway_ask(l);

	if (o == NULL)
		return;
	h->call->adding++;
	megaco_open(o, MEGACO_CONTEXT, STR("$"));
	megaco_open(o, MEGACO_ADD, str_of(l->name));
	mgc_gateway_put_event(l, o, rings ? "al/of" : "al/on");
	if (rings)
		put_signal(o, "al/ri");
	megaco_close(o);
	megaco_open(o, MEGACO_ADD, STR("$"));
	mgc_gateway_put_media(o, false, true, remote);
	megaco_close(o);
	megaco_close(o);
	mgc_gateway_say(l, RULE_MEGACO_CONNECT, fn, h);
}

void
mgc_line_modify(
    struct mgc_half *h, const char *signal, struct str remote, bool talks)
{
	struct mgc_line *l = h->line;
	struct megaco_out *o;

	if (h->context == 0 || (o = mgc_gateway_ask(l)) == NULL)
		return;
	open_context(o, h->context);
	if (signal != NULL) {
		megaco_open(o, MEGACO_MODIFY, str_of(l->name));
		mgc_gateway_put_event(l, o, "al/on");
		put_signal(o, signal);
		megaco_close(o);
	}
	if (talks || remote.n > 0) {
		megaco_open(o, MEGACO_MODIFY, str_of(h->stream));
		mgc_gateway_put_media(o, talks, false, remote);
		megaco_close(o);
	}
	megaco_close(o);
	mgc_gateway_say(l, RULE_MEGACO_MODIFY, NULL, NULL);
}

void
mgc_line_release(struct mgc_half *h, const char *signal)
{
	struct mgc_line *l = h->line;
	struct megaco_out *o;

	h->line = NULL;
	l->half = NULL;
	if (!l->gateway->served || (o = mgc_gateway_ask(l)) == NULL)
		return;
	if (h->context != 0) {
		open_context(o, h->context);
		megaco_open(o, MEGACO_SUBTRACT, str_of(l->name));
		megaco_open(o, MEGACO_AUDIT, STR_NULL);
		megaco_close(o);
		megaco_close(o);
		megaco_open(o, MEGACO_SUBTRACT, str_of(h->stream));
		megaco_open(o, MEGACO_AUDIT, STR_NULL);
		megaco_put(o, MEGACO_STATISTICS, STR_NULL);
		megaco_close(o);
		megaco_close(o);
		megaco_close(o);
	}
	put_idle(l, o, signal);
	mgc_gateway_say(l, RULE_MEGACO_RELEASE, NULL, NULL);
}

/* ---- what they tell ---- */

static struct mgc_gateway *
find_gateway(const struct mgc *mgc, const struct addr *from)
{
	list_each (struct mgc_gateway, g, &mgc->gateways, link)
		if (addr_same_ip(&g->addr, from))
			return g;
	return NULL;
}

static bool
mgc_knows(void *mgc, const struct addr *from)
{
	return find_gateway(mgc, from) != NULL;
}

static struct mgc_line *
mgc_gateway_find_line(const struct mgc_gateway *g, struct str name)
{
	list_each (struct mgc_line, l, &g->lines, link)
		if (str_iis(name, l->name))
			return l;
	return NULL;
}

static void
mgc_request(void *mgc, const struct addr *from, const struct megaco_item *t,
    struct megaco_out *o)
{
	const struct mgc_gateway *g = find_gateway(mgc, from);
	struct megaco_item c, it;
	size_t at = 0, in;

	while (megaco_next(t->inner, t->group, &at, &c)) {
		megaco_open(o, MEGACO_CONTEXT, c.value);
		for (in = 0; megaco_next(c.inner, c.group, &in, &it);) {
			bool change = it.id == MEGACO_SERVICE_CHANGE;
			unsigned error = !change && it.id != MEGACO_NOTIFY ? 501
					 : !change && !g->served           ? 505
					 : !change && mgc_gateway_find_line(
							  g, it.value) == NULL
					     ? 430
					     : 0;

			if (error == 0 && !change) {
				megaco_put(o, it.id, it.value);
				continue;
			}
			megaco_open(o, it.id, it.value);
			if (error != 0) {
				megaco_put_error(o, error);
			} else {
				megaco_open(o, MEGACO_SERVICES, STR_NULL);
				megaco_put(o, MEGACO_VERSION, STR("1"));
				megaco_close(o);
			}
			megaco_close(o);
		}
		megaco_close(o);
	}
}

/* 11.5: the controller was there before, or could not reach it: G is to come
 * again. */
static void
call_back(void *arg)
{
	struct mgc_gateway *g = arg;
	const struct node *own = g->mgc->agent.node;
	struct megaco_out *o = megaco_port_ask(&g->mgc->port, &g->addr);
	LOCAL_BUF mid = BUF_INIT;

	g->again = 0;
	if (o == NULL)
		return;
	buf_puts(&mid, "[");
	addr_write_host(&node_face_toward(own, &g->addr)->addr, &mid);
	buf_printf(&mid, "]:%u", (unsigned)TRACE_PORT_MEGACO);
	megaco_open(o, MEGACO_CONTEXT, STR("-"));
	megaco_open(o, MEGACO_SERVICE_CHANGE, STR("ROOT"));
	megaco_open(o, MEGACO_SERVICES, STR_NULL);
	megaco_put_value(o, MEGACO_METHOD, MEGACO_VALUE_HANDOFF);
	megaco_put(o, MEGACO_REASON, STR("903 MGC Directed Change"));
	megaco_put(o, MEGACO_MGC_ID, buf_view(&mid));
	for (unsigned i = 0; i < 3; i++)
		megaco_close(o);
	megaco_port_send(&g->mgc->port, RULE_MEGACO_HANDOFF, NULL, NULL);
}

/* It has shown that it can be reached. */
static void
call_back_now(struct mgc_gateway *g)
{
	if (g->again == 0)
		return;
	sim_cancel(node_sim(g->mgc->agent.node), g->again);
	call_back(g);
}

/* What was in progress behind G is over. */
static void
end_its_calls(struct mgc_gateway *g)
{
	g->served = false;
	list_each (struct mgc_line, l, &g->lines, link) {
		struct mgc_half *h = l->half;

		l->off = false;
		if (h != NULL) {
			h->line = NULL;
			l->half = NULL;
			mgc_half_leaves(h, 0);
		}
	}
	/* A repeated Add would make a context without a call. */
	megaco_port_give_up(&g->mgc->port, &g->addr);
	sim_cancel(node_sim(g->mgc->agent.node), g->again);
	g->again = 0;
}

static void
mgc_silent(void *mgc, const struct addr *dst)
{
	struct mgc_gateway *g = find_gateway(mgc, dst);
	struct node *own = g->mgc->agent.node;

	node_machine_step(
	    own, &g->machine, g->node->name, EVENT_TIMEOUT, RULE_MEGACO_SILENT);
	end_its_calls(g);
	g->again = node_after(own, g->pause, call_back, g);
	if (g->pause < PAUSE_MOST)
		g->pause *= 2;
}

/* 11.2: it is there, and nothing of what was counts any more. */
static void
serve_gateway(struct mgc_gateway *g, const struct megaco_item *change)
{
	struct mgc *mgc = g->mgc;
	struct megaco_item s, method;
	bool fresh = megaco_find(change, MEGACO_SERVICES, &s) &&
		     megaco_find(&s, MEGACO_METHOD, &method) &&
		     megaco_word(&method) == MEGACO_VALUE_RESTART;
	struct megaco_out *o;

	node_machine_step(mgc->agent.node, &g->machine, g->node->name,
	    EVENT_SERVICE_CHANGE, RULE_MEGACO_START);
	end_its_calls(g);
	g->pause = PAUSE;
	g->served = true;
	if (!fresh && (o = megaco_port_ask(&mgc->port, &g->addr)) != NULL) {
		megaco_open(o, MEGACO_CONTEXT, STR("*"));
		megaco_put(o, MEGACO_SUBTRACT, STR("*"));
		megaco_close(o);
		megaco_port_send(&mgc->port, RULE_MEGACO_RELEASE, NULL, NULL);
	}
	list_each (struct mgc_line, l, &g->lines, link)
		make_idle(l);
}

static void
mgc_gateway_take_event(struct mgc_line *l, const struct megaco_item *event)
{
	struct megaco_item digits, method;

	if (str_iis(event->name, "al/on")) {
		l->off = false;
		if (l->half != NULL)
			mgc_half_leaves(l->half, 0);
		else
			make_idle(l);
	} else if (str_iis(event->name, "al/of")) {
		l->off = true;
		if (l->half != NULL)
			mgc_half_answers(l->half, STR_NULL);
		else
			mgc_gateway_collect_digits(l);
	} else if (megaco_find_named(event, "ds", &digits)) {
		if (l->half != NULL)
			return;
		/* What fits no pattern is not a number (7.1.14.5). */
		if (megaco_find_named(event, "Meth", &method) &&
		    str_iis(method.value, "PM"))
			digits.value = STR_NULL;
		mgc_call_line(l, digits.value);
	}
}

static void
mgc_obeyed(void *mgc, const struct addr *from, const struct megaco_item *t)
{
	struct mgc_gateway *g = find_gateway(mgc, from);
	struct megaco_item c, it, seen, event;
	size_t at = 0, in, each;

	while (megaco_next(t->inner, t->group, &at, &c))
		for (in = 0; megaco_next(c.inner, c.group, &in, &it);) {
			struct mgc_line *l = mgc_gateway_find_line(g, it.value);

			if (it.id == MEGACO_SERVICE_CHANGE)
				serve_gateway(g, &it);
			else if (!g->served)
				call_back_now(g);
			if (it.id != MEGACO_NOTIFY || l == NULL || !g->served ||
			    !megaco_find(&it, MEGACO_OBSERVED, &seen))
				continue;
			for (each = 0; megaco_next(
				 seen.inner, seen.group, &each, &event);)
				mgc_gateway_take_event(l, &event);
		}
}

static const struct megaco_port_ops mgc_gateway_ops = {
	.knows = mgc_knows,
	.request = mgc_request,
	.obeyed = mgc_obeyed,
	.silent = mgc_silent,
};

struct mgc_line *
mgc_line_of_number(const struct mgc *mgc, struct str number)
{
	list_each (struct mgc_gateway, g, &mgc->gateways, link)
		list_each (struct mgc_line, l, &g->lines, link)
			if (str_is(number, l->number))
				return l;
	return NULL;
}

/* ---- life ---- */

static int
mgc_gateway_add_lines(struct mgc_gateway *g, const struct node *n)
{
	struct str rest = str_of(node_attr(n, "telephones", ""));

	while (rest.n > 0) {
		struct str number, word = str_cut(rest, ' ', &rest);
		struct str name = str_cut(word, '=', &number);
		struct mgc_line *l;

		if (name.n == 0 || mgc_gateway_find_line(g, name) != NULL)
			continue;
		l = mem_zalloc(1, sizeof(*l));
		if (l == NULL)
			return ERR_NOMEM;
		l->gateway = g;
		l->name = mem_dup(name.p, name.n);
		l->number = mem_dup(number.p, number.n);
		list_append(&g->lines, &l->link);
		if (l->name == NULL || l->number == NULL)
			return ERR_NOMEM;
	}
	return 0;
}

static int
add_gateway(struct mgc *mgc, const struct node *n)
{
	const struct node *own = mgc->agent.node;
	struct mgc_gateway *g = mem_zalloc(1, sizeof(*g));

	if (g == NULL)
		return ERR_NOMEM;
	g->mgc = mgc;
	g->node = n;
	g->machine.table = &machine_media_gateway;
	g->addr = node_face_for(n, own)->addr;
	g->addr.port = TRACE_PORT_MEGACO;
	list_init(&g->lines);
	list_append(&mgc->gateways, &g->link);
	g->pause = PAUSE;
	if (own->lives > 1)
		call_back(g);
	return mgc_gateway_add_lines(g, n);
}

int
mgc_gateways_begin(struct mgc *mgc)
{
	struct node *own = mgc->agent.node;
	struct str rest = str_of(node_attr(own, "gateways", ""));
	int err = megaco_port_begin(&mgc->port, own, &mgc_gateway_ops, mgc);

	while (err == 0 && rest.n > 0) {
		struct str name = str_cut(rest, ' ', &rest);
		const struct node *n = map_get(own->world->nodes, name);

		if (n != NULL)
			err = add_gateway(mgc, n);
	}
	return err;
}

void
mgc_gateways_end(struct mgc *mgc)
{
	megaco_port_end(&mgc->port);
	list_each (struct mgc_gateway, g, &mgc->gateways, link) {
		sim_cancel(node_sim(mgc->agent.node), g->again);
		list_each (struct mgc_line, l, &g->lines, link) {
			mem_free(l->name);
			mem_free(l->number);
			mem_free(l);
		}
		mem_free(g);
	}
}
