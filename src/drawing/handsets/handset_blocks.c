/*
 * The processor's state, as blocks of lines, the most useful first: its health,
 * the cost of its last work, memory, functions, the code around, registers, the
 * console, totals.
 */
#include "handsets/handset_in.h"

#include "base/err.h"
#include "base/i18n.h"
#include "words/record_text.h"
#include "words/time_words.h"

#include <inttypes.h>
#include <string.h>

#define LABEL     13 /* cells of a bar's label */
#define FUNCTION  20 /* … that is a function */
#define PERCENT   5
#define AHEAD     512 /* records in which the end of its work is looked for */
#define CUT_LEAST 3   /* lines of a block that is cut */
#define ROOMY     24  /* lines from which on blocks have a gap between them */

/* A block in the making. */
struct block {
	const struct handset_look *l;
	struct doc *d;
	size_t width;
	bool drawn;
	struct trace_board now; /* its last `cycles`, or the fault that ended
				   it; what: COUNT where there is neither */
};

/* ---- pieces ---- */

static void
heading(struct block *b, const char *text)
{
	doc_line(b->d, 0);
	doc_puts(b->d, STYLE_TITLE, text);
}

static void
glyph(struct block *b, enum canvas_glyph g, enum canvas_style style)
{
	doc_put(b->d, style, canvas_glyph_text(g, false));
}

/* PART of WHOLE as a bar of CELLS cells. */
static void
board_block_put_bar(struct block *b, uint64_t part, uint64_t whole,
    size_t cells, enum canvas_style style)
{
	static const uint8_t parts[8] = { GLYPH_SHADE, GLYPH_BAR_8TH,
		GLYPH_BAR_4TH, GLYPH_BAR_3_8, GLYPH_BAR_HALF, GLYPH_BAR_5_8,
		GLYPH_BAR_3_4, GLYPH_BAR_7_8 };
	size_t full =
	    whole == 0 ? 0
	    : part >= whole
		? cells * 8
		: (size_t)((double)part / (double)whole * (double)(cells * 8));

	/* What there is can be seen. */
	if (full == 0 && part > 0)
		full = 1;
	for (size_t i = 0; i < cells; i++)
		if (i < full / 8)
			glyph(b, GLYPH_BLOCK, style);
		else if (i == full / 8 && full % 8 != 0)
			glyph(b, (enum canvas_glyph)parts[full % 8], style);
		else
			glyph(b, GLYPH_SHADE, STYLE_DIM);
}

/* "parsing      ████▌░░░░  43 %" */
static void
put_share(struct block *b, struct str label, size_t label_cells, uint64_t part,
    uint64_t whole, enum canvas_style style)
{
	size_t bar = b->width > label_cells + PERCENT + 1
			 ? b->width - label_cells - PERCENT - 1
			 : 0;

	doc_line(b->d, 0);
	doc_clip(b->d, STYLE_PLAIN, label, label_cells - 1);
	doc_puts(b->d, STYLE_PLAIN, " ");
	doc_pad(b->d, label_cells);
	board_block_put_bar(b, part, whole, bar < 40 ? bar : 40, style);
	doc_printf(b->d, STYLE_BOLD, " %3u %%", board_percent(part, whole));
}

/* ---- the blocks ---- */

/* A `cycles` that ends behind the position began before now. */
static bool
computes(const struct block *b)
{
	const struct handset_view *v = b->l->v;
	uint32_t node = trace_find_name(v->t, b->l->node);
	uint64_t last = trace_count(v->t);

	if (last - v->seq > AHEAD)
		last = v->seq + AHEAD;
	for (uint64_t seq = v->seq + 1; seq <= last; seq++) {
		struct trace_rec rec;
		int64_t ns;

		if (trace_node_of(v->t, seq) != node ||
		    trace_board_what(v->t, seq) != TRACE_BOARD_CYCLES)
			continue;
		trace_get(v->t, seq, &rec);
		ns = trace_int(&rec, "ns", 0);
		return ns > 0 && (rec.t < ns || rec.t - ns <= v->t_ns);
	}
	return false;
}

static void
board_block_put_state(struct block *b)
{
	const struct state_at_board *board = b->l->board;
	char t[TIME_ROOM];

	doc_line(b->d, board->last);
	if (board->down) {
		/* TRANSLATORS: a phone; a time in seconds follows */
		doc_printf(b->d, STYLE_LOST, _("down since %s s"),
		    time_text(board->since, t));
	} else if (computes(b)) {
		doc_puts(b->d, STYLE_CHANGED, _("computing"));
	} else {
		doc_puts(b->d, STYLE_SUCCESS, _("idle"));
	}
	if (b->now.at.n > 0) {
		doc_puts(b->d, STYLE_DIM, "  ");
		doc_clip(b->d, STYLE_BOLD, b->now.at,
		    b->width > 24 ? b->width - 18 : 8);
	}
	if (b->now.mode.n > 0) {
		doc_puts(b->d, STYLE_DIM, "  ");
		doc_clip(b->d, STYLE_DIM, b->now.mode, 6);
	}
}

