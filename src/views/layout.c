/*
 * Making a ladder: the order in which its parts are made, and what holds its
 * strings.  Rows come first, since they say which nodes take part; then the
 * columns; then everything gets its place.
 */
#include "views/layout.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "views/layout_in.h"

#include <string.h>

const char *
layout_item_name(enum layout_item item)
{
	static const char *const names[] = {
#define X(id, name) name,
		LAYOUT_ITEMS(X)
#undef X
	};

	return names[item];
}

static const struct {
	const char *name, *text;
} kinds[] = {
#define X(id, name, text) { name, text },
	LAYOUT_KINDS(X)
#undef X
};

const char *
layout_kind_name(enum layout_kind kind)
{
	return kinds[kind].name;
}

const char *
layout_kind_text(enum layout_kind kind)
{
	return i18n_text(kinds[kind].text);
}

#define STORE_BLOCK 16384

struct block {
	struct block *next;
	size_t used, size;
	char bytes[];
};

struct layout_store {
	struct block *blocks;
	struct map *known;
};

int
layout_store_create(struct layout_store **out)
{
	struct layout_store *s = mem_zalloc(1, sizeof(*s));

	*out = s;
	if (s == NULL)
		return ERR_NOMEM;
	return map_create(&s->known);
}

void
layout_store_destroy(struct layout_store *s)
{
	if (s == NULL)
		return;
	while (s->blocks != NULL) {
		struct block *b = s->blocks;

		s->blocks = b->next;
		mem_free(b);
	}
	map_destroy(s->known);
	mem_free(s);
}

int
layout_keep(struct layout_store *s, struct str text, struct str *kept)
{
	struct block *b = s->blocks;
	char *p;

	*kept =
	    (struct str){ text.n > 0 ? map_get(s->known, text) : "", text.n };
	if (kept->p != NULL)
		return 0;
	if (b == NULL || b->size - b->used < text.n) {
		size_t size = text.n > STORE_BLOCK ? text.n : STORE_BLOCK;

		b = mem_alloc(sizeof(*b) + size);
		if (b == NULL)
			return ERR_NOMEM;
		*b = (struct block){ .next = s->blocks, .size = size };
		s->blocks = b;
	}
	p = b->bytes + b->used;
	memcpy(p, text.p, text.n);
	b->used += text.n;
	kept->p = p;
	return map_put(s->known, text, p);
}

static void
free_making(struct layout_making *m)
{
	layout_rows_free(m);
	layout_labels_free(m);
	map_destroy(m->nodes);
	mem_free(m->wanted);
	mem_free(m->msg);
	buf_free(&m->text);
	buf_free(&m->name);
}

static int
make(struct layout_making *m)
{
	const struct trace_head *head = trace_head(m->trace);
	struct layout *l = m->l;
	int err;

	if ((err = layout_store_create(&l->store)) != 0 ||
	    (err = layout_keep(l->store, head->title, &l->title)) != 0)
		return err;
	l->seed = head->seed;
	l->complete = trace_complete(m->trace);
	if (l->complete) {
		struct trace_rec end;

		trace_get(m->trace, trace_count(m->trace), &end);
		l->failed =
		    str_is(trace_str(&end, "reason", &m->name), "error");
	}
	if ((err = layout_columns_begin(m)) != 0 ||
	    (err = layout_rows_make(m)) != 0 ||
	    (err = layout_rows_link(m)) != 0 ||
	    (err = layout_bars_make(m)) != 0 ||
	    (err = layout_columns_end(m)) != 0)
		return err;
	if (m->o->call != NULL && !m->call_seen)
		return diag_set(m->diag, ERR_NOTFOUND, NULL, 0,
		    _("no message of this trace has the Call-ID “%s”"),
		    m->o->call);
	return layout_place(l, m->o);
}

int
layout_create(struct layout **out, const struct trace *t,
    const struct layout_options *o, struct diag *d)
{
	const struct layout_options plain = LAYOUT_OPTIONS;
	struct layout_making m = { .trace = t,
		.o = o != NULL ? o : &plain,
		.diag = d,
		.text = BUF_INIT,
		.name = BUF_INIT };
	int err = ERR_NOMEM;

	*out = NULL;
	m.l = mem_zalloc(1, sizeof(*m.l));
	m.msg = mem_alloc(sizeof(*m.msg));
	if (m.l != NULL && m.msg != NULL)
		err = make(&m);
	free_making(&m);
	if (err != 0) {
		layout_destroy(m.l);
		return err;
	}
	*out = m.l;
	return 0;
}

