/* See node/keepalive.h. */
#include "node/keepalive.h"

#include "base/rows.h"
#include "node/timer.h"
#include "node/transport.h"
#include "node/world.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"

#include <string.h>

static void fire_keepalive(void *arg);
static void fire_pong(void *arg);

static const struct node_timer keepalive_timer = { "keep-alive",
	RULE_KEEPALIVE_SEND, fire_keepalive, NULL };
static const struct node_timer pong_timer = { "pong", RULE_KEEPALIVE_SILENT,
	fire_pong, NULL };

/* What is sent, by the word of the attribute `keepalive`: empty lines, but for
 * what a row says. */
static const struct method {
	const char *word;
	bool nothing;
	bool stun; /* by UDP questions as to a STUN server */
	bool ping; /* by WebSocket its own pings */
} methods[] = {
	{ "none", .nothing = true },
	{ "crlf", .nothing = false },
	{ "stun", .stun = true },
	{ "ping", .ping = true },
};

bool
node_has_flows(const struct node *n)
{
	return strcmp(node_attr(n, "flows", "0"), "0") != 0;
}

/* RFC 5626 4.2.1: who has flows keeps them alive. */
static const struct method *
method_of(const struct node *n)
{
	const char *word =
	    node_attr(n, "keepalive", node_has_flows(n) ? "stun" : "none");

	for (size_t i = 0; i < ROWS_COUNT(methods); i++)
		if (strcmp(methods[i].word, word) == 0)
			return &methods[i];
	return methods;
}

bool
node_keepalive_wanted(const struct node *n)
{
	return !method_of(n)->nothing;
}

/* 4.4: a connection has its own way, whatever was chosen for UDP. */
static bool
asks_by_stun(const struct node_keepalive *k)
{
	return !addr_is_stream(&k->dst) && method_of(k->node)->stun;
}

/* Over UDP nobody answers empty lines. */
static bool
is_answered(const struct node_keepalive *k)
{
	return addr_is_stream(&k->dst) || asks_by_stun(k);
}

/* ---- when ---- */

/* 4.4.1, 4.4.2: a time that is drawn anew each time, between four fifths of the
 * longest and that. */
static int64_t
draw_wait(const struct node_keepalive *k)
{
	bool stream = addr_is_stream(&k->dst);
	int64_t least = (stream ? 95 : 24) * SIM_S;
	int64_t most = (stream ? 120 : 29) * SIM_S;
	uint64_t steps;

	if (k->most_ns > 0) {
		most = k->most_ns;
		least = most / 5 * 4;
	}
	steps = (uint64_t)((most - least) / SIM_MS);
	return least + (int64_t)sip_stack_below(
			   k->node->stack, SIP_STREAM_KEEPALIVE, steps + 1) *
			   SIM_MS;
}

static void
set_timer(struct node_keepalive *k)
{
	node_timer_set(k->node, &k->timer, &keepalive_timer, k->id,
	    sim_now(node_sim(k->node)) + draw_wait(k), k);
}

static void
set_most(struct node_keepalive *k, uint32_t flow_timer_s)
{
	k->most_ns = node_attr_time(k->node, "keepalive_every", 0);
	if (flow_timer_s > 0)
		k->most_ns = flow_timer_s * SIM_S;
}

void
node_keepalive_within(struct node_keepalive *k, uint32_t flow_timer_s)
{
	int64_t before = k->most_ns;

	set_most(k, flow_timer_s);
	if (k->most_ns == before)
		return;
	node_timer_stop(k->node, &k->timer, &keepalive_timer, k->id);
	set_timer(k);
}

void
node_keepalive_stop(struct node_keepalive *k)
{
	if (!k->on)
		return;
	k->on = false;
	list_remove(&k->link);
	node_stun_drop(k->question);
	k->question = NULL;
	sim_cancel(node_sim(k->node), k->timer);
	sim_cancel(node_sim(k->node), k->pong);
	k->timer = k->pong = 0;
}

void
node_keepalive_end(struct node_keepalive *k)
{
	if (!k->on)
		return;
	node_timer_stop(k->node, &k->timer, &keepalive_timer, k->id);
	node_timer_stop(k->node, &k->pong, &pong_timer, k->id);
	node_keepalive_stop(k);
}

/* ---- its end ---- */

