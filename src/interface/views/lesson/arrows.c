/* Choosing arrows: the lists, what keys do. */
#include "views/lesson/arrows.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "words/caption.h"

#include <stdio.h>
#include <string.h>

static size_t arrows_count(const struct arrows *r);

/* More than any task asks for. */
#define ARROWS_MAX 200

/* Offered even where the run has none of them. */
static const char *const common_methods[] = { "INVITE", "ACK", "BYE",
	"CANCEL" };
static const unsigned common_statuses[] = { 100, 180, 200, 404, 486, 487 };

void
arrows_free(struct arrows *r)
{
	buf_free(&r->text);
	*r = (struct arrows){ .text = BUF_INIT };
}

/* ---- the lists ---- */

/* A is to stand before B: requests as they come, responses by number. */
static bool
arrows_comes_before(
    const struct arrows_message *a, const struct arrows_message *b)
{
	return a->status < b->status;
}

static void
add_message(struct arrows *r, struct str method, unsigned status)
{
	struct arrows_message m = { .status = status };
	size_t i;

	if (status == 0)
		snprintf(m.method, sizeof(m.method), "%.*s", STR_ARG(method));
	for (i = 0; i < r->nmessages; i++)
		if (r->messages[i].status == status &&
		    strcmp(r->messages[i].method, m.method) == 0)
			return;
	if (r->nmessages == ARROWS_LIST_MAX)
		return;
	for (r->nmessages++;
	     i > 0 && arrows_comes_before(&m, &r->messages[i - 1]); i--)
		r->messages[i] = r->messages[i - 1];
	r->messages[i] = m;
}

static void
add_common(struct arrows *r)
{
	for (size_t i = 0; i < 4; i++)
		add_message(r, str_of(common_methods[i]), 0);
	for (size_t i = 0; i < 6; i++)
		add_message(r, STR_NULL, common_statuses[i]);
}

static void
note_used(const struct trace *t, struct str name, bool *used)
{
	const struct trace_node *n = trace_find_node(t, name);

	if (n != NULL)
		used[n - trace_head(t)->nodes] = true;
}

static int
add_sent(struct arrows *r, const struct trace *t)
{
	LOCAL_MEM bool *used =
	    mem_zalloc(trace_head(t)->nnodes + 1, sizeof(*used));
	LOCAL_BUF scratch = BUF_INIT;
	struct trace_send s;
	struct trace_rec rec;
	int err = used != NULL ? 0 : ERR_NOMEM;

	for (uint64_t seq = 0;
	     err == 0 && trace_next(t, TRACE_SEND, &seq, &rec);) {
		if (trace_get_send(&rec, &s, &scratch) != 0 ||
		    (trace_class_of(s.proto) != TRACE_CLASS_SIP &&
			trace_arrow_of(s.proto, 0) != TRACE_ARROW_SIGNALLING))
			continue;
		note_used(t, s.src, used);
		note_used(t, s.dst, used);
		add_message(r, s.method, s.status);
	}
	/* In the order of the trace's head, which is that of the ladder. */
	for (size_t i = 0; err == 0 && i < trace_head(t)->nnodes &&
			   r->nnodes < ARROWS_LIST_MAX;
	     i++)
		if (used[i])
			r->nodes[r->nnodes++] = trace_head(t)->nodes[i].name;
	return err;
}

int
arrows_begin(struct arrows *r, const struct trace *t, struct str text)
{
	int err;

	*r = (struct arrows){ .text = BUF_INIT };
	add_common(r);
	err = add_sent(r, t);
	while (text.n > 0) {
		struct str line = str_trim(str_cut(text, '\n', &text));

		if (line.n == 0)
			continue;
		buf_str(&r->text, line);
		buf_putc(&r->text, '\n');
	}
	r->mark = arrows_count(r);
	r->chosen[ARROWS_TO] = r->nnodes > 1 ? 1 : 0;
	return err != 0 ? err : r->text.err;
}

/* ---- the arrows ---- */

static size_t
arrows_count(const struct arrows *r)
{
	return str_count(buf_view(&r->text), '\n');
}

/* Where arrow I begins. */
static size_t
arrow_start(const struct arrows *r, size_t i)
{
	size_t at = 0;

	for (; i > 0 && at < r->text.n; at++)
		i -= r->text.p[at] == '\n';
	return at;
}

/* The bytes FROM … TO give way to TEXT. */
static int
arrows_replace_text(struct arrows *r, size_t from, size_t to, struct str text)
{
	struct str all = buf_view(&r->text);
	LOCAL_BUF b = BUF_INIT;
	int err;

	buf_str(&b, str_slice(all, 0, from));
	buf_str(&b, text);
	buf_str(&b, str_slice(all, to, all.n));
	err = b.err;
	if (err == 0) {
		buf_clear(&r->text);
		buf_str(&r->text, buf_view(&b));
		err = r->text.err;
	}
	return err;
}

