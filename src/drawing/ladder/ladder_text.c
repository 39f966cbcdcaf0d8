/*
 * The ladder on paper: all of the screen's ladder, everything in the past, in
 * slices, so that paper of any length needs memory for few lines only.
 */
#include "ladder/ladder_text.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/progress.h"
#include "ladder/ladder_arrow.h"
#include "ladder/ladder_screen_in.h"
#include "ladder/ladder_text_in.h"
#include "text/utf8.h"
#include "words/time_words.h"

/* So many rows are drawn at once: no fewer, and no more. */
#define SLICE_ROWS 64
#define SLICE_MOST 512

/* The paper that is being written. */
struct paper {
	const struct layout *l;
	const struct ladder_text_options *o;
	struct ladder_screen *s;
	struct grid g;
	struct buf *out;
};

/* Cells that all of it takes. */
static size_t
count_cells(const struct paper *p)
{
	return p->s->width + p->s->brackets.cells;
}

/* Where the rest is. */
static void
write_cut(const struct layout *l, struct buf *out)
{
	char time[TIME_ROOM];

	buf_fill(out, ' ', TIME_MARGIN);
	/* TRANSLATORS: a number of rows, a time such as 2.500 */
	buf_printf(out,
	    _("Cut after %zu rows: continue with --from=%ss, or choose with "
	      "--call, --node and --to."),
	    l->nrows, time_text(l->cut_ns, time));
	buf_putc(out, '\n');
}

/* What a reader of the whole picture wants to know after it. */
static void
write_counts(const struct layout *l, struct buf *out)
{
	const char *warning = layout_warning(l);

	buf_fill(out, ' ', TIME_MARGIN);
	layout_put_counts(l, out);
	if (l->ndiscarded > 0)
		/* TRANSLATORS: messages that arrived and were thrown away */
		buf_printf(out, _(" Discarded: %zu."), l->ndiscarded);
	buf_putc(out, '\n');
	if (l->cut)
		write_cut(l, out);
	if (warning != NULL) {
		buf_fill(out, ' ', TIME_MARGIN);
		buf_puts(out, warning);
		buf_putc(out, '\n');
	}
}

static const struct {
	unsigned mark;
	const char *utf8, *ascii, *text;
} legend[] = {
	{ LAYOUT_HAS_AGAIN, "↻1", "r1", N_("first retransmission") },
	{ LAYOUT_HAS_FOLDED, "↻+1", "r+1", N_("retransmitted once") },
	{ LAYOUT_HAS_GONE, "╳1", "X1", N_("one of them was lost") },
	{ LAYOUT_HAS_COPIES, "×2", "x2", N_("arrived twice") },
	{ LAYOUT_HAS_DISCARDED, "▶╳", ">X", N_("arrived and discarded") },
	{ LAYOUT_HAS_SIGNALLING, "══", "==", N_("telephone network") },
	{ LAYOUT_HAS_OTHER, "┄┄", "...", N_("not SIP") },
	{ LAYOUT_HAS_EARLY, "╍╍", "\"\"", N_("early media") },
	{ LAYOUT_HAS_VIDEO, "━━", "##", N_("video") },
	{ LAYOUT_HAS_CRASH_GOAL, "┃", "!",
	    N_("a crash costs the requested result") },
	{ LAYOUT_HAS_CRASH_RULE, "║", "H", N_("a crash breaks an invariant") },
	{ LAYOUT_HAS_UNDER_WAY, "…", "~", N_("still in transit") },
};

/* One line for the marks that this ladder has. */
static void
write_legend(const struct layout *l, bool ascii, struct buf *out)
{
	unsigned marks = layout_marks(l), before = 0;

	for (unsigned i = 0; i < COUNT_OF(legend); i++) {
		if ((marks & legend[i].mark) == 0)
			continue;
		buf_fill(out, ' ', before++ > 0 ? 3 : TIME_MARGIN);
		buf_printf(out, "%s %s",
		    ascii ? legend[i].ascii : legend[i].utf8,
		    i18n_text(legend[i].text));
	}
	if (before > 0)
		buf_putc(out, '\n');
}

/* The signs in front of labels that this ladder has. */
static void
write_costs(const struct layout *l, struct buf *out)
{
	bool there[LAYOUT_COST_COUNT] = { false };
	unsigned before = 0;

	if ((layout_marks(l) & LAYOUT_HAS_COST) == 0)
		return;
	for (size_t i = 0; i < l->nrows; i++)
		there[l->rows[i].cost] = true;
	buf_fill(out, ' ', TIME_MARGIN);
	/* TRANSLATORS: a line of signs with their meaning follows */
	buf_printf(out, "%s\n", _("Cost of losing a message:"));
	for (unsigned i = LAYOUT_COST_UNKNOWN + 1; i < LAYOUT_COST_COUNT; i++) {
		if (!there[i])
			continue;
		buf_fill(out, ' ', before++ > 0 ? 3 : TIME_MARGIN);
		buf_printf(out, "%c %s", ladder_costs[i].sign,
		    ladder_cost_text((enum layout_cost)i));
	}
	buf_putc(out, '\n');
}

/* The texts of brackets beside the ladder, and of brackets without room
 * there. */
