/* The table of calls, and a call as programs are told it. */
#include <string.h>

#include "base/num.h"
#include "calls/calls_in.h"
#include "text/json_fields.h"
#include "text/utf8.h"
#include "words/time_words.h"

/* Before the first column, for marks; between two columns. */
#define MARGIN 2
#define GAP    2

/* ---- the text of a column ---- */

static void
calls_view_put_result(
    const struct calls_row *row, const struct calls_then *then, struct buf *b)
{
	unsigned status = calls_end_status(then->end);
	const char *word = then->why != NULL ? outcome_brief(then->why) : NULL;

	if (word != NULL && row->status != 0)
		buf_printf(b, "%u %s", row->status, word);
	else if (word != NULL)
		buf_puts(b, word);
	else if (status != 0)
		/* TRANSLATORS: a call, with the status it is taken to have */
		buf_printf(b, _("terminated (%u)"), status);
	else if (then->end != CALLS_END_NONE)
		buf_puts(b, _("terminated"));
	else if (then->told && row->status != 0)
		buf_printf(b, "%u%s%.*s", row->status,
		    row->reason.n > 0 ? " " : "", STR_ARG(row->reason));
}

static void
calls_view_put_column(enum calls_column by, const struct calls *c,
    const struct calls_row *row, const struct calls_then *then, struct buf *b)
{
	switch (by) {
	case CALLS_BY_TIME:
		time_put(b, row->t);
		break;
	case CALLS_BY_METHOD:
		buf_str(b, row->method);
		break;
	case CALLS_BY_FROM:
		buf_str(b, row->from);
		break;
	case CALLS_BY_TO:
		buf_str(b, row->to);
		break;
	case CALLS_BY_STATE:
		buf_puts(b, then->begun ? calls_state_word(then->state) : "–");
		break;
	case CALLS_BY_DELAY:
		if (then->delay >= 0)
			time_put(b, then->delay);
		break;
	case CALLS_BY_TALK:
		if (then->talk >= 0)
			time_put(b, then->talk);
		break;
	case CALLS_BY_MESSAGES:
		if (then->begun)
			buf_u64(b, then->messages);
		break;
	case CALLS_BY_AGAIN:
		if (then->retx > 0)
			buf_u64(b, then->retx);
		break;
	case CALLS_BY_NODES:
		for (size_t i = 0; i < row->nnodes && i < CALLS_NODES; i++) {
			buf_puts(b, i > 0 ? " " : "");
			buf_str(b, calls_node(c, row, i));
		}
		buf_puts(b, row->nnodes > CALLS_NODES ? " …" : "");
		break;
	case CALLS_BY_RESULT:
		calls_view_put_result(row, then, b);
		break;
	default:
		buf_str(b, row->call_id);
	}
}

struct column {
	const char *title;
	enum canvas_style style;
	bool number;       /* stands at the right */
	size_t least;      /* cells; it may become wider … */
	size_t fair, most; /* … to these at most, … */
	ptrdiff_t user;    /* … fair: for this of struct calls_widths, … */
	ptrdiff_t whole;   /* … most: for this; -1: never */
};

#define WIDEST(what) (ptrdiff_t) offsetof(struct calls_widths, what)
/* clang-format off */
/* style, number, least, fair, most, user, whole */
#define FORM_TIME     STYLE_DIM, true, 9, 0, 0, -1, -1
#define FORM_METHOD   STYLE_PLAIN, false, 9, 0, 0, -1, -1
#define FORM_FROM     STYLE_PLAIN, false, 6, 16, 40, WIDEST(from_user), WIDEST(from)
#define FORM_TO       STYLE_PLAIN, false, 6, 16, 40, WIDEST(to_user), WIDEST(to)
#define FORM_STATE    STYLE_PLAIN, false, 0, 0, 0, -1, -1
#define FORM_DELAY    STYLE_PLAIN, true, 7, 0, 0, -1, -1
#define FORM_TALK     STYLE_PLAIN, true, 9, 0, 0, -1, -1
#define FORM_MESSAGES STYLE_PLAIN, true, 5, 0, 0, -1, -1
#define FORM_AGAIN    STYLE_PLAIN, true, 5, 0, 0, -1, -1
#define FORM_NODES    STYLE_PLAIN, false, 16, 16, 40, -1, WIDEST(nodes)
#define FORM_RESULT   STYLE_PLAIN, false, 20, 0, 0, -1, -1
#define FORM_CALL_ID  STYLE_DIM, false, 12, 12, 64, -1, WIDEST(call_id)

