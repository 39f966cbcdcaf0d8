/*
 * A question on the screen.  From the top: title and score, what has happened,
 * the question, the options (or the three lists), the verdict, the keys.  When
 * there is little room, first the empty lines go, then what has happened, then
 * the title; a verdict that is too long is scrolled, options are scrolled
 * around the cursor.
 */
#include "quiz/quiz_in.h"

#include "text/utf8.h"
#include "msg/methods.h"
#include "words/caption.h"

/* From here on there is room for what has happened beside the options. */
#define BESIDE_WIDTH 72
/* From here on there is room for a frame. */
#define FRAME_WIDTH  44
#define FRAME_HEIGHT 16
#define NAME_CELLS   14

struct drawing {
	const struct quiz *q;
	struct quiz_state *s;
	const struct quiz_keys *keys;
	struct grid_area a; /* the remaining area, from the top */
};

static bool
has_lists(const struct drawing *d)
{
	return quiz_is_free(d->q, d->s);
}

/* Takes H lines off the top of the remaining area. */
static struct grid_area
quiz_view_take_lines(struct drawing *d, size_t h)
{
	struct grid_area part = grid_part(&d->a, 0, 0, d->a.w, h);

	d->a = grid_part(&d->a, 0, part.h, d->a.w, d->a.h - part.h);
	return part;
}

static void
quiz_view_text(const struct grid_area *a, size_t x, size_t y,
    enum canvas_style style, const char *s)
{
	grid_text(a, x, y, str_of(s), a->w, style);
}

/* ---- title and keys ---- */

static void
quiz_view_draw_title(
    struct drawing *d, const char *title, const struct quiz_score *score)
{
	struct grid_area a = quiz_view_take_lines(d, 1);
	LOCAL_BUF b = BUF_INIT;
	size_t n;

	quiz_view_text(&a, 0, 0, STYLE_TITLE, title);
	if (score != NULL && score->n > 0) {
		/* TRANSLATORS: the score, right 7 of 9 */
		buf_printf(&b, _("right %zu of %zu"), score->right, score->n);
		n = utf8_width(buf_view(&b));
		if (utf8_width(str_of(title)) + 2 + n <= a.w)
			quiz_view_text(&a, a.w - n, 0, STYLE_DIM, buf_cstr(&b));
	}
}

struct key_hint {
	const char *key, *does;
};

/* As many as fit. */
static void
draw_hints(const struct grid_area *a, const struct key_hint *hints, size_t n)
{
	size_t x = 0;

	for (size_t i = 0; i < n; i++) {
		size_t key = utf8_width(str_of(hints[i].key));
		size_t cells = key + 1 + utf8_width(str_of(hints[i].does));

		if (x + cells > a->w)
			return;
		quiz_view_text(a, x, 0, STYLE_KEY, hints[i].key);
		quiz_view_text(a, x + key + 1, 0, STYLE_PLAIN, hints[i].does);
		x += cells + 2;
	}
}

static void
quiz_view_draw_keys(const struct drawing *d, const struct grid_area *a)
{
	const struct quiz_keys *k = d->keys;
	const struct quiz_state *s = d->s;
	bool on = has_lists(d) && s->part < 2;
	const struct key_hint hidden[] = {
		{ k->enter, _("show the choices") },
		{ k->show, _("solution") },
	};
	const struct key_hint asking[] = {
		{ k->choose, _("choose") },
		{ k->enter, on ? _("next part") : _("give this answer") },
		{ k->mode, s->free ? _("choices") : _("choose freely") },
		{ k->show, _("solution") },
	};
	const struct key_hint fact[] = { asking[0], asking[1], asking[3] };
	const struct key_hint done[] = {
		{ k->enter, _("continue") },
		{ k->choose, _("scroll") },
	};

	if (s->phase == QUIZ_HIDDEN)
		draw_hints(a, hidden, 2);
	else if (s->phase == QUIZ_DONE)
		draw_hints(a, done, 2);
	else if (d->q->fact != NULL)
		draw_hints(a, fact, 3);
	else
		draw_hints(a, asking, 4);
}

