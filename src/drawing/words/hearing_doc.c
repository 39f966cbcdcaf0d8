/* Hearing as a text; see words/hearing_doc.h. */
#include "words/hearing_doc.h"

#include "base/err.h"
#include "base/field.h"
#include "text/utf8.h"
#include "words/record_text.h"
#include "words/state_words.h"
#include "words/time_words.h"

#define ROWS_MOST 40
#define INDENT    2
#define NAME_MOST 16 /* cells of a node's name in the picture */
#define NUMBER    8  /* cells of a column of numbers */
#define PAST_MOST 16
#define FAR       100000 /* records that are looked at for these */

struct telling_heard {
	const struct trace *t;
	size_t width;
	struct doc *d;
	struct buf line;
};

/* ---- a sentence ---- */

/* How a node is called where it may not be known. */
static struct str
hearers_name_or(struct str name)
{
	return name.n > 0 ? name : str_of(_("the peer"));
}

static void
hearers_put_named(const struct hearing *h, struct str name, struct buf *b)
{
	const char *waits = exchange_waits(&h->exchange.here);

	if (str_is(name, "listener"))
		utf8_add_safe(b, hearers_name_or(h->listener));
	else if (str_is(name, "speaker"))
		utf8_add_safe(b, hearers_name_or(h->speaker));
	else if (str_is(name, "sender"))
		utf8_add_safe(b, hearers_name_or(h->sender));
	else if (str_is(name, "there"))
		utf8_add_safe(b, hearers_name_or(h->there));
	else if (str_is(name, "goes"))
		utf8_add_safe(b, h->goes);
	else if (str_is(name, "waits"))
		utf8_add_safe(b, str_of(waits));
	else if (str_is(name, "codec"))
		utf8_add_safe(b, h->codec.n > 0 ? h->codec : STR("RTP"));
	else if (str_is(name, "lost"))
		buf_printf(b, "%lld %%", (long long)((h->lost + 50) / 100));
	else if (str_is(name, "why"))
		buf_puts(b, trace_drop_text(h->why));
	else if (str_is(name, "says"))
		buf_puts(b, h->says);
	else if (str_is(name, "sound") && record_sound(h->sound) != NULL)
		buf_puts(b, record_sound(h->sound));
}

static void
hearers_put_words(const struct hearing *h, struct buf *b)
{
	struct str rest = str_of(hearing_text(h->state));

	while (rest.n > 0) {
		ptrdiff_t open = str_chr(rest, '{'), end = str_chr(rest, '}');

		if (open < 0 || end < open) {
			buf_str(b, rest);
			return;
		}
		buf_str(b, str_slice(rest, 0, (size_t)open));
		hearers_put_named(
		    h, str_slice(rest, (size_t)open + 1, (size_t)end), b);
		rest = str_slice(rest, (size_t)end + 1, rest.n);
	}
}

/* " (alice/2 → bob/1)" */
static void
put_hearing_calls(const struct hearing *h, struct buf *b)
{
	if (!h->is_one_of || h->call.n == 0)
		return;
	buf_puts(b, " (");
	utf8_add_safe(b, h->call_there);
	buf_puts(b, h->call_there.n > 0 ? " → " : "");
	utf8_add_safe(b, h->call);
	buf_puts(b, ")");
}

void
hearing_put_sentence(const struct hearing *h, struct buf *b)
{
	hearers_put_words(h, b);
	if (h->type.n > 0 && !str_is(h->type, "audio")) {
		buf_puts(b, " (");
		utf8_add_safe(b, h->type);
		buf_puts(b, ")");
	}
	put_hearing_calls(h, b);
}

/* ---- the lines ---- */

static void
put_hearing_heading(struct telling_heard *w, const char *text)
{
	if (w->d->nlines > 0)
		doc_line(w->d, 0);
	doc_line(w->d, 0);
	doc_wrap(w->d, STYLE_TITLE, str_of(text), 0, w->width);
}

static void
put_arrow_glyphs(struct doc *d, enum canvas_style style,
    const enum canvas_glyph *g, size_t n)
{
	for (size_t i = 0; i < n; i++)
		doc_put(d, style, canvas_glyph_text(g[i], false));
}

/* "MOS 4.36", of the newest report; nothing where there is none. */
static void
hearers_put_score(struct telling_heard *w, const struct hearing *h)
{
	uint64_t by = h->state == HEARING_REPORTED ? h->report
		      : h->state == HEARING_SENT   ? 0
						   : h->quality;
	struct trace_rec rec;
	int64_t mos = 0;

	if (by != 0) {
		trace_get(w->t, by, &rec);
		mos = trace_int(&rec, "mos", 0);
	}
	if (mos > 0) {
		buf_puts(&w->line, "  MOS ");
		buf_two_places(&w->line, (mos + 5) / 10);
		if (hearing_scale(&rec) != NULL)
			buf_printf(&w->line, " (%s)", hearing_scale(&rec));
	}
}

/* "bob  ◀═══ alice  PCMU  since 3.050 s  MOS 4.36"; where nothing is heard,
 * why. */