/* "flow to 192.0.2.2:5060 has failed: no answer" */
static void
fail_flow(struct node_keepalive *k, const char *how, enum rule_id why)
{
	struct buf text = BUF_INIT;

	buf_puts(&text, "flow to ");
	addr_write(&k->dst, &text);
	buf_printf(&text, " has failed: %s", how);
	node_note(k->node, why, &text);
	node_keepalive_end(k);
	k->failed(k, k->arg);
}

static void
on_stun(const struct stun *m, void *arg)
{
	struct node_keepalive *k = arg;
	bool moved;

	k->question = NULL;
	if (m == NULL || m->mapped.len == 0) {
		fail_flow(k, "no answer", RULE_KEEPALIVE_STUN);
		return;
	}
	moved = k->mapped.len != 0 && !addr_eq(&k->mapped, &m->mapped);
	k->mapped = m->mapped;
	k->confirmed = true;
	if (moved)
		fail_flow(k, "seen at another address", RULE_KEEPALIVE_STUN);
}

static void
fire_pong(void *arg)
{
	struct node_keepalive *k = arg;

	node_timer_fired(k->node, &k->pong, &pong_timer, k->id);
	fail_flow(k, "no pong", RULE_KEEPALIVE_SILENT);
}

static struct node_keepalive *
find_flow(struct node *n, const struct addr *peer)
{
	list_each (struct node_keepalive, k, &n->flows, link)
		if (addr_eq(&k->dst, peer) &&
		    k->dst.transport == peer->transport)
			return k;
	return NULL;
}

void
node_keepalive_pong(struct node *n, const struct addr *peer)
{
	struct node_keepalive *k = find_flow(n, peer);

	if (k == NULL)
		return;
	k->confirmed = true;
	node_timer_stop(n, &k->pong, &pong_timer, k->id);
}

void
node_keepalive_broken(struct node *n, const struct addr *peer)
{
	struct node_keepalive *k = find_flow(n, peer);

	if (k != NULL)
		fail_flow(k, "its connection is gone", RULE_FLOW_BROKEN);
}

/* ---- sending ---- */

static void
send_stun(struct node_keepalive *k)
{
	struct node_stun_ask ask = {
		.sock = node_face_toward(k->node, &k->dst)->sock,
		.dst = k->dst,
		.why = RULE_KEEPALIVE_SEND
	};

	if (node_stun_ask(k->node, &ask, on_stun, k, &k->question) != 0)
		node_fail_memory(k->node);
}

/* Four bytes: over a connection they ask for an answer, over UDP for none. */
static void
send_crlf(struct node_keepalive *k)
{
	static const struct str ping = { "\r\n\r\n", 4 };
	const struct node_face *f = node_face_toward(k->node, &k->dst);
	struct trace_message m = { .proto = TRACE_PROTO_CRLF,
		.method = STR("ping") };

	if (!addr_is_stream(&k->dst)) {
		net_udp_send(f->sock, &k->dst, ping, &m, RULE_KEEPALIVE_SEND);
		return;
	}
	if (!transport_connected(f->transport, &k->dst)) {
		fail_flow(k, "its connection is gone", RULE_FLOW_BROKEN);
		return;
	}
	/* RFC 7118 6: a WebSocket has pings of its own. */
	if (!method_of(k->node)->ping || !transport_ping(f->transport, &k->dst))
		transport_send(
		    f->transport, &k->dst, ping, &m, RULE_KEEPALIVE_SEND);
	if (k->pong == 0)
		node_timer_set(k->node, &k->pong, &pong_timer, k->id,
		    sim_now(node_sim(k->node)) + SIP_PONG_NS, k);
}

static void
fire_keepalive(void *arg)
{
	struct node_keepalive *k = arg;

	node_timer_fired(k->node, &k->timer, &keepalive_timer, k->id);
	set_timer(k);
	if (!asks_by_stun(k))
		send_crlf(k);
	else if (k->question == NULL)
		send_stun(k);
}

void
node_keepalive_begin(struct node_keepalive *k, uint32_t flow_timer_s)
{
	node_keepalive_end(k);
	k->on = true;
	set_most(k, flow_timer_s);
	k->mapped = (struct addr){ 0 };
	k->confirmed = !is_answered(k);
	list_init(&k->link);
	list_append(&k->node->flows, &k->link);
	set_timer(k);
	/* 4.4.2: with what the next answer is compared. */
	if (asks_by_stun(k))
		send_stun(k);
}