void
layout_destroy(struct layout *l)
{
	if (l == NULL)
		return;
	mem_free(l->columns);
	mem_free(l->domains);
	mem_free(l->rows);
	mem_free(l->bars);
	mem_free(l->ticks);
	mem_free(l->gaps);
	layout_store_destroy(l->store);
	mem_free(l);
}

const char *
layout_warning(const struct layout *l)
{
	if (!l->complete)
		return _("The trace is incomplete: its end is missing.");
	return l->failed ? _("The run ended with an error.") : NULL;
}

size_t
layout_row_at(const struct layout *l, uint64_t seq)
{
	size_t best = LAYOUT_NONE;

	for (size_t i = 0; i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];

		if (r->seq == seq || (r->end_seq == seq && seq != 0))
			return i;
		if (r->seq < seq)
			best = i;
	}
	return best;
}

struct str
layout_node_label(const struct trace_node *n)
{
	/* "px proxy" is a label for a drawing that says no roles. */
	if (n->label.n == 0 ||
	    (n->label.n > n->name.n && n->label.p[n->name.n] == ' ' &&
		memcmp(n->label.p, n->name.p, n->name.n) == 0))
		return n->name;
	return n->label;
}

void
layout_put_refusal(struct buf *b, const struct trace_rec *rec)
{
	struct buf scratch = BUF_INIT;
	struct str fault = trace_str(rec, "fault", &scratch), at;
	enum trace_refusal refusal = trace_refusal_find(fault);
	unsigned f = 0;

	while (f < MSG_FAULT_COUNT && !str_is(fault, msg_fault_name(f)))
		f++;
	if (f < MSG_FAULT_COUNT)
		buf_puts(b, msg_fault_text(f));
	at = trace_str(rec, "at", &scratch);
	if (at.n == 0)
		at = trace_str(rec, "reason", &scratch);
	if (f < MSG_FAULT_COUNT && at.n > 0)
		buf_puts(b, ": ");
	utf8_add_safe(b, utf8_clip(str_trim(at), 60));
	if (refusal != TRACE_REFUSAL_COUNT)
		buf_printf(b, "%s%s", at.n > 0 ? ": " : "",
		    trace_refusal_text(refusal));
	else if (f == MSG_FAULT_COUNT && at.n == 0) {
		fault = trace_str(rec, "fault", &scratch);
		utf8_add_safe(b, fault.n > 0 ? fault : STR("?"));
	}
	if (scratch.err != 0)
		b->err = scratch.err;
	buf_free(&scratch);
}

void
layout_time_fine(struct buf *b, int64_t t, unsigned decimals)
{
	int64_t unit = decimals == 9 ? 1 : decimals == 6 ? 1000 : 1000000;
	int64_t second = 1000000000 / unit;

	/* Rounded down: a time is never shown before it has come. */
	t = t < 0 ? 0 : t / unit;
	buf_printf(b, "%lld.%0*lld", (long long)(t / second), (int)decimals,
	    (long long)(t % second));
}

void
layout_time(struct buf *b, int64_t t)
{
	layout_time_fine(b, t, 3);
}

void
layout_length(struct buf *b, int64_t ns)
{
	static const struct {
		int64_t unit;
		const char *name;
	} units[] = {
		{ 1000000000, "s" },
		{ 1000000, "ms" },
		{ 1000, "µs" },
		{ 1, "ns" },
	};
	size_t u = 0;
	int64_t whole, rest;

	while (u < 3 && ns < units[u].unit && ns > -units[u].unit)
		u++;
	if (ns == 0)
		u = 1;
	whole = ns / units[u].unit;
	rest = ns % units[u].unit;
	buf_i64(b, whole);
	if (rest < 0)
		rest = -rest;
	/* Up to three decimals, without zeros at the end. */
	if (rest > 0 && u < 3) {
		int thousandths = (int)(rest / (units[u].unit / 1000));
		char digits[8];
		size_t n;

		digits[0] = (char)('0' + thousandths / 100);
		digits[1] = (char)('0' + thousandths / 10 % 10);
		digits[2] = (char)('0' + thousandths % 10);
		for (n = 3; n > 0 && digits[n - 1] == '0'; n--)
			;
		if (n > 0)
			buf_putc(b, '.');
		buf_add(b, digits, n);
	}
	buf_printf(b, " %s", units[u].name);
}