/* ---- options ---- */

static enum canvas_style
quiz_view_style_of(const struct quiz_event *e)
{
	if (e->src.n == 0)
		return STYLE_TIMER;
	if (e->status == 0)
		return STYLE_REQUEST;
	if (e->status < 200)
		return STYLE_PROVISIONAL;
	if (e->status < 300)
		return STYLE_SUCCESS;
	return e->status < 400 ? STYLE_REDIRECTION : STYLE_FAILURE;
}

static size_t
quiz_view_name_cells(struct str name)
{
	size_t n = utf8_width(name);

	return n < NAME_CELLS ? n : NAME_CELLS;
}

/* "atl → bil   INVITE again" with the names in columns of SRC and DST. */
static void
draw_event(const struct grid_area *a, size_t x, const struct quiz_event *e,
    size_t src, size_t dst, bool dim)
{
	enum canvas_style style = dim ? STYLE_DIM : quiz_view_style_of(e);
	enum canvas_style names = dim ? STYLE_DIM : STYLE_PLAIN;
	LOCAL_BUF b = BUF_INIT;

	if (e->src.n == 0) {
		quiz_view_text(
		    a, x, 0, style, _("nothing, until a timer fires"));
		return;
	}
	grid_text(a, x + src - quiz_view_name_cells(e->src), 0, e->src,
	    NAME_CELLS, names);
	grid_put(a, x + src + 1, 0, GLYPH_LINE, names);
	grid_put(a, x + src + 2, 0, GLYPH_TO_RIGHT, names);
	grid_text(a, x + src + 4, 0, e->dst, NAME_CELLS, names);
	quiz_put_message(&b, e);
	grid_text(a, x + src + dst + 6, 0, buf_view(&b), a->w, style);
}

/* Option I was given as an answer. */
static bool
was_tried(const struct quiz_state *s, size_t i)
{
	return (s->tried & 1u << i) != 0 ||
	       (s->phase == QUIZ_DONE && s->tries > 0 && s->pick.option == i);
}

/* The mark before option I. */
static void
quiz_view_draw_mark(
    const struct drawing *d, const struct grid_area *a, size_t y, size_t i)
{
	const struct quiz_state *s = d->s;
	bool done = s->phase == QUIZ_DONE, tried = was_tried(s, i);
	bool could =
	    quiz_check(d->q, &(struct quiz_pick){ .option = i }) == QUIZ_COULD;
	char digit[4] = { (char)('1' + i), '\0' };

	if (done && d->q->options[i].wrong == 0)
		grid_put(a, 0, y, GLYPH_CHECK, STYLE_SUCCESS);
	else if (tried && could)
		quiz_view_text(a, 0, y, STYLE_SUCCESS, "~");
	else if (tried)
		grid_put(a, 0, y, GLYPH_LOST, STYLE_FAILURE);
	else if (!done && s->cursor == i)
		grid_put(a, 0, y, GLYPH_HERE, STYLE_BOLD);
	quiz_view_text(a, 2, y, done || tried ? STYLE_DIM : STYLE_KEY, digit);
}

static void
draw_option(const struct drawing *d, const struct grid_area *a, size_t i,
    size_t src, size_t dst)
{
	const struct quiz_option *o = &d->q->options[i];
	bool done = d->s->phase == QUIZ_DONE;
	bool dim = done ? o->wrong != 0 : was_tried(d->s, i);

	quiz_view_draw_mark(d, a, 0, i);
	draw_event(a, 5, &o->event, src, dst, dim);
	if (!done && d->s->cursor == i)
		grid_flag(a, 0, 0, a->w, 1, GRID_CHOSEN);
}

/* ---- options that are texts ---- */