static void
board_block_put_record(struct block *b, uint64_t seq, enum canvas_style style)
{
	const struct trace *t = b->l->v->t;
	struct buf text = BUF_INIT;
	struct trace_rec rec;

	trace_get(t, seq, &rec);
	record_step(t, &rec, &text);
	doc_line(b->d, seq);
	doc_wrap(b->d, style, buf_view(&text), 2, b->width);
	buf_end(&text, &b->d->err);
}

/* What it computed for. */
static void
board_block_put_cause(struct block *b, uint64_t seq)
{
	const struct trace *t = b->l->v->t;
	struct buf what = BUF_INIT, text = BUF_INIT;
	struct trace_rec rec;

	trace_get(t, seq, &rec);
	record_step(t, &rec, &what);
	/* TRANSLATORS: what was computed for: "for 200 OK from bob" */
	buf_printf(&text, _("for %s"), buf_cstr(&what));
	doc_line(b->d, seq);
	doc_clip(b->d, STYLE_DIM, buf_view(&text), b->width);
	buf_end(&what, &b->d->err);
	buf_end(&text, &b->d->err);
}

/* How it fares, what it computed last, and what for. */
static void
block_state(struct block *b)
{
	const struct state_at_board *board = b->l->board;
	uint64_t cause;

	if (board == NULL) {
		doc_line(b->d, 0);
		doc_wrap(b->d, STYLE_DIM,
		    str_of(_("The board has not executed anything yet.")), 0,
		    b->width);
		return;
	}
	board_block_put_state(b);
	if (board->down && board->fault != 0 &&
	    trace_time_of(b->l->v->t, board->fault) == board->since)
		board_block_put_record(b, board->fault, STYLE_LOST);
	if (board->cycles == 0)
		return;
	board_block_put_record(b, board->cycles, STYLE_PLAIN);
	cause = trace_cause_of(b->l->v->t, board->cycles);
	if (cause != 0)
		board_block_put_cause(b, cause);
}

static void
block_phases(struct block *b)
{
	static const uint8_t styles[TRACE_PHASE_COUNT] = {
		[TRACE_PHASE_PARSE] = STYLE_REQUEST,
		[TRACE_PHASE_MACHINE] = STYLE_TIMER,
		[TRACE_PHASE_BUILD] = STYLE_SUCCESS,
		[TRACE_PHASE_OTHER] = STYLE_OTHER,
	};

	for (unsigned i = 0; b->now.count > 0 && i < TRACE_PHASE_COUNT; i++)
		put_share(b, str_of(i18n_text(trace_phase_text(i))), LABEL,
		    b->now.phases[i], b->now.count, styles[i]);
}

static void
block_memory(struct block *b)
{
	const struct trace_board *r = &b->now;
	struct buf text = BUF_INIT;
	uint64_t used = r->image / 4 + r->heap / 4 + r->stack / 4;

	if (r->ram == 0)
		return;
	put_share(b, str_of(_("memory")), LABEL, used, r->ram / 4,
	    used > r->ram / 5 ? STYLE_WARNING : STYLE_REQUEST);
	board_put_memory(&text, r);
	doc_line(b->d, 0);
	doc_pad(b->d, 2);
	doc_wrap(b->d, STYLE_DIM, buf_view(&text), 2, b->width);
	buf_end(&text, &b->d->err);
}

static void
block_top(struct block *b)
{
	size_t cells = b->width > FUNCTION + PERCENT + 8 ? FUNCTION : LABEL;

	if (b->now.ntop > 0)
		heading(b, _("Most in"));
	for (size_t i = 0; i < b->now.ntop; i++)
		put_share(b, b->now.top[i].name, cells, b->now.top[i].count,
		    b->now.count, STYLE_OTHER);
}

static void
block_code(struct block *b)
{
	if (b->now.ncode > 0)
		heading(b, _("Code"));
	for (size_t i = 0; i < b->now.ncode; i++) {
		bool here = i == TRACE_BOARD_HERE;

		doc_line(b->d, 0);
		glyph(b, here ? GLYPH_HERE : GLYPH_SPACE, STYLE_CHANGED);
		doc_puts(b->d, STYLE_PLAIN, " ");
		doc_clip(b->d, here ? STYLE_LIT : STYLE_PLAIN, b->now.code[i],
		    b->width - 2);
	}
}

static void
block_registers(struct block *b)
{
	static const char *const names[TRACE_REGISTERS] = { "r0", "r1", "r2",
		"r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12",
		"sp", "lr", "pc", "cpsr" };
	size_t per = b->width / 14;

	if (per > 4)
		per = 4;
	if (b->now.nregisters > 0)
		heading(b, _("Registers"));
	for (size_t i = 0; i < b->now.nregisters; i++) {
		if (i % per == 0)
			doc_line(b->d, 0);
		doc_pad(b->d, i % per * 14);
		doc_printf(b->d, STYLE_DIM, "%-4s ", names[i]);
		doc_printf(
		    b->d, STYLE_PLAIN, "%08" PRIx32, b->now.registers[i]);
		doc_puts(b->d, STYLE_PLAIN, " ");
	}
}

