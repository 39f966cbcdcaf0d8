/*
 * The ladder on paper: all of the screen's ladder, everything in the past, in
 * slices, so that paper of any length needs memory for few lines only; and
 * how wide it is to be.
 */
#include "ladder/ladder_text.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/num.h"
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
paper_width(const struct paper *p)
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
	size_t width = paper_width(p);
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
paper_write_head(struct paper *p, const struct ladder_screen_now *now)
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
		all = grid_lines(&p->g, paper_width(p), end - v.top);
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
		err = paper_write_head(p, &now);
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

/*
 * How wide a ladder made of characters is to be: the cells of labels and
 * times, what lies between two lifelines so that every label fits, and
 * how gaps share what there is: where there are cells to spare, narrow
 * ones grow towards the widest, and where there are too few, the widest
 * shrink.
 */

/* Wider than this no gap is to begin with. */
#define GAP_MOST 200
/* Remarks beyond this are clipped rather than given room. */
#define REMARK_MOST 32
#define OVER_MOST   60
/* "query", whom for, and a mark. */
#define DETAIL_MOST 48

static void
raise_to(size_t *value, size_t least)
{
	if (*value < least)
		*value = least;
}

size_t
ladder_text_time_cells(const struct layout *l)
{
	LOCAL_BUF b = BUF_INIT;
	size_t cells;

	time_put(&b, l->nrows > 0 ? l->rows[l->nrows - 1].t : 0);
	cells = b.n < 5 ? 5 : b.n;
	return TIME_MARGIN + cells + TIME_AFTER;
}

void
ladder_text_put_front(const struct layout_row *r, struct buf *out)
{
	if (r->number > 0)
		buf_printf(out, "F%u ", r->number);
	if (ladder_costs[r->cost].sign != '\0')
		buf_printf(out, "%c ", ladder_costs[r->cost].sign);
}

size_t
ladder_text_label_cells(const struct layout_row *r, enum label_size size)
{
	size_t cells = utf8_width(size == LABEL_BRIEF ? r->brief : r->label);
	LOCAL_BUF around = BUF_INIT;

	ladder_text_put_front(r, &around);
	layout_put_marks(r, LAYOUT_AGAIN, &around);
	cells += utf8_width(buf_view(&around));
	return size == LABEL_DETAIL ? cells + utf8_width(r->detail) : cells;
}

static void
paper_measure_message(struct ladder_fit *f, const struct layout_row *r)
{
	size_t cells = ladder_text_label_cells(r, LABEL_USUAL) + 2;
	size_t gap;

	if (r->from == r->to) {
		if (r->from + 1 == f->l->ncolumns)
			raise_to(&f->right, cells + 4);
		else
			raise_to(&f->need[r->from], cells + 3);
		return;
	}
	gap = r->from < r->to ? r->from : r->from - 1;
	raise_to(&f->need[gap], cells);
	if (r->detail.n > 0)
		raise_to(&f->wish[gap],
		    num_smaller(ladder_text_label_cells(r, LABEL_DETAIL) + 2,
			DETAIL_MOST));
	if (r->lost)
		raise_to(&f->wish[gap],
		    num_smaller(
			utf8_width(r->loss.text) + (r->loss.arrived ? 3 : 10),
			REMARK_MOST));
}

/* What R says beyond the last lifeline. */
static void
measure_beside(struct ladder_fit *f, const struct layout_row *r)
{
	bool arrow = r->item == LAYOUT_MESSAGE || r->item == LAYOUT_MEDIA;
	size_t last = f->l->ncolumns - 1, cells = 0;

	if (r->from == LAYOUT_NONE)
		raise_to(
		    &f->over, num_smaller(utf8_width(r->label) + 3, OVER_MOST));
	else if (!arrow && r->from == last)
		cells = utf8_width(r->label);
	else if (r->lost && (r->to == last || r->from == last))
		cells = utf8_width(r->loss.text);
	if (r->note.text.n > 0)
		cells = num_larger(cells, utf8_width(r->note.text));
	if (cells > 0)
		raise_to(&f->beside, num_smaller(cells + 3, REMARK_MOST));
}

static void
measure_labels(struct ladder_fit *f)
{
	const struct layout *l = f->l;

	for (size_t i = 0; i < l->nrows; i++) {
		const struct layout_row *r = &l->rows[i];

		measure_beside(f, r);
		if (r->from == LAYOUT_NONE)
			continue;
		if (r->item == LAYOUT_MESSAGE || r->item == LAYOUT_MEDIA)
			paper_measure_message(f, r);
		else if (l->ncolumns > 1)
			raise_to(&f->wish[r->from < f->n ? r->from : f->n - 1],
			    num_smaller(utf8_width(r->label) + 3, REMARK_MOST));
	}
	for (size_t i = 0; i < f->n; i++) {
		size_t a =
		    num_smaller(utf8_width(l->columns[i].name), NAME_MOST);
		size_t b =
		    num_smaller(utf8_width(l->columns[i + 1].name), NAME_MOST);

		raise_to(&f->need[i], (a + b) / 2 + 1);
		raise_to(&f->wish[i], f->need[i]);
	}
}

/* A domain's title wants to fit above its columns. */
static void
measure_frames(struct ladder_fit *f)
{
	for (size_t i = 0; i < f->l->nframes; i++) {
		const struct layout_frame *d = &f->l->frames[i];
		size_t cells = num_smaller(utf8_width(d->name), 2 * NAME_MOST);
		size_t has = 0, gaps = d->last - d->first;

		for (size_t k = d->first; k < d->last; k++)
			has += f->wish[k] + 1;
		/* Half of the gaps next to it are its own as well. */
		if (d->first > 0)
			has += f->wish[d->first - 1] / 2;
		if (d->last < f->n)
			has += f->wish[d->last] / 2;
		if (has >= cells)
			continue;
		if (gaps > 0) {
			for (size_t k = d->first; k < d->last; k++)
				f->wish[k] += (cells - has + gaps - 1) / gaps;
		} else {
			if (d->first > 0)
				f->wish[d->first - 1] += cells - has;
			if (d->last < f->n)
				f->wish[d->last] += cells - has;
		}
	}
}

void
ladder_text_measure(struct ladder_fit *f)
{
	f->n = f->l->ncolumns > 0 ? f->l->ncolumns - 1 : 0;
	for (size_t i = 0; i < f->n; i++)
		f->need[i] = INNER_LEAST;
	measure_labels(f);
	measure_frames(f);
}

/* What GAPS take together where each is what OF makes of it and LEVEL. */
static size_t
sum_levelled(const size_t *gaps, size_t n, size_t level,
    uint64_t (*of)(uint64_t gap, uint64_t level))
{
	size_t total = 0;

	for (size_t i = 0; i < n; i++)
		total += of(gaps[i], level);
	return total;
}

void
ladder_text_grow(size_t *gaps, size_t n, size_t room)
{
	size_t level = 0;

	for (size_t i = 0; i < n; i++)
		raise_to(&level, gaps[i]);
	while (level > 0 && sum_levelled(gaps, n, level, num_larger) > room)
		level--;
	for (size_t i = 0; i < n; i++)
		raise_to(&gaps[i], level);
}

void
ladder_text_shrink(size_t *gaps, size_t n, size_t room, size_t least)
{
	size_t level = GAP_MOST;

	while (
	    level > least && sum_levelled(gaps, n, level, num_smaller) > room)
		level--;
	for (size_t i = 0; i < n; i++)
		gaps[i] = num_smaller(gaps[i], level);
}

size_t
ladder_text_sum(const size_t *cells, size_t n)
{
	return sum_levelled(cells, n, 0, num_larger);
}
