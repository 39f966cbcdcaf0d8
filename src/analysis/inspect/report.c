/*
 * What the formats of a report share, the table of clauses, and a report as
 * JSON (RFC 8259) and as comma-separated values (RFC 4180).
 */
#include "inspect/report.h"

#include "base/buf.h"
#include "base/err.h"
#include "draw/doc.h"
#include "draw/table.h"
#include "inspect/inspect.h"
#include "rules/rule_names.h"
#include "rules/rules.h"
#include "text/csv.h"
#include "text/json.h"
#include "words/time_words.h"
#include "words/troubles_doc.h"

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

	for (size_t i = 0; i < COUNT_OF(rows); i++)
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
	rule_put_place(rule_at(rule), out);
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

static struct str
name_file(const void *arg, unsigned file)
{
	return inspect_report(arg)->files[file].name;
}

struct troubles_look
report_troubles_look(const struct inspect *in)
{
	return (struct troubles_look){ .most = REPORT_TROUBLES,
		.file_name = inspect_report(in)->nfiles > 1 ? name_file : NULL,
		.arg = in };
}

/* "50.0 %", or "-". */
static void
report_put_share(uint64_t part, uint64_t all, struct buf *out)
{
	if (all == 0)
		buf_putc(out, '-');
	else
		buf_printf(out, "%.1f %%", 100.0 * (double)part / (double)all);
}

static void
findings_put_heads(struct table *t, const char *const *heads, size_t n)
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

	findings_put_heads(t, heads, COUNT_OF(heads));
	for (int i = 0; i < INSPECT_DELAY_COUNT; i++) {
		const struct inspect_delays *d =
		    inspect_delays(in, (enum inspect_delay)i);
		const int64_t ns[] = { inspect_mean(d),
			inspect_percentile(d, 0.5), inspect_percentile(d, 0.95),
			d->n > 0 ? d->ns[d->n - 1] : -1 };

		if (d->n == 0)
			continue;
		put_figure_name(t, &inspect_delay_figures[i]);
		buf_puts(table_cell(t), str_grouped(d->n, text));
		for (size_t k = 0; k < COUNT_OF(ns); k++)
			buf_puts(table_cell(t),
			    ns[k] < 0 ? "" : time_text(ns[k], text));
	}
}

void
report_ratios(const struct inspect *in, struct table *t)
{
	static const char *const heads[] = { "", N_("share"), N_("number") };
	uint64_t part, all;

	findings_put_heads(t, heads, COUNT_OF(heads));
	for (int i = 0; i < INSPECT_RATIO_COUNT; i++) {
		inspect_ratio(in, (enum inspect_ratio)i, &part, &all);
		put_figure_name(t, &inspect_ratio_figures[i]);
		report_put_share(part, all, table_cell(t));
		buf_printf(table_cell(t), _("%llu of %llu"),
		    (unsigned long long)part, (unsigned long long)all);
	}
}

/* Rule, section, severity and roles of C, the first of its rule. */
static void
put_clause(struct doc *d, const struct inspect_clause *c, struct buf *scratch)
{
	buf_clear(scratch);
	doc_line(d, 0);
	doc_puts(d, STYLE_PLAIN, rule_at(c->rule)->key);
	doc_pad(d, 25);
	report_put_section(c->rule, scratch);
	doc_put(d, STYLE_PLAIN, buf_view(scratch));
	doc_pad(d, 59);
	doc_puts(
	    d, STYLE_PLAIN, i18n_text(inspect_severity_names[c->severity]));
	doc_pad(d, 68);
	for (int r = 0; r < ROLE_CLASS_COUNT; r++)
		doc_printf(d, STYLE_PLAIN, "%c",
		    (c->roles >> r & 1) != 0 ? role_class_letters[r] : '-');
}

