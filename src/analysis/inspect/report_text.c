/* A report as text: files and nodes, calls that did not go well, findings by
 * clause, media, RFC 6076, the matrix of clauses.
 */
#include "inspect/report.h"

#include "base/err.h"
#include "text/utf8.h"
#include "draw/doc.h"
#include "rules/rule_names.h"
#include "rules/rules.h"
#include "words/time_words.h"
#include "words/troubles_doc.h"

/* B was put into D. */
static void
drop_text(struct doc *d, struct buf *b)
{
	if (b->err != 0)
		d->err = b->err;
	buf_free(b);
}

static void
put_text_file(struct doc *d, const struct inspect_file *f, size_t width)
{
	struct buf text = BUF_INIT;

	doc_line(d, 0);
	doc_put(d, STYLE_BOLD, f->name);
	if (f->trouble.n > 0) {
		doc_puts(d, STYLE_PLAIN, ": ");
		doc_wrap(d, STYLE_WARNING, f->trouble, 2, width);
		return;
	}
	buf_printf(&text,
	    f->capture ? _(": a capture; records: %llu, messages: %llu")
		       : _(": a run; records: %llu, messages: %llu"),
	    (unsigned long long)f->records, (unsigned long long)f->messages);
	if (f->calls > f->sampled)
		buf_printf(&text,
		    f->named ? _("; %llu of %llu calls")
			     : _("; a sample: %llu of %llu calls"),
		    (unsigned long long)f->sampled,
		    (unsigned long long)f->calls);
	doc_wrap(d, STYLE_PLAIN, buf_view(&text), 2, width);
	drop_text(d, &text);
}

/* "terminal: 85, proxy: 2" */
static void
count_nodes(const struct inspect *in, struct buf *out)
{
	const struct inspect_report *r = inspect_report(in);

	for (int role = 0; role < ROLE_CLASS_COUNT; role++) {
		size_t n = 0;

		for (size_t i = 0; i < r->nnodes; i++)
			n += r->nodes[i].roles >> role & 1;
		if (n > 0)
			buf_printf(out, "%s%s%s%zu", out->n > 0 ? _(", ") : "",
			    i18n_text(role_class_words[role]), _(": "), n);
	}
}

static void
put_text_nodes(
    struct doc *d, const struct inspect *in, size_t file, size_t width)
{
	bool many = inspect_report(in)->nnodes > REPORT_NODES;
	struct buf b = BUF_INIT;

	if (many)
		count_nodes(in, &b);
	for (size_t i = 0; !many && i < inspect_report(in)->nnodes; i++) {
		const struct inspect_node *n = &inspect_report(in)->nodes[i];

		if (n->file != file)
			continue;
		buf_puts(&b, b.n > 0 ? _("; ") : "");
		utf8_add_safe(&b, n->name);
		buf_puts(&b, _(": "));
		report_put_roles(n->roles, _(", "), &b);
		if (n->sure == INSPECT_GUESSED)
			buf_printf(&b, " (%s)", _("guessed"));
	}
	doc_line(d, 0);
	doc_puts(d, STYLE_DIM, "  ");
	doc_wrap(d, STYLE_DIM, buf_view(&b), 2, width);
	drop_text(d, &b);
}

static void
put_text_files(struct doc *d, const struct inspect *in, size_t width)
{
	for (size_t i = 0; i < inspect_report(in)->nfiles; i++) {
		put_text_file(d, &inspect_report(in)->files[i], width);
		if (inspect_report(in)->nfiles == 1)
			put_text_nodes(d, in, i, width);
	}
	doc_line(d, 0);
}

static void
put_text_troubles(struct doc *d, const struct inspect *in, size_t width)
{
	const struct troubles *tr = inspect_report(in)->troubles;
	struct troubles_look l = report_troubles_look(in);

	l.width = width;
	troubles_doc(tr, &l, d);
	if (troubles_count(tr) > 0)
		doc_line(d, 0);
}

static enum canvas_style
findings_text_style_of(const struct inspect_finding *f, enum inspect_severity s)
{
	if (f->meant != 0)
		return STYLE_DIM;
	return s == INSPECT_ERROR     ? STYLE_FAILURE
	       : s == INSPECT_WARNING ? STYLE_WARNING
				      : STYLE_OTHER;
}

/* "error    RFC 3261 17.1.1.3  ack-fields" */
static void
put_text_clause_name(struct doc *d, const struct inspect_finding *f)
{
	const struct inspect_clause *c = inspect_clause_at(f->clause);
	struct buf b = BUF_INIT;

	report_put_section(c->rule, &b);
	doc_line(d, 0);
	doc_puts(d, findings_text_style_of(f, c->severity),
	    f->meant != 0 ? _("meant")
			  : i18n_text(inspect_severity_names[c->severity]));
	doc_pad(d, 9);
	doc_put(d, STYLE_BOLD, buf_view(&b));
	doc_printf(d, STYLE_RULE, "  %s", rule_at(c->rule)->key);
	drop_text(d, &b);
}

