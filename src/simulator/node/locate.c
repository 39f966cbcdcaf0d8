/* Questions for an address, and the locator that answers them at once. */
#include "node/locate.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "msg/header_names.h"
#include "msg/parts.h"
#include "node/node.h"
#include "node/race.h"
#include "node/security.h"
#include "node/uri.h"
#include "node/world.h"
#include "sip/stack.h"

#include <assert.h>
#include <string.h>

/* ---- Servers that have asked for rest ---- */

/* Beyond so many servers, those before are forgotten. */
#define RESTING_MOST 64

/* Its bytes and port are the key. */
static struct str
put_resting_key(const struct addr *a, char key[sizeof(a->ip) + sizeof(a->port)])
{
	memcpy(key, a->ip, a->len);
	memcpy(key + a->len, &a->port, sizeof(a->port));
	return (struct str){ key, a->len + sizeof(a->port) };
}

bool
node_retry_after(const struct msg *m, uint32_t *seconds)
{
	struct str v = msg_value(m, MSG_H_RETRY_AFTER);
	size_t n = 0;

	while (n < v.n && chr_is_digit(v.p[n]))
		n++;
	return str_u32(str_slice(v, 0, n), seconds) == 0;
}

void
node_rest(struct node *n, const struct addr *server, const struct msg *m)
{
	char bytes[sizeof(server->ip) + sizeof(server->port)];
	struct str key = put_resting_key(server, bytes);
	uint32_t seconds;
	int64_t *until;

	if (m->status != 503 || !node_retry_after(m, &seconds))
		return;
	if (n->resting != NULL && map_count(n->resting) >= RESTING_MOST) {
		map_destroy_all(n->resting);
		n->resting = NULL;
	}
	until = n->resting != NULL ? map_get(n->resting, key) : NULL;
	if (until == NULL) {
		until = mem_alloc(sizeof(*until));
		if (until == NULL ||
		    (n->resting == NULL && map_create(&n->resting) != 0) ||
		    map_put(n->resting, key, until) != 0) {
			mem_free(until);
			node_fail_memory(n);
			return;
		}
	}
	*until = sim_now(node_sim(n)) + seconds * SIM_S;
}

/* SERVER is to be left alone now. */
static bool
node_rests(const struct node *n, const struct addr *server)
{
	char bytes[sizeof(server->ip) + sizeof(server->port)];
	const int64_t *until =
	    n->resting != NULL
		? map_get(n->resting, put_resting_key(server, bytes))
		: NULL;

	return until != NULL && sim_now(node_sim(n)) < *until;
}

/* RFC 3263 4.1: URI leaves it open whether requests to it go by BY: it names no
 * transport, nor a port of another one. */
static bool
leaves_open(struct str uri, enum addr_transport by)
{
	struct msg_uri u;
	struct str named;

	return msg_uri_read(uri, &u) == 0 &&
	       (addr_transports[by].secure || !node_uri_is_sips(&u)) &&
	       !msg_param(u.params, "transport", &named) &&
	       (u.port == 0 || addr_transports[by].port ==
				   addr_transports[ADDR_DEFAULT].port);
}

void
node_place_by(struct addr *dst, enum addr_transport by)
{
	if (dst->transport != by &&
	    dst->port == addr_transports[dst->transport].port)
		dst->port = addr_transports[by].port;
	dst->transport = (uint8_t)by;
}

/* A page has WebSocket with TLS or without, BY; a URI's transport=ws says
 * neither, so that the usual port may be of the other (RFC 7118 4.2, 5.2). */
static void
place_in_browser(struct addr *dst, enum addr_transport by)
{
	for (int i = 0; i < ADDR_TRANSPORTS; i++)
		if (dst->port == addr_transports[i].port) {
			dst->port = addr_transports[by].port;
			break;
		}
	dst->transport = (uint8_t)by;
}

/* By the transport that its asker likes, where the URI leaves it open.  A
 * browser has WebSocket alone, and by it what its page has: over TLS or not,
 * whatever a URI says (RFC 7118 8). */
static void
choose_transport(const struct node_question *q, struct addr *dst)
{
	if (q->liked != ADDR_DEFAULT && !q->chosen)
		node_place_by(dst, q->liked);
	if (node_is_nameless(q->node))
		place_in_browser(dst, node_transport(q->node));
}

/* Nothing is known of what was asked for, but the next place is a host that
 * does as well. */
static bool
has_host(const struct node_question *q)
{
	return q->next < q->nplaces && q->places[q->next].host != NULL;
}