/* The receiver sends next, more often than not: on to the next node the same
 * way, and from the last one back. */
static void
choose_next_ends(struct arrows *r)
{
	size_t from = r->chosen[ARROWS_FROM], to = r->chosen[ARROWS_TO];
	size_t next = to > from ? to + 1 : to - 1;

	r->chosen[ARROWS_FROM] = to;
	r->chosen[ARROWS_TO] = next < r->nnodes ? next : from;
	r->part = ARROWS_FROM;
}

static int
add_arrow(struct arrows *r)
{
	const struct arrows_message *m;
	LOCAL_BUF b = BUF_INIT;
	size_t at = arrow_start(r, r->mark);
	int err = 0;

	if (r->nnodes == 0 || arrows_count(r) >= ARROWS_MAX)
		return 0;
	m = &r->messages[r->chosen[ARROWS_WHAT]];
	buf_str(&b, r->nodes[r->chosen[ARROWS_FROM]]);
	buf_puts(&b, " -> ");
	buf_str(&b, r->nodes[r->chosen[ARROWS_TO]]);
	buf_putc(&b, ' ');
	if (m->status != 0)
		buf_u64(&b, m->status);
	else
		buf_puts(&b, m->method);
	buf_putc(&b, '\n');
	err = b.err != 0 ? b.err : arrows_replace_text(r, at, at, buf_view(&b));
	if (err != 0)
		return err;
	r->mark++;
	choose_next_ends(r);
	return 0;
}

static int
delete_arrow(struct arrows *r)
{
	size_t from, to = arrow_start(r, r->mark);
	int err;

	if (r->mark == 0)
		return 0;
	from = arrow_start(r, r->mark - 1);
	err = arrows_replace_text(r, from, to, STR_NULL);
	r->mark -= err == 0;
	return err;
}

/* The arrow before the mark and the one after it, or before it, change
 * places. */
static int
move_arrow(struct arrows *r, bool later)
{
	size_t first = later ? r->mark - 1 : r->mark - 2;
	size_t a, b, c;
	LOCAL_BUF both = BUF_INIT;
	int err;

	if (r->mark == 0 || (!later && r->mark < 2) ||
	    (later && r->mark == arrows_count(r)))
		return 0;
	a = arrow_start(r, first);
	b = arrow_start(r, first + 1);
	c = arrow_start(r, first + 2);
	buf_str(&both, str_slice(buf_view(&r->text), b, c));
	buf_str(&both, str_slice(buf_view(&r->text), a, b));
	err = both.err != 0 ? both.err
			    : arrows_replace_text(r, a, c, buf_view(&both));
	if (err == 0)
		r->mark = later ? r->mark + 1 : r->mark - 1;
	return err;
}

static void
arrows_choose_entry(struct arrows *r, bool down)
{
	size_t n = r->part == ARROWS_WHAT ? r->nmessages : r->nnodes;
	size_t *at = &r->chosen[r->part];

	if (n > 0)
		*at = (*at + (down ? 1 : n - 1)) % n;
}

int
arrows_press(struct arrows *r, enum arrows_key key)
{
	switch (key) {
	case ARROWS_DOWN:
	case ARROWS_UP:
		arrows_choose_entry(r, key == ARROWS_DOWN);
		return 0;
	case ARROWS_NEXT:
		r->part = (r->part + 1) % ARROWS_PARTS;
		return 0;
	case ARROWS_BACK:
		r->part = (r->part + ARROWS_PARTS - 1) % ARROWS_PARTS;
		return 0;
	case ARROWS_TAKE:
		if (r->part == ARROWS_TO)
			return add_arrow(r);
		r->part++;
		return 0;
	case ARROWS_DELETE:
		return delete_arrow(r);
	case ARROWS_MARK_DOWN:
		r->mark += r->mark < arrows_count(r);
		return 0;
	case ARROWS_MARK_UP:
		r->mark -= r->mark > 0;
		return 0;
	case ARROWS_LATER:
	case ARROWS_EARLIER:
		return move_arrow(r, key == ARROWS_LATER);
	}
	return 0;
}

/* ---- choosing arrows, drawn: the arrows so far above the three lists ---- */

/* Lines of a list at most, with its title. */
#define LIST_LINES 12

static const char *const titles[] = { N_("Sender"), N_("Message"),
	N_("Receiver") };

