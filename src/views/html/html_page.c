/*
 * The page from its first line to its last: what it may do (nothing but run
 * the one script that has this hash), the controls, the picture, the panes, the
 * messages, the data.
 */
#include "views/html/html_page.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "views/html/html_in.h"
#include "words/origin_words.h"

#include <string.h>

static void
put(struct html *h, const char *markup)
{
	buf_puts(h->out, markup);
}

static void
say(struct html *h, const char *text)
{
	html_put_text(h->out, str_of(text));
}

static struct str
title_of(const struct html *h)
{
	return h->o->title != NULL ? str_of(h->o->title) : h->l->title;
}

/* RFC 5646: the catalogue's "zh_CN" is a page's "zh-CN". */
static void
put_language(struct html *h)
{
	for (const char *p = i18n_language(); *p != '\0'; p++)
		buf_putc(h->out, *p == '_' ? '-' : *p);
}

/* It has a name from the trace in it. */
static void
put_origin(struct html *h)
{
	struct buf b = BUF_INIT;

	origin_put(&b, h->t);
	html_put_text(h->out, buf_view(&b));
	if (b.err != 0)
		h->out->err = b.err;
	buf_free(&b);
}

static void
put_head(struct html *h)
{
	put(h, "<!DOCTYPE html>\n"
	       "<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"");
	put_language(h);
	put(h, "\" xml:lang=\"");
	put_language(h);
	put(h, "\">\n<head>\n<meta charset=\"utf-8\" />\n"
	       "<meta http-equiv=\"Content-Security-Policy\" "
	       "content=\"default-src 'none'; script-src '");
	put(h, html_script_hash);
	put(h, "'; style-src 'unsafe-inline'; base-uri 'none'; "
	       "form-action 'none'\" />\n"
	       "<meta name=\"viewport\" "
	       "content=\"width=device-width, initial-scale=1\" />\n"
	       "<meta name=\"color-scheme\" content=\"light dark\" />\n");
	buf_printf(h->out,
	    "<meta name=\"generator\" content=\"rung " RUNG_VERSION "; seed "
	    "%lld; trace %016llx\" />\n<title>",
	    (long long)trace_head(h->t)->seed,
	    (unsigned long long)trace_hash(h->t));
	html_put_text(h->out, title_of(h));
	put(h, "</title>\n<style>");
	buf_str(h->out, html_style());
	put(h, "</style>\n</head>\n");
}

/* X(id, what is on it, name for who hears it, its key) */
#define BUTTONS(X)                                              \
	X(first, "⇤", N_("Before the first message"), "Home")   \
	X(back, "◀", N_("One message back"), "ArrowLeft")       \
	X(next, "▶", N_("One message on"), "ArrowRight")        \
	X(last, "⇥", N_("The last message"), "End")             \
	X(rback, "‹", N_("One record back"), "Shift+ArrowLeft") \
	X(rnext, "›", N_("One record on"), "Shift+ArrowRight")  \
	X(smaller, "−", N_("Smaller picture"), "-")             \
	X(larger, "+", N_("Larger picture"), "+")

static void
put_buttons(struct html *h)
{
	static const struct {
		const char *id, *sign, *text, *key;
	} buttons[] = {
#define X(id, sign, text, key) { #id, sign, text, key },
		BUTTONS(X)
#undef X
	};

	buf_puts(h->out, "<div id=\"p-controls\" role=\"toolbar\" "
			 "aria-label=\"");
	say(h, _("Steps"));
	put(h, "\">\n");
	for (size_t i = 0; i < sizeof(buttons) / sizeof(buttons[0]); i++) {
		buf_printf(h->out,
		    "<button type=\"button\" id=\"p-%s\" "
		    "aria-keyshortcuts=\"%s\" title=\"",
		    buttons[i].id, buttons[i].key);
		say(h, i18n_text(buttons[i].text));
		buf_printf(h->out, " (%s)\" aria-label=\"", buttons[i].key);
		say(h, i18n_text(buttons[i].text));
		buf_printf(h->out, "\">%s</button>\n", buttons[i].sign);
	}
	put(h, "<button type=\"button\" id=\"p-predict\" "
	       "aria-keyshortcuts=\"Q\" aria-pressed=\"false\" title=\"");
	say(h, _("Hides what lies ahead and asks what comes next"));
	put(h, " (Q)\">");
	say(h, _("Predict"));
	put(h, "</button>\n");
	put(h, "</div>\n");
}

static void
put_search(struct html *h)
{
	put(h, "<form id=\"p-form\" role=\"search\">\n"
	       "<label for=\"p-search\">");
	say(h, _("Search"));
	put(h, "</label> <input type=\"search\" id=\"p-search\" "
	       "aria-keyshortcuts=\"/\" autocomplete=\"off\" "
	       "spellcheck=\"false\" placeholder=\"");
	say(h, _("BYE, status=4xx …"));
	put(h, "\" />\n<button type=\"button\" id=\"p-fback\" aria-label=\"");
	say(h, _("Previous found"));
	put(h, "\">▲</button>\n<button type=\"button\" id=\"p-fnext\" "
	       "aria-label=\"");
	say(h, _("Next found"));
	put(h, "\">▼</button>\n<output id=\"p-found\" for=\"p-search\">"
	       "</output>\n</form>\n");
}

static void
put_top(struct html *h)
{
	const char *warning = layout_warning(h->l);

	put(h, "<body>\n<a class=\"skip\" href=\"#p-now\">");
	say(h, _("Skip to the current step"));
	put(h, "</a>\n<header>\n<h1>");
	html_put_text(h->out, title_of(h));
	put(h, "</h1>\n<p id=\"p-from\">");
	put_origin(h);
	put(h, "</p>\n");
	put_buttons(h);
	put_search(h);
	put(h, "</header>\n<noscript><p>");
	say(h, _("Stepping through the ladder needs JavaScript; the picture "
		 "and all messages are here without it."));
	put(h, "</p></noscript>\n");
	if (warning != NULL) {
		put(h, "<p id=\"p-warning\" role=\"note\">");
		say(h, warning);
		put(h, "</p>\n");
	}
}

static int
put_ladder(struct html *h)
{
	int err;

	put(h, "<section id=\"p-ladder\" tabindex=\"0\" "
	       "aria-labelledby=\"p-ladder-h\">\n<h2 id=\"p-ladder-h\">");
	say(h, _("Ladder"));
	put(h, "</h2>\n<div id=\"p-names\" aria-hidden=\"true\"></div>\n"
	       "<div id=\"p-picture\">\n");
	err = html_svg(h);
	put(h, "</div>\n<div id=\"p-pages\" aria-hidden=\"true\"></div>\n"
	       "</section>\n");
	return err;
}

static void
put_pane(struct html *h, const char *id, const char *name)
{
	buf_printf(h->out,
	    "<section class=\"pane\" id=\"p-%s\" "
	    "aria-labelledby=\"p-%s-h\">\n<h2 id=\"p-%s-h\">",
	    id, id, id);
	say(h, name);
	put(h, "</h2>\n");
	if (strcmp(id, "message") == 0) {
		put(h, "<button type=\"button\" id=\"p-explain\" "
		       "aria-keyshortcuts=\"e\" aria-pressed=\"true\">");
		say(h, _("Explain the lines"));
		put(h, "</button>\n");
	}
	buf_printf(h->out,
	    "<div class=\"body\" id=\"p-%s-body\" tabindex=\"0\" "
	    "role=\"region\" aria-labelledby=\"p-%s-h\"></div>\n</section>\n",
	    id, id);
}

/* What the script asks; in sight only while it does. */
static void
put_quiz(struct html *h)
{
	put(h, "<section id=\"p-quiz\" aria-labelledby=\"p-quiz-h\">\n"
	       "<h2 id=\"p-quiz-h\" tabindex=\"-1\">");
	say(h, _("Predict"));
	put(h, "</h2>\n<output id=\"p-score\"></output>\n"
	       "<div id=\"p-quiz-body\">\n<div id=\"p-asks\"></div>\n"
	       "<div id=\"p-verdict\" role=\"status\" "
	       "aria-live=\"polite\"></div>\n</div>\n<p id=\"p-ways\">"
	       "<button type=\"button\" id=\"p-solve\" "
	       "aria-keyshortcuts=\"s\">");
	say(h, _("Show the solution"));
	put(h, " (s)</button>\n<button type=\"button\" id=\"p-goon\" "
	       "aria-keyshortcuts=\"Enter\">");
	say(h, _("Go on"));
	put(h, " (Enter)</button></p>\n</section>\n");
}

/* What the script fills in. */
static void
put_panes(struct html *h)
{
	put(h, "<div id=\"p-beside\">\n<section id=\"p-now\" tabindex=\"-1\" "
	       "aria-labelledby=\"p-now-h\">\n<h2 id=\"p-now-h\">");
	say(h, _("Current step"));
	put(h, "</h2>\n<div id=\"p-step\" role=\"status\" "
	       "aria-live=\"polite\" aria-atomic=\"true\">"
	       "<p id=\"p-place\"></p><p id=\"p-caption\"></p></div>\n"
	       "</section>\n");
	put_quiz(h);
	put_pane(h, "message", _("Message"));
	put_pane(h, "why", _("Why"));
	put_pane(h, "state", _("State and timers"));
	put(h, "</div>\n");
}

static int
put_page(struct html *h)
{
	int err;

	put_head(h);
	put_top(h);
	put(h, "<main>\n");
	err = put_ladder(h);
	if (err != 0)
		return err;
	put_panes(h);
	put(h, "</main>\n");
	html_messages(h);
	put(h, "<footer><p>");
	say(h, _("Keys: arrows step, with Shift by record; Home, End; / "
		 "searches, n and N go on; e explains; + and − change the "
		 "picture's size; Q predicts."));
	put(h, "</p></footer>\n"
	       "<script type=\"application/json\" id=\"p-data\">\n");
	html_data(h);
	put(h, "</script>\n<script>");
	buf_str(h->out, html_script());
	put(h, "</script>\n</body>\n</html>\n");
	return 0;
}

int
html_page_write(const struct trace *t, const struct layout *l,
    const struct html_options *o, struct buf *out, struct diag *d)
{
	static const struct html_options usual = { 0 };
	struct html h = {
		.t = t, .l = l, .o = o != NULL ? o : &usual, .out = out, .d = d
	};
	int err = html_choose(&h);

	if (err == 0)
		err = put_page(&h);
	if (err == 0 && out->err != 0)
		err = diag_set(d, out->err, NULL, 0, "%s", err_text(out->err));
	if (err == 0 && out->n >= HTML_BYTES)
		err = diag_set(d, ERR_LIMIT, NULL, 0,
		    _("the page would be larger than %u MB; choose a part "
		      "with --call, --node, --from or --to"),
		    HTML_BYTES >> 20);
	map_destroy(h.texts.places);
	map_destroy(h.notes.places);
	map_destroy(h.rules.places);
	buf_free(&h.messages);
	mem_free(h.wanted);
	mem_free(h.columns);
	return err;
}