static void
put_hearing_row(struct telling_heard *w, const struct hearing *h, size_t names)
{
	static const enum canvas_glyph heard[] = { GLYPH_TO_LEFT, GLYPH_MEDIA,
		GLYPH_MEDIA, GLYPH_MEDIA };
	static const enum canvas_glyph unheard[] = { GLYPH_TO_LEFT, GLYPH_DOTS,
		GLYPH_LOST, GLYPH_DOTS };
	bool hears = hearing_is_heard(h->state);
	enum canvas_style style = hears ? STYLE_SUCCESS : STYLE_LOST;

	doc_line(w->d, h->decides);
	doc_clip(w->d, STYLE_PLAIN, hearers_name_or(h->listener), NAME_MOST);
	doc_puts(w->d, STYLE_PLAIN, " ");
	doc_pad(w->d, names + 1);
	put_arrow_glyphs(w->d, style, hears ? heard : unheard, 4);
	doc_puts(w->d, STYLE_PLAIN, " ");
	doc_clip(w->d, STYLE_PLAIN, h->speaker.n > 0 ? h->speaker : STR("?"),
	    NAME_MOST);
	doc_puts(w->d, STYLE_PLAIN, " ");
	doc_pad(w->d, 2 * names + 7);
	utf8_add_safe(&w->line, h->codec);
	if (hears)
		hearers_put_score(w, h);
	if (h->state == HEARING_HEARS)
		put_hearing_calls(h, &w->line);
	doc_clip(w->d, STYLE_PLAIN, buf_view(&w->line),
	    w->width > 2 * names + 23 ? w->width - 2 * names - 7 : 16);
	buf_clear(&w->line);
	if (hears) {
		state_put_since(&w->line, h->since);
		doc_right(w->d, STYLE_DIM, buf_view(&w->line), w->width);
		buf_clear(&w->line);
	}
	if (h->state == HEARING_HEARS)
		return;
	hearing_put_sentence(h, &w->line);
	doc_line(w->d, h->decides);
	doc_pad(w->d, INDENT);
	doc_wrap(w->d, STYLE_PLAIN, buf_view(&w->line), INDENT, w->width);
	buf_clear(&w->line);
}

static size_t
width_of_names(const struct hearing *list, size_t n)
{
	size_t most = 1;

	for (size_t i = 0; i < n; i++) {
		size_t a = utf8_width(hearers_name_or(list[i].listener));
		size_t b = utf8_width(list[i].speaker);

		a = a < b ? b : a;
		most = a > most ? a : most;
	}
	return most < NAME_MOST ? most : NAME_MOST;
}

/* ---- streams that have ended ---- */

struct past {
	struct hearing list[PAST_MOST];
	size_t n;
};

/* A slice of the trace, where the name needs no decoding. */
static struct str
name_in(const struct trace_rec *rec, const char *key, struct buf *scratch)
{
	struct str s = trace_str(rec, key, scratch);

	return s.p == scratch->p ? STR_NULL : s;
}

static void
add_past(struct past *p, const struct trace *t, const struct trace_rec *rec,
    struct buf *scratch)
{
	struct hearing *h = &p->list[p->n++];

	*h = (struct hearing){ .listener = rec->node,
		.quality = rec->seq,
		.hear = hearing_began(t, rec->seq),
		.codec = name_in(rec, "codec", scratch),
		.call = name_in(rec, "call", scratch) };
	h->speaker = hearing_speaker(t, h->hear);
}

/* The last that have ended up to record SEQ. */
static void
find_past(const struct trace *t, uint64_t seq, struct str listener,
    struct past *p, struct buf *scratch)
{
	for (size_t i = 0; i < FAR && seq > 0 && p->n < PAST_MOST; i++, seq--) {
		struct trace_rec rec;

		if (trace_kind_of(t, seq) != TRACE_MEDIA)
			continue;
		trace_get(t, seq, &rec);
		if (str_is(trace_str(&rec, "op", scratch), "heard") &&
		    (listener.p == NULL || str_eq(listener, rec.node)))
			add_past(p, t, &rec, scratch);
	}
}

/* ---- how the streams come ---- */

static void
put_milliseconds(struct buf *b, int64_t ns)
{
	if (ns >= 0)
		buf_printf(b, "%lld.%lld", (long long)(ns / 1000000),
		    (long long)(ns / 100000 % 10));
}

static void
hearers_put_cell(struct telling_heard *w, size_t *x)
{
	size_t cells = utf8_width(buf_view(&w->line));

	*x += NUMBER;
	if (cells < NUMBER)
		doc_pad(w->d, *x - cells);
	doc_put(w->d, STYLE_PLAIN, buf_view(&w->line));
	buf_clear(&w->line);
}

/* "  H264, ended at 5.060 s" behind X cells, as far as there is room. */
static void
put_heard_codec(
    struct telling_heard *w, const struct hearing *h, bool ended, size_t x)
{
	char time[TIME_ROOM];

