/* The ladder's picture: nothing in a trace can break out of its quotes, and
 * Graphviz draws it, the same twice. */
#include "check.h"
#include "sample_more.h"

#include "base/err.h"
#include "base/mem.h"
#include "draw/dot_put.h"
#include "ladder/ladder_dot.h"
#include "draw/render.h"

static struct buf
draw(struct trace *t, bool true_time)
{
	static const struct ladder_dot_options options = {
		.subtitle = "\"]} & <\\", .footer = "lab · seed 7"
	};
	struct layout_options o = LAYOUT_OPTIONS;
	struct layout *l = NULL;
	struct buf out = BUF_INIT;

	o.true_time = true_time;
	o.number = true;
	CU_ASSERT_PTR_NOT_NULL_FATAL(t);
	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, &o, NULL), 0);
	CU_ASSERT_EQUAL(ladder_dot_write(l, &options, &out), 0);
	layout_destroy(l);
	trace_destroy(t);
	return out;
}

static void
quoting(void)
{
	static const struct {
		const char *text, *quoted;
	} cases[] = {
		{ "", "\"\"" },
		{ "a\"b", "\"a\\\"b\"" },
		{ "\\N\\", "\"\\\\N\\\\\"" },
		{ "&lt;", "\"&amp;lt;\"" },
		{ "<b>", "\"<b>\"" },
		{ "a\nb\033", "\"a␊b␛\"" },
		{ "\xff", "\"\xef\xbf\xbd\"" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buf b = BUF_INIT;

		dot_quote(&b, str_of(cases[i].text));
		CU_ASSERT_STRING_EQUAL(buf_cstr(&b), cases[i].quoted);
		buf_free(&b);
	}
}

/* Each line of the file is one statement of ours: quotes are paired. */
static void
hostile_words_stay_inside(void)
{
	struct buf out = draw(sample_hostile(), true);
	struct str rest = buf_view(&out);

	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest);
		bool inside = false;

		for (size_t i = 0; i < line.n; i++) {
			CU_ASSERT((unsigned char)line.p[i] >= ' ' ||
				  line.p[i] == '\t');
			if (line.p[i] == '\\' && inside)
				i++;
			else if (line.p[i] == '"')
				inside = !inside;
			else if (!inside)
				CU_ASSERT(line.p[i] != '<');
		}
		CU_ASSERT(!inside);
	}
	buf_free(&out);
}

static void
pictures(struct trace *t, bool true_time)
{
	struct buf dot = draw(t, true_time);
	static const char *const starts[] = { "<?xml", "\x89PNG", "%PDF" };

	for (unsigned f = 0; f < RENDER_FORMAT_COUNT; f++) {
		struct buf one = BUF_INIT, two = BUF_INIT;
		struct diag d = DIAG_INIT;

		CU_ASSERT_EQUAL(render_write(buf_view(&dot),
				    (enum render_format)f, &one, &d),
		    0);
		CU_ASSERT_EQUAL(render_write(buf_view(&dot),
				    (enum render_format)f, &two, &d),
		    0);
		CU_ASSERT(str_eq(buf_view(&one), buf_view(&two)));
		CU_ASSERT(str_starts(buf_view(&one), starts[f]));
		if (f == RENDER_PDF)
			CU_ASSERT(str_find(buf_view(&one), "(D:19700101") > 0);
		buf_free(&one);
		buf_free(&two);
	}
	buf_free(&dot);
}

static void
graphviz_draws_it(void)
{
	pictures(sample_lost_invite(), true);
	pictures(sample_lost_invite(), false);
	pictures(sample_hostile(), true);
	pictures(sample_empty(), false);
	pictures(sample_chinese(), true);
	pictures(sample_mixed(), true);
	pictures(sample_many(20), false);
}

/* The attribute KEY of an edge, up to what ends it. */
static struct str
attribute(struct str line, const char *key)
{
	ptrdiff_t at = str_find(line, key);
	size_t n = 0;

	if (at < 0)
		return STR("");
	line = str_slice(line, (size_t)at + strlen(key), line.n);
	while (n < line.n && line.p[n] != ',' && line.p[n] != ']')
		n++;
	return str_slice(line, 0, n);
}

