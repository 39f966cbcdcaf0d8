/* The report of a search: groups of cases, described in words and as JSON. */
#include "search/search_report.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "search/holes.h"
#include "text/utf8.h"

/* ---- which belong together ---- */

static bool
is_of_group(const struct search_group *g, const struct verdict *v)
{
	if (g->v.outcome != v->outcome)
		return false;
	switch (v->outcome) {
	case OUTCOME_MENDED:
		return strcmp(g->v.timer, v->timer) == 0;
	case OUTCOME_GIVEN_UP:
		return g->v.node == v->node && g->v.attempt == v->attempt &&
		       g->v.status == v->status;
	case OUTCOME_BROKEN:
		return g->v.invariant == v->invariant && g->v.goal == v->goal &&
		       g->v.hole == v->hole;
	case OUTCOME_FAILED:
		return g->v.goal == v->goal &&
		       strcmp(g->v.crash, v->crash) == 0;
	default:
		return true;
	}
}

static struct search_group *
group_find(struct search_report *r, const struct verdict *v)
{
	struct search_group *g;

	for (size_t i = 0; i < r->n; i++)
		if (is_of_group(&r->groups[i], v))
			return &r->groups[i];
	if (ARRAY_ROOM(&r->groups, &r->cap, r->n + 1) != 0)
		return NULL;
	g = &r->groups[r->n++];
	*g = (struct search_group){ .v = *v, .weight = UINT32_MAX };
	return g;
}

/* What each kind of fault weighs, by what it is on: a link that is down loses
 * whatever comes, and tells less than a message; a crash forgets all, and is no
 * example of what the loss of a message does. */
static const unsigned weights[] = {
	[FAULT_ON_MESSAGE] = 1,
	[FAULT_ON_LINK] = 2,
	[FAULT_ON_NODE] = 3,
	[FAULT_ON_ACT] = 1,
};

#define WEIGHS_MOST 3u

/* How much the faults of case I are, by their number first. */
static unsigned
weigh_faults(const struct search *s, size_t i)
{
	struct found_fault faults[ATTEMPT_FAULTS];
	size_t n = search_faults(s, i, faults);
	unsigned weight = 0;

	for (size_t k = 0; k < n; k++)
		weight += weights[fault_rows[faults[k].kind].on];
	return (unsigned)n * (ATTEMPT_FAULTS * WEIGHS_MOST + 1) + weight;
}

static int
take_case(struct search_report *r, size_t i)
{
	const struct search_case *c = &r->s->cases[i];
	struct search_group *g = group_find(r, &c->v);
	unsigned weight = weigh_faults(r->s, i);

	if (g == NULL)
		return ERR_NOMEM;
	g->n++;
	g->spared += c->spared != SPARED_RUN;
	if (c->v.later_ns > g->later_ns)
		g->later_ns = c->v.later_ns;
	if (weight < g->weight ||
	    (weight == g->weight && c->v.messages < g->v.messages)) {
		g->weight = weight;
		g->example = i;
		g->v = c->v;
	}
	return 0;
}

/* The worst first; of one outcome those with more cases. */
static int
compare_groups(const void *x, const void *y)
{
	const struct search_group *a = x, *b = y;

	if (a->v.outcome != b->v.outcome)
		return a->v.outcome < b->v.outcome ? 1 : -1;
	if (a->n != b->n)
		return a->n < b->n ? 1 : -1;
	return a->example < b->example ? -1 : a->example > b->example;
}

int
search_report_make(struct search_report *r, const struct search *s)
{
	int err = 0;

	memset(r, 0, sizeof(*r));
	r->s = s;
	for (size_t i = 0; err == 0 && i < s->ncases; i++) {
		const struct search_case *c = &s->cases[i];

		if (c->done && c->v.outcome == OUTCOME_IMPOSSIBLE)
			continue;
		r->cases++;
		if (!c->done)
			continue;
		r->known++;
		r->spared[c->spared]++;
		err = take_case(r, i);
	}
	if (r->n > 0)
		qsort(r->groups, r->n, sizeof(r->groups[0]), compare_groups);
	return err;
}

void
search_report_free(struct search_report *r)
{
	mem_free(r->groups);
	memset(r, 0, sizeof(*r));
}

/* There are acts that make such a run. */
static bool
search_has_acts(const struct verdict *v)
{
	return v->outcome != OUTCOME_FAILED || v->goal != 0 || v->record != 0;
}

