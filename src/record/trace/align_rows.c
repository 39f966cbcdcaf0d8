/*
 * The rows of the alignment: A's messages in their order, B's between them
 * where they happened; and what differs between counterparts.
 */
#include "trace/align_in.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"
#include "msg/parts.h"
#include "trace/meaning.h"

/* Fields that are reported of one message at most. */
#define FIELDS_MOST 64
/* Bytes of a value that are kept. */
#define VALUE_MOST 512

struct fields {
	struct align_making *m;
	struct meaning *meaning;
	struct msg *a, *b;
	struct buf scratch_a, scratch_b, name;
	size_t n; /* of the present row */
};

static int
add_field(struct str name, struct str a, struct str b, void *arg)
{
	struct fields *f = arg;
	struct align *al = f->m->al;
	struct align_field *list;

	if (f->n == FIELDS_MOST)
		return 0;
	if (ARRAY_ROOM(&al->fields, &f->m->cap_fields, al->nfields + 1) != 0)
		return ERR_NOMEM;
	buf_clear(&f->name);
	if (name.n >= 2 && name.p[1] == '=')
		buf_puts(&f->name, "SDP ");
	buf_str(&f->name, str_slice(name, 0, 100));
	list = &al->fields[al->nfields];
	*list = (struct align_field){ .a = STR_NULL };
	if (f->name.err != 0 ||
	    map_keep(al->store->texts, buf_view(&f->name), &list->name) ||
	    (a.p != NULL && map_keep(al->store->texts,
				str_slice(a, 0, VALUE_MOST), &list->a) != 0) ||
	    (b.p != NULL && map_keep(al->store->texts,
				str_slice(b, 0, VALUE_MOST), &list->b) != 0))
		return ERR_NOMEM;
	al->nfields++;
	f->n++;
	return 0;
}

/* ---- words and addresses that correspond from the start ---- */

static int
add_user(struct fields *f, struct str aor_a, struct str aor_b)
{
	struct msg_uri a, b;
	int err;

	if (msg_uri_read(aor_a, &a) != 0 || msg_uri_read(aor_b, &b) != 0)
		return 0;
	err = meaning_add_word(f->meaning, a.user, b.user);
	return err != 0 ? err : meaning_add_word(f->meaning, a.host, b.host);
}

/* The node of B that A's NAME is. */
static struct str
name_in_b(const struct align_making *m, struct str name)
{
	for (size_t i = 0; i < m->o->nmaps; i++)
		if (str_is(name, m->o->maps[i].a))
			return str_of(m->o->maps[i].b);
	for (size_t i = 0; i < m->o->nmaps; i++)
		if (str_is(name, m->o->maps[i].b))
			return STR_NULL;
	return name;
}

static int
add_nodes(struct fields *f)
{
	const struct align *al = f->m->al;
	const struct trace_head *head = trace_head(al->a.trace);
	int err = 0;

	for (size_t i = 0; i < head->nnodes && err == 0; i++) {
		const struct trace_node *a = &head->nodes[i];
		const struct trace_node *b =
		    trace_find_node(al->b.trace, name_in_b(f->m, a->name));

		if (b == NULL)
			continue;
		err = meaning_add_word(f->meaning, a->name, b->name);
		if (err == 0)
			err = meaning_add_word(f->meaning, a->label, b->label);
		if (err == 0)
			err =
			    meaning_add_word(f->meaning, a->domain, b->domain);
		if (err == 0)
			err = add_user(f, a->aor, b->aor);
	}
	return err;
}

/* Whose the addresses are between which messages go. */
static int
add_addresses(struct fields *f, const struct align_side *side, bool in_b)
{
	struct buf scratch = BUF_INIT;
	int err = 0;

	for (size_t i = 0; i < side->n && err == 0; i++) {
		const struct align_message *m = &side->messages[i];
		struct trace_send s;
		struct trace_rec rec;

		trace_get(side->trace, m->seq, &rec);
		err = trace_get_send(&rec, &s, &scratch);
		if (err == 0)
			err = meaning_add_address(
			    f->meaning, in_b, s.src_addr, m->from);
		if (err == 0)
			err = meaning_add_address(
			    f->meaning, in_b, s.dst_addr, m->to);
	}
	buf_free(&scratch);
	return err;
}

static int
fields_begin(struct fields *f)
{
	int err = meaning_create(&f->meaning);

	f->a = mem_alloc(sizeof(*f->a));
	f->b = mem_alloc(sizeof(*f->b));
	if (f->a == NULL || f->b == NULL)
		err = ERR_NOMEM;
	if (err == 0)
		err = add_nodes(f);
	if (err == 0)
		err = add_addresses(f, &f->m->al->a, false);
	if (err == 0)
		err = add_addresses(f, &f->m->al->b, true);
	return err;
}

