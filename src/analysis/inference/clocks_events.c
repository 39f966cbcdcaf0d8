/*
 * Which message was before which, at which capture points; see
 * inference/clocks.h.  Only messages that each point saw once count: the
 * sightings of a repeated one can't be paired.
 */
#include "inference/clocks_in.h"

#include "base/array.h"
#include "msg/header_names.h"
#include "packets/keys.h"
#include "msg/message.h"
#include "msg/parts.h"

#define SIGHTINGS 4 /* points that see one message; others are left out */

struct sighting {
	int64_t t;
	uint64_t src, dst; /* hashes of the hosts */
	uint8_t place, count;
};

/* Call-ID, CSeq, a Via; of a response its status and To tag.  Hashes are
 * enough for a guess. */
struct key {
	uint64_t call, cseq, via, status, tag;
};

struct event {
	struct key key;
	uint64_t second; /* the Via below the topmost, 0: none */
	struct sighting at[SIGHTINGS];
	size_t n;
};

/* Differences of time (the greater point's less the lesser one's) of messages
 * between two hosts that both have seen, by direction. */
struct flow {
	uint8_t p, q;
	int64_t least[2], most[2];
	uint64_t n[2];
};

int
clock_events_create(struct clock_events *e, size_t most)
{
	int err;

	*e = (struct clock_events){ .messages = NULL };
	if ((err = map_create(&e->messages)) == 0)
		err = map_create(&e->flows);
	if (err == 0)
		err = ARRAY_RESIZE(&e->read, most);
	return err == 0 ? hashes_reserve(&e->known, most) : err;
}

void
clock_events_destroy(struct clock_events *e)
{
	map_destroy_all(e->messages);
	map_destroy_all(e->flows);
	hashes_free(&e->known);
	mem_free(e->read);
}

/* ---- what a message is known by ---- */

static uint64_t
via_hash(struct str value)
{
	struct msg_via via;
	uint64_t h;

	if (msg_via_read(value, &via) != 0 || via.branch.n == 0)
		return 0;
	h = str_hash(via.branch) * 0x9e3779b97f4a7c15u ^ str_hash(via.sent_by);
	return h != 0 ? h : 1;
}

static bool
event_read_key(const struct msg *msg, struct key *k, uint64_t *second)
{
	struct msg_values it = { 0 };
	struct str value;

	*k = (struct key){ str_hash(msg_value(msg, MSG_H_CALL_ID)),
		str_hash(msg_value(msg, MSG_H_CSEQ)), 0,
		msg->request ? 0 : msg->status,
		msg->request ? 0
			     : str_hash(msg_tag(msg_value(msg, MSG_H_TO))) };
	*second = 0;
	if (msg_next_value(msg, MSG_H_VIA, &it, &value))
		k->via = via_hash(value);
	if (msg_next_value(msg, MSG_H_VIA, &it, &value))
		*second = via_hash(value);
	return k->via != 0 && msg_value(msg, MSG_H_CALL_ID).n > 0;
}

static uint64_t
host_hash(const struct addr *a)
{
	return str_hash((struct str){ (const char *)a->ip,
	    a->len <= sizeof(a->ip) ? a->len : sizeof(a->ip) });
}

static void
sight(struct event *e, const struct capture_message *m)
{
	for (size_t i = 0; i < e->n; i++)
		if (e->at[i].place == m->place) {
			e->at[i].count = 2;
			return;
		}
	if (e->n == SIGHTINGS)
		return;
	e->at[e->n++] = (struct sighting){ .t = m->t,
		.src = host_hash(&m->src),
		.dst = host_hash(&m->dst),
		.place = (uint8_t)m->place,
		.count = 1 };
}

/* The event of M, whose bytes are there; NULL: it has none.  0 or ERR_NOMEM. */
static int
find_event(struct clock_events *e, const struct capture_message *m,
    struct event **event)
{
	struct key k;
	struct msg msg;
	uint64_t second;

	*event = NULL;
	msg_read(&msg, m->bytes, NULL);
	if (!event_read_key(&msg, &k, &second))
		return 0;
	*event = key_value(e->messages, BYTES_OF(k), sizeof(**event));
	if (*event == NULL)
		return ERR_NOMEM;
	(*event)->key = k;
	(*event)->second = second;
	return 0;
}

int
clock_events_add(struct clock_events *e, const struct capture_reader *src,
    size_t i, struct buf *scratch)
{
	struct capture_message m;
	uint32_t known;
	uint64_t hash;
	int err = 0;

	capture_reader_look(src, i, &m, scratch);
	if (m.place >= CLOCKS_PLACES)
		return scratch->err;
	hash = m.hash;
	known = hashes_get(&e->known, hash);
	/* The same bytes are the same event, at whichever point. */
	if (known == 0) {
		capture_reader_get(src, i, &m, scratch);
		err = find_event(e, &m, &e->read[e->nread]);
		known = (uint32_t)++e->nread;
		hashes_set(&e->known, hash, known);
	}
	if (err == 0 && e->read[known - 1] != NULL)
		sight(e->read[known - 1], &m);
	return scratch->err != 0 ? scratch->err : err;
}