bool
search_is_unexplained(const struct verdict *v)
{
	return v->outcome == OUTCOME_BROKEN && v->goal == 0 &&
	       v->hole == HOLE_NONE;
}

/* ---- as a table ---- */

static void
group_put(const struct search_report *r, const struct search_group *g,
    bool programs, struct table *t)
{
	buf_puts(table_cell(t),
	    programs ? outcome_word(g->v.outcome) : outcome_text(g->v.outcome));
	search_put_how(r->s, &g->v, table_cell(t));
	buf_u64(table_cell(t), g->n);
	buf_u64(table_cell(t), g->spared);
	search_put_later(g->later_ns, programs, table_cell(t));
}

int
search_report_table(const struct search_report *r, bool programs,
    struct table *t, struct diag *d)
{
	static const struct {
		const char *text, *word;
		enum table_kind kind;
	} heads[] = {
		{ N_("outcome"), "outcome", TABLE_WORD },
		{ N_("how"), "how", TABLE_TEXT },
		{ N_("faults"), "faults", TABLE_NUMBER },
		{ N_("not run"), "not_run", TABLE_NUMBER },
		{ N_("later"), "later_ns", TABLE_NUMBER },
		{ N_("smallest"), "smallest", TABLE_TEXT },
	};
	int err = 0;

	for (size_t i = 0; i < COUNT_OF(heads); i++)
		buf_puts(table_column(t, heads[i].kind),
		    programs ? heads[i].word : i18n_text(heads[i].text));
	for (size_t i = 0; err == 0 && i < r->n; i++) {
		const struct search_group *g = &r->groups[i];
		struct buf acts = BUF_INIT;

		group_put(r, g, programs, t);
		if (search_has_acts(&g->v))
			err = search_put_acts(r->s, g->example, " ", &acts, d);
		buf_str(table_cell(t), str_trim(buf_view(&acts)));
		buf_end(&acts, &t->text.err);
	}
	return err != 0 ? err : t->text.err;
}

/* ---- beside the table ---- */

static void
group_put_count(const char *text, size_t n, struct buf *out)
{
	if (n == 0)
		return;
	buf_puts(out, _("; "));
	buf_printf(out, text, (unsigned long long)n);
}

/* The invariants broken without any fault. */
static void
put_usual(
    const struct search_report *r, const struct finding *f, struct buf *out)
{
	const char *text = i18n_text(invariant_rows[f->what].text);

	if (f->goal != 0)
		/* TRANSLATORS: the number of a lab's goal, what it asks for */
		buf_printf(out,
		    _("Without any fault goal %u does not hold: %s"), f->goal,
		    search_goal_text(r->s, f->goal));
	else
		/* TRANSLATORS: a node, and which invariant */
		buf_printf(out, _("Without any fault, at %.*s: %s"),
		    STR_ARG(trace_name(r->s->base.trace, f->node)), text);
}

void
search_report_head(const struct search_report *r, struct buf *out)
{
	const struct findings *usual = &r->s->usual.findings;

	buf_printf(out, _("%llu messages; %llu faults or sets of them"),
	    (unsigned long long)r->s->usual.traffic.sends,
	    (unsigned long long)r->cases);
	buf_puts(out, _("; "));
	buf_printf(
	    out, _("%llu runs"), (unsigned long long)r->spared[SPARED_RUN]);
	group_put_count(_("%llu touch nothing"), r->spared[SPARED_IDLE], out);
	group_put_count(_("%llu equal others"), r->spared[SPARED_EQUAL], out);
	group_put_count(_("%llu not tried"), r->cases - r->known, out);
	if (r->known < r->cases)
		/* TRANSLATORS: a share of the faults */
		buf_printf(out, _(" (%.1f %% are known)"),
		    100 * (double)r->known / (double)r->cases);
	if (r->s->full) {
		buf_puts(out, _("; "));
		buf_puts(out, _("there are more, which were not tried"));
	}
	buf_putc(out, '\n');
	for (size_t i = 0; i < usual->n; i++) {
		const struct finding *f = &usual->list[i];

		put_usual(r, f, out);
		buf_putc(out, '\n');
	}
}

/* The runs depend on more than rung's nodes: a person's acts, arrivals from
 * outside, rewritten messages, a program. */
