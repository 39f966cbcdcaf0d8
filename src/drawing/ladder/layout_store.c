/*
 * What a ladder holds beside its rows: its strings, each once, and which row a
 * record made or ended.
 */
#include <stdlib.h>

#include "base/bisect.h"
#include "base/err.h"
#include "base/mem.h"
#include "ladder/layout_in.h"

struct layout_store {
	struct map *strings;
	struct layout_order ends; /* rows by `end_seq`, and by the records of
				   * rows folded into them */
};

int
layout_store_create(struct layout_store **out)
{
	struct layout_store *s = mem_zalloc(1, sizeof(*s));

	*out = s;
	return s != NULL ? map_create(&s->strings) : ERR_NOMEM;
}

void
layout_store_destroy(struct layout_store *s)
{
	if (s == NULL)
		return;
	map_destroy(s->strings);
	mem_free(s->ends.list);
	mem_free(s);
}

struct str
layout_keep_text(struct layout_making *m, struct str text)
{
	struct str kept;

	(void)map_keep(m->l->store->strings, text, &kept);
	return kept;
}

int
layout_order_init(struct layout_order *o, size_t room)
{
	*o = (struct layout_order){ NULL, 0 };
	o->list = mem_realloc_array(NULL, room, sizeof(*o->list));
	return o->list != NULL ? 0 : ERR_NOMEM;
}

void
layout_order_add(struct layout_order *o, int64_t key, size_t row)
{
	o->list[o->n++] = (struct layout_ordered){ key, row };
}

static int
compare_ordered(const void *a, const void *b)
{
	const struct layout_ordered *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

void
layout_order_sort(struct layout_order *o)
{
	qsort(o->list, o->n, sizeof(*o->list), compare_ordered);
}

size_t
layout_order_find(const struct layout_order *o, int64_t key)
{
	size_t i;

	BISECT(i, 0, o->n, o->list[i].key < key);
	return i < o->n && o->list[i].key == key ? o->list[i].row : LAYOUT_NONE;
}

int
layout_note_folded(
    struct layout_making *m, const uint32_t *head, const uint32_t *final)
{
	struct layout *l = m->l;
	struct layout_order *ends = &l->store->ends;
	size_t room = l->nrows;

	for (size_t i = 0; i < l->nrows; i++)
		room += head[i] != i;
	if (layout_order_init(ends, room) != 0)
		return ERR_NOMEM;
	for (size_t i = 0; i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];

		if (head[i] == i || final[head[i]] == 0)
			continue;
		layout_order_add(ends, (int64_t)r->seq, final[head[i]] - 1);
		if (r->end_seq != 0)
			layout_order_add(
			    ends, (int64_t)r->end_seq, final[head[i]] - 1);
	}
	return 0;
}

/* There is room, from layout_note_folded. */
void
layout_order_ends(struct layout *l)
{
	struct layout_order *ends = &l->store->ends;

	for (size_t i = 0; i < l->nrows; i++)
		if (l->rows[i].end_seq != 0)
			layout_order_add(ends, (int64_t)l->rows[i].end_seq, i);
	layout_order_sort(ends);
}

size_t
layout_row_at(const struct layout *l, uint64_t seq)
{
	size_t i;
	size_t ended = layout_order_find(&l->store->ends, (int64_t)seq);

	/* Rows are in the order of their records. */
	BISECT(i, 0, l->nrows, l->rows[i].seq <= seq);
	if (i > 0 && l->rows[i - 1].seq == seq && i - 1 < ended)
		return i - 1;
	if (ended != LAYOUT_NONE)
		return ended;
	return i > 0 ? i - 1 : LAYOUT_NONE;
}

bool
layout_row_has(const struct layout *l, size_t row, uint64_t seq)
{
	return row < l->nrows &&
	       (l->rows[row].seq == seq ||
		   layout_order_find(&l->store->ends, (int64_t)seq) == row);
}