/* On a black and white printer each kind of message has a line of its own. */
static void
kinds_without_colour(void)
{
	struct buf dot = draw(sample_every_line(), false);
	struct str looks[LAYOUT_KIND_COUNT + 1][3];
	size_t n = 0;

	for (unsigned k = 0; k <= LAYOUT_KIND_COUNT; k++) {
		struct str rest = buf_view(&dot);
		bool found = false;
		char class[32];

		snprintf(class, sizeof(class), "class=\"%s\"",
		    k < LAYOUT_KIND_COUNT ? layout_kind_name(k) : "lost");
		while (rest.n > 0 && !found) {
			struct str line = str_cut(rest, '\n', &rest);

			/* One that was lost has lost its head. */
			if (str_find(line, class) < 0 ||
			    (k < LAYOUT_KIND_COUNT &&
				str_find(line, "arrowhead") < 0))
				continue;
			found = true;
			looks[n][0] = attribute(line, ",style=");
			looks[n][1] = attribute(line, ",arrowhead=");
			looks[n][2] = attribute(line, ",penwidth=");
			n++;
		}
		CU_ASSERT(found);
	}
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			CU_ASSERT(!str_eq(looks[i][0], looks[k][0]) ||
				  !str_eq(looks[i][1], looks[k][1]));
	/* What is sent again says so. */
	CU_ASSERT(str_find(buf_view(&dot), "label=\"INVITE ↻1") > 0);
	buf_free(&dot);
}

struct line {
	double x[2], y[2];
};

/* The first and the last point of an edge's `pos`. */
static bool
read_line(struct str text, struct line *l)
{
	ptrdiff_t at = str_find(text, "pos=\"");
	char pos[512];
	const char *last;
	double x, y;

	if (at < 0 || text.n - (size_t)at - 5 < 4)
		return false;
	text = str_slice(text, (size_t)at + 5, text.n);
	at = str_chr(text, '"');
	snprintf(pos, sizeof(pos), "%.*s", (int)at, text.p);
	last = strrchr(pos, ' ');
	if (last == NULL || sscanf(last, "%lf,%lf", &l->x[1], &l->y[1]) != 2)
		return false;
	if (pos[0] == 'e' &&
	    sscanf(pos, "e,%lf,%lf %lf,%lf", &x, &y, &l->x[0], &l->y[0]) == 4) {
		l->x[1] = x;
		l->y[1] = y;
		return true;
	}
	return sscanf(pos, "%lf,%lf", &l->x[0], &l->y[0]) == 2;
}

/* Whether the middle line of a text from X1 to X2 at Y is struck through. */
static bool
struck(const struct line *l, double x1, double x2, double y)
{
	for (int i = 0; i <= 40; i++) {
		double x = l->x[0] + (l->x[1] - l->x[0]) * i / 40;
		double h = l->y[0] + (l->y[1] - l->y[0]) * i / 40;

		if (x > x1 && x < x2 && h > y - 3.5 && h < y + 3.5)
			return true;
	}
	return false;
}

/* Why a message was lost stands beside lines, labels and other reasons. */
static void
losses_stand_free(struct buf *dot)
{
	struct line lines[64];
	struct {
		double x1, x2, y;
	} why[64];
	struct str rest = buf_view(dot);
	size_t nlines = 0, n = 0;

	while (rest.n > 0) {
		struct str line = str_cut(rest, '\n', &rest);
		ptrdiff_t at = str_find(line, "label=\"lost on the link");
		double x, y, width, inches;

		if (str_find(line, ",id=\"record") > 0 && nlines < 64 &&
		    read_line(line, &lines[nlines]))
			nlines++;
		if (at < 0 || n == 64)
			continue;
		CU_ASSERT_FATAL(sscanf(line.p + str_find(line, "pos=\""),
				    "pos=\"%lf,%lf\"", &x, &y) == 2);
		CU_ASSERT_FATAL(sscanf(line.p + str_find(line, "width="),
				    "width=%lf", &inches) == 1);
		width = dot_text_width(STR("lost on the link"), 8.5, false);
		if (str_find(line, "link\\r\"") > 0) {
			why[n].x2 = x + inches * 36;
			why[n].x1 = why[n].x2 - width;
		} else {
			why[n].x1 = x - inches * 36;
			why[n].x2 = why[n].x1 + width;
		}
		why[n++].y = y;
	}
	CU_ASSERT_EQUAL(n, 13);
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < nlines; k++)
			CU_ASSERT(
			    !struck(&lines[k], why[i].x1, why[i].x2, why[i].y));
		for (size_t k = 0; k < i; k++)
			CU_ASSERT(
			    why[i].x2 < why[k].x1 || why[k].x2 < why[i].x1 ||
			    why[i].y - why[k].y > 8 || why[k].y - why[i].y > 8);
	}
}