static bool
has_strangers(const struct search *s)
{
	const struct inputs *in = &s->base.in;
	const struct trace *t = s->base.trace;
	bool strange = in->nacts > 0 || in->outside.there || in->nprograms > 0;

	for (uint64_t seq = 1; !strange && seq <= trace_count(t); seq++)
		strange = trace_kind_of(t, seq) == TRACE_FAULT;
	return strange;
}

/* Why nothing mends it. */
static void
put_hole(const struct search *s, const struct verdict *v, struct buf *out)
{
	const struct hole_row *row = &hole_rows[v->hole];

	if (search_is_unexplained(v) && has_strangers(s))
		buf_printf(out, "    %s\n",
		    _("No row of docs/HOLES.md has it. What was done to the "
		      "messages, what came from outside, or a program may "
		      "have brought it about."));
	else if (search_is_unexplained(v))
		buf_printf(out, "    %s\n",
		    _("No row of docs/HOLES.md has it: that is a fault of "
		      "rung, or of that table."));
	else {
		buf_puts(out, "    ");
		buf_printf(out, _("%s: %s (RFC %u %s)"), row->word,
		    i18n_text(row->what), row->rfc, row->section);
		buf_printf(out, "\n    %s\n", i18n_text(row->why));
	}
}

/* Which rule, or which goal of the lab. */
static void
group_put_why(const struct search *s, const struct verdict *v, struct buf *out)
{
	const struct invariant_row *row = &invariant_rows[v->invariant];

	if (v->goal != 0) {
		search_put_goal(v->goal, out);
		buf_puts(out, _(": "));
		buf_printf(out, "%s\n",
		    search_goal_text(s, v->goal)[0] != '\0'
			? search_goal_text(s, v->goal)
			: i18n_text(row->text));
		return;
	}
	/* TRANSLATORS: an invariant, or a row of docs/HOLES.md: its word, what
	 * it says, and the section */
	buf_printf(out, _("%s: %s (RFC %u %s)"), row->word,
	    i18n_text(row->text), row->rfc, row->section);
	buf_putc(out, '\n');
	put_hole(s, v, out);
}

/* A goal that ends with an error, or a run: which, in the smallest example. */
static int
group_put_failed(const struct search_report *r, const struct search_group *g,
    const char *words, struct buf *out, struct diag *d)
{
	const struct search *s = r->s;
	struct diag why = DIAG_INIT;
	struct attempt a;
	struct judged now = { .t = NULL };
	unsigned failed;
	int err = search_attempt(s, g->example, &a, &why);

	if (err == 0)
		err = judged_make(&now, a.trace, &s->usual.traffic);
	if (err == 0)
		(void)judged_ask(&now, s->o.goals, &failed, &why);
	judged_free(&now);
	attempt_free(&a);
	if (g->v.goal != 0) {
		search_put_goal(g->v.goal, out);
		buf_puts(out, _(": "));
	} else if (err != ERR_NOMEM)
		err = 0; /* the run's own, which is told */
	diag_write(&why, out);
	buf_puts(out, "\n    rung play ");
	buf_puts(out, words);
	if (err == 0)
		err = search_put_acts(s, g->example, " --act ", out, d);
	buf_putc(out, '\n');
	return err;
}

static int
put_broken(const struct search_report *r, const struct search_group *g,
    const char *words, struct buf *out, struct diag *d)
{
	int err;

	group_put_why(r->s, &g->v, out);
	buf_puts(out, "    rung play ");
	buf_puts(out, words);
	err = search_put_acts(r->s, g->example, " --act ", out, d);
	if (g->v.record == 0) {
		buf_putc(out, '\n');
		return err;
	}
	buf_puts(out, "\n    rung explain ");
	buf_puts(out, words);
	buf_printf(out, " %llu", (unsigned long long)g->v.record);
	if (err == 0)
		err = search_put_acts(r->s, g->example, " --act ", out, d);
	buf_putc(out, '\n');
	return err;
}

int
search_report_broken(const struct search_report *r, const char *words,
    struct buf *out, struct diag *d)
{
	int err = 0;

	for (size_t i = 0; err == 0 && i < r->n; i++) {
		const struct search_group *g = &r->groups[i];

		if (g->v.outcome == OUTCOME_BROKEN)
			err = put_broken(r, g, words, out, d);
		else if (g->v.outcome == OUTCOME_FAILED &&
			 search_has_acts(&g->v))
			err = group_put_failed(r, g, words, out, d);
	}
	return err != 0 ? err : out->err;
}

