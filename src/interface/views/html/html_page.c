/*
 * The page from its first line to its last: what it may do (nothing but run
 * the one script that has this hash), the controls, the picture, the panes, the
 * messages, the data.
 */
#include "views/html/html_page.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "draw/html_put.h"
#include "text/json.h"
#include "text/xml.h"
#include "views/html/html_in.h"
#include "words/hearing_doc.h"
#include "words/trace_words.h"

#include <string.h>

static struct str
page_title_of(const struct html *h)
{
	return h->o->title != NULL ? str_of(h->o->title) : h->l->title;
}

static void
put_page_head(struct html *h)
{
	struct buf more = BUF_INIT, data = BUF_INIT;

	buf_printf(&more,
	    "<meta name=\"color-scheme\" content=\"light dark\" />\n"
	    "<meta name=\"generator\" content=\"rung " RUNG_VERSION "; seed "
	    "%lld; trace %016llx\" />\n",
	    (long long)trace_head(h->t)->seed,
	    (unsigned long long)trace_hash(h->t));
	if (h->o->wav.n > 0)
		buf_puts(&data, "media-src data:; ");
	if (trace_first_of(h->t, TRACE_MEDIA) != 0)
		buf_puts(&data, "img-src data:; ");
	html_put_head_with(h->out, page_title_of(h), html_script_hash,
	    buf_view(&more), html_style(), buf_cstr(&data));
	buf_end(&more, &h->out->err);
	buf_end(&data, &h->out->err);
}

static void
put_buttons(struct html *h)
{
	/* Screen readers read the name.  A button without a sign is drawn by
	 * page.css, since fonts may lack its sign. */
	static const struct {
		const char *id, *sign, *text, *key;
	} buttons[] = {
		{ "first", "⇤", N_("Before the first message"), "Home" },
		{ "back", "←", N_("Previous message"), "ArrowLeft" },
		{ "next", "→", N_("Next message"), "ArrowRight" },
		{ "last", "⇥", N_("The last message"), "End" },
		{ "rback", "‹", N_("Previous record"), "Shift+ArrowLeft" },
		{ "rnext", "›", N_("Next record"), "Shift+ArrowRight" },
		{ "smaller", "−", N_("Smaller picture"), "-" },
		{ "larger", "+", N_("Larger picture"), "+" },
		{ "fit", "",
		    N_("All columns, the whole ladder, or readable text"),
		    "0" },
	};

	xml_print(h->out,
	    "<div id=\"p-controls\" role=\"toolbar\" aria-label=\"%s\">\n",
	    _("Steps"));
	for (size_t i = 0; i < COUNT_OF(buttons); i++) {
		const char *text = i18n_text(buttons[i].text);

		xml_print(h->out,
		    "<button type=\"button\" id=\"p-%s\" "
		    "aria-keyshortcuts=\"%s\" title=\"%s (%s)\" "
		    "aria-label=\"%s\">%s</button>\n",
		    buttons[i].id, buttons[i].key, text, buttons[i].key, text,
		    buttons[i].sign);
	}
	xml_print(h->out,
	    "<button type=\"button\" id=\"p-predict\" "
	    "aria-keyshortcuts=\"Q\" aria-pressed=\"false\" "
	    "title=\"%s (Q)\">%s</button>\n</div>\n",
	    _("Hides what follows and asks what comes next"), _("Predict"));
}

static void
put_search(struct html *h)
{
	xml_print(h->out,
	    "<form id=\"p-form\" role=\"search\">\n"
	    "<label for=\"p-search\">%s</label> "
	    "<input type=\"search\" id=\"p-search\" "
	    "aria-keyshortcuts=\"/\" autocomplete=\"off\" "
	    "spellcheck=\"false\" placeholder=\"%s\" />\n"
	    "<button type=\"button\" id=\"p-fback\" aria-label=\"%s\">▲"
	    "</button>\n"
	    "<button type=\"button\" id=\"p-fnext\" aria-label=\"%s\">▼"
	    "</button>\n<output id=\"p-found\" for=\"p-search\">"
	    "</output>\n</form>\n",
	    _("Search"), _("BYE, status=4xx …"), _("Previous match"),
	    _("Next match"));
}

static void
page_put_sound(struct html *h)
{
	if (h->o->wav.n == 0)
		return;
	xml_print(h->out,
	    "<p id=\"p-sound\">%s <audio controls=\"controls\" "
	    "aria-label=\"%s\" src=\"data:audio/wav;base64,",
	    h->o->sound, h->o->sound);
	json_put_base64(h->out, h->o->wav);
	buf_puts(h->out, "\"></audio></p>\n");
}