static void
put_sentence(struct doc *d, const char *text, size_t width)
{
	doc_line(d, 0);
	doc_puts(d, STYLE_PLAIN, "  ");
	doc_wrap(d, STYLE_PLAIN, str_of(text), 2, width);
}

/* What checks RULE, and what nothing checks. */
static void
put_sentences(struct doc *d, enum rule_id rule, size_t width)
{
	LOCAL_BUF b = BUF_INIT;
	const char *open;

	for (size_t i = 0; i < inspect_clause_count(); i++)
		if (inspect_clause_at(i)->rule == rule)
			put_sentence(
			    d, i18n_text(inspect_clause_at(i)->when), width);
	for (unsigned i = 0; (open = inspect_open_sentence(rule, i)) != NULL;
	     i++) {
		buf_clear(&b);
		buf_printf(&b, _("not looked at: %s"), i18n_text(open));
		put_sentence(d, buf_cstr(&b), width);
	}
	if (b.err != 0)
		d->err = b.err;
}

void
report_clauses(size_t width, struct buf *out)
{
	struct doc d = DOC_INIT;
	LOCAL_BUF b = BUF_INIT;

	for (size_t i = 0; i < inspect_clause_count(); i++) {
		const struct inspect_clause *c = inspect_clause_at(i);

		if (inspect_clause_of(c->rule) != c)
			continue;
		put_clause(&d, c, &b);
		put_sentences(&d, c->rule, width);
	}
	if (doc_write(&d, out) != 0 || b.err != 0)
		out->err = ERR_NOMEM;
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

/* A report as JSON (RFC 8259) and as comma-separated values (RFC 4180). */

/* A member that is a list of N objects, whose members PUT puts. */
static void
findings_put_list(const struct inspect *in, const char *key, size_t n,
    void (*put)(const struct inspect *in, size_t i, struct buf *b),
    struct buf *b)
{
	buf_printf(b, "\"%s\":[", key);
	for (size_t i = 0; i < n; i++) {
		buf_puts(b, i == 0 ? "\n{" : ",\n{");
		put(in, i, b);
		buf_putc(b, '}');
	}
	buf_puts(b, "\n],\n");
}

static void
put_roles(struct buf *b, unsigned roles)
{
	json_open(b, "roles", '[');
	for (int r = 0; r < ROLE_CLASS_COUNT; r++) {
		if ((roles >> r & 1) == 0)
			continue;
		json_put_item(b);
		json_put_str(b, str_of(role_class_words[r]));
	}
	buf_putc(b, ']');
}

static void
put_json_file(const struct inspect *in, size_t i, struct buf *b)
{
	const struct inspect_file *f = &inspect_report(in)->files[i];

	json_put_field(b, "name", f->name);
	if (f->trouble.n > 0) {
		json_put_field(b, "trouble", f->trouble);
		return;
	}
	json_put_field(b, "title", f->title);
	json_put_field(b, "kind", f->capture ? STR("capture") : STR("run"));
	json_put_int(b, "records", (int64_t)f->records);
	json_put_int(b, "messages", (int64_t)f->messages);
	if (f->calls > 0) {
		json_put_int(b, "calls", (int64_t)f->calls);
		json_put_int(b, "sampled", (int64_t)f->sampled);
	}
}

static void
put_json_node(const struct inspect *in, size_t i, struct buf *b)
{
	const struct inspect_node *n = &inspect_report(in)->nodes[i];

	json_put_field(b, "file", inspect_report(in)->files[n->file].name);
	json_put_field(b, "name", n->name);
	put_roles(b, n->roles);
	json_put_field(b, "sure", str_of(inspect_sure_names[n->sure]));
}

static void
findings_put_rule(struct buf *b, enum rule_id rule)
{
	const struct rule *row = rule_at(rule);

	json_put_field(b, "rule", str_of(row->key));
	json_put_int(b, "rfc", row->rfc);
	json_put_field(b, "section", str_of(row->section));
	json_put_field(b, "level", str_of(rule_level_name(row->level)));
}

static void
put_json_finding(const struct inspect *in, size_t i, struct buf *b)
{
	const struct inspect_finding *f = &inspect_report(in)->findings[i];
	const struct inspect_clause *c = inspect_clause_at(f->clause);

	json_put_field(
	    b, "severity", str_of(inspect_severity_names[c->severity]));
	findings_put_rule(b, c->rule);
	json_put_field(b, "area", str_of(inspect_area_names[c->area]));
	json_put_field(b, "file", inspect_report(in)->files[f->file].name);
	json_put_int(b, "seq", (int64_t)f->seq);
	json_put_int(b, "t", f->t);
	if (f->name.n > 0)
		json_put_field(b, "node", f->name);
	json_put_field(b, "role", str_of(role_class_words[f->role]));
	json_put_int(b, "count", (int64_t)f->count);
	if (f->meant != 0)
		json_put_int(b, "meant", (int64_t)f->meant);
	json_put_field(b, "text", f->text);
}

static void
put_json_trouble(const struct inspect *in, size_t i, struct buf *b)
{
	const struct inspect_report *r = inspect_report(in);
	const struct trouble *one = troubles_at(r->troubles, i);

	json_put_field(b, "outcome", str_of(outcome_name(one->id)));
	json_put_field(b, "section", str_of(outcome_section(one->id)));
	json_put_field(b, "sentence", one->sentence);
	json_put_field(b, "next", one->next);
	json_put_int(b, "count", (int64_t)one->count);
	json_put_field(b, "call_id", one->call_id);
	json_put_field(b, "file", r->files[one->file].name);
	json_put_int(b, "record", (int64_t)one->seq);
}

static void
put_json_verdict(const struct inspect *in, size_t i, struct buf *b)
{
	const struct inspect_verdict *v = &inspect_report(in)->verdicts[i];

	json_put_field(b, "file", inspect_report(in)->files[v->file].name);
	json_put_field(b, "call", v->call);
	json_put_int(b, "seq", (int64_t)v->seq);
	json_put_bool(b, "heard", v->good);
	json_put_field(b, "text", v->text);
	if (v->set.n > 0) {
		json_put_field(b, "node", v->node);
		json_put_field(b, "set", v->set);
		if (v->tried)
			json_put_bool(b, "helps", v->helps);
	}
}

static void
put_json_cells(const struct inspect *in, enum rule_id rule, struct buf *b)
{
	const struct inspect_clause *c = inspect_clause_of(rule);

	unsigned all, looked_at = inspect_sentences(rule, &all);

	if (c != NULL) {
		json_put_int(b, "sentences", all);
		json_put_int(b, "looked_at", looked_at);
	}
	json_open(b, "roles", '{');
	for (int r = 0; r < ROLE_CLASS_COUNT; r++) {
		enum role_class role = (enum role_class)r;
		enum inspect_cell cell = inspect_cell_of(in, rule, role);

		if (cell != INSPECT_NEVER || c == NULL ||
		    (c->roles >> r & 1) != 0)
			json_put_field(b, role_class_words[role],
			    str_of(inspect_cell_names[cell]));
	}
	buf_putc(b, '}');
}

static void
put_json_rule(const struct inspect *in, size_t i, struct buf *b)
{
	enum rule_id rule = (enum rule_id)(RULE_NONE + 1 + i);
	const struct inspect_clause *c = inspect_clause_of(rule);

	findings_put_rule(b, rule);
	if (c != NULL)
		json_put_field(
		    b, "severity", str_of(inspect_severity_names[c->severity]));
	json_put_bool(b, "checked", c != NULL);
	put_json_cells(in, rule, b);
}

static void
put_json_delay(
    const struct inspect *in, enum inspect_delay which, struct buf *b)
{
	const struct inspect_figure *f = &inspect_delay_figures[which];
	const struct inspect_delays *d = inspect_delays(in, which);

	json_open(b, f->key, '{');
	json_put_field(b, "section", str_of(f->section));
	json_put_int(b, "number", (int64_t)d->n);
	if (d->n > 0) {
		json_put_int(b, "mean_ns", inspect_mean(d));
		json_put_int(b, "p50_ns", inspect_percentile(d, 0.5));
		json_put_int(b, "p95_ns", inspect_percentile(d, 0.95));
		json_put_int(b, "most_ns", d->ns[d->n - 1]);
	}
	buf_putc(b, '}');
}

static void
put_json_ratio(
    const struct inspect *in, enum inspect_ratio which, struct buf *b)
{
	const struct inspect_figure *f = &inspect_ratio_figures[which];
	uint64_t part, all;

	inspect_ratio(in, which, &part, &all);
	json_open(b, f->key, '{');
	if (f->section[0] != '\0')
		json_put_field(b, "section", str_of(f->section));
	json_put_int(b, "part", (int64_t)part);
	json_put_int(b, "all", (int64_t)all);
	if (all > 0) {
		json_put_key(b, "percent");
		buf_printf(b, "%.3f", 100.0 * (double)part / (double)all);
	}
	buf_putc(b, '}');
}

void
report_json(
    const struct inspect *in, const struct report_look *look, struct buf *b)
{
	const struct inspect_report *r = inspect_report(in);

	(void)look;
	buf_puts(b, "{");
	json_put_field(b, "rung", STR(RUNG_VERSION));
	buf_puts(b, ",\n");
	findings_put_list(in, "files", r->nfiles, put_json_file, b);
	findings_put_list(in, "nodes", r->nnodes, put_json_node, b);
	findings_put_list(
	    in, "troubles", troubles_count(r->troubles), put_json_trouble, b);
	findings_put_list(in, "findings", r->nfindings, put_json_finding, b);
	findings_put_list(in, "media", r->nverdicts, put_json_verdict, b);
	findings_put_list(
	    in, "matrix", RULE_COUNT - RULE_NONE - 1, put_json_rule, b);
	buf_puts(b, "\"metrics\":{");
	for (int i = 0; i < INSPECT_DELAY_COUNT; i++)
		put_json_delay(in, (enum inspect_delay)i, b);
	for (int i = 0; i < INSPECT_RATIO_COUNT; i++)
		put_json_ratio(in, (enum inspect_ratio)i, b);
	buf_puts(b, "}}\n");
}

/* ---- CSV: the findings, a line each ---- */

static void
put_csv_line(
    const struct inspect *in, const struct inspect_finding *f, struct buf *b)
{
	const struct inspect_clause *c = inspect_clause_at(f->clause);
	const struct rule *row = rule_at(c->rule);

	buf_printf(b, "%s,%s,%u,%s,%s,", inspect_severity_names[c->severity],
	    row->key, row->rfc, row->section, inspect_area_names[c->area]);
	csv_put(b, inspect_report(in)->files[f->file].name);
	buf_printf(
	    b, ",%llu,%lld,", (unsigned long long)f->seq, (long long)f->t);
	csv_put(b, f->name);
	buf_printf(b, ",%s,%llu,", role_class_words[f->role],
	    (unsigned long long)f->count);
	if (f->meant != 0)
		buf_u64(b, f->meant);
	buf_putc(b, ',');
	csv_put(b, f->text);
	buf_printf(b, ",%s", rule_level_name(row->level));
	csv_put_end(b);
}

void
report_csv(
    const struct inspect *in, const struct report_look *look, struct buf *b)
{
	(void)look;
	buf_puts(b, "severity,rule,rfc,section,area,file,seq,t,node,role,count,"
		    "meant,text,level");
	csv_put_end(b);
	for (size_t i = 0; i < inspect_report(in)->nfindings; i++)
		put_csv_line(in, &inspect_report(in)->findings[i], b);
}