static void
losses(void)
{
	for (int true_time = 0; true_time < 2; true_time++) {
		struct buf dot = draw(sample_losses(), true_time != 0);

		losses_stand_free(&dot);
		CU_ASSERT(str_find(buf_view(&dot),
			      "The run ended with an error.") > 0);
		buf_free(&dot);
	}
}

/* "proxy · registrar · location" whole, on two lines where it must be. */
static void
roles(void)
{
	struct trace *t;
	struct sample s;
	struct buf dot;

	sample_begin(&s, "roles");
	sample_node(&s, "a", "proxy registrar location", "", "");
	sample_node(
	    &s, "b", "b2bua registrar location gateway handset", "", "");
	sample_rec(&s, "act", "a", 0, NULL, ",'by':'person'");
	sample_send(&s, "a", "b", "INVITE", "INVITE", false, 1, NULL, 0, 0);
	t = sample_end(&s);
	dot = draw(t, false);
	CU_ASSERT(
	    str_find(buf_view(&dot), "\"proxy · registrar · location\"") > 0);
	CU_ASSERT(str_find(buf_view(&dot), "\"B2BUA · registrar") > 0);
	CU_ASSERT(str_find(buf_view(&dot), "handset\"") > 0);
	CU_ASSERT(str_find(buf_view(&dot), "…") < 0);
	buf_free(&dot);
}

/* What a reader who can't see the picture gets of it. */
static void
svg_says_what_it_shows(void)
{
	struct buf dot = draw(sample_losses(), false), svg = BUF_INIT;
	struct diag d = DIAG_INIT;
	struct str text;

	CU_ASSERT_EQUAL(render_write(buf_view(&dot), RENDER_SVG, &svg, &d), 0);
	text = buf_view(&svg);
	CU_ASSERT(str_find(text, "<svg role=\"img\" ") > 0);
	CU_ASSERT(str_find(text, "<title>All losses</title>\n<desc>Ladder "
				 "diagram of ") > 0);
	CU_ASSERT(str_find(text, "Messages: 13; lost: 13; retransmitted: 0. "
				 "The run ended with an error.</desc>") > 0);
	CU_ASSERT(str_find(text, "<title>#2, 0.000 s, a → b: INVITE, lost on "
				 "the link</title>") > 0);
	CU_ASSERT(str_find(text, "end&#45;&gt;end") < 0);
	CU_ASSERT(str_find(text, "<!--") < 0);
	CU_ASSERT(str_find(text, "xlink:title") < 0);
	CU_ASSERT(str_find(text, ">lost on the link</text>") > 0);
	buf_free(&dot);
	buf_free(&svg);
}

/* An XML parser agrees, where there is one. */
static void
svg_is_xml(void)
{
	struct trace *traces[] = { sample_hostile(), sample_chinese(),
		sample_losses(), sample_empty() };

	for (size_t i = 0; i < 4; i++) {
		struct buf dot = draw(traces[i], true), svg = BUF_INIT;
		FILE *f;

		CU_ASSERT_EQUAL(
		    render_write(buf_view(&dot), RENDER_SVG, &svg, NULL), 0);
		f = system("command -v xmllint >/dev/null 2>&1") == 0
			? popen("xmllint --noout --nonet -", "w")
			: NULL;
		if (f != NULL) {
			CU_ASSERT_EQUAL(fwrite(svg.p, 1, svg.n, f), svg.n);
			CU_ASSERT_EQUAL(pclose(f), 0);
		}
		buf_free(&dot);
		buf_free(&svg);
	}
}

/* The words are in the SVG as text, escaped once. */
static void
words_arrive(void)
{
	struct buf dot = draw(sample_hostile(), false), svg = BUF_INIT;
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL(render_write(buf_view(&dot), RENDER_SVG, &svg, &d), 0);
	CU_ASSERT(str_find(buf_view(&svg), "&lt;b&gt;") >= 0);
	CU_ASSERT(str_find(buf_view(&svg), "&amp;amp;") >= 0);
	CU_ASSERT(str_find(buf_view(&svg), "\\N&lt;U+202E&gt;") >= 0);
	CU_ASSERT(str_find(buf_view(&svg), "<b>") < 0);
	CU_ASSERT(str_find(buf_view(&svg), "\033") < 0);
	buf_free(&dot);
	buf_free(&svg);
}

