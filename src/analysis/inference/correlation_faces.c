/*
 * What a node makes of a call that has come to it, shown by what it does in one
 * instant: it gives the status to its caller that it has got, and acknowledges,
 * in a call that it has begun with the same caller and target.  Such calls are
 * legs of one.  If they have different addresses, as at a session border
 * controller with one in each of its networks (RFC 5853), these are one node,
 * unless one of them begins calls without that, has a name of its own, or
 * exchanges messages with the other.
 */
#include "inference/correlation.h"

#include <stdlib.h>

#include "base/array.h"

/* The first is one instant; within the other a request has got to a node, and
 * left from it. */
#define FACES_INSTANT_NS INT64_C(1000000)
#define FACES_WAY_NS     INT64_C(100000000)

/* A call that came to a node, and one that left, perhaps from another. */
enum { CAME, LEFT };

struct face_relay {
	uint32_t call[2], node[2];
	/* The last response to the INVITE, and when the node sent, or had it.
	 */
	unsigned status[2];
	int64_t at[2];
	bool doubtful; /* other calls were like these */
	bool proved;
	struct face_relay *before; /* in the same row */
};

/* The last INVITE with a caller and a target. */
struct face_invite {
	uint32_t message; /* from 1 */
	/* Of the row of INVITEs that it belongs to: the last relay; that one of
	 * them has two addresses; that there is more than one call. */
	struct face_relay *relay;
	bool crossed, several;
};

struct faces {
	struct map *invites; /* hash of who calls whom → struct face_invite */
	struct map *relays[2];     /* call, by side → struct face_relay */
	struct face_relay **fresh; /* proved by the messages at hand */
	size_t nfresh, fresh_cap;
	uint32_t (*pairs)[2]; /* nodes of proved ones */
	size_t npairs, pairs_cap;
};

void
faces_destroy(struct faces *f)
{
	if (f == NULL)
		return;
	map_destroy_all(f->invites);
	map_destroy_all(f->relays[LEFT]);
	map_destroy(f->relays[CAME]);
	mem_free(f->fresh);
	mem_free(f->pairs);
	mem_free(f);
}

int
faces_create(struct faces **fp)
{
	struct faces *f = mem_zalloc(1, sizeof(*f));
	int err;

	*fp = f;
	if (f == NULL)
		return ERR_NOMEM;
	if ((err = map_create(&f->invites)) == 0 &&
	    (err = map_create(&f->relays[LEFT])) == 0)
		err = map_create(&f->relays[CAME]);
	return err;
}

static int
faces_note_relay(struct faces *f, struct face_invite *v,
    const struct correlation_message *came,
    const struct correlation_message *left)
{
	struct face_relay *r =
	    key_value(f->relays[LEFT], BYTES_OF(left->call), sizeof(*r));

	if (r == NULL)
		return ERR_NOMEM;
	if (r->call[LEFT] != 0)
		return 0;
	*r = (struct face_relay){ .call = { came->call, left->call },
		.node = { came->dst, left->src },
		.before = v->relay };
	v->relay = r;
	v->crossed |= came->dst != left->src;
	return map_put(f->relays[CAME], BYTES_OF(came->call), r);
}

/* INVITE I, outside of a dialog. */
static int
faces_note_invite(struct correlation *co, size_t i)
{
	const struct correlation_message *m = &co->m[i], *came = m;
	struct face_invite *v =
	    key_value(co->faces->invites, BYTES_OF(m->reason), sizeof(*v));
	uint32_t before = v != NULL ? v->message : 0;

	if (v == NULL)
		return ERR_NOMEM;
	v->message = (uint32_t)i + 1;
	if (before != 0)
		came = &co->m[before - 1];
	if (before == 0 || m->t - came->t_last > FACES_WAY_NS) {
		*v = (struct face_invite){ .message = v->message };
		co->nodes[m->src].apart |=
		    m->nvias == 1 && co->calls[m->call].invite == i;
		return 0;
	}
	if (came->call == m->call && came->from_tag == m->from_tag)
		return 0;
	v->several |= came->dst != m->src && (m->nvias > 1 || v->crossed);
	for (struct face_relay *r = v->relay; v->several && r != NULL;
	     r = r->before)
		r->doubtful = true;
	return v->several || m->nvias > 1
		   ? 0
		   : faces_note_relay(co->faces, v, came, m);
}

static int
faces_prove(struct faces *f, struct face_relay *r)
{
	if (ARRAY_ROOM(&f->fresh, &f->fresh_cap, f->nfresh + 1) != 0 ||
	    ARRAY_ROOM(&f->pairs, &f->pairs_cap, f->npairs + 1) != 0)
		return ERR_NOMEM;
	r->proved = true;
	f->fresh[f->nfresh++] = r;
	if (r->node[CAME] == r->node[LEFT])
		return 0;
	for (size_t i = 0; i < f->npairs; i++)
		if (memcmp(f->pairs[i], r->node, sizeof(r->node)) == 0)
			return 0;
	memcpy(f->pairs[f->npairs++], r->node, sizeof(r->node));
	return 0;
}

