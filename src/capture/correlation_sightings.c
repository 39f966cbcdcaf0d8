/*
 * One message seen more than once: at two interfaces, on both sides of a router
 * or a NAT, or twice at one place (a switch that mirrors both its ports).
 *
 * The bytes are the same, as no proxy leaves them; the other place sees it
 * within a fraction of T1, before it can have been repeated (RFC 3261 17.1.1.1:
 * T1 is 500 ms).  At one place a message may come twice in a millisecond, too:
 * the answers to two copies of a request.  There it counts only where a good
 * part of what goes that way is seen twice.
 */
#include "capture/correlation.h"

#define ELSEWHERE_NS INT64_C(400000000)
#define HERE_NS      20000000
/* The last messages with the same bytes: more cannot be open at once. */
#define OPEN 4

struct open {
	uint32_t message; /* from 1; 0: none */
	uint64_t places;  /* that have seen it, a bit each */
};

struct twin {
	struct open open[OPEN];
	unsigned next;
};

/* What goes one way between two addresses. */
struct flow {
	uint64_t number, messages, twice;
};

struct sightings {
	struct map *twins; /* hash of the bytes → struct twin */
	struct map *flows; /* addresses → struct flow */
	struct map *seen;  /* message and flow → struct last */
};

int
sightings_create(struct sightings **sp)
{
	struct sightings *s = mem_zalloc(1, sizeof(*s));
	int err = s != NULL ? 0 : ERR_NOMEM;

	*sp = s;
	if (err == 0 && (err = map_create(&s->twins)) == 0 &&
	    (err = map_create(&s->flows)) == 0)
		err = map_create(&s->seen);
	return err;
}

void
sightings_destroy(struct sightings *s)
{
	if (s == NULL)
		return;
	map_destroy_all(s->twins);
	map_destroy_all(s->flows);
	map_destroy_all(s->seen);
	mem_free(s);
}

/* ---- what is seen twice ---- */

static struct flow *
flow_of_message(struct sightings *s, const struct capture_message *c)
{
	const struct addr_key key[2] = { key_of_addr(&c->src),
		key_of_addr(&c->dst) };
	struct flow *f = key_value(s->flows, BYTES_OF(key), sizeof(*f));

	if (f != NULL && f->number == 0)
		f->number = map_count(s->flows);
	return f;
}

/* When a message last went one way. */
struct last {
	bool known;
	int64_t t;
};

int
sightings_count(struct sightings *s, const struct capture_message *c)
{
	struct flow *f = flow_of_message(s, c);
	uint64_t key[3] = { str_hash(c->bytes), c->bytes.n };
	struct last *last;

	if (f == NULL)
		return ERR_NOMEM;
	key[2] = f->number;
	last = key_value(s->seen, BYTES_OF(key), sizeof(*last));
	if (last == NULL)
		return ERR_NOMEM;
	f->messages++;
	/* Unsigned, as times of a capture may differ by any number. */
	if (last->known && (uint64_t)c->t - (uint64_t)last->t <= HERE_NS)
		f->twice++;
	*last = (struct last){ true, c->t };
	return 0;
}

/* ---- sightings ---- */

/* Both ends alike, or one of them behind a NAT. */
static bool
goes_alike(
    const struct correlation_message *a, const struct correlation_message *b)
{
	if (a->src == b->dst && a->dst == b->src)
		return a->src == a->dst;
	return a->src == b->src || a->dst == b->dst;
}

/* M, seen at the place of bit SEEN, is what O stands for; MIRRORED: what goes
 * its way is seen twice. */
static bool
is_sighting_of(const struct correlation *co, const struct open *o,
    const struct correlation_message *m, uint64_t seen, bool mirrored)
{
	const struct correlation_message *old;
	int64_t after;

	if (o->message == 0)
		return false;
	old = &co->m[o->message - 1];
	after = m->t - old->t;
	if (!goes_alike(old, m))
		return false;
	if ((o->places & seen) == 0)
		return after <= ELSEWHERE_NS;
	return mirrored && after <= HERE_NS;
}

int
sightings_match(struct sightings *s, struct correlation *co,
    const struct correlation_message *m, const struct capture_message *c,
    uint32_t *of)
{
	uint64_t seen = UINT64_C(1) << (c->place < 63 ? c->place : 63);
	uint64_t key[3] = { str_hash(c->bytes), c->bytes.n, m->tcp };
	struct twin *twin = key_value(s->twins, BYTES_OF(key), sizeof(*twin));
	struct flow *flow = flow_of_message(s, c);
	struct open *last;
	bool mirrored;

	*of = CORRELATION_NONE;
	if (twin == NULL || flow == NULL)
		return ERR_NOMEM;
	mirrored = flow->twice * 3 >= flow->messages;
	/* The oldest first: its copies come before its successors'. */
	for (unsigned i = 0; i < OPEN; i++) {
		struct open *o = &twin->open[(twin->next + i) % OPEN];

		if (!is_sighting_of(co, o, m, seen, mirrored))
			continue;
		o->places |= seen;
		*of = o->message - 1;
		return 0;
	}
	last = &twin->open[twin->next];
	twin->next = (twin->next + 1) % OPEN;
	/* It will be the next in the list. */
	*last = (struct open){ (uint32_t)co->n + 1, seen };
	return 0;
}
