/*
 * A report as one page: its style and its plots are in it, and it asks for
 * nothing from anywhere.
 */
#include "base/err.h"
#include "base/mem.h"
#include "draw/html_put.h"
#include "draw/plot.h"
#include "inspect/report.h"
#include "rules/rule_names.h"
#include "rules/rules.h"
#include "text/xml.h"
#include "words/time_words.h"
#include "words/troubles_doc.h"

/* ---- the plots of the delays ---- */

#define POINTS 200

/* The delays as they add up: which share of them took at most so long. */
struct curves {
	struct plot_series series[INSPECT_DELAY_COUNT];
	struct plot_point points[INSPECT_DELAY_COUNT][POINTS + 1];
	size_t n;
};

/* Of many delays every so manieth. */
static void
add_curve(struct curves *c, const struct inspect *in, enum inspect_delay which)
{
	const struct inspect_delays *d = inspect_delays(in, which);
	struct plot_point *p = c->points[c->n];
	size_t n = d->n < POINTS ? d->n : POINTS;

	if (d->n < 2)
		return;
	for (size_t i = 0; i < n; i++) {
		size_t at = (i + 1) * d->n / n - 1;

		p[i] = (struct plot_point){
			.x = (double)d->ns[at] / 1e9,
			.y = 100.0 * (double)(at + 1) / (double)d->n,
		};
	}
	c->series[c->n++] = (struct plot_series){
		str_of(i18n_text(inspect_delay_figures[which].name)), p, n
	};
}

static bool
findings_html_is_drawn(enum inspect_delay which, int i)
{
	return which == INSPECT_DELAY_COUNT ? i != INSPECT_SDT
					    : i == (int)which;
}

/* Appends the cumulative plot of the delay WHICH, or of the delays of all
 * requests (INSPECT_DELAY_COUNT); false: there are too few of them. */
static bool
put_delay_plot(
    const struct inspect *in, enum inspect_delay which, struct buf *out)
{
	struct curves *c = mem_zalloc(1, sizeof(*c));
	struct str title = str_of(which == INSPECT_DELAY_COUNT
				      ? _("How long it took")
				      : _(inspect_delay_figures[which].name));
	struct figure_info info = { title, title, STR("rung " RUNG_VERSION) };
	struct plot plot = { .title = title,
		.x_label = str_of(_("seconds, at most")),
		.y_label = str_of(_("share (%)")),
		.y_most = 100,
		.shares = true };
	bool any;

	if (c == NULL) {
		out->err = ERR_NOMEM;
		return false;
	}
	for (int i = 0; i < INSPECT_DELAY_COUNT; i++)
		if (findings_html_is_drawn(which, i))
			add_curve(c, in, (enum inspect_delay)i);
	plot.series = c->series;
	plot.nseries = c->n;
	any = c->n > 0;
	/* The title says it. */
	if (which != INSPECT_DELAY_COUNT)
		c->series[0].name = STR_NULL;
	if (any)
		plot_draw(&plot, &info, &figure_svg, out);
	mem_free(c);
	return any;
}

void
report_svg(
    const struct inspect *in, const struct report_look *look, struct buf *out)
{
	(void)look;
	if (!put_delay_plot(in, INSPECT_DELAY_COUNT, out) &&
	    !put_delay_plot(in, INSPECT_SDT, out))
		buf_puts(out,
		    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" "
		    "height=\"1\"/>\n");
}

static const char style[] =
    ":root{color-scheme:light dark;--ink:#1b1f24;--dim:#667;--line:#d5dae0;"
    "--paper:#fff;--soft:#f5f7f9;--error:#b3261e;--warning:#8a5a00;"
    "--remark:#2557a7;--kept:#1a7f37}\n"
    "@media(prefers-color-scheme:dark){:root{--ink:#e6e9ec;--dim:#9aa4ae;"
    "--line:#3a4149;--paper:#15181c;--soft:#1d2126;--error:#ff8a80;"
    "--warning:#f0b429;--remark:#8ab4f8;--kept:#6fcf8a}}\n"
    "body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);"
    "background:var(--paper);max-width:62rem;margin:2rem auto;"
    "padding:0 1rem}\n"
    "h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2.5rem;"
    "border-bottom:1px solid var(--line)}\n"
    "section.clause{margin:1.2rem 0;padding:.6rem 1rem;"
    "background:var(--soft);border-left:4px solid var(--dim);"
    "border-radius:4px}\n"
    "section.error{border-color:var(--error)}"
    "section.warning{border-color:var(--warning)}"
    "section.remark{border-color:var(--remark)}"
    "section.meant{opacity:.75}\n"
    "section h3{margin:0;font-size:1rem}section p{margin:.2rem 0;"
    "color:var(--dim)}\n"
    "b.error{color:var(--error)}b.warning{color:var(--warning)}"
    "b.remark{color:var(--remark)}b.meant{color:var(--dim)}\n"
    "code{font-family:ui-monospace,monospace;font-size:.92em}\n"
    "ul{margin:.4rem 0;padding-left:1.2rem}\n"
    "table{border-collapse:collapse;width:100%;font-size:.92rem}\n"
    "th,td{padding:.2rem .5rem;border-bottom:1px solid var(--line);"
    "text-align:left;vertical-align:top}\n"
    "td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}\n"
    "td.kept{color:var(--kept)}td.broken{color:var(--error);"
    "font-weight:600}td.never{color:var(--dim)}"
    "td.warning{color:var(--warning)}td.remark{color:var(--remark)}\n"
    ".wide{overflow-x:auto}svg{max-width:100%;height:auto;"
    "background:#fff}\n"
    ".dim{color:var(--dim)}\n"
    ".plots{display:grid;gap:1rem;margin-top:1rem;"
    "grid-template-columns:repeat(auto-fit,minmax(20rem,1fr))}"
    "figure{margin:0}\n"
    "@media print{body{max-width:none}section.clause{break-inside:avoid}}\n";