int
search_report_text(const struct search_report *r, const struct table *t,
    const char *words, struct buf *out, struct diag *d)
{
	struct buf lines = BUF_INIT;
	int err;

	search_report_head(r, &lines);
	buf_putc(&lines, '\n');
	table_put_text(t, &lines);
	buf_putc(&lines, '\n');
	err = search_report_broken(r, words, &lines, d);
	utf8_add_safe_lines(out, buf_view(&lines));
	buf_end(&lines, &out->err);
	return err;
}

/* ---- groups of cases as JSON ---- */

static void
put_json_hole(const struct verdict *v, struct buf *out)
{
	const struct hole_row *row = &hole_rows[v->hole];

	if (search_is_unexplained(v)) {
		json_put_field(out, "hole", STR("no row"));
		return;
	}
	json_put_field(out, "hole", str_of(row->word));
	json_put_int(out, "hole_rfc", row->rfc);
	json_put_field(out, "hole_section", str_of(row->section));
	json_put_field(out, "what", str_of(i18n_text(row->what)));
	json_put_field(out, "why", str_of(i18n_text(row->why)));
}

static int
put_json_group(const struct search_report *r, const struct search_group *g,
    struct buf *out, struct diag *d)
{
	struct buf acts = BUF_INIT, how = BUF_INIT;
	const struct trace *t = r->s->base.trace;
	int err = 0;

	if (search_has_acts(&g->v))
		err = search_put_acts(r->s, g->example, " ", &acts, d);
	search_put_how(r->s, &g->v, &how);
	json_open(out, NULL, '{');
	json_put_field(out, "outcome", str_of(outcome_word(g->v.outcome)));
	if (g->v.outcome == OUTCOME_BROKEN) {
		const struct invariant_row *row =
		    &invariant_rows[g->v.invariant];

		json_put_field(out, "invariant", str_of(row->word));
		if (row->rfc != 0) {
			json_put_int(out, "rfc", row->rfc);
			json_put_field(out, "section", str_of(row->section));
			put_json_hole(&g->v, out);
		}
	}
	if (g->v.goal != 0) {
		json_put_int(out, "goal", g->v.goal);
		json_put_field(
		    out, "asks", str_of(search_goal_text(r->s, g->v.goal)));
	}
	if (g->v.node < trace_name_count(t))
		json_put_field(out, "node", trace_name(t, g->v.node));
	json_put_field(out, "how", buf_view(&how));
	json_put_int(out, "faults", (int64_t)g->n);
	json_put_int(out, "not_run", (int64_t)g->spared);
	json_put_int(out, "later", g->later_ns);
	json_put_int(out, "record", (int64_t)g->v.record);
	json_put_field(out, "acts", str_trim(buf_view(&acts)));
	buf_putc(out, '}');
	buf_end(&acts, &out->err);
	buf_end(&how, &out->err);
	return err;
}

/* The invariants broken without any fault. */
static void
put_json_usual(const struct search_report *r, struct buf *out)
{
	const struct findings *usual = &r->s->usual.findings;

	json_open(out, "without_faults", '[');
	for (size_t i = 0; i < usual->n; i++) {
		const struct finding *f = &usual->list[i];

		json_open(out, NULL, '{');
		json_put_field(
		    out, "invariant", str_of(invariant_rows[f->what].word));
		if (f->goal != 0)
			json_put_int(out, "goal", f->goal);
		else
			json_put_field(
			    out, "node", trace_name(r->s->base.trace, f->node));
		json_put_int(out, "record", (int64_t)f->record);
		buf_putc(out, '}');
	}
	buf_putc(out, ']');
}

int
search_report_json(
    const struct search_report *r, struct buf *out, struct diag *d)
{
	int err = 0;

	json_open(out, NULL, '{');
	json_put_int(out, "cases", (int64_t)r->cases);
	json_put_int(out, "known", (int64_t)r->known);
	json_put_int(out, "runs", (int64_t)r->spared[SPARED_RUN]);
	json_put_int(out, "idle", (int64_t)r->spared[SPARED_IDLE]);
	json_put_int(out, "equal", (int64_t)r->spared[SPARED_EQUAL]);
	put_json_usual(r, out);
	json_open(out, "groups", '[');
	for (size_t i = 0; err == 0 && i < r->n; i++)
		err = put_json_group(r, &r->groups[i], out, d);
	buf_puts(out, "]}\n");
	return err != 0 ? err : out->err;
}
