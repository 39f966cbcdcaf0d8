/*
 * The location service asked by datagrams: who may ask what, how long it
 * thinks, and what it does when a question comes again because the answer was
 * lost or is late.
 */
#include "roles/location/location_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "rules/rule_names.h"

#include <string.h>

/*
 * A question that is thought about, or a store that was answered: repeated, it
 * is neither carried out again (its CSeq would be out of order then) nor
 * rejected.
 */
struct exchange {
	struct location *location;
	struct addr src;
	struct location_packet packet;
	struct buf key, answer;
	bool thinking;
	uint64_t sent; /* the answer's first send */
	sim_event timer;
};

static void
exchange_free(struct exchange *x)
{
	struct sim *sim = node_sim(x->location->node);

	sim_cancel(sim, x->timer);
	if (x->thinking)
		sim_release(sim);
	location_packet_free(&x->packet);
	buf_free(&x->key);
	buf_free(&x->answer);
	mem_free(x);
}

static void
exchange_end(void *arg)
{
	struct exchange *x = arg;

	x->timer = 0;
	map_remove(x->location->exchanges, buf_view(&x->key));
	exchange_free(x);
}

void
location_exchanges_free(struct location *l)
{
	size_t at = 0;
	void *value;

	while (
	    l->exchanges != NULL && map_next(l->exchanges, &at, NULL, &value))
		exchange_free(value);
	map_destroy(l->exchanges);
}

/* Registrars store, proxies and redirect servers query, other hosts may do
 * neither. */
static bool
allowed(const struct location *l, const struct addr *src, int op)
{
	struct net_host *h = net_by_addr(l->node->world->net, src);
	const struct node *n;

	if (h == NULL)
		return false;
	n = world_find(l->node->world, net_host_name(h));
	if (n == NULL)
		return false;
	if (op == LOCATION_STORE)
		return node_role_state(n, "registrar") != NULL;
	return node_role_state(n, "proxy") != NULL ||
	       node_role_state(n, "redirect") != NULL;
}

/* ---- answers ---- */

static uint64_t
location_server_send_answer(const struct location *l, const struct addr *dst,
    const struct buf *bytes, enum rule_id why, uint64_t first)
{
	struct trace_message m = { .proto = TRACE_PROTO_LOCATION,
		.method = STR("answer"),
		.retx = first };

	if (bytes->err != 0) {
		node_fail_memory(l->node);
		return 0;
	}
	return net_udp_send(l->sock, dst, buf_view(bytes), &m, why);
}

/* Carries a question out: its answer into OUT.  The rule that decided. */
static enum rule_id
location_server_carry_out(struct location *l, const struct location_packet *p,
    bool may, struct buf *out)
{
	bool query = p->op == LOCATION_QUERY;
	struct location_contacts found = { NULL, 0 };
	enum location_status s = LOCATION_REFUSED;
	const struct location_words *words =
	    location_words_of(query ? NULL : &p->update);
	enum rule_id why = may ? words->why : RULE_LOCATION_REFUSED;

	if (may)
		s = query ? location_do_query(l, p->update.aor, &found)
			  : location_do_store(l, &p->update, &found);
	if (may)
		location_directory_note(l, p, &found, why);
	location_record(l->node, words->asked, p->update.aor, s, &found, why);
	location_write_answer(out, p->id, s, &found);
	location_contacts_free(&found);
	return why;
}

/* From now on X only waits for its question to come again. */
static void
exchange_answer(struct exchange *x)
{
	struct location *l = x->location;
	enum rule_id why;

	/* The sender is checked when it matters. */
	why = location_server_carry_out(
	    l, &x->packet, allowed(l, &x->src, x->packet.op), &x->answer);
	x->sent = location_server_send_answer(l, &x->src, &x->answer, why, 0);
	if (x->packet.op == LOCATION_QUERY)
		exchange_end(x);
	else
		x->timer =
		    node_after(l->node, LOCATION_KEEP_NS, exchange_end, x);
}

static void
location_server_finish_thinking(void *arg)
{
	struct exchange *x = arg;

	x->timer = 0;
	x->thinking = false;
	sim_release(node_sim(x->location->node));
	exchange_answer(x);
}

/* ---- questions ---- */

static void
write_exchange_key(
    const struct addr *src, const struct location_packet *p, struct buf *key)
{
	addr_write(src, key);
	buf_printf(key, "/%d/%lld", (int)p->op, (long long)p->id);
}

/* Takes P's contents and KEY's; NULL when out of memory. */
static struct exchange *
exchange_new(struct location *l, const struct addr *src,
    struct location_packet *p, struct buf *key)
{
	struct exchange *x = mem_zalloc(1, sizeof(*x));

	if (x == NULL)
		return NULL;
	x->location = l;
	x->src = *src;
	x->packet = *p;
	x->key = *key;
	memset(p, 0, sizeof(*p));
	*key = BUF_INIT;
	if (map_put(l->exchanges, buf_view(&x->key), x) != 0) {
		exchange_free(x);
		return NULL;
	}
	return x;
}

static void
begin_exchange(struct location *l, const struct addr *src,
    struct location_packet *p, struct buf *key)
{
	struct sim *sim = node_sim(l->node);
	int64_t think = location_think(l);
	struct exchange *x = exchange_new(l, src, p, key);

	if (x == NULL) {
		node_fail_memory(l->node);
	} else if (think <= 0) {
		exchange_answer(x);
	} else {
		x->thinking = true;
		sim_hold(sim);
		x->timer = node_after(
		    l->node, think, location_server_finish_thinking, x);
	}
}

/* A question without effect needs no memory. */
static void
answer_at_once(struct location *l, const struct addr *src,
    const struct location_packet *p, bool may)
{
	LOCAL_BUF out = BUF_INIT;
	enum rule_id why = location_server_carry_out(l, p, may, &out);

	location_server_send_answer(l, src, &out, why, 0);
}

static void
location_server_take_question(
    struct location *l, const struct addr *src, struct location_packet *p)
{
	bool may = allowed(l, src, p->op);
	LOCAL_BUF key = BUF_INIT;
	const struct exchange *x;

	if (!may || (p->op == LOCATION_QUERY && location_think(l) <= 0)) {
		answer_at_once(l, src, p, may);
		return;
	}
	write_exchange_key(src, p, &key);
	x = map_get(l->exchanges, buf_view(&key));
	if (key.err != 0)
		node_fail_memory(l->node);
	else if (x == NULL)
		begin_exchange(l, src, p, &key);
	else if (!x->thinking)
		location_server_send_answer(
		    l, src, &x->answer, RULE_LOCATION_AGAIN, x->sent);
}

void
location_received(const struct net_datagram *d, void *arg)
{
	struct location *l = arg;
	struct location_packet p;
	int err = location_packet_read(&p, d->bytes);

	if (err == ERR_NOMEM)
		node_fail_memory(l->node);
	else if (err != 0 || p.op == LOCATION_ANSWER)
		location_note_bad(l->node, "neither query nor store");
	else
		location_server_take_question(l, &d->src, &p);
	location_packet_free(&p);
}