/* ---- files and nodes ---- */

static void
put_html_file(struct buf *b, const struct inspect_file *f)
{
	xml_print(b, "<tr><td><code>%.*s</code></td><td>", STR_ARG(f->name));
	if (f->trouble.n > 0) {
		xml_print(b,
		    "<b class=\"error\">%.*s</b></td><td></td><td></td>"
		    "</tr>\n",
		    STR_ARG(f->trouble));
		return;
	}
	xml_print(b, "%s", f->capture ? _("a capture") : _("a run"));
	if (f->calls > f->sampled) {
		buf_puts(b, _("; "));
		buf_printf(b,
		    f->named ? _("%llu of %llu calls")
			     : _("a sample: %llu of %llu calls"),
		    (unsigned long long)f->sampled,
		    (unsigned long long)f->calls);
	}
	xml_print(b,
	    "</td><td class=\"n\">%llu</td><td class=\"n\">%llu</td></tr>\n",
	    (unsigned long long)f->records, (unsigned long long)f->messages);
}

static void
put_head_row(struct buf *b, const char *const *names, size_t n, size_t numbers)
{
	buf_puts(b, "<div class=\"wide\"><table><thead><tr>");
	for (size_t i = 0; i < n; i++)
		xml_print(b,
		    i >= n - numbers ? "<th class=\"n\">%s</th>"
				     : "<th>%s</th>",
		    i18n_text(names[i]));
	buf_puts(b, "</tr></thead><tbody>\n");
}

static void
put_html_files(const struct inspect *in, struct buf *b)
{
	static const char *const names[] = { N_("file"), N_("what"),
		N_("records"), N_("messages") };

	put_head_row(b, names, 4, 2);
	for (size_t i = 0; i < inspect_report(in)->nfiles; i++)
		put_html_file(b, &inspect_report(in)->files[i]);
	buf_puts(b, "</tbody></table></div>\n");
}

/* Which file it is of, where there are several. */
static void
put_html_place(const struct inspect *in, uint32_t file, struct buf *b)
{
	if (inspect_report(in)->nfiles == 1)
		return;
	xml_print(b, " <span class=\"dim\">%.*s</span>",
	    STR_ARG(inspect_report(in)->files[file].name));
}

static void
put_html_nodes(const struct inspect *in, struct buf *b)
{
	static const char *const names[] = { N_("node"), N_("roles"),
		N_("how sure") };

	xml_print(b, "<h2>%s</h2>\n", _("Nodes"));
	put_head_row(b, names, 3, 0);
	for (size_t i = 0; i < inspect_report(in)->nnodes; i++) {
		const struct inspect_node *n = &inspect_report(in)->nodes[i];

		xml_print(b, "<tr><td>%.*s", STR_ARG(n->name));
		put_html_place(in, n->file, b);
		buf_puts(b, "</td><td>");
		report_put_roles(n->roles, _(", "), b);
		buf_printf(b, "</td><td>%s</td></tr>\n",
		    i18n_text(inspect_sure_names[n->sure]));
	}
	buf_puts(b, "</tbody></table></div>\n");
}

/* ---- calls that did not go well ---- */

static void
put_html_trouble(
    const struct trouble *one, const struct troubles_look *l, struct buf *b)
{
	LOCAL_BUF sentence = BUF_INIT, next = BUF_INIT;

	troubles_put_sentence(one, l, &sentence);
	troubles_put_next(one, &next);
	xml_print(b, "<li>%s<br><span class=\"dim\">%s</span></li>\n",
	    buf_cstr(&sentence), buf_cstr(&next));
	if (sentence.err != 0 || next.err != 0)
		b->err = ERR_NOMEM;
}