static const struct column columns[] = {
#define X(id, word, title) { title, FORM_##id },
	CALLS_COLUMNS(X)
#undef X
};

/* clang-format on */

/* Important ones first: the two parties, …, the Call-ID. */
static const enum calls_column ranks[] = { CALLS_BY_FROM, CALLS_BY_TO,
	CALLS_BY_STATE, CALLS_BY_METHOD, CALLS_BY_TIME, CALLS_BY_MESSAGES,
	CALLS_BY_TALK, CALLS_BY_NODES, CALLS_BY_AGAIN, CALLS_BY_CALL_ID,
	CALLS_BY_DELAY, CALLS_BY_RESULT };

/* Of the ranks: the parties, the columns that a row needs most, and the last
 * ones. */
#define PARTIES 2
#define MAIN    5
#define LAST    (CALLS_COLUMN_COUNT - 3)

_Static_assert(COUNT_OF(ranks) == CALLS_COLUMN_COUNT, "a rank for each column");

const char *
calls_column_title(enum calls_column by)
{
	return i18n_text(columns[by].title);
}

/* ---- widths ---- */

struct fit {
	size_t cells[CALLS_COLUMN_COUNT]; /* 0: left out */
	size_t x[CALLS_COLUMN_COUNT];
	bool whole; /* From and To are whole addresses */
};

/* Cells that hold the word of every state. */
static size_t
states_width(void)
{
	size_t most = 0;

	for (int s = 0; s < CALLS_STATE_COUNT; s++)
		most = num_larger(most,
		    utf8_width(str_of(calls_state_word((enum calls_state)s))));
	return most;
}

static size_t
width_at(const struct calls *c, ptrdiff_t offset)
{
	const char *widths = (const char *)&c->widths;
	size_t n = 0;

	if (offset >= 0)
		memcpy(&n, widths + offset, sizeof(n));
	return n;
}

/* Cells there are, as they are given away, and what each column needs: the
 * least, what holds the user part, what holds all of it. */
struct room {
	size_t least[CALLS_COLUMN_COUNT], fair[CALLS_COLUMN_COUNT];
	size_t whole[CALLS_COLUMN_COUNT];
	size_t left;
};

static void
needs(const struct calls *c, struct room *r)
{
	for (unsigned i = 0; i < CALLS_COLUMN_COUNT; i++) {
		const struct column *col = &columns[i];
		const char *title = calls_column_title((enum calls_column)i);

		/* One more for the mark of the sorted column. */
		r->least[i] =
		    num_larger(utf8_width(str_of(title)) + 1, col->least);
		if (i == CALLS_BY_STATE)
			r->least[i] = num_larger(r->least[i], states_width());
		r->fair[i] = num_larger(r->least[i],
		    num_smaller(width_at(c, col->user), col->fair));
		r->whole[i] = num_larger(r->fair[i],
		    num_smaller(width_at(c, col->whole), col->most));
	}
}

/* Columns of the ranks FIRST … before END, as long as there is room. */
static void
calls_view_take_in(struct fit *f, struct room *r, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++) {
		size_t cells = r->least[ranks[i]], gap = i > 0 ? GAP : 0;

		if (cells + gap > r->left ||
		    (i > 0 && f->cells[ranks[i - 1]] == 0))
			return;
		f->cells[ranks[i]] = cells;
		r->left -= cells + gap;
	}
}

/* The remaining room makes columns as wide as they want. */
static void
calls_view_widen_columns(
    struct fit *f, struct room *r, size_t first, size_t end, const size_t *want)
{
	for (size_t i = first; i < end; i++) {
		size_t *cells = &f->cells[ranks[i]];
		size_t more = num_smaller(want[ranks[i]] - *cells, r->left);

		if (*cells == 0)
			return;
		*cells += more;
		r->left -= more;
	}
}

static bool
parties_whole(const struct fit *f, const struct room *r)
{
	size_t more = 0;

	for (size_t i = 0; i < PARTIES; i++) {
		if (f->cells[ranks[i]] == 0)
			return false;
		more += r->whole[ranks[i]] - f->cells[ranks[i]];
	}
	return more <= r->left;
}

/*
 * Which columns there are depends on the width: the most important come first;
 * the room that is left makes those wider that are cut. From and To are whole
 * addresses if both find room, else the user parts.
 */