/* Each as one or more lines; a line leads to its option, counted from 1. */
static void
quiz_view_put_texts(const struct drawing *d, size_t width, struct doc *doc)
{
	const struct quiz_state *s = d->s;
	bool done = s->phase == QUIZ_DONE;

	for (size_t i = 0; i < d->q->noptions; i++) {
		const struct quiz_option *o = &d->q->options[i];
		bool tried = (s->tried & 1u << i) != 0;
		enum canvas_style style = done && o->wrong == 0 ? STYLE_SUCCESS
					  : done || tried       ? STYLE_DIM
								: STYLE_PLAIN;

		doc_line(doc, i + 1);
		doc_wrap(doc, style, o->text, 0, width);
	}
}

static void
draw_texts(const struct drawing *d, const struct grid_area *a)
{
	struct grid_area part = grid_part(a, 5, 0, a->w - 5, a->h);
	LOCAL(doc_free) struct doc doc = DOC_INIT;
	size_t top = 0;

	quiz_view_put_texts(d, part.w, &doc);
	/* The chosen one, and all of it where that can be. */
	for (size_t i = 0; i < doc.nlines && d->s->phase != QUIZ_DONE; i++)
		if (doc.lines[i].seq == d->s->cursor + 1 && i >= top + a->h)
			top = i + 1 - a->h;
	doc_draw(&doc, &part, top, 0, SIZE_MAX);
	for (size_t i = top; i < doc.nlines && i - top < a->h; i++) {
		size_t option = doc.lines[i].seq - 1;

		if (i == 0 || doc.lines[i - 1].seq != doc.lines[i].seq)
			quiz_view_draw_mark(d, a, i - top, option);
		if (d->s->phase != QUIZ_DONE && option == d->s->cursor)
			grid_flag(a, 0, i - top, a->w, 1, GRID_CHOSEN);
	}
}

/* How many lines the options take. */
static size_t
options_height(const struct drawing *d)
{
	LOCAL(doc_free) struct doc doc = DOC_INIT;

	if (d->q->fact == NULL)
		return d->q->noptions;
	quiz_view_put_texts(d, d->a.w > 5 ? d->a.w - 5 : 0, &doc);
	return doc.nlines;
}

/* ---- options that are events ---- */

static void
draw_options(const struct drawing *d, const struct grid_area *a)
{
	size_t src = 0, dst = 0, n = d->q->noptions, top = 0;

	for (size_t i = 0; i < n; i++) {
		size_t x = quiz_view_name_cells(d->q->options[i].event.src);
		size_t y = quiz_view_name_cells(d->q->options[i].event.dst);

		src = x > src ? x : src;
		dst = y > dst ? y : dst;
	}
	if (a->h < n && d->s->cursor >= a->h)
		top = d->s->cursor + 1 - a->h;
	for (size_t i = top; i < n && i - top < a->h; i++) {
		struct grid_area line = grid_part(a, 0, i - top, a->w, 1);

		draw_option(d, &line, i, src, dst);
	}
}

/* ---- the three lists ---- */

static void
quiz_view_put_entry(
    const struct quiz *q, unsigned part, size_t i, struct buf *b)
{
	if (part == 1)
		caption_put_message(
		    b, q->messages[i].method, q->messages[i].status);
	else
		utf8_add_safe(b, q->nodes[i]);
}

static void
quiz_view_draw_list(const struct drawing *d, const struct grid_area *a,
    unsigned part, const char *head)
{
	const struct quiz_state *s = d->s;
	size_t n = quiz_list_size(d->q, part);
	size_t at = s->chosen[part], h = a->h > 0 ? a->h - 1 : 0, top = 0;
	bool here = s->part == part;
	LOCAL_BUF b = BUF_INIT;

	quiz_view_text(a, 0, 0, here ? STYLE_BOLD : STYLE_DIM, head);
	/* The chosen one in the middle where the list goes on. */
	if (at > h / 2)
		top = at - h / 2;
	if (n > h && top > n - h)
		top = n - h;
	if (n <= h)
		top = 0;
	for (size_t i = top; i < n && i - top < h; i++) {
		buf_clear(&b);
		quiz_view_put_entry(d->q, part, i, &b);
		if (i == at)
			grid_put(a, 0, 1 + i - top, GLYPH_HERE,
			    here ? STYLE_BOLD : STYLE_DIM);
		grid_text(a, 2, 1 + i - top, buf_view(&b), a->w - 2,
		    here || i == at ? STYLE_PLAIN : STYLE_DIM);
		if (i == at && here)
			grid_flag(a, 0, 1 + i - top, a->w, 1, GRID_CHOSEN);
	}
}