static void
put_html_troubles(const struct inspect *in, struct buf *b)
{
	const struct troubles *tr = inspect_report(in)->troubles;
	const struct troubles_look l = report_troubles_look(in);
	size_t n = troubles_count(tr);

	if (n == 0)
		return;
	buf_puts(b, "<h2>");
	troubles_put_title(tr, &l, b);
	buf_puts(b, "</h2>\n<ul>\n");
	for (size_t i = 0; i < n && i < REPORT_VERDICTS; i++)
		put_html_trouble(troubles_at(tr, i), &l, b);
	buf_puts(b, "</ul>\n");
	if (n > REPORT_VERDICTS)
		buf_printf(b, _("  and %zu more"), n - REPORT_VERDICTS);
}

/* ---- findings ---- */

static void
put_html_clause(struct buf *b, const struct inspect_finding *f)
{
	const struct inspect_clause *c = inspect_clause_at(f->clause);
	const char *kind =
	    f->meant != 0 ? "meant" : inspect_severity_names[c->severity];

	xml_print(b, "<section class=\"clause %s\"><h3><b class=\"%s\">%s</b> ",
	    kind, kind, i18n_text(kind));
	report_put_section(c->rule, b);
	xml_print(b, " <code>%s</code></h3>\n<p>%s</p>\n<ul>\n",
	    rule_at(c->rule)->key, i18n_text(rule_at(c->rule)->text));
}

static void
put_html_finding(
    const struct inspect *in, const struct inspect_finding *f, struct buf *b)
{
	char t[TIME_ROOM];

	buf_printf(b, "<li><code>#%llu</code> %s s", (unsigned long long)f->seq,
	    time_text(f->t, t));
	put_html_place(in, f->file, b);
	if (f->name.n > 0)
		xml_print(b, " <strong>%.*s</strong> (%s)", STR_ARG(f->name),
		    i18n_text(role_class_words[f->role]));
	xml_print(b, ": %.*s", STR_ARG(f->text));
	if (f->count > 1)
		buf_printf(b, _("; %llu times"), (unsigned long long)f->count);
	if (f->meant != 0)
		buf_printf(
		    b, _("; wanted by #%llu"), (unsigned long long)f->meant);
	buf_puts(b, "</li>\n");
}

static void
put_html_findings(const struct inspect *in, struct buf *b)
{
	size_t n = inspect_report(in)->nfindings;

	xml_print(b, "<h2>%s</h2>\n", _("Findings"));
	buf_puts(b, "<p>");
	report_put_counts(in, b);
	buf_puts(b, "</p>\n");
	for (size_t i = 0; i < n; i++) {
		const struct inspect_finding *f =
		    &inspect_report(in)->findings[i];

		if (i == 0 || !report_same_clause(f, f - 1)) {
			buf_puts(b, i > 0 ? "</ul></section>\n" : "");
			put_html_clause(b, f);
		}
		put_html_finding(in, f, b);
	}
	buf_puts(b, n > 0 ? "</ul></section>\n" : "");
}

/* ---- media ---- */

static void
put_html_verdicts(const struct inspect *in, struct buf *b)
{
	const struct inspect_report *r = inspect_report(in);
	struct buf remedy = BUF_INIT;

	if (r->nverdicts == 0)
		return;
	xml_print(b, "<h2>%s</h2>\n<ul>\n", _("Media, call by call"));
	for (size_t i = 0; i < r->nverdicts && i < REPORT_VERDICTS; i++) {
		const struct inspect_verdict *v = &r->verdicts[i];

		buf_printf(
		    b, "<li><code>#%llu</code>", (unsigned long long)v->seq);
		put_html_place(in, v->file, b);
		xml_print(b, " %.*s", STR_ARG(v->text));
		if (v->set.n > 0) {
			buf_clear(&remedy);
			report_put_remedy(v, &remedy);
			buf_puts(b, "<br>");
			xml_print(b, "%s", buf_cstr(&remedy));
		}
		buf_puts(b, "</li>\n");
	}
	buf_puts(b, "</ul>\n");
	buf_end(&remedy, &b->err);
	if (r->nverdicts > REPORT_VERDICTS)
		buf_printf(
		    b, _("  and %zu more"), r->nverdicts - REPORT_VERDICTS);
}

/* ---- the matrix ---- */

static void
findings_html_put_cell(const struct inspect *in, enum rule_id rule,
    enum role_class role, struct buf *b)
{
	static const char *const kinds[] = { "never", "exercised", "part",
		"kept", "broken" };
	const struct inspect_clause *c = inspect_clause_of(rule);
	enum inspect_cell cell = inspect_cell_of(in, rule, role);
	unsigned looked_at, all;

