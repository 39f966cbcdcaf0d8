/*
 * What is not shown because a node is hidden is counted all the same, by call:
 * who sees a call as one line wants to know how many messages it took.
 */
#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "ladder/layout_in.h"

/* How a message fares, below its call in `left_of`. */
enum fate { SENT, ARRIVED, LOST, FATES = 4 };

void
layout_left_free(struct layout_making *m)
{
	map_destroy(m->left_by);
	mem_free(m->left_of);
}

/* The place of CALL, made where there is none. */
static int
place_of_call(struct layout_making *m, struct str call, size_t *place)
{
	uintptr_t there = (uintptr_t)map_get(m->left_by, call);
	struct layout *l = m->l;
	struct layout_left *left;
	int err;

	*place = there != 0 ? there - 1 : l->nleft;
	if (there != 0)
		return 0;
	if (ARRAY_ROOM(&l->left, &m->cap_left, l->nleft + 1) != 0)
		return ERR_NOMEM;
	left = &l->left[l->nleft];
	*left = (struct layout_left){ .messages = 0 };
	left->call = layout_keep(m, call);
	err = map_put(m->left_by, call, (void *)(l->nleft + 1));
	l->nleft += err == 0;
	return err;
}

int
layout_left_send(
    struct layout_making *m, const struct trace_rec *rec, struct str call)
{
	size_t place;
	int err = 0;

	if (call.n == 0)
		return 0;
	if (m->left_by == NULL)
		err = map_create(&m->left_by);
	if (err == 0 && m->left_of == NULL &&
	    (m->left_of = mem_zalloc(
		 (size_t)m->count + 1, sizeof(*m->left_of))) == NULL)
		err = ERR_NOMEM;
	if (err == 0)
		err = place_of_call(m, call, &place);
	if (err != 0)
		return err;
	m->l->left[place].messages++;
	m->left_of[rec->seq] = (place + 1) * FATES + SENT;
	return 0;
}

/* The fate of the message that REC, a recv or drop, is about; NULL where that
 * is shown, or none. */
static uint64_t *
fate_of(struct layout_making *m, const struct trace_rec *rec)
{
	int64_t of = trace_int(rec, "of", 0);

	if (m->left_of == NULL || of <= 0 || (uint64_t)of >= rec->seq ||
	    m->left_of[of] == 0)
		return NULL;
	return &m->left_of[of];
}

void
layout_left_recv(struct layout_making *m, const struct trace_rec *rec)
{
	uint64_t *fate = fate_of(m, rec);

	if (fate == NULL)
		return;
	/* One copy got through where another was lost. */
	if (*fate % FATES == LOST)
		m->l->left[*fate / FATES - 1].lost--;
	*fate = *fate / FATES * FATES + ARRIVED;
}

void
layout_left_drop(struct layout_making *m, const struct trace_rec *rec)
{
	uint64_t *fate = fate_of(m, rec);
	enum trace_drop reason =
	    trace_drop_find(trace_str(rec, "reason", &m->name));

	if (fate == NULL || *fate % FATES != SENT || layout_discards(reason))
		return;
	m->l->left[*fate / FATES - 1].lost++;
	*fate = *fate / FATES * FATES + LOST;
}