static void
block_console(struct block *b)
{
	const struct state_at_board *board = b->l->board;
	LOCAL_BUF memory = BUF_INIT;
	struct trace_board r;
	struct trace_rec rec;
	size_t n = board != NULL ? STATE_AT_BOARD_LINES : 0;

	while (n > 0 && board->uart[n - 1] == 0)
		n--;
	if (n > 0)
		heading(b, _("Console"));
	for (; n > 0; n--) {
		trace_get(b->l->v->t, board->uart[n - 1], &rec);
		if (trace_get_board(&rec, &r, &memory) != 0) {
			b->d->err = ERR_NOMEM;
			break;
		}
		doc_line(b->d, rec.seq);
		doc_clip(b->d, STYLE_PLAIN, r.text, b->width);
	}
}

static void
block_totals(struct block *b)
{
	const struct state_at_board *board = b->l->board;
	struct state_at_counts c;
	struct buf text = BUF_INIT;

	if (board == NULL)
		return;
	c = state_at_count_all(b->l->v->f, b->l->node);
	heading(b, _("Since the run began"));
	board_put_work(&text, board->instructions, board->ns);
	doc_line(b->d, 0);
	doc_wrap(b->d, STYLE_PLAIN, buf_view(&text), 2, b->width);
	buf_clear(&text);
	buf_printf(&text,
	    _("%llu messages sent, %llu received; keys: %llu; faults: %llu; "
	      "resets by the watchdog: %llu"),
	    (unsigned long long)c.sends, (unsigned long long)c.recvs,
	    (unsigned long long)board->keys, (unsigned long long)board->faults,
	    (unsigned long long)board->resets);
	doc_line(b->d, 0);
	doc_wrap(b->d, STYLE_PLAIN, buf_view(&text), 2, b->width);
	buf_end(&text, &b->d->err);
}

static void (*const blocks[])(struct block *b) = {
	block_state,
	block_phases,
	block_memory,
	block_top,
	block_code,
	block_registers,
	block_console,
	block_totals,
};

/* ---- where they go ---- */

static void
make(struct block *b, size_t i, const struct grid_area *a)
{
	doc_clear(b->d);
	b->width = a->w;
	blocks[i](b);
}

/* Into A from *USED lines on; false where it does not fit. */
static bool
board_block_put(struct block *b, size_t i, const struct grid_area *a,
    size_t *used, bool cut)
{
	size_t gap = *used > 0 && a->h >= ROOMY ? 1 : 0, lines;
	struct grid_area in;

	make(b, i, a);
	lines = b->d->nlines;
	if (lines == 0)
		return true;
	if (*used + gap + (cut && lines > CUT_LEAST ? CUT_LEAST : lines) > a->h)
		return false;
	in = grid_part(a, 0, *used + gap, a->w, lines);
	if (b->drawn)
		doc_draw(b->d, &in, 0, 0, SIZE_MAX);
	*used += gap + in.h;
	return true;
}

/* What the board is at: the fault that ended it, or its last work. */
static void
look_now(struct block *b, struct buf *memory)
{
	const struct state_at_board *board = b->l->board;
	struct trace_rec rec;
	uint64_t seq = board == NULL ? 0
		       : board->down && board->fault > board->cycles
			   ? board->fault
			   : board->cycles;

	b->now = (struct trace_board){ .what = TRACE_BOARD_WHAT_COUNT };
	if (seq == 0)
		return;
	trace_get(b->l->v->t, seq, &rec);
	if (trace_get_board(&rec, &b->now, memory) != 0)
		b->now = (struct trace_board){ .what = TRACE_BOARD_WHAT_COUNT };
}

bool
handset_blocks_put(const struct handset_look *l, const struct grid_area *areas,
    size_t n, bool drawn, size_t used[HANDSET_AREAS])
{
	LOCAL(doc_free) struct doc d = DOC_INIT;
	LOCAL_BUF memory = BUF_INIT;
	struct block b = { .l = l, .d = &d, .drawn = drawn };
	bool all = true;

	look_now(&b, &memory);
	memset(used, 0, HANDSET_AREAS * sizeof(*used));
	for (size_t i = 0; i < COUNT_OF(blocks); i++) {
		bool there = false;

		for (size_t k = 0; k < n && !there; k++)
			there =
			    board_block_put(&b, i, &areas[k], &used[k], false);
		all = all && there;
		for (size_t k = 0; k < n && !there; k++)
			there =
			    board_block_put(&b, i, &areas[k], &used[k], true);
	}
	return all;
}
