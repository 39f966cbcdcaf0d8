/* Questions to STUN servers; see node/node_stun.h. */
#include "node/node_stun.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/octets.h"
#include "machine/tables.h"
#include "msg/constants.h"
#include "node/node_machine.h"
#include "node/timer.h"
#include "node/world.h"
#include "rules/rule_names.h"

#include <string.h>

#define RTO_NS    (TIME_STUN_RTO_MS * SIM_MS)
#define NAME_SIZE (2 * STUN_ID + 1)

struct node_stun {
	struct list link;
	struct node *node;
	struct node_stun_ask ask;
	struct machine_run machine;
	char id[STUN_ID];
	char name[NAME_SIZE]; /* the id, in the trace */
	struct buf bytes;
	unsigned sent; /* how often */
	unsigned most;
	uint64_t first; /* seq of the first send */
	sim_event timer;
	node_stun_fn *fn;
	void *arg;
};

/* ---- life ---- */

static void fire_rto(void *arg);
static void fire_rm(void *arg);

static const struct node_timer rto = { "RTO", RULE_STUN_AGAIN, fire_rto,
	"stun" };
static const struct node_timer rm = { "Rm", RULE_STUN_SILENT, fire_rm, "stun" };

static void
stun_query_free_question(struct node_stun *q)
{
	struct sim *sim = node_sim(q->node);

	sim_cancel(sim, q->timer);
	list_remove(&q->link);
	buf_free(&q->bytes);
	mem_free(q);
	sim_release(sim);
}

void
node_stun_drop(struct node_stun *q)
{
	if (q != NULL)
		stun_query_free_question(q);
}

void
node_stun_stop(struct node *n)
{
	list_each (struct node_stun, q, &n->stuns, link)
		stun_query_free_question(q);
}

/* The last word. */
static void
stun_query_finish_question(struct node_stun *q, const struct stun *m,
    enum event_id event, enum rule_id why)
{
	node_stun_fn *fn = q->fn;
	void *arg = q->arg;

	if (q->timer != 0)
		node_timer_stop(q->node, &q->timer,
		    q->sent < q->most ? &rto : &rm, q->name);
	node_machine_step(q->node, &q->machine, q->name, event, why);
	stun_query_free_question(q);
	fn(m, arg);
}

/* ---- sending ---- */

static void
send_stun_question(struct node_stun *q)
{
	struct sim *sim = node_sim(q->node);
	struct trace_message m = { .proto = TRACE_PROTO_STUN,
		.method = STR("Binding request"),
		.retx = q->first };
	uint64_t seq = net_udp_send(q->ask.sock, &q->ask.dst,
	    buf_view(&q->bytes), &m, q->first == 0 ? q->ask.why : rto.why);
	int64_t wait = RTO_NS << q->sent;
	uint64_t cause = sim_cause(sim);

	if (q->first == 0)
		q->first = seq;
	q->sent++;
	sim_set_cause(sim, seq);
	if (q->sent < q->most)
		node_timer_set(
		    q->node, &q->timer, &rto, q->name, sim_now(sim) + wait, q);
	else
		node_timer_set(q->node, &q->timer, &rm, q->name,
		    sim_now(sim) + TIME_STUN_RM * RTO_NS, q);
	sim_set_cause(sim, cause);
}

static void
fire_rto(void *arg)
{
	struct node_stun *q = arg;

	node_timer_fired(q->node, &q->timer, &rto, q->name);
	node_machine_step(
	    q->node, &q->machine, q->name, EVENT_TIMER_RTO, RULE_STUN_AGAIN);
	send_stun_question(q);
}

static void
fire_rm(void *arg)
{
	struct node_stun *q = arg;

	node_timer_fired(q->node, &q->timer, &rm, q->name);
	stun_query_finish_question(q, NULL, EVENT_TIMER_RM, RULE_STUN_SILENT);
}