/* That and its sentence. */
static void
put_text_clause(struct doc *d, const struct inspect_finding *f, size_t width)
{
	enum rule_id rule = inspect_clause_at(f->clause)->rule;

	put_text_clause_name(d, f);
	doc_line(d, 0);
	doc_puts(d, STYLE_DIM, "         ");
	doc_wrap(
	    d, STYLE_DIM, str_of(i18n_text(rule_at(rule)->text)), 9, width);
}

static void
put_text_finding(struct doc *d, const struct inspect *in,
    const struct inspect_finding *f, size_t width)
{
	struct buf text = BUF_INIT;
	char t[TIME_ROOM];

	doc_line(d, f->seq);
	doc_printf(d, STYLE_LINK, "  #%llu", (unsigned long long)f->seq);
	doc_printf(d, STYLE_PLAIN, _(" at %s s"), time_text(f->t, t));
	if (inspect_report(in)->nfiles > 1) {
		doc_puts(d, STYLE_PLAIN, " ");
		doc_put(
		    d, STYLE_PLAIN, inspect_report(in)->files[f->file].name);
	}
	if (f->name.n > 0) {
		doc_puts(d, STYLE_PLAIN, " ");
		doc_put(d, STYLE_BOLD, f->name);
		doc_printf(d, STYLE_PLAIN, " (%s)",
		    i18n_text(role_class_words[f->role]));
	}
	doc_puts(d, STYLE_PLAIN, ": ");
	utf8_add_safe(&text, f->text);
	if (f->count > 1)
		buf_printf(
		    &text, _("; %llu times"), (unsigned long long)f->count);
	if (f->meant != 0)
		buf_printf(&text, _("; wanted by #%llu"),
		    (unsigned long long)f->meant);
	doc_wrap(d, STYLE_PLAIN, buf_view(&text), 9, width);
	drop_text(d, &text);
}

/* What nearly every trace has is said in one line, behind the others. */
static void
put_text_findings(struct doc *d, const struct inspect *in, size_t width)
{
	const struct inspect_report *r = inspect_report(in);
	const struct inspect_finding *plain = NULL;
	uint64_t unencrypted = 0;
	struct buf counts = BUF_INIT;

	report_put_counts(in, &counts);
	doc_line(d, 0);
	doc_put(d, STYLE_TITLE, buf_view(&counts));
	drop_text(d, &counts);
	for (size_t i = 0; i < r->nfindings; i++) {
		const struct inspect_finding *f = &r->findings[i];

		if (inspect_clause_at(f->clause)->rule ==
		    RULE_PLAIN_SIGNALLING) {
			plain = plain != NULL ? plain : f;
			unencrypted += f->count;
			continue;
		}
		if (i == 0 || !report_same_clause(f, f - 1)) {
			doc_line(d, 0);
			put_text_clause(d, f, width);
		}
		put_text_finding(d, in, f, width);
	}
	doc_line(d, 0);
	if (plain == NULL)
		return;
	put_text_clause_name(d, plain);
	doc_printf(d, STYLE_PLAIN, _("  messages not encrypted: %llu"),
	    (unsigned long long)unencrypted);
	doc_line(d, 0);
}

/* ---- media ---- */

static void
put_text_verdict(struct doc *d, const struct inspect *in,
    const struct inspect_verdict *v, size_t width)
{
	struct buf text = BUF_INIT;

	doc_line(d, v->seq);
	doc_printf(d, STYLE_LINK, "  #%llu", (unsigned long long)v->seq);
	doc_puts(d, STYLE_PLAIN, " ");
	if (inspect_report(in)->nfiles > 1) {
		doc_put(
		    d, STYLE_PLAIN, inspect_report(in)->files[v->file].name);
		doc_puts(d, STYLE_PLAIN, " ");
	}
	utf8_add_safe(&text, v->text);
	doc_wrap(d, v->good ? STYLE_PLAIN : STYLE_FAILURE, buf_view(&text), 9,
	    width);
	buf_clear(&text);
	if (v->set.n > 0) {
		doc_line(d, 0);
		doc_puts(d, STYLE_DIM, "         ");
		report_put_remedy(v, &text);
		doc_put(d, STYLE_PLAIN, buf_view(&text));
	}
	drop_text(d, &text);
}

/* Calls that sound well are counted. */
static void
put_text_verdicts(struct doc *d, const struct inspect *in, size_t width)
{
	const struct inspect_report *r = inspect_report(in);
	size_t well = 0, told = 0;

	for (size_t i = 0; i < r->nverdicts; i++)
		well += r->verdicts[i].well;
	if (r->nverdicts == 0)
		return;
	doc_line(d, 0);
	doc_printf(d, STYLE_TITLE, _("Media: %zu of %zu calls sound well"),
	    well, r->nverdicts);
	for (size_t i = 0; i < r->nverdicts; i++)
		if (!r->verdicts[i].well && told++ < REPORT_VERDICTS)
			put_text_verdict(d, in, &r->verdicts[i], width);
	if (told > REPORT_VERDICTS) {
		doc_line(d, 0);
		doc_printf(
		    d, STYLE_DIM, _("  and %zu more"), told - REPORT_VERDICTS);
	}
	doc_line(d, 0);
}

