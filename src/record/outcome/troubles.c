/* The list of calls that did not go well. */
#include "outcome/troubles.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/array.h"
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"

struct troubles {
	struct trouble *list;
	size_t n, cap;
	struct map *found; /* by file and sentence: 1 + the place in LIST */
	struct arena *texts;
	uint64_t calls, judged;
};

int
troubles_create(struct troubles **out)
{
	struct troubles *tr = mem_zalloc(1, sizeof(*tr));

	*out = NULL;
	if (tr == NULL)
		return ERR_NOMEM;
	if (map_create(&tr->found) != 0 || arena_create(&tr->texts) != 0) {
		troubles_destroy(tr);
		return ERR_NOMEM;
	}
	*out = tr;
	return 0;
}

void
troubles_destroy(struct troubles *tr)
{
	if (tr == NULL)
		return;
	map_destroy(tr->found);
	arena_destroy(tr->texts);
	mem_free(tr->list);
	mem_free(tr);
}

/* The text of B, which is emptied; without memory B's err says so. */
static struct str
keep(struct troubles *tr, struct buf *b)
{
	struct str kept = { arena_str(tr->texts, buf_view(b)), b->n };
	int err = kept.p != NULL ? b->err : ERR_NOMEM;

	buf_clear(b);
	b->err = err;
	return kept;
}

/* Record numbers of the file, not of a part of it. */
static void
put_proof(const struct outcome *o, uint64_t before, struct buf *b)
{
	struct outcome whole = *o;

	for (size_t i = 0; i < whole.nproof; i++)
		whole.proof[i] += before;
	outcome_put_proof(&whole, b);
}

static int
add_trouble(struct troubles *tr, const struct outcome *o, unsigned file,
    uint64_t before, const struct buf *key)
{
	LOCAL_BUF b = BUF_INIT;
	struct trouble *one;
	int err;

	if (ARRAY_ROOM(&tr->list, &tr->cap, tr->n + 1) != 0)
		return ERR_NOMEM;
	one = &tr->list[tr->n];
	*one = (struct trouble){ .id = o->id,
		.seq = before + (o->nproof > 0 ? o->proof[0] : o->first),
		.file = file,
		.count = 1 };
	outcome_put_sentence(o, &b);
	one->sentence = keep(tr, &b);
	put_proof(o, before, &b);
	one->proof = keep(tr, &b);
	outcome_put_next(o, &b);
	one->next = keep(tr, &b);
	buf_str(&b, o->call_id);
	one->call_id = keep(tr, &b);
	err = b.err;
	if (err == 0)
		err = map_put(
		    tr->found, buf_view(key), (void *)(uintptr_t)(tr->n + 1));
	tr->n += err == 0;
	return err;
}

int
troubles_add(struct troubles *tr, const struct outcomes *o, unsigned file,
    uint64_t before, const struct map *only)
{
	LOCAL_BUF key = BUF_INIT;
	int err = 0;

	tr->judged += outcomes_count(o);
	for (size_t i = 0; err == 0 && i < outcomes_count(o); i++) {
		const struct outcome *one = outcomes_at(o, i);
		uintptr_t at;

		if (outcome_level(one) != OUTCOME_TROUBLE ||
		    (only != NULL && map_get(only, one->call_id) == NULL))
			continue;
		tr->calls++;
		buf_clear(&key);
		buf_printf(&key, "%u ", file);
		outcome_put_sentence(one, &key);
		at = (uintptr_t)map_get(tr->found, buf_view(&key));
		if (at != 0)
			tr->list[at - 1].count++;
		else
			err = add_trouble(tr, one, file, before, &key);
	}
	return err != 0 ? err : key.err;
}

static int
compare(const void *a, const void *b)
{
	const struct trouble *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	if (x->file != y->file)
		return x->file < y->file ? -1 : 1;
	return x->seq < y->seq ? -1 : x->seq > y->seq;
}

void
troubles_sort(struct troubles *tr)
{
	if (tr->n > 1)
		qsort(tr->list, tr->n, sizeof(*tr->list), compare);
}

size_t
troubles_count(const struct troubles *tr)
{
	return tr->n;
}

const struct trouble *
troubles_at(const struct troubles *tr, size_t i)
{
	return &tr->list[i];
}

uint64_t
troubles_calls(const struct troubles *tr)
{
	return tr->calls;
}

uint64_t
troubles_judged(const struct troubles *tr)
{
	return tr->judged;
}