/* 6: the id is of N's own stream. */
static int
stun_query_make_id(struct node_stun *q)
{
	LOCAL_BUF id = BUF_INIT;
	int err;

	sip_stack_token(q->node->stack, SIP_STREAM_STUN, STUN_ID, &id);
	err = id.err;
	if (err == 0)
		memcpy(q->id, id.p, STUN_ID);
	buf_clear(&id);
	for (size_t i = 0; i < STUN_ID; i++)
		buf_hex(&id, (unsigned char)q->id[i], 2);
	if (id.err == 0)
		memcpy(q->name, id.p, NAME_SIZE);
	return id.err;
}

static int
write_stun_question(struct node_stun *q)
{
	int err = stun_query_make_id(q);

	stun_begin(&q->bytes, STUN_BINDING, STUN_REQUEST, q->id);
	stun_put(&q->bytes, STUN_SOFTWARE, STR(NODE_PRODUCT));
	if (q->ask.change != 0)
		stun_put_u32(&q->bytes, STUN_CHANGE_REQUEST, q->ask.change);
	stun_put_fingerprint(&q->bytes);
	return err != 0 ? err : q->bytes.err;
}

int
node_stun_ask(struct node *n, const struct node_stun_ask *ask, node_stun_fn *fn,
    void *arg, struct node_stun **qp)
{
	struct node_stun *q = mem_zalloc(1, sizeof(*q));
	uint32_t most = TIME_STUN_RC;

	*qp = NULL;
	if (q == NULL)
		return ERR_NOMEM;
	q->node = n;
	q->ask = *ask;
	q->fn = fn;
	q->arg = arg;
	q->machine.table = &machine_stun;
	str_u32(str_of(node_attr(n, "stun_tries", "")), &most);
	q->most = most;
	list_init(&q->link);
	list_append(&n->stuns, &q->link);
	sim_hold(node_sim(n));
	if (write_stun_question(q) != 0) {
		stun_query_free_question(q);
		return ERR_NOMEM;
	}
	*qp = q;
	node_machine_step(
	    n, &q->machine, q->name, EVENT_REQUEST_SENT, ask->why);
	send_stun_question(q);
	return 0;
}

/* ---- receiving ---- */

static void
stun_query_note_bad(struct node *n, const char *at, enum rule_id why)
{
	node_note_bad(n, why, TRACE_REFUSAL_STUN, str_of(at));
}

static struct node_stun *
stun_query_find_question(const struct node *n, const struct stun *m)
{
	list_each (struct node_stun, q, &n->stuns, link)
		if (memcmp(q->id, m->id.p, STUN_ID) == 0)
			return q;
	return NULL;
}

/* Responses: only the server that was asked may answer. */
static void
stun_query_take_response(
    struct node *n, const struct net_datagram *d, const struct stun *m)
{
	struct node_stun *q = stun_query_find_question(n, m);
	/* 6.3.3: all that must be understood is. */
	bool good = m->class == STUN_SUCCESS && m->unknown == 0;

	if (q == NULL)
		stun_query_note_bad(
		    n, "an answer that nobody waits for", RULE_STUN_STRAY);
	else if (!addr_eq(q->ask.from.len != 0 ? &q->ask.from : &q->ask.dst,
		     &d->src))
		stun_query_note_bad(
		    n, "an answer from somebody else", RULE_STUN_STRAY);
	else if (good && m->mapped.len == 0)
		stun_query_note_bad(
		    n, "an answer without an address", RULE_STUN_BAD);
	else
		stun_query_finish_question(q, good ? m : NULL,
		    good ? EVENT_ANSWERED : EVENT_REJECTED,
		    good ? RULE_STUN_LEARN : RULE_STUN_REFUSED);
}

/* ---- answering ---- */

/* RFC 5780 6.1: which of PLACE's M asks to be answered from. */
static const struct node_stun_place *
answering_place(const struct node_stun_place *place, const struct stun *m)
{
	return place->places[m->change >> 1 & (NODE_STUN_PLACES - 1)];
}