static void
page_put_link(struct html *h)
{
	if (h->o->link.n > 0)
		xml_print(h->out,
		    "<p id=\"p-link\"><a href=\"%.*s\">%s</a></p>\n",
		    STR_ARG(h->o->link), _("Play this run"));
}

/* How good what was heard has sounded over time: a picture of its own, whose
 * styles are not the ladder's. */
static void
page_put_plot(struct html *h)
{
	const char *title = _("Sound quality");
	struct buf svg = BUF_INIT;

	if (hearing_plot_svg(h->t, title, &svg)) {
		xml_print(h->out,
		    "<details id=\"p-media\"><summary>%s</summary>"
		    "<img alt=\"%s\" src=\"data:image/svg+xml;base64,",
		    _("Media"), title);
		json_put_base64(h->out, buf_view(&svg));
		buf_puts(h->out, "\" /></details>\n");
	}
	buf_end(&svg, &h->out->err);
}

static void
page_put_top(struct html *h)
{
	const char *warning = layout_warning(h->l);
	struct buf origin = BUF_INIT;

	/* It has a name from the trace in it. */
	origin_put_line(&origin, h->t);
	xml_print(h->out,
	    "<a class=\"skip\" href=\"#p-now\">%s</a>\n<header>\n"
	    "<h1>%.*s</h1>\n<p id=\"p-from\">%.*s</p>\n",
	    _("Skip to the current step"), STR_ARG(page_title_of(h)),
	    STR_ARG(buf_view(&origin)));
	put_buttons(h);
	put_search(h);
	page_put_sound(h);
	page_put_link(h);
	page_put_plot(h);
	xml_print(h->out, "</header>\n<noscript><p>%s</p></noscript>\n",
	    _("Stepping through the ladder needs JavaScript; without it, this "
	      "page contains the figure and all messages."));
	if (warning != NULL)
		xml_print(h->out, "<p id=\"p-warning\" role=\"note\">%s</p>\n",
		    warning);
	buf_end(&origin, &h->out->err);
}

static int
page_put_ladder(struct html *h)
{
	int err;

	xml_print(h->out,
	    "<section id=\"p-ladder\" tabindex=\"0\" "
	    "aria-labelledby=\"p-ladder-h\">\n"
	    "<h2 id=\"p-ladder-h\">%s</h2>\n"
	    "<div id=\"p-names\" aria-hidden=\"true\"></div>\n"
	    "<div id=\"p-picture\">\n",
	    _("Ladder"));
	err = html_svg(h);
	buf_puts(h->out, "</div>\n<div id=\"p-pages\" aria-hidden=\"true\">"
			 "</div>\n</section>\n");
	return err;
}

static void
put_pane(struct html *h, const char *id, const char *name)
{
	xml_print(h->out,
	    "<section class=\"pane\" id=\"p-%s\" "
	    "aria-labelledby=\"p-%s-h\">\n<h2 id=\"p-%s-h\">%s</h2>\n",
	    id, id, id, name);
	if (strcmp(id, "message") == 0)
		xml_print(h->out,
		    "<button type=\"button\" id=\"p-explain\" "
		    "aria-keyshortcuts=\"e\" aria-pressed=\"true\">%s"
		    "</button>\n",
		    _("Explain the lines"));
	xml_print(h->out,
	    "<div class=\"body\" id=\"p-%s-body\" tabindex=\"0\" "
	    "role=\"group\" aria-labelledby=\"p-%s-h\"></div>\n</section>\n",
	    id, id);
}

/* What the script asks; in sight only while it does. */
static void
page_put_quiz(struct html *h)
{
	xml_print(h->out,
	    "<section id=\"p-quiz\" aria-labelledby=\"p-quiz-h\">\n"
	    "<h2 id=\"p-quiz-h\" tabindex=\"-1\">%s</h2>\n"
	    "<output id=\"p-score\"></output>\n"
	    "<div id=\"p-quiz-body\">\n<div id=\"p-asks\"></div>\n"
	    "<div id=\"p-verdict\" role=\"status\" "
	    "aria-live=\"polite\"></div>\n</div>\n<p id=\"p-ways\">"
	    "<button type=\"button\" id=\"p-solve\" "
	    "aria-keyshortcuts=\"s\">%s (s)</button>\n"
	    "<button type=\"button\" id=\"p-goon\" "
	    "aria-keyshortcuts=\"Enter\">%s (Enter)</button></p>\n"
	    "</section>\n",
	    _("Predict"), _("Show the solution"), _("Continue"));
}