/* ERR is the answer, unless other hosts do as well: then those are asked for
 * until one has an address.  q->fn may free Q. */
static void
tell_answer(struct node_question *q, int err, struct addr *dst)
{
	while (err == ERR_NOTFOUND && has_host(q)) {
		struct node_place host = q->places[q->next++];

		q->end = q->next;
		*dst = host.addr;
		err = q->node->world->locator->find_host(q, host.host, dst);
		mem_free(host.host);
	}
	if (err == ERR_NOTFOUND && q->asking &&
	    q->node->world->locator->tell_late != NULL)
		err = q->node->world->locator->tell_late(q);
	q->asking = false;
	q->open = err == ERR_STOPPED;
	if (q->open) {
		sim_hold(node_sim(q->node));
		return;
	}
	if (err == 0)
		choose_transport(q, dst);
	if (err == 0 && node_rests(q->node, dst) && node_locate_has_next(q)) {
		q->rested = true;
		node_locate_next(q);
		return;
	}
	if (err == 0 && q->sought != NULL &&
	    addr_transports[dst->transport].secure)
		node_seek_host(q->node, dst, str_of(q->sought));
	q->open = err == 0 && node_race_begin(q, dst);
	if (q->open)
		sim_hold(node_sim(q->node));
	else
		q->fn(err, dst, q->arg);
}

void
node_locate_raced(struct node_question *q, bool reached, const struct addr *dst)
{
	struct sim *sim = node_sim(q->node);
	struct addr copy = *dst;

	q->open = false;
	/* Where nothing else is left the sender sees how it fails. */
	if (reached || !has_host(q))
		q->fn(0, &copy, q->arg);
	else
		tell_answer(q, ERR_NOTFOUND, &copy);
	sim_release(sim);
}

/* The addresses of URI's host are told later, or one after the other. */
static void
keep_sought(struct node_question *q, struct str uri)
{
	struct msg_uri u;

	if (msg_uri_read(uri, &u) != 0 || !u.sip)
		return;
	u.host = msg_host_name(u.host);
	q->sought = mem_dup(u.host.p, u.host.n);
	if (q->sought == NULL)
		node_fail_memory(q->node);
}

/* RFC 5922 7.3: the server at DST has to prove that URI means it. */
static void
seek(struct node *n, struct str uri, const struct addr *dst)
{
	struct msg_uri u;

	if (addr_transports[dst->transport].secure &&
	    msg_uri_read(uri, &u) == 0 && u.sip)
		node_seek_host(n, dst, msg_host_name(u.host));
}

/* The locator is asked for URI; q->fn may free Q. */
static void
ask_locator(struct node_question *q, struct str uri)
{
	struct addr dst = { 0 };
	int err;

	q->liked = q->wanted != ADDR_DEFAULT && !leaves_open(uri, q->wanted)
		       ? ADDR_DEFAULT
		       : q->wanted;
	q->end = q->next;
	q->chosen = q->rested = false;
	mem_free(q->sought);
	q->sought = NULL;
	err = q->node->world->locator->ask(q, uri, &dst);
	if (err == 0) {
		choose_transport(q, &dst);
		seek(q->node, uri, &dst);
	} else if (err == ERR_STOPPED || has_host(q)) {
		keep_sought(q, uri);
	}
	tell_answer(q, err, &dst);
}

/* ---- the list ---- */

static int
insert_place(struct node_question *q, size_t i, struct node_place place)
{
	if (ARRAY_ROOM(&q->places, &q->places_cap, q->nplaces + 1) != 0)
		return ERR_NOMEM;
	memmove(&q->places[i + 1], &q->places[i],
	    (q->nplaces - i) * sizeof(q->places[0]));
	q->places[i] = place;
	q->nplaces++;
	return 0;
}

int
node_locate_add(struct node_question *q, const struct addr *dst)
{
	int err = insert_place(q, q->end, (struct node_place){ .addr = *dst });

	if (err == 0)
		q->end++;
	return err;
}

int
node_locate_add_host(
    struct node_question *q, struct str host, const struct addr *by)
{
	struct node_place place = { *by, mem_dup(host.p, host.n), NULL };
	int err =
	    place.host != NULL ? insert_place(q, q->end, place) : ERR_NOMEM;

	if (err == 0)
		q->end++;
	else
		mem_free(place.host);
	return err;
}

int
node_locate_add_way(struct node_question *q, struct str route)
{
	struct node_place place = { .route = mem_dup(route.p, route.n) };
	int err = place.route != NULL ? 0 : ERR_NOMEM;

	if (err == 0)
		err = insert_place(q, q->nplaces, place);
	if (err != 0)
		mem_free(place.route);
	return err;
}

