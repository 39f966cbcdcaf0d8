/*
 * Calls that are shown as one line: which rows belong to them, who called whom,
 * and that line.
 */
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "ladder/ladder_screen_in.h"
#include "words/time_words.h"

const struct ladder_fold *
ladder_fold_of(const struct ladder_screen *s, size_t row)
{
	if (s->fold_of == NULL || s->fold_of[row] == 0)
		return NULL;
	return &s->folds[s->fold_of[row] - 1];
}

bool
ladder_is_hidden(const struct ladder_screen *s, size_t row)
{
	return s->place[row].to == PLACE_HIDDEN;
}

static void
begin_fold(struct ladder_fold *f, const struct layout *l, size_t row)
{
	const struct layout_row *r = &l->rows[row];

	*f = (struct ladder_fold){ .head = row,
		.from = r->from,
		.to = r->to,
		.reached = row,
		.t = r->t,
		.seq = r->seq };
}

/* The message that R passes on, or what that repeats, is ROW. */
static bool
passes_on(const struct layout *l, const struct layout_row *r, size_t row)
{
	size_t of = r->fwd;

	if (of != LAYOUT_NONE && l->rows[of].first != LAYOUT_NONE)
		of = l->rows[of].first;
	return of == row;
}

static void
add_to_fold(struct ladder_fold *f, const struct layout *l, size_t row)
{
	const struct layout_row *r = &l->rows[row];

	f->messages += 1 + r->folded;
	if (!r->discarded)
		f->lost += r->lost ? 1 + r->folded : r->gone;
	if (r->t_end > f->t_end)
		f->t_end = r->t_end;
	f->end_seq = r->end_seq > r->seq ? r->end_seq : r->seq;
	/* The first request's way, as far as somebody passed it on. */
	if (row != f->head && passes_on(l, r, f->reached) &&
	    r->arrow == TRACE_ARROW_REQUEST) {
		f->reached = row;
		f->to = r->to;
	}
}

/* The number of the fold of CALL, begun at ROW if it has not appeared; 0 where
 * it is not to be folded. */
static uint32_t
find_fold_number(struct ladder_screen *s, const struct map *calls, size_t row)
{
	struct ladder_fold *f = map_get(calls, s->l->rows[row].call);

	if (f == NULL)
		return 0;
	if (f->messages == 0)
		begin_fold(f, s->l, row);
	add_to_fold(f, s->l, row);
	return (uint32_t)(f - s->folds) + 1;
}

/* A hidden node takes nothing away from what is said of a call. */
static void
add_left(const struct layout *l, const struct map *calls)
{
	for (size_t i = 0; i < l->nleft; i++) {
		struct ladder_fold *f = map_get(calls, l->left[i].call);

		if (f == NULL || f->messages == 0)
			continue;
		f->messages += l->left[i].messages;
		f->lost += l->left[i].lost;
	}
}

static int
name_calls(struct ladder_screen *s, struct map *calls,
    const struct ladder_screen_options *o)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < o->nfolded; i++)
		err = map_put(calls, o->folded[i], &s->folds[i]);
	return err;
}

int
ladder_fold_calls(
    struct ladder_screen *s, const struct ladder_screen_options *o)
{
	const struct layout *l = s->l;
	struct map *calls = NULL;
	int err;

	if (o->nfolded == 0 || l->ncolumns == 0 || o->nfolded >= UINT32_MAX)
		return 0;
	s->folds = mem_zalloc(o->nfolded, sizeof(*s->folds));
	s->fold_of = mem_zalloc(l->nrows, sizeof(*s->fold_of));
	if (s->folds == NULL || s->fold_of == NULL)
		return ERR_NOMEM;
	if ((err = map_create(&calls)) == 0)
		err = name_calls(s, calls, o);
	for (size_t i = 0; err == 0 && i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];

		if (r->item == LAYOUT_MESSAGE && r->call.n > 0)
			s->fold_of[i] = find_fold_number(s, calls, i);
		else if (r->item == LAYOUT_TIMER && r->since < i)
			s->fold_of[i] = s->fold_of[r->since];
	}
	if (err == 0)
		add_left(l, calls);
	map_destroy(calls);
	return err;
}

static void
put_fold(
    const struct ladder_view *v, const struct ladder_fold *f, struct buf *b)
{
	const struct layout *l = v->s->l;

	buf_str(b, l->columns[f->from].name);
	buf_puts(b, v->ascii ? " -> " : " → ");
	buf_str(b, l->columns[f->to].name);
	/* TRANSLATORS: "alice → bob" and "12 messages" */
	buf_puts(b, _(": "));
	if (f->messages == 1)
		buf_puts(b, _("1 message"));
	else
		buf_printf(b, _("%zu messages"), f->messages);
	/* TRANSLATORS: between "12 messages" and "2.5 s" */
	buf_puts(b, _(", "));
	time_put_length(b, f->t_end - f->t);
	if (f->lost > 0) {
		buf_puts(b, _(", "));
		buf_printf(b, _("%zu lost"), f->lost);
	}
	buf_puts(b, v->ascii ? " >" : " ▸");
}

void
ladder_draw_fold(const struct ladder_view *v, const struct ladder_fold *f)
{
	size_t line = v->s->place[f->head].from, at = v->s->x[v->s->first] + 3;
	unsigned flags = ladder_flags(v, f->head);
	struct buf b = BUF_INIT;

	put_fold(v, f, &b);
	ladder_draw_band(v, line, flags);
	ladder_draw_band_text(v, at, line, buf_view(&b), SIZE_MAX, flags);
	buf_free(&b);
}