/* What the chosen message is for; NULL where no table has it. */
static const char *
quiz_view_meaning_of(const struct quiz_event *e)
{
	static const char *const methods[] = {
#define X(id, rfc, section, what) [MSG_##id] = what,
		MSG_METHODS(X)
#undef X
	};
	const struct msg_status_info *status = msg_status(e->status);
	enum msg_method m = msg_method_find(e->method);

	if (e->status != 0)
		return status != NULL ? i18n_text(status->text) : NULL;
	return m != MSG_OTHER ? i18n_text(methods[m]) : NULL;
}

static void
draw_lists(const struct drawing *d, const struct grid_area *a)
{
	size_t side = (a->w - 4) / 4, h = a->h > 3 ? a->h - 1 : a->h;
	const char *meaning =
	    quiz_view_meaning_of(&d->q->messages[d->s->chosen[1]]);
	struct grid_area part;

	side = side < 8 ? 8 : side > 18 ? 18 : side;
	part = grid_part(a, 0, 0, side, h);
	quiz_view_draw_list(d, &part, 0, _("sender"));
	part = grid_part(a, side + 2, 0, a->w - 2 * side - 4, h);
	quiz_view_draw_list(d, &part, 1, _("message"));
	part = grid_part(a, a->w - side, 0, side, h);
	quiz_view_draw_list(d, &part, 2, _("receiver"));
	if (h < a->h && meaning != NULL)
		quiz_view_text(a, 0, a->h - 1, STYLE_DIM, meaning);
}

/* ---- all of it ---- */

/* Of a fact, which has one of its own; may take several lines. */
static void
quiz_view_put_question(const struct drawing *d, struct doc *doc)
{
	if (d->q->fact == NULL)
		return;
	doc_line(doc, 0);
	doc_wrap(doc, STYLE_BOLD, d->q->question, 0, d->a.w);
}

/* The text above the options, in at most MOST lines. */
static void
draw_question(struct drawing *d, size_t most, bool own_line)
{
	LOCAL(doc_free) struct doc doc = DOC_INIT;
	struct grid_area part;
	size_t room = most - (own_line && most > 0), n;

	quiz_put_context(d->q, d->a.w, &doc);
	quiz_view_put_question(d, &doc);
	n = doc.nlines < room ? doc.nlines : room;
	part = quiz_view_take_lines(d, n);
	/* The latest is worth the most. */
	doc_draw(&doc, &part, doc.nlines - n, 0, SIZE_MAX);
	if (n + 2 < room && n > 0)
		quiz_view_take_lines(d, 1);
	if (own_line && most > 0) {
		part = quiz_view_take_lines(d, 1);
		quiz_view_text(
		    &part, 0, 0, STYLE_BOLD, _("Who sends what to whom next?"));
	}
}

/* What has happened, to the right of the options. */
static void
quiz_view_draw_beside(const struct drawing *d)
{
	struct grid_area part = grid_part(
	    &d->a, d->a.w / 2 + 2, 0, d->a.w - d->a.w / 2 - 2, d->a.h);
	LOCAL(doc_free) struct doc doc = DOC_INIT;

	quiz_put_context(d->q, part.w, &doc);
	doc_draw(&doc, &part, 0, 0, SIZE_MAX);
}

static void
quiz_view_draw_choices(struct drawing *d, size_t h)
{
	struct grid_area part = quiz_view_take_lines(d, h);

	if (has_lists(d))
		draw_lists(d, &part);
	else if (d->q->fact != NULL)
		draw_texts(d, &part);
	else
		draw_options(d, &part);
}