	if (cell == INSPECT_NEVER && c != NULL && (c->roles >> role & 1) == 0) {
		buf_puts(b, "<td></td>");
		return;
	}
	xml_print(b, "<td class=\"%s%s%s\">%s", kinds[cell],
	    cell == INSPECT_BROKEN ? " " : "",
	    cell == INSPECT_BROKEN && c != NULL
		? inspect_severity_names[c->severity]
		: "",
	    i18n_text(inspect_cell_names[cell]));
	looked_at = inspect_sentences(rule, &all);
	if (cell == INSPECT_PART)
		buf_printf(b, _(" (%u of %u)"), looked_at, all);
	buf_puts(b, "</td>");
}

static void
findings_html_put_row(
    const struct inspect *in, enum rule_id rule, struct buf *b)
{
	xml_print(b, "<tr><td title=\"%s\"><code>%s</code></td><td>",
	    i18n_text(rule_at(rule)->text), rule_at(rule)->key);
	report_put_section(rule, b);
	buf_puts(b, "</td>");
	for (int r = 0; r < ROLE_CLASS_COUNT; r++)
		findings_html_put_cell(in, rule, (enum role_class)r, b);
	buf_puts(b, "</tr>\n");
}

static void
put_html_matrix(const struct inspect *in, struct buf *b)
{
	size_t never = 0;

	xml_print(b, "<h2>%s</h2>\n", _("Clauses"));
	xml_print(b,
	    "<p class=\"dim\">%s</p>\n"
	    "<div class=\"wide\"><table><thead><tr><th></th><th></th>",
	    _("Exercised: it came up, but nothing could be proved, or "
	      "nothing looks at it. An empty cell: it does not bind "
	      "that role."));
	for (int r = 0; r < ROLE_CLASS_COUNT; r++)
		buf_printf(b, "<th>%s</th>", i18n_text(role_class_words[r]));
	buf_puts(b, "</tr></thead><tbody>\n");
	for (int r = RULE_NONE + 1; r < RULE_COUNT; r++) {
		if (report_has(in, (enum rule_id)r))
			findings_html_put_row(in, (enum rule_id)r, b);
		else
			never++;
	}
	buf_puts(b, "</tbody></table></div>\n<details><summary>");
	buf_printf(b, _("Never seen: %zu clauses"), never);
	buf_puts(b, "</summary><p class=\"dim\">");
	for (int r = RULE_NONE + 1; r < RULE_COUNT; r++)
		if (!report_has(in, (enum rule_id)r))
			buf_printf(b, "<code>%s</code> ",
			    rule_at((enum rule_id)r)->key);
	buf_puts(b, "</p></details>\n");
}

/* ---- RFC 6076 ---- */

static void
findings_html_put_plot(
    const struct inspect *in, enum inspect_delay which, struct buf *b)
{
	LOCAL_BUF svg = BUF_INIT;
	ptrdiff_t at;

	if (put_delay_plot(in, which, &svg)) {
		/* Without the head of a file of its own. */
		at = str_find(buf_view(&svg), "<svg");
		if (at >= 0) {
			buf_puts(b, "<figure>");
			buf_str(
			    b, str_slice(buf_view(&svg), (size_t)at, svg.n));
			buf_puts(b, "</figure>\n");
		}
	}
	if (svg.err != 0)
		b->err = svg.err;
}

static void
put_html_metrics(const struct inspect *in, struct buf *b)
{
	struct table delays = TABLE_INIT, ratios = TABLE_INIT;

	xml_print(b, "<h2>%s</h2>\n", _("Performance (RFC 6076)"));
	report_delays(in, &delays);
	report_ratios(in, &ratios);
	table_put_html(&delays, b);
	table_put_html(&ratios, b);
	table_free(&delays);
	table_free(&ratios);
	buf_puts(b, "<div class=\"plots\">\n");
	for (int i = 0; i < INSPECT_DELAY_COUNT; i++)
		findings_html_put_plot(in, (enum inspect_delay)i, b);
	buf_puts(b, "</div>\n");
}

void
report_html(
    const struct inspect *in, const struct report_look *look, struct buf *b)
{
	(void)look;
	html_put_head(
	    b, str_of(_("Inspection")), NULL, STR_NULL, str_of(style));
	xml_print(b, "<h1>%s</h1>\n", _("Inspection"));
	put_html_files(in, b);
	put_html_troubles(in, b);
	put_html_findings(in, b);
	put_html_verdicts(in, b);
	put_html_metrics(in, b);
	put_html_matrix(in, b);
	put_html_nodes(in, b);
	buf_printf(b, "<p class=\"dim\">rung %s</p>\n</body>\n</html>\n",
	    RUNG_VERSION);
}
