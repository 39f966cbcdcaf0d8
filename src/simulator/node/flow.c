/* Flows (RFC 5626): their tokens (5.2), and how they are kept alive (4.4). */
#include "node/flow.h"

#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "node/timer.h"
#include "node/node_transport.h"
#include "node/uri.h"
#include "node/world.h"
#include "rules/rule_names.h"
#include "sip/defaults.h"
#include "sip/digest.h"
#include "text/json.h"

#include <string.h>

#define MAC_BYTES 10                         /* HMAC-SHA1-80 */
#define SHORTEST  ((MAC_BYTES + 13) / 3 * 4) /* token, of two IPv4 addresses */

bool
node_flow_begins(const struct msg *m)
{
	return msg_count_values(m, MSG_H_VIA) == 1;
}

/* ---- tokens: RFC 5626 5.2 ---- */

static void
keepalive_sign(const struct node *n, struct str flow, char mac[HMAC_SHA1_BYTES])
{
	hmac_sha1(str_of(n->name), flow, mac);
}

static void
keepalive_put_end(const struct addr *a, struct buf *out)
{
	buf_add(out, (const char *)a->ip, a->len);
	buf_putc(out, (char)(a->port >> 8));
	buf_putc(out, (char)a->port);
}

void
node_flow_write(const struct node *n, const struct addr *at,
    const struct addr *src, bool sips, const char *params, struct buf *out)
{
	const struct node_face *f = node_face_at(n, at);
	size_t from = out->n + 1;
	LOCAL_BUF flow = BUF_INIT, token = BUF_INIT;
	char mac[HMAC_SHA1_BYTES];
	struct addr own;

	if (f == NULL)
		f = node_face_toward(n, src);
	own = node_face_addr(f, src->transport);
	buf_putc(&flow, (char)src->transport);
	keepalive_put_end(&own, &flow);
	keepalive_put_end(src, &flow);
	keepalive_sign(n, buf_view(&flow), mac);
	buf_add(&token, mac, MAC_BYTES);
	buf_str(&token, buf_view(&flow));
	buf_printf(out, "<%s", addr_scheme(src->transport));
	json_put_base64(out, buf_view(&token));
	buf_putc(out, '@');
	addr_write(&own, out);
	addr_write_transport(src->transport, out);
	if (sips)
		node_make_sips(out, from);
	buf_printf(out, "%s>", params);
	if (flow.err != 0 || token.err != 0)
		out->err = ERR_NOMEM;
}

/* The other end, of a flow whose addresses both have LEN bytes. */
static void
keepalive_read_end(struct str flow, size_t len, struct addr *src)
{
	const unsigned char *p = (const unsigned char *)flow.p + 1 + len + 2;

	*src = (struct addr){ .len = (uint8_t)len };
	memcpy(src->ip, p, len);
	src->port = (uint16_t)(p[len] << 8 | p[len + 1]);
	src->transport = (uint8_t)flow.p[0];
}

/* FLOW is signed by MAC, as N does it. */
static bool
keepalive_is_own(const struct node *n, struct str flow, const char *said)
{
	char mac[HMAC_SHA1_BYTES];

	keepalive_sign(n, flow, mac);
	return memcmp(mac, said, MAC_BYTES) == 0;
}

int
node_flow_read(const struct node *n, struct str uri, struct addr *src)
{
	LOCAL_BUF token = BUF_INIT;
	struct str flow;
	struct msg_uri u;
	size_t len;
	int err;

	/* Another mark of a server's, as "orig", is shorter than any token. */
	if (msg_uri_read(uri, &u) != 0 || u.user.n < SHORTEST)
		return ERR_NOTFOUND;
	err = json_base64(u.user, &token);
	flow = str_slice(buf_view(&token), MAC_BYTES, token.n);
	len = flow.n == 1 + 2 * 6 ? 4 : flow.n == 1 + 2 * 18 ? 16 : 0;
	if (err == 0 &&
	    (len == 0 || (unsigned char)flow.p[0] >= ADDR_TRANSPORTS ||
		!keepalive_is_own(n, flow, token.p)))
		err = ERR_SYNTAX;
	if (err == 0)
		keepalive_read_end(flow, len, src);
	return err;
}

bool
node_flow_stands(const struct node *n, const struct addr *src)
{
	if (!addr_is_stream(src))
		return true;
	for (size_t i = 0; i < n->nfaces; i++)
		if (transport_connected(n->faces[i].transport, src))
			return true;
	return false;
}

/* ---- noted addresses ---- */

#define NOTED_MOST 20000 /* Contacts of a node */

void
node_alias_write(struct str contact, const struct addr *src, struct buf *out)
{
	struct addr said, noted;
	struct msg_uri u;

	if (msg_uri_read(contact, &u) != 0 || !u.sip || u.headers.n > 0 ||
	    node_alias_read(contact, &noted))
		return;
	if (node_is_nowhere(&u))
		said = (struct addr){ 0 };
	else if (addr_parse(u.host, &said) != 0)
		return;
	said.port = msg_uri_port(&u);
	/* A client that comes by TCP has another port than the one it listens
	 * on. */
	if (addr_same_ip(&said, src) &&
	    (addr_is_stream(src) || said.port == src->port))
		return;
	buf_puts(out, ";alias=");
	addr_write_host(src, out);
	buf_printf(
	    out, "~%u~%s", src->port, addr_transports[src->transport].word);
}

