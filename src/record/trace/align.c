/* Two traces aligned by meaning: the whole; see trace/align.h. */
#include "trace/align.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/rows.h"
#include "text/utf8.h"
#include "trace/align_in.h"
#include "trace/select.h"

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
has_name(const struct trace *t, const char *name)
{
	return trace_find_name(t, str_of(name)) != TRACE_NO_NODE ||
	       trace_find_node(t, str_of(name)) != NULL;
}

static int
check_name(
    const struct trace *t, const char *which, const char *name, struct diag *d)
{
	struct buf said = BUF_INIT, nodes = BUF_INIT;

	if (has_name(t, name))
		return 0;
	utf8_add_safe(&said, utf8_clip(str_of(name), 60));
	trace_put_nodes(t, &nodes);
	diag_set(d, ERR_NOTFOUND, NULL, 0,
	    /* TRANSLATORS: A or B, one of two traces; a node's name */
	    nodes.n > 0 ? _("%s has no node “%s”; there are %s")
			: _("%s has no node “%s”"),
	    which, buf_cstr(&said), buf_cstr(&nodes));
	buf_free(&said);
	buf_free(&nodes);
	return ERR_NOTFOUND;
}

static int
check_options(struct align_making *m)
{
	const struct align_options *o = m->o;
	int err = 0;

	for (size_t i = 0; i < o->nmaps && err == 0; i++) {
		err = check_name(m->al->a.trace, "A", o->maps[i].a, m->diag);
		if (err == 0)
			err = check_name(
			    m->al->b.trace, "B", o->maps[i].b, m->diag);
	}
	for (size_t i = 0; i < o->nnodes && err == 0; i++)
		if (!has_name(m->al->b.trace, o->nodes[i]))
			err = check_name(
			    m->al->a.trace, "A", o->nodes[i], m->diag);
	return err;
}

/* ---- one call only ---- */

static bool
is_chosen(const struct align_making *m, const struct align_half *h,
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
		if (!is_chosen(m, h, other, msg.call))
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

/* Calls of H without a counterpart; with an option for one call, only those
 * that it chooses. */
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
	uint8_t *in = mem_zalloc(n + 1, 1);

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
	mem_free(in);
	return 0;
}

static int
make_alignment(struct align_making *m)
{
	struct align *al = m->al;
	int err = map_create(&m->nodes);

	if (err == 0)
		err = check_options(m);
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
		diag_set(d, err, NULL, 0, "%s", err_text(err));
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
