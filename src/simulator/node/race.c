/* Connections that are tried beside each other: see node/race.h. */
#include "node/race.h"

#include "base/mem.h"
#include "msg/constants.h"
#include "node/face.h"
#include "node/locate.h"
#include "node/security.h"
#include "node/node_transport.h"
#include "node/world.h"
#include "rules/rule_names.h"
#include "text/json.h"

#define ADDRESSES 8

struct node_race {
	struct node_race *next; /* of the node's */
	struct node_question *q;
	struct addr list[ADDRESSES];
	bool failed[ADDRESSES];
	size_t n, started;
	sim_event delay;
};

static struct transport *
find_transport_to(const struct node *n, const struct addr *dst)
{
	return node_face_toward(n, dst)->transport;
}

/* Where REMOTE stands among what R has begun; r->started: nowhere. */
static size_t
race_find_attempt(const struct node_race *r, const struct addr *remote)
{
	size_t i = 0;

	/* All of R's are of one transport. */
	if (r->list[0].transport != remote->transport)
		return r->started;
	while (
	    i < r->started && (r->failed[i] || !addr_eq(&r->list[i], remote)))
		i++;
	return i;
}

/* One of N's races is for a connection to DST. */
static bool
is_tried(const struct node *n, const struct addr *dst)
{
	for (const struct node_race *r = n->races; r != NULL; r = r->next)
		if (race_find_attempt(r, dst) < r->started)
			return true;
	return false;
}

/* DST and the addresses that stand next in Q's list, into LIST; how many. */
static size_t
race_take_addresses(const struct node_question *q, const struct addr *dst,
    struct addr list[ADDRESSES])
{
	size_t n = 1;

	list[0] = *dst;
	for (size_t i = q->next; i < q->nplaces && n < ADDRESSES; i++) {
		const struct node_place *p = &q->places[i];

		if (p->host != NULL || p->route != NULL ||
		    p->addr.transport != dst->transport ||
		    p->addr.port != dst->port)
			break;
		list[n++] = p->addr;
	}
	return n;
}

/* Ends R without a callback; unfinished connections are given up, but the one
 * to WINNER, and connections that other requests wait for. */
static void
free_race(struct node_race *r, const struct addr *winner)
{
	struct node *n = r->q->node;
	struct node_race **at = &n->races;

	while (*at != r)
		at = &(*at)->next;
	*at = r->next;
	sim_cancel(node_sim(n), r->delay);
	for (size_t i = 0; i < r->started; i++)
		if (!r->failed[i] && !is_tried(n, &r->list[i]) &&
		    (winner == NULL || !addr_eq(&r->list[i], winner)))
			transport_give_up(
			    find_transport_to(n, &r->list[i]), &r->list[i]);
	r->q->race = NULL;
	mem_free(r);
}

/* The winner is told, or that nothing was reached (NULL); R is gone. */
static void
end_race(struct node_race *r, const struct addr *winner)
{
	struct node_question *q = r->q;
	struct addr first = r->list[0];

	q->next += r->started - 1;
	if (winner != NULL)
		first = *winner;
	free_race(r, winner);
	node_locate_raced(q, winner != NULL, &first);
}

static void
record_attempt(const struct node *n, const struct addr *dst)
{
	struct trace_writer *w = node_record(n, TRACE_LOOKUP, RULE_DNS_ATTEMPT);
	LOCAL_BUF list = BUF_INIT, one = BUF_INIT;

	addr_write(dst, &one);
	json_add_item(&list, "%s", buf_cstr(&one));
	trace_put_cstr(w, "op", "attempt");
	trace_put_str(w, "aor", buf_view(&one));
	trace_put_cstr(w, "status", "ok");
	trace_put_list(w, "targets", &list);
	node_record_cause(n);
}

static void try_next(void *arg);

/* RFC 5922 7.3: the server at DST has to prove that Q's URI means it. */
static void
race_seek_at(const struct node_question *q, const struct addr *dst)
{
	if (q->sought != NULL && addr_transports[dst->transport].secure)
		node_seek_host(q->node, dst, str_of(q->sought));
}

/* The next connection is begun; false: it can't be. */
static bool
begin_attempt(struct node_race *r)
{
	struct node *n = r->q->node;
	const struct addr *dst = &r->list[r->started];
	uint64_t cause = sim_cause(node_sim(n));

	if (r->started > 0)
		record_attempt(n, dst);
	race_seek_at(r->q, dst);
	r->failed[r->started] = !transport_open(find_transport_to(n, dst), dst);
	r->started++;
	if (r->started < r->n)
		r->delay =
		    node_after(n, TIME_ATTEMPT_DELAY_MS * SIM_MS, try_next, r);
	sim_set_cause(node_sim(n), cause);
	return !r->failed[r->started - 1];
}

/* Connection I of R has failed: where no other is under way the next one does
 * not wait. */
static void
race_take_failure(struct node_race *r, size_t i)
{
	r->failed[i] = true;
	for (size_t k = 0; k < r->started; k++)
		if (!r->failed[k])
			return;
	if (r->started == r->n) {
		end_race(r, NULL);
		return;
	}
	sim_cancel(node_sim(r->q->node), r->delay);
	try_next(r);
}

static void
try_next(void *arg)
{
	struct node_race *r = arg;
	struct addr at = r->list[r->started];

	r->delay = 0;
	if (!begin_attempt(r))
		race_take_failure(r, r->started - 1);
	/* Others have made one meanwhile. */
	else if (transport_ready(find_transport_to(r->q->node, &at), &at))
		end_race(r, &at);
}

/* Of N addresses in LIST, DST the first, one with a connection is used before
 * any that has none: it becomes DST, which takes its turn among Q's places.
 * False: there is none. */
static bool
use_connection(struct node_question *q, const struct addr *list, size_t n,
    struct addr *dst)
{
	size_t i = 0;

	while (
	    i < n && (is_tried(q->node, &list[i]) ||
			 !transport_connected(
			     find_transport_to(q->node, &list[i]), &list[i])))
		i++;
	if (i == n)
		return false;
	if (i > 0)
		q->places[q->next + i - 1].addr = *dst;
	*dst = list[i];
	race_seek_at(q, dst);
	return true;
}

bool
node_race_begin(struct node_question *q, struct addr *dst)
{
	struct addr list[ADDRESSES];
	size_t n = addr_is_stream(dst) && q->chosen
		       ? race_take_addresses(q, dst, list)
		       : 1;
	struct node_race *r;

	/* The families take turns: the second is of the other one. */
	if (n < 2 || list[1].len == dst->len || use_connection(q, list, n, dst))
		return false;
	r = mem_zalloc(1, sizeof(*r));
	if (r == NULL) {
		node_fail_memory(q->node);
		return false;
	}
	r->q = q;
	r->n = n;
	memcpy(r->list, list, n * sizeof(list[0]));
	r->next = q->node->races;
	q->node->races = r;
	q->race = r;
	if (begin_attempt(r))
		return true;
	free_race(r, NULL);
	return false;
}

void
node_race_stop(struct node_question *q)
{
	if (q->race != NULL)
		free_race(q->race, NULL);
}

void
node_race_heard(struct node *n, const struct addr *remote, bool made)
{
	struct addr at = *remote;
	struct node_race *r = n->races;

	/* Each that hears of it ends, or does not know the address any more. */
	while (r != NULL) {
		size_t i = race_find_attempt(r, &at);

		if (i == r->started) {
			r = r->next;
			continue;
		}
		if (made)
			end_race(r, &at);
		else
			race_take_failure(r, i);
		r = n->races;
	}
}