static void
calls_view_fit(const struct calls *c, size_t width, struct fit *f)
{
	struct room r = { .left = width > MARGIN ? width - MARGIN : 0 };
	size_t x = MARGIN;

	*f = (struct fit){ .whole = false };
	needs(c, &r);
	r.least[ranks[0]] = num_smaller(r.least[ranks[0]], r.left);
	calls_view_take_in(f, &r, 0, MAIN);
	calls_view_widen_columns(f, &r, 0, PARTIES, r.fair);
	calls_view_take_in(f, &r, MAIN, LAST);
	f->whole = parties_whole(f, &r);
	if (f->whole)
		calls_view_widen_columns(f, &r, 0, PARTIES, r.whole);
	calls_view_widen_columns(f, &r, PARTIES, LAST, r.whole);
	calls_view_take_in(f, &r, LAST, CALLS_COLUMN_COUNT);
	calls_view_widen_columns(f, &r, LAST, CALLS_COLUMN_COUNT, r.whole);
	for (size_t i = 0; i < CALLS_COLUMN_COUNT; i++) {
		f->x[i] = x;
		if (f->cells[i] > 0)
			x += f->cells[i] + GAP;
	}
}

/* ---- drawing ---- */

static enum canvas_style
calls_view_style_of(const struct calls_then *then, enum calls_column by)
{
	static const enum canvas_style styles[] = {
#define X(id, name, word, style) STYLE_##style,
		CALLS_STATES(X)
#undef X
	};

	return by == CALLS_BY_STATE && then->begun ? styles[then->state]
						   : columns[by].style;
}

/* The user part, where the whole address has no room. */
static struct str
calls_view_shown(const struct calls_row *row, enum calls_column by,
    const struct fit *f, struct str text)
{
	if (by == CALLS_BY_FROM && !f->whole)
		return str_slice(text, 0, row->from_user);
	if (by == CALLS_BY_TO && !f->whole)
		return str_slice(text, 0, row->to_user);
	return text;
}

void
calls_put_cell(const struct calls *c, const struct calls_row *row,
    const struct calls_look *look, enum calls_column by, struct buf *out)
{
	struct calls_then then;

	calls_then(c, row, look, &then);
	calls_view_put_column(by, c, row, &then, out);
}

static void
calls_view_draw_row(const struct calls *c, const struct calls_look *look,
    size_t place, const struct fit *f, const struct grid_area *a, size_t y)
{
	size_t at = look->order != NULL ? look->order[place] : place;
	const struct calls_row *row = calls_row(c, at);
	LOCAL_BUF b = BUF_INIT;
	struct calls_then then;

	calls_then(c, row, look, &then);
	if (look->marked != NULL && at < look->nmarked && look->marked[at])
		grid_put(a, 0, y, GLYPH_BULLET, STYLE_MARK);
	for (unsigned i = 0; i < CALLS_COLUMN_COUNT; i++) {
		enum calls_column by = (enum calls_column)i;
		size_t x = f->x[i], cells = f->cells[i], n;
		struct str text;

		if (cells == 0)
			continue;
		buf_clear(&b);
		calls_view_put_column(by, c, row, &then, &b);
		text = calls_view_shown(row, by, f, buf_view(&b));
		n = utf8_width(text);
		if (columns[i].number && n < cells)
			x += cells - n;
		grid_text(a, x, y, text, num_smaller(n, cells),
		    calls_view_style_of(&then, by));
	}
	if (place == look->cursor)
		grid_flag(a, 0, y, a->w, 1, GRID_CHOSEN);
	if (row->first > look->position)
		grid_flag(a, 0, y, a->w, 1, GRID_FUTURE);
}

static void
calls_view_draw_head(const struct calls_look *look, const struct fit *f,
    const struct grid_area *a)
{
	for (unsigned i = 0; i < CALLS_COLUMN_COUNT; i++) {
		struct str title =
		    str_of(calls_column_title((enum calls_column)i));
		size_t x = f->x[i], cells = f->cells[i];
		size_t sorted = i == (unsigned)look->sorted;
		size_t n = num_smaller(utf8_width(title), cells - (cells > 0));

		if (cells == 0)
			continue;
		if (columns[i].number)
			x += cells - n - sorted;
		grid_text(a, x, 0, title, n, STYLE_TITLE);
		if (sorted)
			grid_put(a, x + n, 0,
			    look->down ? GLYPH_TO_DOWN : GLYPH_TO_UP,
			    STYLE_KEY);
	}
}