static void
write_bracket_words(const struct paper *p)
{
	const struct ladder_brackets *b = &p->s->brackets;
	size_t left = ladder_brackets_left(p->s);

	if (b->m == NULL || b->m->n == 0)
		return;
	if (b->m->of != NULL && b->shown > 0) {
		buf_fill(p->out, ' ', TIME_MARGIN);
		buf_printf(p->out, "%s %s\n", p->o->ascii ? "+" : "┤",
		    _("a message of that transaction"));
	}
	if (left == 0)
		return;
	buf_fill(p->out, ' ', TIME_MARGIN);
	buf_printf(p->out,
	    /* TRANSLATORS: of brackets beside a ladder; "+T7" or "+2" stands
	     * where they begin */
	    _("Brackets without room: %zu (+ marks where they begin)."), left);
	buf_putc(p->out, '\n');
}

static int
write_title(struct paper *p)
{
	size_t width = count_cells(p);
	size_t room = width > TIME_MARGIN ? width - TIME_MARGIN : 0;
	struct str title = p->l->title, lines[WRAP_LINES];
	LOCAL_BUF b = BUF_INIT;
	size_t n;
	int err = 0;

	if (title.n == 0)
		return 0;
	/* Where nothing says how wide a line may be, it is as wide as that. */
	if (p->o->width == 0 && utf8_width(title) > room)
		room = utf8_width(title);
	n = ladder_wrap_text(title, room, &b, lines);
	for (size_t i = 0; err == 0 && i < n; i++) {
		struct grid_area a = grid_line(&p->g, TIME_MARGIN + room);

		grid_text(&a, TIME_MARGIN, 0, lines[i], room, STYLE_BOLD);
		err = grid_write_colour(&p->g, p->o->theme, p->out);
	}
	buf_putc(p->out, '\n');
	return err;
}

static int
write_head(struct paper *p, const struct ladder_screen_now *now)
{
	struct grid_area a;

	if (p->l->ncolumns == 0)
		return 0;
	a = grid_lines(&p->g, p->s->width, ladder_head_lines(p->s));
	ladder_draw_head(p->s, now, &a);
	return grid_write_colour(&p->g, p->o->theme, p->out);
}

/* The row before which the slice from ROW on ends: where nothing is on its way
 * down, if there is such a row. */
static size_t
find_slice_end(const struct ladder_screen *s, size_t row)
{
	uint32_t end = 0;
	size_t i = row;

	for (; i < s->l->nrows && i < row + SLICE_MOST; i++) {
		if (i >= row + SLICE_ROWS && s->place[i].from > end)
			break;
		if (s->place[i].to > end)
			end = s->place[i].to;
	}
	return i;
}

static int
write_rows(struct paper *p, const struct ladder_screen_now *now)
{
	struct ladder_view v = { .s = p->s, .now = now, .ascii = p->o->ascii };
	size_t n = p->l->nrows, width = p->s->width, end;
	struct grid_area all;
	int err = 0;

	for (size_t row = 0; err == 0 && row < n; v.top = end) {
		progress_tell(N_("drawing the ladder"), row, n);
		row = find_slice_end(p->s, row);
		end = row < n ? p->s->place[row].from : p->s->lines;
		all = grid_lines(&p->g, count_cells(p), end - v.top);
		v.body = grid_part(&all, 0, 0, width, all.h);
		v.side = grid_part(&all, width, 0, all.w - width, all.h);
		ladder_draw_body(&v);
		err = grid_write_colour(&p->g, p->o->theme, p->out);
		if (err == 0)
			err = buf_pass(p->out);
	}
	return err;
}

static int
write_paper(struct paper *p)
{
	struct ladder_screen_now now = LADDER_SCREEN_NOW;
	int err = p->o->title ? write_title(p) : 0;

	now.seq = UINT64_MAX;
	if (p->o->mark != 0)
		now.row = layout_row_at(p->l, p->o->mark);
	if (err == 0)
		err = write_head(p, &now);
	if (err == 0)
		err = write_rows(p, &now);
	if (err == 0 && (p->o->title || p->l->nmessages == 0)) {
		buf_putc(p->out, '\n');
		write_counts(p->l, p->out);
		write_legend(p->l, p->o->ascii, p->out);
		write_costs(p->l, p->out);
	} else if (err == 0 && p->s->brackets.m != NULL) {
		buf_putc(p->out, '\n');
	}
	if (err == 0)
		write_bracket_words(p);
	return err;
}

int
ladder_text_write(const struct layout *l, const struct ladder_text_options *o,
    struct buf *out)
{
	const struct ladder_text_options plain = { .width = 0 };
	unsigned long lacked = mem_failures();
	struct paper p = { .l = l, .o = o != NULL ? o : &plain, .out = out };
	int err;

	p.g.ascii = p.o->ascii;
	err = ladder_screen_create(&p.s, l,
	    &(struct ladder_screen_options){ .mode = LADDER_USUAL,
		.marks = p.o->marks,
		.paper = true,
		.paper_width = p.o->width });
	if (err == 0)
		err = write_paper(&p);
	if (err == 0 && mem_failures() != lacked)
		err = ERR_NOMEM;
	grid_free(&p.g);
	ladder_screen_destroy(p.s);
	return err != 0 ? err : out->err;
}