static void
too_much_and_wrong(void)
{
	struct buf dot = draw(sample_long(6000), false), out = BUF_INIT;
	struct diag d = DIAG_INIT;

	CU_ASSERT_EQUAL(
	    render_write(buf_view(&dot), RENDER_SVG, &out, &d), ERR_LIMIT);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "--from"));
	d = DIAG_INIT;
	buf_free(&dot);
	dot = draw(sample_long(4000), false);
	CU_ASSERT_EQUAL(
	    render_write(buf_view(&dot), RENDER_PNG, &out, &d), ERR_LIMIT);
	CU_ASSERT_PTR_NOT_NULL(strstr(d.text, "svg"));
	d = DIAG_INIT;
	CU_ASSERT_EQUAL(
	    render_layout(STR("digraph { a -> "), "dot", RENDER_SVG, &out, &d),
	    ERR_SYNTAX);
	d = DIAG_INIT;
	CU_ASSERT_EQUAL(render_layout(STR("digraph { a -> b }"), "dot",
			    RENDER_SVG, &out, &d),
	    0);
	CU_ASSERT_EQUAL(render_format_find(STR("PNG")), RENDER_PNG);
	CU_ASSERT_EQUAL(render_format_find(STR("gif")), RENDER_FORMAT_COUNT);
	buf_free(&dot);
	buf_free(&out);
}

static void
memory_runs_out(void)
{
	struct trace *t = sample_lost_invite();
	struct layout *l = NULL;
	int err = ERR_NOMEM;

	CU_ASSERT_EQUAL_FATAL(layout_create(&l, t, NULL, NULL), 0);
	for (unsigned long n = 1; err != 0 && n < 3000; n++) {
		struct buf out = BUF_INIT;

		mem_fail_from(n);
		err = ladder_dot_write(l, NULL, &out);
		mem_fail_from(0);
		CU_ASSERT(err == 0 || err == ERR_NOMEM);
		buf_free(&out);
	}
	CU_ASSERT_EQUAL(err, 0);
	layout_destroy(l);
	trace_destroy(t);
}

/* What a reader needs to know of the lines; a refusal stays between its own
 * lifeline and the next, on two lines. */
static void
legend_and_refusal(void)
{
	struct buf out = draw(sample_mixed(), false);
	struct sample s;
	uint64_t r;

	CU_ASSERT(str_find(buf_view(&out), "Dotted lines are not SIP.") > 0);
	buf_free(&out);
	sample_begin(&s, "refusal");
	sample_node(&s, "alice", "ua", "", "");
	sample_node(&s, "px", "proxy", "", "");
	sample_node(&s, "bob", "ua", "", "");
	r = sample_rec(&s, "act", "alice", 0, NULL, ",'by':'person'");
	r = sample_pass(&s, "alice", "px", "INVITE", "INVITE", r, MS);
	r = sample_pass(&s, "px", "bob", "INVITE", "INVITE", r, MS);
	sample_rec(&s, "bad", "bob", r, NULL,
	    ",'fault':'no-end','at':'sip:bob@192.0.2.3:5060;transport=tcp'");
	out = draw(sample_end(&s), false);
	CU_ASSERT(str_find(buf_view(&out), "\"no empty line") > 0);
	CU_ASSERT(str_find(buf_view(&out), "\"header fields: sip:bob") > 0);
	CU_ASSERT(str_find(buf_view(&out), "Dotted lines") < 0);
	buf_free(&out);
}

CHECK_MAIN("ladder_dot", { "legend_and_refusal", legend_and_refusal },
    { "quoting", quoting },
    { "hostile_words_stay_inside", hostile_words_stay_inside },
    { "graphviz_draws_it", graphviz_draws_it },
    { "kinds_without_colour", kinds_without_colour }, { "losses", losses },
    { "roles", roles }, { "svg_says_what_it_shows", svg_says_what_it_shows },
    { "svg_is_xml", svg_is_xml }, { "words_arrive", words_arrive },
    { "too_much_and_wrong", too_much_and_wrong },
    { "memory_runs_out", memory_runs_out })