/* The first of N lines shown in H so that AT is among them. */
static size_t
top_of(size_t at, size_t n, size_t h)
{
	size_t top = at > h / 2 ? at - h / 2 : 0;

	return top + h <= n ? top : n > h ? n - h : 0;
}

static void
arrows_put_entry(
    const struct arrows *r, enum arrows_part part, size_t i, struct buf *b)
{
	buf_clear(b);
	if (part == ARROWS_WHAT)
		caption_put_message(
		    b, str_of(r->messages[i].method), r->messages[i].status);
	else
		buf_str(b, r->nodes[i]);
}

static void
arrows_draw_choices(
    const struct arrows *r, enum arrows_part part, const struct grid_area *a)
{
	size_t n = part == ARROWS_WHAT ? r->nmessages : r->nnodes;
	size_t h = a->h > 1 ? a->h - 1 : 0;
	size_t top = top_of(r->chosen[part], n, h);
	LOCAL_BUF b = BUF_INIT;

	grid_text(a, 0, 0, str_of(i18n_text(titles[part])), a->w,
	    part == r->part ? STYLE_TITLE : STYLE_DIM);
	if (part == r->part)
		grid_flag(a, 0, 0, utf8_width(str_of(i18n_text(titles[part]))),
		    1, GRID_CHOSEN);
	for (size_t y = 0; y < h && top + y < n; y++) {
		bool chosen = top + y == r->chosen[part];

		arrows_put_entry(r, part, top + y, &b);
		if (chosen)
			grid_put(a, 0, y + 1, GLYPH_HERE, STYLE_KEY);
		grid_text(a, 2, y + 1, buf_view(&b), a->w > 3 ? a->w - 3 : 0,
		    chosen ? STYLE_BOLD : STYLE_PLAIN);
		if (chosen && part == r->part)
			grid_flag(a, 2, y + 1, utf8_width(buf_view(&b)), 1,
			    GRID_CHOSEN);
	}
	if (h > 0 && top > 0)
		grid_put(a, a->w - 2, 1, GLYPH_TO_UP, STYLE_FRAME);
	if (h > 0 && top + h < n)
		grid_put(a, a->w - 2, h, GLYPH_TO_DOWN, STYLE_FRAME);
}

/* "alice -> atl INVITE" with an arrow for its sign. */
static void
draw_one_arrow(const struct grid_area *a, size_t y, struct str line)
{
	ptrdiff_t sign = str_find(line, "->");
	size_t x = 2, at = sign >= 0 ? (size_t)sign : line.n;

	x += grid_text(a, x, y, str_slice(line, 0, at), a->w - x, STYLE_PLAIN);
	if (sign < 0 || x + 2 >= a->w)
		return;
	grid_put(a, x, y, GLYPH_LINE, STYLE_REQUEST);
	grid_put(a, x + 1, y, GLYPH_TO_RIGHT, STYLE_REQUEST);
	x += 2;
	grid_text(
	    a, x, y, str_slice(line, at + 2, line.n), a->w - x, STYLE_PLAIN);
}

/* The arrows, and between them the mark, where the next one comes. */
static void
arrows_draw_all(const struct arrows *r, const struct grid_area *a)
{
	size_t n = arrows_count(r) + 1, top = top_of(r->mark, n, a->h), i = 0;
	struct str rest = buf_view(&r->text);

	for (size_t y = 0; y < n; y++) {
		bool mark = y == r->mark;
		struct str line = mark ? STR_NULL : str_cut(rest, '\n', &rest);

		if (y < top || i >= a->h)
			continue;
		if (mark) {
			grid_put(a, 0, i, GLYPH_HERE, STYLE_KEY);
			grid_text(a, 2, i,
			    str_of(_("the next arrow comes here")),
			    a->w > 2 ? a->w - 2 : 0, STYLE_DIM);
		} else {
			draw_one_arrow(a, i, line);
		}
		i++;
	}
}

void
arrows_draw(const struct arrows *r, const struct grid_area *a)
{
	size_t lists = a->h / 2 < LIST_LINES ? a->h / 2 : LIST_LINES;
	size_t above = a->h - lists, third = a->w / 3;
	struct grid_area part = grid_part(a, 0, 0, a->w, above - (above > 1));

	if (a->h < 2 || a->w < 12)
		return;
	arrows_draw_all(r, &part);
	grid_fill(a, 0, above - 1, a->w, 1, GLYPH_LINE, STYLE_FRAME);
	for (unsigned i = 0; i < ARROWS_PARTS; i++) {
		part = grid_part(a, i * third, above, third, lists);
		arrows_draw_choices(r, i, &part);
	}
}
