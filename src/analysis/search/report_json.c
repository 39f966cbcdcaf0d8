/* What is said of groups of cases as JSON. */
#include "search/report_in.h"

#include "search/holes.h"
#include "text/json_fields.h"

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

/* What is broken without any fault. */
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