/* A response to an INVITE, its ACK or PRACK. */
static int
faces_note_other(struct faces *f, const struct correlation_message *m)
{
	int err = 0;

	for (int side = CAME; err == 0 && side <= LEFT; side++) {
		struct face_relay *r =
		    map_get(f->relays[side], BYTES_OF(m->call));
		bool sent = (side == CAME) == (m->status != 0);

		if (r == NULL || (side == CAME && m->status == 0) ||
		    r->node[side] != (sent ? m->src : m->dst))
			continue;
		r->at[side] = sent ? m->t : m->t_last;
		if (m->status != 0)
			r->status[side] = m->status;
		if (!r->proved && !r->doubtful && r->status[CAME] > 100 &&
		    r->status[CAME] == r->status[LEFT] &&
		    llabs(r->at[CAME] - r->at[LEFT]) <= FACES_INSTANT_NS)
			err = faces_prove(f, r);
	}
	return err;
}

/* Gives each node of the pairs its first address. */
static void
faces_join(const struct correlation *co, uint32_t *same)
{
	const struct faces *f = co->faces;

	for (uint32_t i = 0; i < co->nnodes; i++)
		same[i] = i;
	for (size_t i = 0; i < f->npairs; i++) {
		uint32_t a = same[f->pairs[i][0]], b = same[f->pairs[i][1]];

		if (co->nodes[f->pairs[i][0]].apart ||
		    co->nodes[f->pairs[i][1]].apart)
			continue;
		for (uint32_t k = 0; k < co->nnodes; k++)
			if (same[k] == (a < b ? b : a))
				same[k] = a < b ? a : b;
	}
}

/* Nodes that exchange messages are none of one another's addresses; true where
 * there are such. */
static bool
faces_part(struct correlation *co, const uint32_t *same, size_t to)
{
	bool any = false;

	for (size_t i = 0; i < to; i++) {
		const struct correlation_message *m = &co->m[i];

		if (m->src == m->dst || same[m->src] != same[m->dst])
			continue;
		co->nodes[m->src].apart = co->nodes[m->dst].apart = any = true;
	}
	return any;
}

/* Nodes of which SAME says another become one; so do they in the messages FROM
 * to TO. */
static void
faces_apply(
    struct correlation *co, const uint32_t *same, size_t from, size_t to)
{
	for (uint32_t i = 0; i < co->nnodes; i++) {
		struct correlation_node *n = &co->nodes[i];

		co->amended |=
		    n->same != same[i] &&
		    (co->nodes[n->same].used || co->nodes[same[i]].used);
		co->nodes[same[i]].faces |= same[i] != i;
		n->same = same[i];
	}
	for (size_t i = from; i < to; i++) {
		co->m[i].src = same[co->m[i].src];
		co->m[i].dst = same[co->m[i].dst];
	}
}

/* Notes the calls that are proved to be at one node. */
static void
faces_relate_calls(struct correlation *co)
{
	struct faces *f = co->faces;

	for (size_t i = 0; i < f->nfresh; i++) {
		const struct face_relay *r = f->fresh[i];
		struct correlation_call *c = &co->calls[r->call[LEFT]];

		if (co->nodes[r->node[CAME]].same !=
			co->nodes[r->node[LEFT]].same ||
		    r->call[CAME] == r->call[LEFT])
			continue;
		c->made_of = r->call[CAME];
		co->calls[r->call[CAME]].made = r->call[LEFT];
		co->amended |= c->first < co->settled;
	}
	f->nfresh = 0;
}

static int
faces_read(struct correlation *co, size_t from, size_t to)
{
	int err = 0;

	for (size_t i = from; err == 0 && i < to; i++) {
		const struct correlation_message *m = &co->m[i];

		if (m->call == 0)
			continue;
		if (m->method == MSG_INVITE && m->status == 0 && m->reason != 0)
			err = faces_note_invite(co, i);
		else if ((m->method == MSG_INVITE && m->status > 100) ||
			 (m->status == 0 &&
			     (m->method == MSG_ACK || m->method == MSG_PRACK)))
			err = faces_note_other(co->faces, m);
	}
	return err;
}

int
correlation_find_faces(struct correlation *co, size_t from, size_t to)
{
	int err = faces_read(co, from, to);
	uint32_t *same;

	if (err == 0 && co->faces->npairs > 0) {
		same = mem_zalloc(co->nnodes, sizeof(*same));
		if (same == NULL)
			return ERR_NOMEM;
		do
			faces_join(co, same);
		while (faces_part(co, same, to));
		faces_apply(co, same, from, to);
		mem_free(same);
	}
	if (err == 0)
		faces_relate_calls(co);
	return err;
}