void
calls_draw(const struct calls *c, const struct calls_look *look,
    const struct grid_area *a)
{
	size_t n = look->order != NULL ? look->n : calls_count(c);
	struct fit f;

	calls_view_fit(c, a->w, &f);
	calls_view_draw_head(look, &f, a);
	if (n == 0)
		grid_text(a, MARGIN, CALLS_HEAD, str_of(_("No calls.")), a->w,
		    STYLE_DIM);
	for (size_t y = CALLS_HEAD; y < a->h; y++) {
		size_t place = look->top + (y - CALLS_HEAD);

		if (place >= n)
			break;
		calls_view_draw_row(c, look, place, &f, a, y);
	}
}

/* ---- a call for programs: the values of its columns ---- */

struct call {
	struct calls_row row;
	struct calls_then then;
	unsigned state, status;
	bool terminated;
};

#define ROW(key, member, ...) \
	FIELD_AS(key, struct call, row.member, __VA_ARGS__)

#define THEN(key, member, ...) \
	FIELD_AS(key, struct call, then.member, __VA_ARGS__)

const struct field call_fields[] = {
	ROW("call_id", call_id, STR, "its Call-ID"),
	ROW("method", method, STR, "of the first request"),
	ROW("from", from, STR, "whose request that is"),
	ROW("to", to, STR, "whom it asks for"),
	ROW("t", t, NUMBER, "virtual time of its first message in ns",
	    .least = INT64_MIN),
	ROW("t_last", t_last, NUMBER, "the same of its last",
	    .least = INT64_MIN),
	FIELD(struct call, state, WORD, "what has become of it",
	    .word = calls_state_name),
	FIELD(struct call, status, NUMBER,
	    "of the last response, or what its end stands for",
	    .flags = FIELD_ANY, .most = 699),
	ROW("reason", reason, STR, "a response's phrase", .flags = FIELD_ANY),
	FIELD(
	    struct call, terminated, FLAG, "it ended without a final response"),
	THEN("delay", delay, NUMBER,
	    "ns until the first response except 100; -1: there was none",
	    .least = -1),
	THEN("talk", talk, NUMBER, "ns of conversation; -1: there was none",
	    .least = -1),
	THEN("messages", messages, NUMBER, "on all hops, repetitions too"),
	THEN("again", retx, NUMBER, "repetitions"),
	ROW("of_call", of_call, STR, "the Call-ID of what it is a leg of",
	    .flags = FIELD_ANY),
	FIELD_BESIDE_AS("nodes", STRINGS, "as they appear; of many the first"),
	FIELD_BESIDE_AS("served", OBJECT,
	    "how many messages of other protocols serve it, by their names",
	    .flags = FIELD_ANY),
	FIELD_BESIDE_AS("outcome", OBJECT,
	    "why it ended, as far as the trace proves it; of a capture that is "
	    "too large for one trace the calls that may not have gone well "
	    "have it",
	    .flags = FIELD_ANY, .of = outcome_fields),
	FIELDS_END,
};

static void
calls_view_put_served(const uint32_t *counts, struct buf *out)
{
	if (counts == NULL)
		return;
	json_open(out, "served", '{');
	for (int i = 0; i < TRACE_PROTO_COUNT; i++)
		if (counts[i] > 0)
			json_put_int(out, trace_proto_name((enum trace_proto)i),
			    counts[i]);
	buf_putc(out, '}');
}

void
calls_put_json(const struct calls *c, const struct calls_row *row,
    const struct outcome *o, struct buf *out)
{
	struct call call = { .row = *row, .status = calls_result(c, row) };

	calls_then(c, row, &CALLS_LOOK, &call.then);
	call.state = (unsigned)call.then.state;
	call.terminated = call.then.end != CALLS_END_NONE;
	if (call.terminated)
		call.row.reason = STR_NULL;
	buf_putc(out, '{');
	json_put_fields(call_fields, &call, out);
	json_open(out, "nodes", '[');
	for (size_t i = 0; i < row->nnodes && i < CALLS_NODES; i++) {
		json_put_item(out);
		json_put_str(out, calls_node(c, row, i));
	}
	buf_putc(out, ']');
	calls_view_put_served(calls_served_by(c, row), out);
	if (o != NULL) {
		json_open(out, "outcome", '{');
		outcome_put_json(o, out);
		buf_putc(out, '}');
	}
	buf_putc(out, '}');
}
