/* What the formats of a report share, and the table of clauses. */
#include "inspect/report.h"

#include "base/err.h"
#include "draw/doc.h"
#include "rules/rules.h"
#include "words/time_words.h"

report_fn *
report_format(struct str name)
{
	static const struct {
		const char *name;
		report_fn *fn;
	} rows[] = {
#define X(name, fn) { name, fn },
		REPORT_FORMATS(X)
#undef X
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (str_is(name, rows[i].name))
			return rows[i].fn;
	return NULL;
}

void
report_put_roles(unsigned roles, const char *between, struct buf *out)
{
	bool any = false;

	for (int r = 0; r < ROLE_CLASS_COUNT; r++) {
		if ((roles >> r & 1) == 0)
			continue;
		buf_puts(out, any ? between : "");
		buf_puts(out, i18n_text(role_class_words[r]));
		any = true;
	}
}

void
report_put_section(enum rule_id rule, struct buf *out)
{
	const struct rule *row = rule_at(rule);

	/* A section of no RFC names its norm itself. */
	if (row->rfc != 0)
		buf_printf(out, "RFC %u%s", row->rfc,
		    row->section[0] != '\0' ? " " : "");
	buf_puts(out, row->section);
}

void
report_put_counts(const struct inspect *in, struct buf *out)
{
	buf_printf(out,
	    _("Findings: errors %llu, warnings %llu, remarks %llu, meant %llu"),
	    (unsigned long long)inspect_report(in)->count[INSPECT_ERROR],
	    (unsigned long long)inspect_report(in)->count[INSPECT_WARNING],
	    (unsigned long long)inspect_report(in)->count[INSPECT_REMARK],
	    (unsigned long long)inspect_report(in)->meant);
}

bool
report_same_clause(
    const struct inspect_finding *a, const struct inspect_finding *b)
{
	return inspect_clause_at(a->clause)->rule ==
		   inspect_clause_at(b->clause)->rule &&
	       (a->meant != 0) == (b->meant != 0);
}

bool
report_has(const struct inspect *in, enum rule_id rule)
{
	for (int r = 0; r < ROLE_CLASS_COUNT; r++)
		if (inspect_cell_of(in, rule, (enum role_class)r) !=
		    INSPECT_NEVER)
			return true;
	return false;
}

void
report_put_share(uint64_t part, uint64_t all, struct buf *out)
{
	if (all == 0)
		buf_putc(out, '-');
	else
		buf_printf(out, "%.1f %%", 100.0 * (double)part / (double)all);
}

static void
put_heads(struct table *t, const char *const *heads, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_puts(table_column(t, i == 0 ? TABLE_TEXT : TABLE_NUMBER),
		    i18n_text(heads[i]));
}

/* Of the first column: "session request delay (4.3.1)". */
static void
put_figure_name(struct table *t, const struct inspect_figure *f)
{
	struct buf *b = table_cell(t);

	buf_puts(b, i18n_text(f->name));
	if (f->section[0] != '\0')
		buf_printf(b, " (%s)", f->section);
}

void
report_delays(const struct inspect *in, struct table *t)
{
	static const char *const heads[] = { N_("seconds"), N_("number"),
		N_("mean"), N_("50 %"), N_("95 %"), N_("most") };
	char text[TIME_ROOM];

	put_heads(t, heads, sizeof(heads) / sizeof(heads[0]));
	for (int i = 0; i < INSPECT_DELAY_COUNT; i++) {
		const struct inspect_delays *d =
		    inspect_delays(in, (enum inspect_delay)i);
		const int64_t ns[] = { inspect_mean(d),
			inspect_percentile(d, 0.5), inspect_percentile(d, 0.95),
			d->n > 0 ? d->ns[d->n - 1] : -1 };

		put_figure_name(t, &inspect_delay_figures[i]);
		buf_puts(table_cell(t), str_grouped(d->n, text));
		for (size_t k = 0; k < sizeof(ns) / sizeof(ns[0]); k++)
			buf_puts(table_cell(t),
			    ns[k] < 0 ? "" : time_text(ns[k], text));
	}
}

void
report_ratios(const struct inspect *in, struct table *t)
{
	static const char *const heads[] = { "", N_("share"), N_("number") };
	uint64_t part, all;

	put_heads(t, heads, sizeof(heads) / sizeof(heads[0]));
	for (int i = 0; i < INSPECT_RATIO_COUNT; i++) {
		inspect_ratio(in, (enum inspect_ratio)i, &part, &all);
		put_figure_name(t, &inspect_ratio_figures[i]);
		report_put_share(part, all, table_cell(t));
		buf_printf(table_cell(t), _("%llu of %llu"),
		    (unsigned long long)part, (unsigned long long)all);
	}
}

void
report_clauses(size_t width, struct buf *out)
{
	struct doc d = DOC_INIT;
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < inspect_clause_count(); i++) {
		const struct inspect_clause *c = inspect_clause_at(i);

		buf_clear(&b);
		doc_line(&d, 0);
		doc_puts(&d, STYLE_PLAIN, rule_at(c->rule)->key);
		doc_pad(&d, 25);
		report_put_section(c->rule, &b);
		doc_put(&d, STYLE_PLAIN, buf_view(&b));
		doc_pad(&d, 47);
		doc_puts(&d, STYLE_PLAIN,
		    i18n_text(inspect_severity_names[c->severity]));
		doc_pad(&d, 56);
		for (int r = 0; r < ROLE_CLASS_COUNT; r++)
			doc_printf(&d, STYLE_PLAIN, "%c",
			    (c->roles >> r & 1) != 0 ? role_class_letters[r]
						     : '-');
		doc_line(&d, 0);
		doc_puts(&d, STYLE_PLAIN, "  ");
		doc_wrap(&d, STYLE_PLAIN, str_of(i18n_text(c->when)), 2, width);
	}
	if (doc_write(&d, out) != 0 || b.err != 0)
		out->err = ERR_NOMEM;
	buf_free(&b);
	doc_free(&d);
}

void
report_put_remedy(const struct inspect_verdict *v, struct buf *out)
{
	/* TRANSLATORS: an option of rung run */
	const char *text = !v->tried ? _("to be tried: --set \"%.*s.%.*s\"")
			   : v->helps
			       ? _("tried: with --set \"%.*s.%.*s\" all hear "
				   "what they should")
			       : _("tried: --set \"%.*s.%.*s\" does not help");

	buf_printf(out, text, STR_ARG(v->node), STR_ARG(v->set));
}
