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
#include "capture/join.h"

#include "base/err.h"
#include "base/mem.h"

#define ELSEWHERE_NS INT64_C(400000000)
#define HERE_NS      INT64_C(20000000)
/* The last messages with the same bytes: more cannot be open at once. */
#define OPEN 4

struct open {
	uint32_t message; /* JOIN_NONE: none */
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

struct join_same {
	struct map *twins; /* hash of the bytes → struct twin */
	struct map *flows; /* addresses → struct flow */
	struct map *seen;  /* message and flow → time, while looking */
};

int
join_same_create(struct join_same **sp)
{
	struct join_same *s = mem_zalloc(1, sizeof(*s));
	int err = s != NULL ? 0 : ERR_NOMEM;

	*sp = s;
	if (err == 0 && (err = map_create(&s->twins)) == 0 &&
	    (err = map_create(&s->flows)) == 0)
		err = map_create(&s->seen);
	return err;
}

void
join_same_destroy(struct join_same *s)
{
	if (s == NULL)
		return;
	map_destroy_all(s->twins);
	map_destroy_all(s->flows);
	map_destroy_all(s->seen);
	mem_free(s);
}

/* ---- what is seen twice ---- */

struct flow_key {
	uint8_t src[16], dst[16];
	uint16_t ports[2];
};

static int
flow_of(struct join_same *s, const struct capture_message *c, struct flow **f)
{
	struct flow_key key = { .ports = { c->src.port, c->dst.port } };
	struct str k = { (const char *)&key, sizeof(key) };
	int err;

	memcpy(key.src, c->src.ip, sizeof(key.src));
	memcpy(key.dst, c->dst.ip, sizeof(key.dst));
	*f = map_get(s->flows, k);
	if (*f != NULL)
		return 0;
	*f = mem_zalloc(1, sizeof(**f));
	if (*f == NULL)
		return ERR_NOMEM;
	(*f)->number = map_count(s->flows);
	err = map_put(s->flows, k, *f);
	if (err != 0)
		mem_free(*f);
	return err;
}

/* When the same message went the same way before, into *OLD; INT64_MIN where it
 * never did. */
static int
last_time(struct join_same *s, const struct flow *f,
    const struct capture_message *c, int64_t *old)
{
	uint64_t key[3] = { str_hash(c->bytes), c->bytes.n, f->number };
	struct str k = { (const char *)key, sizeof(key) };
	int64_t *t = map_get(s->seen, k);
	int err;

	*old = t != NULL ? *t : INT64_MIN;
	if (t != NULL) {
		*t = c->t;
		return 0;
	}
	t = mem_alloc(sizeof(*t));
	if (t == NULL)
		return ERR_NOMEM;
	*t = c->t;
	err = map_put(s->seen, k, t);
	if (err != 0)
		mem_free(t);
	return err;
}

int
join_same_look(struct join_same *s, const struct capture_message *c)
{
	int64_t old;
	struct flow *f;
	int err = flow_of(s, c, &f);

	if (err == 0)
		err = last_time(s, f, c, &old);
	if (err != 0)
		return err;
	f->messages++;
	/* Unsigned: the times are anybody's. */
	if (old != INT64_MIN &&
	    (uint64_t)c->t - (uint64_t)old <= (uint64_t)HERE_NS)
		f->twice++;
	return 0;
}

/* ---- sightings ---- */

static int
find_twin(struct join_same *s, const struct join_message *m,
    const struct capture_message *c, struct twin **twin)
{
	uint64_t key[3] = { str_hash(c->bytes), c->bytes.n, m->tcp };
	struct str k = { (const char *)key, sizeof(key) };
	int err;

	*twin = map_get(s->twins, k);
	if (*twin != NULL)
		return 0;
	*twin = mem_zalloc(1, sizeof(**twin));
	if (*twin == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < OPEN; i++)
		(*twin)->open[i].message = JOIN_NONE;
	err = map_put(s->twins, k, *twin);
	if (err != 0)
		mem_free(*twin);
	return err;
}

/* Both ends alike, or one of them behind a NAT. */
static bool
goes_alike(const struct join_message *a, const struct join_message *b)
{
	if (a->src == b->dst && a->dst == b->src)
		return a->src == a->dst;
	return a->src == b->src || a->dst == b->dst;
}

/* M, seen at the place of bit SEEN, is what O stands for; MIRRORED: what goes
 * its way is seen twice. */
static bool
is_it(const struct join *j, const struct open *o, const struct join_message *m,
    uint64_t seen, bool mirrored)
{
	const struct join_message *old;
	int64_t after;

	if (o->message == JOIN_NONE)
		return false;
	old = &j->m[o->message];
	after = m->t - old->t;
	if (!goes_alike(old, m))
		return false;
	if ((o->places & seen) == 0)
		return after <= ELSEWHERE_NS;
	return mirrored && after <= HERE_NS;
}

int
join_same_find(struct join_same *s, struct join *j,
    const struct join_message *m, const struct capture_message *c, uint32_t *of)
{
	uint64_t seen = UINT64_C(1) << (c->place < 63 ? c->place : 63);
	struct open *last;
	struct twin *twin;
	struct flow *flow;
	bool mirrored;
	int err;

	*of = JOIN_NONE;
	if ((err = find_twin(s, m, c, &twin)) != 0 ||
	    (err = flow_of(s, c, &flow)) != 0)
		return err;
	mirrored = flow->twice * 3 >= flow->messages;
	/* The oldest first: its copies come before its successors'. */
	for (unsigned i = 0; i < OPEN; i++) {
		struct open *o = &twin->open[(twin->next + i) % OPEN];

		if (!is_it(j, o, m, seen, mirrored))
			continue;
		o->places |= seen;
		*of = o->message;
		return 0;
	}
	last = &twin->open[twin->next];
	twin->next = (twin->next + 1) % OPEN;
	/* It will be the next in the list. */
	*last = (struct open){ (uint32_t)j->n, seen };
	return 0;
}
