/*
 * Two traces aligned by meaning: the whole and its rows (trace/align.h), and
 * where two traces part.
 */
#include "trace/align.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/progress.h"
#include "base/rows.h"
#include "msg/parts.h"
#include "text/utf8.h"
#include "trace/align_in.h"
#include "trace/meaning.h"
#include "trace/record_name.h"

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
align_add_field(struct str name, struct str a, struct str b, void *arg)
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
align_add_user(struct fields *f, struct str aor_a, struct str aor_b)
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
			err = align_add_user(f, a->aor, b->aor);
	}
	return err;
}

/* Whose the addresses are between which messages go. */
static int
add_addresses(struct fields *f, const struct align_side *side, bool in_b)
{
	LOCAL_BUF scratch = BUF_INIT;
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
	err = meaning_compare(f->meaning, f->a, f->b, align_add_field, f);
	row->nfields = f->n;
	return err;
}

/* ---- rows ---- */

static int
align_add_row(struct align_making *m, struct align_row row)
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
align_add_pair(struct align_making *m, struct fields *f, size_t a)
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
	return err != 0 ? err : align_add_row(m, row);
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
			err = align_add_row(m, row);
	}
	return err;
}

/* STEADY[i]: message I of A and its counterpart keep their order against all
 * other pairs that are steady. */
static int
find_steady(struct align_making *m, bool *steady)
{
	size_t n = 0, *v = mem_zalloc(m->al->a.n + 1, sizeof(*v));
	LOCAL_MEM bool *in = mem_zalloc(m->al->a.n + 1, sizeof(*in));
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
	return err;
}

/* A's messages in their order, B's between them where they happened. */
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
			err = align_add_pair(m, f, i);
		else if (err == 0)
			err = align_add_row(m, (struct align_row){ .a = i,
						   .b = ALIGN_NONE,
						   .place = ALIGN_IN_A,
						   .verdict = ALIGN_MISSING });
	}
	return err != 0 ? err : add_from_b(m, &k, m->al->b.n);
}

/* The rows, with what differs in each. */
static int
align_rows(struct align_making *m)
{
	struct fields f = { .m = m };
	LOCAL_MEM bool *steady = mem_zalloc(m->al->a.n + 1, sizeof(*steady));
	int err = steady == NULL ? ERR_NOMEM : 0;

	if (err == 0 && m->o->fields)
		err = fields_begin(&f);
	if (err == 0)
		err = find_steady(m, steady);
	if (err == 0)
		err = make_rows(m, &f, steady);
	fields_end(&f);
	return err;
}

/* ---- two traces aligned by meaning: the whole ---- */

static const char *const verdicts[] = { ALIGN_VERDICTS(ROW_WORD) };

static const struct {
	const char *name, *text;
} fates[] = { ALIGN_FATES(ROW_VALUES) };

const char *
align_verdict_name(enum align_verdict v)
{
	return verdicts[v];
}

const char *
align_fate_name(enum align_fate f)
{
	return fates[f].name;
}

const char *
align_fate_text(enum align_fate f)
{
	return _(fates[f].text);
}

/* ---- mistakes ---- */

static bool
align_has_name(const struct trace *t, const char *name)
{
	return trace_find_name(t, str_of(name)) != TRACE_NO_NODE ||
	       trace_find_node(t, str_of(name)) != NULL;
}

static int
align_check_name(
    const struct trace *t, const char *which, const char *name, struct diag *d)
{
	LOCAL_BUF said = BUF_INIT, nodes = BUF_INIT;

	if (align_has_name(t, name))
		return 0;
	utf8_add_safe(&said, utf8_clip(str_of(name), 60));
	trace_put_nodes(t, &nodes);
	diag_set(d, ERR_NOTFOUND, NULL, 0,
	    /* TRANSLATORS: A or B, one of two traces; a node's name */
	    _("%s has no node “%s”"), which, buf_cstr(&said));
	return diag_near(d, ERR_NOTFOUND, str_of(name), buf_cstr(&nodes));
}

static int
align_check_options(struct align_making *m)
{
	const struct align_options *o = m->o;
	int err = 0;

	for (size_t i = 0; i < o->nmaps && err == 0; i++) {
		err = align_check_name(
		    m->al->a.trace, "A", o->maps[i].a, m->diag);
		if (err == 0)
			err = align_check_name(
			    m->al->b.trace, "B", o->maps[i].b, m->diag);
	}
	for (size_t i = 0; i < o->nnodes && err == 0; i++)
		if (!align_has_name(m->al->b.trace, o->nodes[i]))
			err = align_check_name(
			    m->al->a.trace, "A", o->nodes[i], m->diag);
	return err;
}

/* ---- one call only ---- */

static bool
align_is_chosen(const struct align_making *m, const struct align_half *h,
    const struct align_half *other, uint32_t call)
{
	size_t mate = h->calls[call].mate;

	return str_starts(h->side->calls[call], m->o->call) ||
	       (mate != ALIGN_NONE &&
		   str_starts(other->side->calls[mate], m->o->call));
}

/* Only messages of the call remain: what they point to by index moves. */
static size_t
choose_messages(struct align_making *m, struct align_half *h,
    const struct align_half *other, uint32_t *now)
{
	struct align_side *s = h->side;
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++) {
		struct align_message msg = s->messages[i];

		now[i + 1] = 0;
		if (!align_is_chosen(m, h, other, msg.call))
			continue;
		msg.cause = now[msg.cause];
		s->messages[n++] = msg;
		now[i + 1] = (uint32_t)n;
	}
	s->n = n;
	return n;
}