	utf8_add_safe(&w->line, h->codec);
	if (ended) {
		buf_puts(&w->line, ", ");
		/* TRANSLATORS: a stream; a time */
		buf_printf(&w->line, _("ended at %s s"),
		    time_text(trace_time_of(w->t, h->quality), time));
	}
	put_hearing_calls(h, &w->line);
	if (w->width > x + 2) {
		doc_puts(w->d, STYLE_PLAIN, "  ");
		doc_clip(w->d, STYLE_DIM, buf_view(&w->line), w->width - x - 2);
	}
	buf_clear(&w->line);
}

static void
put_heard_stream(
    struct telling_heard *w, const struct hearing *h, bool ended, size_t names)
{
	static const char *const counts[] = { "packets", "lost", "late" };
	static const char *const times[] = { "jitter", "buffer" };
	struct trace_rec rec;
	size_t x = 2 * names + 4;

	trace_get(w->t, h->quality, &rec);
	doc_line(w->d, h->quality);
	doc_clip(w->d, STYLE_PLAIN, hearers_name_or(h->speaker), NAME_MOST);
	doc_puts(w->d, STYLE_PLAIN, " → ");
	doc_clip(w->d, STYLE_PLAIN, hearers_name_or(h->listener), NAME_MOST);
	for (size_t i = 0; i < 3; i++) {
		int64_t n = trace_int(&rec, counts[i], 0);

		/* Of what has come twice fewer than none are lost. */
		buf_i64(&w->line, n > 0 ? n : 0);
		hearers_put_cell(w, &x);
	}
	for (size_t i = 0; i < 2; i++) {
		put_milliseconds(&w->line, trace_int(&rec, times[i], -1));
		hearers_put_cell(w, &x);
	}
	put_heard_codec(w, h, ended, x);
}

static void
hearers_put_heads(struct telling_heard *w, size_t names)
{
	const char *const heads[] = { _("packets"), _("lost"), _("overdue"),
		/* TRANSLATORS: of RTP; columns of milliseconds */
		_("jitter"), _("buffer") };
	size_t x = 2 * names + 4;

	put_hearing_heading(w, _("How it arrives"));
	doc_line(w->d, 0);
	for (size_t k = 0; k < 5; k++) {
		size_t cells = utf8_width(str_of(heads[k]));

		x += NUMBER;
		doc_pad(w->d, x - (cells < NUMBER ? cells : NUMBER));
		doc_puts(w->d, STYLE_DIM, heads[k]);
	}
	doc_puts(w->d, STYLE_DIM, " ms");
}

/* The current streams, then the past ones. */
static void
hearers_put_streams(struct telling_heard *w, const struct hearings *h,
    const struct past *past, size_t names)
{
	bool any = past->n > 0;

	for (size_t i = 0; i < h->n; i++)
		any |= h->list[i].quality != 0;
	if (!any)
		return;
	hearers_put_heads(w, names);
	for (size_t i = 0; i < h->n; i++)
		if (h->list[i].quality != 0)
			put_heard_stream(w, &h->list[i], false, names);
	for (size_t i = past->n; i > 0; i--)
		put_heard_stream(w, &past->list[i - 1], true, names);
}

/* ---- all of it ---- */

static void
put_hearing_rows(
    struct telling_heard *w, const struct hearings *h, size_t names)
{
	put_hearing_heading(w, _("Who hears whom"));
	for (size_t i = 0; i < h->n; i++)
		put_hearing_row(w, &h->list[i], names);
	if (h->n == 0) {
		doc_line(w->d, 0);
		doc_wrap(w->d, STYLE_DIM,
		    str_of(_("Nobody has a call here now, so nobody hears "
			     "anything.")),
		    0, w->width);
	}
	if (h->more > 0) {
		doc_line(w->d, 0);
		doc_printf(w->d, STYLE_DIM, _("… %zu more"), h->more);
	}
}

void
hearing_doc(const struct trace *t, const struct state_at *f,
    struct str listener, int64_t t_ns, size_t width, struct doc *d)
{
	struct telling_heard w = { .t = t, .width = width, .d = d };
	struct hearings h = HEARINGS_INIT;
	struct past past = { .n = 0 };
	size_t names, other;

	if (hearings_read(&h, t, f, listener, ROWS_MOST) != 0) {
		d->err = ERR_NOMEM;
	} else {
		find_past(t, trace_at_time(t, t_ns), listener, &past, &w.line);
		buf_clear(&w.line);
		names = width_of_names(h.list, h.n);
		other = width_of_names(past.list, past.n);
		names = other > names ? other : names;
		put_hearing_rows(&w, &h, names);
		hearers_put_streams(&w, &h, &past, names);
		hearing_plot(t, h.list, h.n, t_ns, width, d);
		for (size_t i = past.n; i > 0; i--)
			hearing_plot(t, &past.list[i - 1], 1,
			    trace_time_of(t, past.list[i - 1].quality), width,
			    d);
	}
	hearings_free(&h);
	buf_end(&w.line, &d->err);
}