static void
stun_query_write_answer(const struct node_stun_place *place,
    const struct stun *m, const struct addr *src, struct buf *out)
{
	const struct node_stun_place *other = place->places[3];

	stun_begin(out, m->method, STUN_SUCCESS, m->id.p);
	stun_put_addr(out, STUN_XOR_MAPPED_ADDRESS, src);
	/* RFC 5780 6.1: from where it comes, and where the others are. */
	if (other != NULL) {
		stun_put_addr(out, STUN_RESPONSE_ORIGIN,
		    &answering_place(place, m)->addr);
		stun_put_addr(out, STUN_OTHER_ADDRESS, &other->addr);
	}
	stun_put(out, STUN_SOFTWARE, STR(NODE_PRODUCT));
}

/* A is to be understood, and is not; RFC 5780 6.1: CHANGE-REQUEST is by who has
 * more than one place alone. */
static bool
is_unknown(const struct stun_attr *a, bool alone)
{
	return a->type < 0x8000 &&
	       (stun_attr_name(a->type) == NULL ||
		   (a->type == STUN_CHANGE_REQUEST && alone));
}

/* 6.3.1: all that is not understood of M. */
static void
stun_query_write_refusal(const struct stun *m, bool alone, struct buf *out)
{
	LOCAL_BUF types = BUF_INIT;
	struct stun_attr a;

	for (size_t at = 0; stun_next(m, &at, &a);)
		if (is_unknown(&a, alone))
			put16(&types, a.type);
	stun_begin(out, m->method, STUN_ERROR, m->id.p);
	stun_put_error(out, 420, "Unknown Attribute");
	stun_put(out, STUN_UNKNOWN_ATTRIBUTES, buf_view(&types));
	if (types.err != 0)
		out->err = types.err;
}

static void
answer_stun_request(const struct node_stun_place *place,
    const struct net_datagram *d, const struct stun *m)
{
	const struct node_stun_place *from = place;
	struct trace_message sent = { .proto = TRACE_PROTO_STUN,
		.method = STR("Binding success response") };
	enum rule_id why = RULE_STUN_ANSWER;
	struct addr dst = d->src;
	LOCAL_BUF out = BUF_INIT;
	bool alone = place->places[3] == NULL;

	if (m->response_port != 0)
		dst.port = m->response_port;
	if (m->unknown != 0 || (m->change != 0 && alone)) {
		why = RULE_STUN_UNKNOWN;
		sent.method = STR("Binding error response");
		stun_query_write_refusal(m, alone, &out);
	} else {
		stun_query_write_answer(place, m, &d->src, &out);
		if (m->change != 0) {
			from = answering_place(place, m);
			why = RULE_STUN_CHANGE;
		}
	}
	if (node_attr_bool(place->node, "fingerprint", true))
		stun_put_fingerprint(&out);
	if (out.err != 0)
		node_fail_memory(place->node);
	else
		net_udp_send(from->sock, &dst, buf_view(&out), &sent, why);
}

void
node_stun_serve(
    const struct node_stun_place *place, const struct net_datagram *d)
{
	enum stun_fault fault;
	struct stun m;

	fault = stun_read(d->bytes, &m);
	if (fault != STUN_FAULT_NONE)
		stun_query_note_bad(
		    place->node, stun_fault_words(fault), RULE_STUN_BAD);
	else if (m.method != STUN_BINDING)
		stun_query_note_bad(
		    place->node, "another method than Binding", RULE_STUN_BAD);
	else if (m.class == STUN_REQUEST && place->sock != NULL)
		answer_stun_request(place, d, &m);
	else if (m.class == STUN_SUCCESS || m.class == STUN_ERROR)
		stun_query_take_response(place->node, d, &m);
}

bool
node_stun_received(struct node *n, const struct net_datagram *d)
{
	struct node_stun_place place = { .node = n, .addr = d->dst };
	uint64_t cause = sim_cause(node_sim(n));
	const struct node_face *f;

	if (!stun_is(d->bytes))
		return false;
	f = node_face_at(n, &d->dst);
	if (f != NULL)
		place.sock = f->sock;
	node_stun_serve(&place, d);
	sim_set_cause(node_sim(n), cause);
	return true;
}