/* ---- what it says of two clocks ---- */

typedef struct clock_bounds clock_table[CLOCKS_PLACES][CLOCKS_PLACES];

static void
at_most(struct clock_bounds *b, int64_t ns)
{
	if (!b->has_most || ns < b->most)
		b->most = ns;
	b->has_most = true;
}

static void
at_least(struct clock_bounds *b, int64_t ns)
{
	if (!b->has_least || ns > b->least)
		b->least = ns;
	b->has_least = true;
}

/* A was seen before B happened. */
static void
precedes(clock_table bounds, const struct sighting *a, const struct sighting *b)
{
	if (a->place == b->place || a->count != 1 || b->count != 1)
		return;
	if (a->place < b->place)
		at_most(&bounds[a->place][b->place], b->t - a->t);
	else
		at_least(&bounds[b->place][a->place], a->t - b->t);
}

static void
follows(const struct clock_events *e, clock_table bounds, struct key k,
    const struct event *later)
{
	const struct event *first = map_get(e->messages, BYTES_OF(k));

	for (size_t i = 0; first != NULL && i < first->n; i++)
		for (size_t j = 0; j < later->n; j++)
			precedes(bounds, &first->at[i], &later->at[j]);
}

static void
precedes_all(const struct clock_events *e, clock_table bounds, struct key k,
    const struct event *first)
{
	const struct event *later = map_get(e->messages, BYTES_OF(k));

	for (size_t i = 0; later != NULL && i < first->n; i++)
		for (size_t j = 0; j < later->n; j++)
			precedes(bounds, &first->at[i], &later->at[j]);
}

/* The events before EVENT, and the ones that it leads to. */
static void
bound_event(
    const struct clock_events *e, clock_table bounds, const struct event *event)
{
	struct key k = event->key;

	if (k.status != 0) {
		k.status = k.tag = 0;
		follows(e, bounds, k, event);
		k = event->key;
	}
	/* Each hop has a 100 of its own (RFC 3261 16.7 step 5). */
	if (event->second == 0 || k.status == 100)
		return;
	k.via = event->second;
	if (k.status == 0)
		follows(e, bounds, k, event);
	else
		precedes_all(e, bounds, k, event);
}

/* Sightings A and B of one message, A's point the lesser. */
static int
add_to_flow(
    struct clock_events *e, const struct sighting *a, const struct sighting *b)
{
	bool back = a->src > a->dst;
	const uint64_t key[3] = { (uint64_t)a->place << 8 | b->place,
		back ? a->dst : a->src, back ? a->src : a->dst };
	int64_t d = b->t - a->t;
	struct flow *f;

	if (a->count != 1 || b->count != 1 || a->src == a->dst)
		return 0;
	f = key_value(e->flows, BYTES_OF(key), sizeof(*f));
	if (f == NULL)
		return ERR_NOMEM;
	f->p = a->place;
	f->q = b->place;
	if (f->n[back]++ == 0)
		f->least[back] = f->most[back] = d;
	f->least[back] = d < f->least[back] ? d : f->least[back];
	f->most[back] = d > f->most[back] ? d : f->most[back];
	return 0;
}

static int
look_at_sightings(struct clock_events *e, const struct event *event)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < event->n; i++)
		for (size_t j = 0; err == 0 && j < event->n; j++)
			if (event->at[i].place < event->at[j].place)
				err = add_to_flow(
				    e, &event->at[i], &event->at[j]);
	return err;
}

/* Whichever host p is nearer to: messages from there are at p first, and their
 * differences are the greater ones. */
static void
look_at_flow(clock_table bounds, const struct flow *f)
{
	int64_t here, there;
	bool from;

	if (f->n[0] == 0 || f->n[1] == 0)
		return;
	here = f->least[0] / 2 + f->most[0] / 2;
	there = f->least[1] / 2 + f->most[1] / 2;
	from = here < there;
	at_most(&bounds[f->p][f->q], f->least[from]);
	at_least(&bounds[f->p][f->q], f->most[!from]);
}

int
clock_events_bounds(struct clock_events *e, clock_table bounds)
{
	struct str key;
	size_t at = 0;
	void *value;
	int err = 0;

	while (err == 0 && map_next(e->messages, &at, &key, &value)) {
		err = look_at_sightings(e, value);
		bound_event(e, bounds, value);
	}
	at = 0;
	while (err == 0 && map_next(e->flows, &at, &key, &value))
		look_at_flow(bounds, value);
	return err;
}