bool
node_alias_read(struct str uri, struct addr *at)
{
	struct str alias, port, by;
	struct msg_uri u;
	uint32_t number;

	if (msg_uri_read(uri, &u) != 0 || !msg_param(u.params, "alias", &alias))
		return false;
	alias = str_cut(alias, '~', &port);
	port = str_cut(port, '~', &by);
	if (addr_parse(alias, at) != 0 || str_u32(port, &number) != 0 ||
	    number == 0 || number > UINT16_MAX)
		return false;
	at->port = (uint16_t)number;
	return addr_transport_find(by, &at->transport);
}

int
node_alias_keep(struct node *n, struct str contact, const struct addr *src)
{
	LOCAL_BUF text = BUF_INIT;
	struct addr *at;

	if (n->noted == NULL && map_create(&n->noted) != 0)
		return ERR_NOMEM;
	mem_free(map_remove(n->noted, contact));
	node_alias_write(contact, src, &text);
	if (text.n == 0 || map_count(n->noted) >= NOTED_MOST)
		return text.err;
	at = mem_zalloc(1, sizeof(*at));
	if (at == NULL || map_put(n->noted, contact, at) != 0) {
		mem_free(at);
		return ERR_NOMEM;
	}
	*at = *src;
	return 0;
}

void
node_alias_strip(struct str uri, struct buf *out)
{
	ptrdiff_t at = str_ifind(uri, STR(";alias="));
	struct str rest;

	if (at < 0) {
		buf_str(out, uri);
		return;
	}
	rest = str_slice(uri, (size_t)at + 1, uri.n);
	buf_str(out, str_slice(uri, 0, (size_t)at));
	while (rest.n > 0 && rest.p[0] != ';' && rest.p[0] != '?')
		rest = str_slice(rest, 1, rest.n);
	buf_str(out, rest);
}

static void fire_keepalive(void *arg);
static void fire_pong(void *arg);

static const struct node_timer keepalive_timer = { "keep-alive",
	RULE_KEEPALIVE_SEND, fire_keepalive, NULL };
static const struct node_timer pong_timer = { "pong", RULE_KEEPALIVE_SILENT,
	fire_pong, NULL };

/* The keep-alive sent, by the word of the attribute `keepalive`: empty lines,
 * except for the exceptions of a row. */
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
keepalive_method_of(const struct node *n)
{
	const char *word =
	    node_attr(n, "keepalive", node_has_flows(n) ? "stun" : "none");

	for (size_t i = 0; i < COUNT_OF(methods); i++)
		if (strcmp(methods[i].word, word) == 0)
			return &methods[i];
	return methods;
}

bool
node_keepalive_wanted(const struct node *n)
{
	return !keepalive_method_of(n)->nothing;
}

/* 4.4: a connection has its own way, whatever was chosen for UDP. */
static bool
asks_by_stun(const struct node_keepalive *k)
{
	return !addr_is_stream(&k->dst) && keepalive_method_of(k->node)->stun;
}

/* Over UDP empty lines have no answer. */
static bool
keepalive_is_answered(const struct node_keepalive *k)
{
	return addr_is_stream(&k->dst) || asks_by_stun(k);
}

/* ---- when ---- */

/* 4.4.1, 4.4.2: a time that is drawn again each time, between four fifths of
 * the longest and that. */
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
keepalive_set_timer(struct node_keepalive *k)
{
	node_timer_set(k->node, &k->timer, &keepalive_timer, k->id,
	    sim_now(node_sim(k->node)) + draw_wait(k), k);
}

static void
keepalive_set_most(struct node_keepalive *k, uint32_t flow_timer_s)
{
	k->most_ns = node_attr_time(k->node, "keepalive_every", 0);
	if (flow_timer_s > 0)
		k->most_ns = flow_timer_s * SIM_S;
}

void
node_keepalive_within(struct node_keepalive *k, uint32_t flow_timer_s)
{
	int64_t before = k->most_ns;

	keepalive_set_most(k, flow_timer_s);
	if (k->most_ns == before)
		return;
	node_timer_stop(k->node, &k->timer, &keepalive_timer, k->id);
	keepalive_set_timer(k);
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
keepalive_on_stun(const struct stun *m, void *arg)
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
keepalive_find_flow(struct node *n, const struct addr *peer)
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
	struct node_keepalive *k = keepalive_find_flow(n, peer);

	if (k == NULL)
		return;
	k->confirmed = true;
	node_timer_stop(n, &k->pong, &pong_timer, k->id);
}

void
node_keepalive_broken(struct node *n, const struct addr *peer)
{
	struct node_keepalive *k = keepalive_find_flow(n, peer);

	if (k != NULL)
		fail_flow(k, "its connection is gone", RULE_FLOW_BROKEN);
}

/* ---- sending ---- */

static void
keepalive_send_stun(struct node_keepalive *k)
{
	struct node_stun_ask ask = {
		.sock = node_face_toward(k->node, &k->dst)->sock,
		.dst = k->dst,
		.why = RULE_KEEPALIVE_SEND
	};

	if (node_stun_ask(k->node, &ask, keepalive_on_stun, k, &k->question) !=
	    0)
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
	if (!keepalive_method_of(k->node)->ping ||
	    !transport_ping(f->transport, &k->dst))
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
	keepalive_set_timer(k);
	if (!asks_by_stun(k))
		send_crlf(k);
	else if (k->question == NULL)
		keepalive_send_stun(k);
}

void
node_keepalive_begin(struct node_keepalive *k, uint32_t flow_timer_s)
{
	node_keepalive_end(k);
	k->on = true;
	keepalive_set_most(k, flow_timer_s);
	k->mapped = (struct addr){ 0 };
	k->confirmed = !keepalive_is_answered(k);
	list_init(&k->link);
	list_append(&k->node->flows, &k->link);
	keepalive_set_timer(k);
	/* 4.4.2: with what the next answer is compared. */
	if (asks_by_stun(k))
		keepalive_send_stun(k);
}