static void
draw_asking(struct drawing *d, bool own_line)
{
	size_t want = has_lists(d) ? 8 : options_height(d);
	size_t room = d->a.h > want ? d->a.h - want : 0;

	if (d->s->phase == QUIZ_HIDDEN) {
		draw_question(d, d->a.h, own_line);
		return;
	}
	if (room <= own_line && d->q->fact == NULL && !has_lists(d) &&
	    d->a.w >= BESIDE_WIDTH)
		quiz_view_draw_beside(d);
	draw_question(d, room, own_line);
	if (d->a.h > want)
		quiz_view_take_lines(d, 1);
	quiz_view_draw_choices(d, has_lists(d) ? d->a.h : want);
}

/* The verdict, with what was chosen above it where there is room. */
static void
draw_verdict(struct drawing *d)
{
	LOCAL(doc_free) struct doc doc = DOC_INIT;
	struct quiz_pick none = { .option = QUIZ_OPTIONS };
	bool done = d->s->phase == QUIZ_DONE;
	size_t n = options_height(d), h;
	struct grid_area part;

	quiz_view_put_question(d, &doc);
	quiz_judge(
	    d->q, d->s->tries > 0 ? &d->s->pick : &none, done, d->a.w, &doc);
	if (!done) {
		h = d->a.h > 4 ? d->a.h - 4 : d->a.h / 2;
		part = quiz_view_take_lines(d, doc.nlines < h ? doc.nlines : h);
		doc_draw(&doc, &part, 0, 0, SIZE_MAX);
		if (d->a.h > (has_lists(d) ? 8 : n))
			quiz_view_take_lines(d, 1);
		quiz_view_draw_choices(
		    d, has_lists(d) || n > d->a.h ? d->a.h : n);
	} else {
		if (!has_lists(d) && d->a.h >= n + 1 + doc.nlines) {
			quiz_view_draw_choices(d, n);
			quiz_view_take_lines(d, 1);
		}
		h = d->a.h;
		if (d->s->top + h > doc.nlines)
			d->s->top = doc.nlines > h ? doc.nlines - h : 0;
		doc_draw(&doc, &d->a, d->s->top, 0, SIZE_MAX);
		if (d->s->top + h < doc.nlines && d->a.w > 0)
			grid_put(
			    &d->a, d->a.w - 1, h - 1, GLYPH_TO_DOWN, STYLE_KEY);
	}
}

void
quiz_draw(const struct quiz *q, struct quiz_state *s,
    const struct quiz_score *score, const struct quiz_keys *keys,
    const struct grid_area *a)
{
	struct drawing d = { q, s, keys, *a };
	const char *title = _("Who sends what to whom next?");
	struct grid_area foot;
	size_t options;
	bool own_line;

	if (a->w < 20 || a->h < 3 || q->noptions == 0)
		return;
	quiz_put_in_bounds(q, s);
	if (a->w >= FRAME_WIDTH && a->h >= FRAME_HEIGHT) {
		grid_box(a, 0, 0, a->w, a->h, STYLE_FRAME);
		d.a = grid_part(a, 2, 1, a->w - 4, a->h - 2);
	}
	foot = grid_part(&d.a, 0, d.a.h - 1, d.a.w, 1);
	quiz_view_draw_keys(&d, &foot);
	d.a.h--;
	options = options_height(&d);
	own_line = d.a.h >= options + 2;
	if (q->fact != NULL || own_line || s->phase == QUIZ_DONE)
		title = _("Predict");
	/* A question of its own is worth more than the title. */
	if (q->fact == NULL || d.a.h >= options + 4)
		quiz_view_draw_title(&d, title, score);
	if (own_line && d.a.h > options + 6)
		quiz_view_take_lines(&d, 1);
	own_line = own_line && q->fact == NULL;
	if (s->phase == QUIZ_AGAIN || s->phase == QUIZ_DONE)
		draw_verdict(&d);
	else
		draw_asking(&d, own_line);
}