/* ---- the matrix ---- */

static const char cell_letters[] = {
	[INSPECT_NEVER] = '-',
	[INSPECT_EXERCISED] = 'e',
	[INSPECT_PART] = 'p',
	[INSPECT_KEPT] = 'k',
	[INSPECT_BROKEN] = 'B',
};

static void
put_text_cells(struct doc *d, const struct inspect *in, enum rule_id rule)
{
	const struct inspect_clause *c = inspect_clause_of(rule);

	for (int r = 0; r < ROLE_CLASS_COUNT; r++) {
		enum inspect_cell cell =
		    inspect_cell_of(in, rule, (enum role_class)r);
		bool bound = c == NULL || (c->roles >> r & 1) != 0;

		doc_printf(d,
		    cell == INSPECT_BROKEN ? STYLE_FAILURE
		    : cell == INSPECT_KEPT ? STYLE_SUCCESS
					   : STYLE_DIM,
		    " %c",
		    bound || cell != INSPECT_NEVER ? cell_letters[cell] : ' ');
	}
}

static void
put_text_row(struct doc *d, const struct inspect *in, enum rule_id rule)
{
	struct buf b = BUF_INIT;

	rule_put_section(rule_at(rule), &b);
	doc_line(d, 0);
	doc_puts(d, STYLE_PLAIN, "  ");
	doc_clip(d, STYLE_RULE, str_of(rule_at(rule)->key), 28);
	doc_pad(d, 32);
	doc_put(d, STYLE_PLAIN, buf_view(&b));
	doc_pad(d, 54);
	put_text_cells(d, in, rule);
	drop_text(d, &b);
}

static void
put_text_matrix(struct doc *d, const struct inspect *in, size_t width)
{
	size_t never = 0, all = 0;

	doc_line(d, 0);
	doc_line(d, 0);
	doc_puts(d, STYLE_TITLE, _("Clauses"));
	doc_pad(d, 54);
	for (int r = 0; r < ROLE_CLASS_COUNT; r++)
		doc_printf(d, STYLE_BOLD, " %c", role_class_letters[r]);
	for (int r = RULE_NONE + 1; r < RULE_COUNT; r++) {
		all++;
		if (report_has(in, (enum rule_id)r))
			put_text_row(d, in, (enum rule_id)r);
		else
			never++;
	}
	doc_line(d, 0);
	doc_puts(d, STYLE_DIM, "  ");
	doc_wrap(d, STYLE_DIM,
	    str_of(
		_("T terminal, P proxy, R registrar, D redirect server, B "
		  "B2BUA, G gateway; k kept, p kept in part (not all that its "
		  "section asks is looked at), B broken, e exercised (nothing "
		  "could be proved, or nothing looks at it), - never seen, "
		  "blank: does not bind that role")),
	    2, width);
	doc_line(d, 0);
	doc_printf(
	    d, STYLE_DIM, _("  never seen: %zu of %zu clauses"), never, all);
}

/* ---- RFC 6076 ---- */

static void
put_text_metrics(struct doc *d, const struct inspect *in, size_t width)
{
	static const size_t delay_ends[] = { 0, 46, 55, 63, 71, 79 };
	struct table delays = TABLE_INIT;
	LOCAL_BUF ratios = BUF_INIT;
	uint64_t part, all;

	for (int i = 0; i < INSPECT_RATIO_COUNT; i++) {
		inspect_ratio(in, (enum inspect_ratio)i, &part, &all);
		if (all == 0)
			continue;
		buf_puts(&ratios, ratios.n > 0 ? _("; ") : "");
		/* TRANSLATORS: a share, "session establishment ratio" */
		buf_printf(&ratios, _("%s %.1f %% of %llu"),
		    i18n_text(inspect_ratio_figures[i].name),
		    100.0 * (double)part / (double)all,
		    (unsigned long long)all);
	}
	if (ratios.err != 0)
		d->err = ratios.err;
	if (ratios.n == 0)
		return;
	report_delays(in, &delays);
	table_put_doc(
	    &delays, _("Performance (RFC 6076), seconds"), delay_ends, d);
	table_free(&delays);
	doc_line(d, 0);
	doc_puts(d, STYLE_PLAIN, "  ");
	doc_wrap(d, STYLE_PLAIN, buf_view(&ratios), 2, width);
}

void
report_doc(
    const struct inspect *in, const struct report_look *look, struct doc *d)
{
	size_t width = look->width;

	put_text_files(d, in, width);
	put_text_troubles(d, in, width);
	put_text_findings(d, in, width);
	put_text_verdicts(d, in, width);
	put_text_metrics(d, in, width);
	if (look->matrix)
		put_text_matrix(d, in, width);
}

void
report_text(
    const struct inspect *in, const struct report_look *look, struct buf *out)
{
	struct doc d = DOC_INIT;

	report_doc(in, look, &d);
	if (doc_write(&d, out) != 0)
		out->err = ERR_NOMEM;
	doc_free(&d);
}