int
align_choose_call(struct align_making *m)
{
	size_t na = m->al->a.n, nb = m->al->b.n, most = na > nb ? na : nb;
	uint32_t *now = mem_zalloc(most + 1, sizeof(*now));

	if (now == NULL)
		return ERR_NOMEM;
	na = choose_messages(m, &m->a, &m->b, now);
	nb = choose_messages(m, &m->b, &m->a, now);
	mem_free(now);
	if (na + nb > 0) {
		mem_free(m->a.order);
		mem_free(m->b.order);
		m->a.order = m->b.order = NULL;
		return align_sort(&m->a) != 0 || align_sort(&m->b) != 0
			   ? ERR_NOMEM
			   : 0;
	}
	return diag_set(m->diag, ERR_NOTFOUND, NULL, 0,
	    _("neither A nor B has a call “%.60s”"), m->o->call);
}

/* ---- the whole ---- */

static void
half_free(struct align_half *h)
{
	mem_free(h->calls);
	mem_free(h->exchanges);
	mem_free(h->order);
	mem_free(h->mate);
	mem_free(h->ex_mate);
	mem_free(h->moved);
	mem_free(h->of);
	mem_free(h->above);
	mem_free(h->tokens);
	map_destroy(h->call_numbers);
	map_destroy(h->exchange_numbers);
}

/* Calls of H without a counterpart; with an option for one call, only the
 * chosen ones. */
static size_t
count_calls(const struct align_making *m, const struct align_half *h)
{
	size_t n = 0;

	for (size_t i = 0; i < h->side->ncalls; i++)
		n += h->calls[i].mate == ALIGN_NONE &&
		     (m->o->call == NULL ||
			 str_starts(h->side->calls[i], m->o->call));
	return n;
}

/* Nodes that take part in both. */
static int
count_nodes(struct align_making *m)
{
	size_t n = map_count(m->nodes);
	LOCAL_MEM uint8_t *in = mem_zalloc(n + 1, 1);

	if (in == NULL)
		return ERR_NOMEM;
	for (size_t i = 0; i < m->al->a.n; i++)
		in[m->al->a.messages[i].from] |= 1,
		    in[m->al->a.messages[i].to] |= 1;
	for (size_t i = 0; i < m->al->b.n; i++)
		in[m->al->b.messages[i].from] |= 2,
		    in[m->al->b.messages[i].to] |= 2;
	for (size_t i = 0; i < n; i++)
		m->al->nodes_shared += in[i] == 3;
	return 0;
}

static int
make_alignment(struct align_making *m)
{
	struct align *al = m->al;
	int err = map_create(&m->nodes);

	if (err == 0)
		err = align_check_options(m);
	if (err == 0)
		err = align_read(m, &m->a);
	if (err == 0)
		err = align_read(m, &m->b);
	if (err == 0)
		err = align_match(m);
	if (err == 0)
		err = align_rows(m);
	if (err == 0)
		err = count_nodes(m);
	al->calls_a = count_calls(m, &m->a);
	al->calls_b = count_calls(m, &m->b);
	al->same = true;
	for (int i = ALIGN_CHANGED; i < ALIGN_VERDICT_COUNT; i++)
		al->same = al->same && al->counts[i] == 0;
	return err;
}

int
align_create(struct align **alp, const struct trace *a, const struct trace *b,
    const struct align_options *o, struct diag *d)
{
	const struct align_options plain = ALIGN_OPTIONS;
	struct align *al = *alp = mem_zalloc(1, sizeof(*al));
	struct align_making m = { .al = al,
		.o = o != NULL ? o : &plain,
		.diag = d,
		.b = { .is_b = true } };
	int err = ERR_NOMEM;

	if (al != NULL) {
		al->a.trace = a;
		al->b.trace = b;
		m.a.side = &al->a;
		m.b.side = &al->b;
		al->store = mem_zalloc(1, sizeof(*al->store));
		if (al->store != NULL && map_create(&al->store->texts) == 0)
			err = make_alignment(&m);
	}
	half_free(&m.a);
	half_free(&m.b);
	map_destroy(m.nodes);
	buf_free(&m.key);
	buf_free(&m.scratch);
	if (err != 0) {
		align_destroy(al);
		*alp = NULL;
		diag_fail(d, err);
	}
	return err;
}

void
align_destroy(struct align *al)
{
	if (al == NULL)
		return;
	mem_free(al->a.messages);
	mem_free(al->b.messages);
	mem_free(al->a.calls);
	mem_free(al->b.calls);
	mem_free(al->rows);
	mem_free(al->fields);
	if (al->store != NULL)
		map_destroy(al->store->texts);
	mem_free(al->store);
	mem_free(al);
}

/* ---- where two traces part ---- */

uint64_t
trace_count_same(
    const struct trace *a, const struct trace *b, uint64_t known, uint64_t most)
{
	uint64_t seq = known;

	if (most > trace_count(a))
		most = trace_count(a);
	if (most > trace_count(b))
		most = trace_count(b);
	while (seq < most &&
	       str_eq(trace_line(a, seq + 1), trace_line(b, seq + 1)))
		seq++;
	return seq;
}

bool
trace_first_difference(const struct trace *a, const struct trace *b,
    uint64_t *seq_a, uint64_t *seq_b)
{
	uint64_t seq = trace_count_same(a, b, 0, UINT64_MAX) + 1;

	*seq_a = seq <= trace_count(a) ? seq : 0;
	*seq_b = seq <= trace_count(b) ? seq : 0;
	return *seq_a != 0 || *seq_b != 0;
}