/* Another URI is asked for: only the ways behind are ways there as well. */
static void
keep_ways(struct node_question *q)
{
	size_t n = 0;

	for (size_t i = q->next; i < q->nplaces; i++) {
		if (q->places[i].route != NULL)
			q->places[n++] = q->places[i];
		mem_free(q->places[i].host);
	}
	q->nplaces = n;
	q->next = q->end = 0;
}

static void
forget_places(struct node_question *q)
{
	for (size_t i = q->next; i < q->nplaces; i++) {
		mem_free(q->places[i].route);
		mem_free(q->places[i].host);
	}
	mem_free(q->places);
	mem_free(q->route);
	mem_free(q->sought);
	q->places = NULL;
	q->route = q->sought = NULL;
	q->nplaces = q->places_cap = q->next = q->end = q->ways = 0;
}

bool
node_place_fails(unsigned status, bool received, bool answered)
{
	return status == 503 || (status == 408 && !received && !answered);
}

bool
node_locate_has_next(const struct node_question *q)
{
	return q->next < q->nplaces;
}

bool
node_locate_has_moved(const struct node_question *q)
{
	return q->next > 0 || q->ways > 0;
}

bool
node_locate_next(struct node_question *q)
{
	struct node_place place = { 0 };

	assert(!q->open);
	if (!node_locate_has_next(q))
		return false;
	if (has_host(q)) {
		tell_answer(q, ERR_NOTFOUND, &place.addr);
		return true;
	}
	place = q->places[q->next++];
	if (place.route == NULL) {
		tell_answer(q, 0, &place.addr);
		return true;
	}
	mem_free(q->route);
	q->route = place.route;
	q->ways++;
	ask_locator(q, node_next_uri(STR_NULL, str_of(q->route)));
	return true;
}

/* ---- questions ---- */

void
node_locate(struct node *n, struct str uri, enum addr_transport liked,
    node_located_fn *fn, void *arg, struct node_question *q)
{
	assert(!q->open);
	keep_ways(q);
	q->node = n;
	q->fn = fn;
	q->arg = arg;
	q->wanted = liked;
	q->asking = true;
	ask_locator(q, uri);
}

void
node_locate_answer(struct node_question *q, int err, const struct addr *dst)
{
	struct sim *sim = node_sim(q->node);
	struct addr copy = *dst;

	q->open = false;
	tell_answer(q, err, &copy);
	sim_release(sim);
}

void
node_locate_stop(struct node_question *q)
{
	forget_places(q);
	if (!q->open)
		return;
	q->open = false;
	if (q->race != NULL)
		node_race_stop(q);
	else
		q->node->world->locator->forget(q);
	sim_release(node_sim(q->node));
}

static int
ask_directory(struct node_question *q, struct str uri, struct addr *dst)
{
	return world_locate_by(q->node->world, q->node, uri, q->liked, dst);
}

const struct node_locator node_directory = { .ask = ask_directory };

/*
 * Servers for the stack, whose responses go where a name says (RFC 3263 5):
 * each search is a question of its own.
 */
struct search {
	struct node *node;
	struct node_question q;
	char *uri; /* NULL: it is asked for */
	void (*found)(int err, const struct addr *dst, void *arg);
	void *arg;
};

static void
end_search(void *search)
{
	struct search *s = search;

	node_locate_stop(&s->q);
	mem_free(s->uri);
	mem_free(s);
}

static void *
locate_begin_search(const char *uri,
    void (*found)(int err, const struct addr *dst, void *found_arg),
    void *found_arg, void *arg)
{
	struct search *s = mem_zalloc(1, sizeof(*s));

	if (s == NULL)
		return NULL;
	*s = (struct search){ .node = arg,
		.uri = mem_strdup(uri),
		.found = found,
		.arg = found_arg };
	if (s->uri != NULL)
		return s;
	mem_free(s);
	return NULL;
}

/* The callback may end S. */
static void
on_located(int err, const struct addr *dst, void *arg)
{
	struct search *s = arg;

	s->found(err, dst, s->arg);
}

static bool
locate_next_server(void *search)
{
	struct search *s = search;
	char *uri = s->uri;

	if (uri == NULL)
		return node_locate_next(&s->q);
	s->uri = NULL;
	node_locate(s->node, str_of(uri), ADDR_DEFAULT, on_located, s, &s->q);
	mem_free(uri);
	return true;
}

const struct sip_search_ops node_search_ops = { locate_begin_search,
	locate_next_server, end_search };