static void
fields_end(struct fields *f)
{
	meaning_destroy(f->meaning);
	mem_free(f->a);
	mem_free(f->b);
	buf_free(&f->scratch_a);
	buf_free(&f->scratch_b);
	buf_free(&f->name);
}

static int
compare_pair(struct fields *f, struct align_row *row)
{
	const struct align *al = f->m->al;
	struct trace_rec a, b;
	int err;

	trace_get(al->a.trace, al->a.messages[row->a].seq, &a);
	trace_get(al->b.trace, al->b.messages[row->b].seq, &b);
	msg_read(f->a, trace_bytes(&a, &f->scratch_a), NULL);
	msg_read(f->b, trace_bytes(&b, &f->scratch_b), NULL);
	if (f->scratch_a.err != 0 || f->scratch_b.err != 0)
		return ERR_NOMEM;
	row->field = al->nfields;
	f->n = 0;
	err = meaning_compare(f->meaning, f->a, f->b, add_field, f);
	row->nfields = f->n;
	return err;
}

/* ---- rows ---- */

static int
add_row(struct align_making *m, struct align_row row)
{
	struct align *al = m->al;

	if (ARRAY_ROOM(&al->rows, &m->cap_rows, al->nrows + 1) != 0)
		return ERR_NOMEM;
	al->rows[al->nrows++] = row;
	if (row.verdict != ALIGN_MOVED || row.place == ALIGN_IN_A)
		al->counts[row.verdict]++;
	return 0;
}

/* The row of A's message A and its counterpart. */
static int
add_pair(struct align_making *m, struct fields *f, size_t a)
{
	const struct align *al = m->al;
	struct align_row row = { .a = a, .b = m->a.mate[a] };
	int err = m->o->fields ? compare_pair(f, &row) : 0;

	row.fate = al->a.messages[row.a].fate != al->b.messages[row.b].fate;
	if (m->a.moved[a]) {
		row.verdict = ALIGN_MOVED;
		row.place = ALIGN_IN_A;
	} else if (row.fate || row.nfields > 0) {
		row.verdict = ALIGN_CHANGED;
	}
	return err != 0 ? err : add_row(m, row);
}

/* What B has up to before message END and A has not, or not there. */
static int
add_from_b(struct align_making *m, size_t *k, size_t end)
{
	int err = 0;

	for (; *k < end && err == 0; (*k)++) {
		struct align_row row = { .b = *k,
			.a = m->b.mate[*k],
			.place = ALIGN_IN_B,
			.verdict = ALIGN_EXTRA };

		if (m->b.mate[*k] != ALIGN_NONE)
			row.verdict = ALIGN_MOVED;
		if (m->b.mate[*k] == ALIGN_NONE || m->b.moved[*k])
			err = add_row(m, row);
	}
	return err;
}

/* STEADY[i]: message I of A and its counterpart keep their order against all
 * other pairs that are steady. */
static int
find_steady(struct align_making *m, bool *steady)
{
	size_t n = 0, *v = mem_zalloc(m->al->a.n + 1, sizeof(*v));
	bool *in = mem_zalloc(m->al->a.n + 1, sizeof(*in));
	int err = v == NULL || in == NULL ? ERR_NOMEM : 0;

	for (size_t i = 0; i < m->al->a.n && err == 0; i++)
		if (m->a.mate[i] != ALIGN_NONE && !m->a.moved[i])
			v[n++] = m->a.mate[i];
	if (err == 0)
		err = align_growing(v, n, in);
	n = 0;
	for (size_t i = 0; i < m->al->a.n && err == 0; i++)
		if (m->a.mate[i] != ALIGN_NONE && !m->a.moved[i])
			steady[i] = in[n++];
	mem_free(v);
	mem_free(in);
	return err;
}

static int
make_rows(struct align_making *m, struct fields *f, const bool *steady)
{
	size_t k = 0;
	int err = 0;

	for (size_t i = 0; i < m->al->a.n && err == 0; i++) {
		progress_count(N_("comparing the messages"), i, m->al->a.n);
		if (steady[i])
			err = add_from_b(m, &k, m->a.mate[i]);
		if (err == 0 && m->a.mate[i] != ALIGN_NONE)
			err = add_pair(m, f, i);
		else if (err == 0)
			err = add_row(m, (struct align_row){ .a = i,
					     .b = ALIGN_NONE,
					     .place = ALIGN_IN_A,
					     .verdict = ALIGN_MISSING });
	}
	return err != 0 ? err : add_from_b(m, &k, m->al->b.n);
}

int
align_rows(struct align_making *m)
{
	struct fields f = { .m = m };
	bool *steady = mem_zalloc(m->al->a.n + 1, sizeof(*steady));
	int err = steady == NULL ? ERR_NOMEM : 0;

	if (err == 0 && m->o->fields)
		err = fields_begin(&f);
	if (err == 0)
		err = find_steady(m, steady);
	if (err == 0)
		err = make_rows(m, &f, steady);
	fields_end(&f);
	mem_free(steady);
	return err;
}