/* What the script fills in. */
static void
put_panes(struct html *h)
{
	xml_print(h->out,
	    "<div id=\"p-beside\">\n<section id=\"p-now\" tabindex=\"-1\" "
	    "aria-labelledby=\"p-now-h\">\n<h2 id=\"p-now-h\">%s</h2>\n"
	    "<div id=\"p-step\" role=\"status\" "
	    "aria-live=\"polite\" aria-atomic=\"true\">"
	    "<p id=\"p-place\"></p><p id=\"p-caption\"></p></div>\n"
	    "</section>\n",
	    _("Current step"));
	page_put_quiz(h);
	put_pane(h, "message", _("Message"));
	put_pane(h, "why", _("Why"));
	put_pane(h, "state", _("State and timers"));
	buf_puts(h->out, "</div>\n");
}

/* The part between the head and the script. */
static int
page_put_body(struct html *h)
{
	int err;

	page_put_top(h);
	buf_puts(h->out, "<main>\n");
	err = page_put_ladder(h);
	if (err != 0)
		return err;
	put_panes(h);
	buf_puts(h->out, "</main>\n");
	html_messages(h);
	xml_print(h->out, "<footer><p>%s</p></footer>\n",
	    _("Keys: the arrows step, with Shift by record; Home, End; / "
	      "searches, n and N go to the next and previous match; e "
	      "explains; +, − and 0 change the size of the figure; Q "
	      "predicts."));
	return 0;
}

/* More than a page has room for is D's error. */
static int
page_check_size(size_t n, struct diag *d)
{
	if (n < HTML_BYTES)
		return 0;
	return diag_set(d, ERR_LIMIT, NULL, 0,
	    _("the page would be larger than %u MB; choose a part "
	      "with --call, --node, --from or --to"),
	    HTML_BYTES >> 20);
}

static int
put_page(struct html *h)
{
	int err;

	put_page_head(h);
	err = page_put_body(h);
	/* Better known before the larger part of the work. */
	if (err == 0)
		err = page_check_size(h->out->n, h->d);
	if (err != 0)
		return err;
	buf_puts(h->out, "<script type=\"application/json\" id=\"p-data\">\n");
	html_data(h);
	buf_puts(h->out, "</script>\n<script>");
	buf_str(h->out, html_script());
	buf_puts(h->out, "</script>\n</body>\n</html>\n");
	return 0;
}

static struct html
begin_page(const struct trace *t, const struct layout *l,
    const struct html_options *o, struct diag *d)
{
	static const struct html_options usual = { 0 };

	return (
	    struct html){ .t = t, .l = l, .o = o != NULL ? o : &usual, .d = d };
}

static void
end_page(struct html *h)
{
	map_destroy(h->texts.places);
	map_destroy(h->notes.places);
	map_destroy(h->rules.places);
	buf_free(&h->messages);
	mem_free(h->wanted);
}

int
html_page_write(const struct trace *t, const struct layout *l,
    const struct html_options *o, struct buf *out, struct diag *d)
{
	struct html h = begin_page(t, l, o, d);
	int err = html_choose(&h);

	h.out = out;
	if (err == 0 && h.o->wav.n > HTML_SOUND)
		err = diag_set(d, ERR_LIMIT, NULL, 0,
		    _("a page can contain %u MB of sound; choose a part with "
		      "--from and --to"),
		    HTML_SOUND >> 20);
	if (err == 0)
		err = put_page(&h);
	if (err == 0 && out->err != 0)
		err = diag_fail(d, out->err);
	if (err == 0)
		err = page_check_size(out->n, d);
	end_page(&h);
	return err;
}

/* ---- parts ---- */

int
html_parts_write(const struct trace *t, const struct layout *l,
    const struct html_options *o, struct html_parts *p, struct diag *d)
{
	struct html h = begin_page(t, l, o, d);
	int err = html_choose(&h);

	buf_str(&p->title, page_title_of(&h));
	h.out = &p->body;
	if (err == 0)
		err = page_put_body(&h);
	if (err == 0) {
		h.out = &p->data;
		html_data(&h);
		err = p->body.err != 0 || p->data.err != 0 || p->title.err != 0
			  ? ERR_NOMEM
			  : page_check_size(p->body.n + p->data.n, d);
	}
	end_page(&h);
	return err;
}

void
html_parts_free(struct html_parts *p)
{
	buf_free(&p->title);
	buf_free(&p->body);
	buf_free(&p->data);
}
