/* What stands on the screen of a ladder is whole: each message that arrives has
 * its arrow's head, a head of a domain or a node that is cut says so, and nodes
 * have the names that sentences and commands use. */
#include "fixtures/check.h"
#include "fixtures/labs.h"

#include "ladder/ladder_screen_in.h"

#include <string.h>

struct drawing {
	struct trace *t;
	struct layout *l;
	struct ladder_screen *s;
	struct grid g;
	struct ladder_screen_now now;
	size_t head;
};

static const struct grid_cell *
cell_at(const struct drawing *d, size_t x, size_t y)
{
	return &d->g.cells[y * d->g.width + x];
}

static bool
is_one_of(const struct grid_cell *cell, const char *const *texts)
{
	for (; *texts != NULL; texts++)
		if (str_is((struct str){ cell->text, cell->n }, *texts))
			return true;
	return false;
}

/* Beside the receiver's lifeline, on the side that the arrow comes from. */
static bool
has_head(const struct drawing *d, size_t row, size_t line)
{
	static const char *const right[] = { "▶", NULL };
	static const char *const left[] = { "◀", NULL };
	const struct layout_row *r = &d->l->rows[row];
	bool to_right = r->to > r->from;
	size_t x = d->s->x[r->to] + (to_right ? -1 : 1);

	return is_one_of(cell_at(d, x, d->head + line - d->now.top),
	    to_right ? right : left);
}

static bool
is_checked(const struct drawing *d, size_t row)
{
	const struct layout_row *r = &d->l->rows[row];
	size_t line = d->s->place[row].to;

	return r->item == LAYOUT_MESSAGE && !r->lost && !r->loss.discarded &&
	       r->from != r->to && r->from >= d->s->first &&
	       r->from < d->s->end && r->to >= d->s->first &&
	       r->to < d->s->end && line >= d->now.top &&
	       line < d->now.top + d->g.height - d->head;
}

/* How many heads are missing among those that one screen shows. */
static size_t
count_headless(const struct drawing *d, size_t *checked)
{
	size_t missing = 0;

	for (size_t i = 0; i < d->l->nrows; i++) {
		size_t line = d->s->place[i].to;

		if (!is_checked(d, i))
			continue;
		/* The usual form has the arrow below its label. */
		if (d->s->mode == LADDER_USUAL && line == d->s->place[i].from)
			line++;
		if (line >= d->now.top + d->g.height - d->head)
			continue;
		++*checked;
		missing += !has_head(d, i, line);
	}
	return missing;
}

static void
read_line(const struct drawing *d, size_t y, struct buf *out)
{
	buf_clear(out);
	for (size_t x = 0; x < d->g.width; x++)
		buf_add(out,
		    cell_at(d, x, y)->n > 0 ? cell_at(d, x, y)->text : " ",
		    cell_at(d, x, y)->n > 0 ? cell_at(d, x, y)->n : 1);
}

/* NAME is in the line, or what there is of it ends in a mark. */
static bool
is_told(struct str line, struct str name)
{
	LOCAL_BUF part = BUF_INIT;
	bool told = str_find(line, buf_cstr(&part)) >= 0;

	for (size_t cells = utf8_width(name); cells > 0; cells--) {
		buf_clear(&part);
		utf8_add_clipped(&part, name, cells);
		told = str_find(line, buf_cstr(&part)) >= 0;
		if (told)
			break;
	}
	return told;
}

/* On one of the lines of the head. */
static bool
is_told_above(const struct drawing *d, struct str name)
{
	LOCAL_BUF line = BUF_INIT;
	bool told = false;

	for (size_t y = 0; y < d->head && !told; y++) {
		read_line(d, y, &line);
		told = is_told(buf_view(&line), name);
	}
	return told;
}

static size_t
count_cut_heads(const struct drawing *d)
{
	size_t missing = 0;

	for (size_t i = 0; i < d->s->nframes; i++)
		missing += !is_told_above(d, d->s->frames[i].name);
	for (size_t i = d->s->first; i < d->s->end; i++)
		missing += !is_told_above(d, d->l->columns[i].name);
	return missing;
}

/* In the form with a scale of time, arrows that come at one moment to one
 * lifeline lie on each other: what is told to all participants at once, and two
 * re-INVITEs of a controller's that cross. */
struct crowd {
	const char *lab;
	size_t headless, cut;
	size_t widest; /* where it is so; 0: however wide */
};

static struct crowd
find_crowd(const struct drawing *d, const char *lab)
{
	static const struct crowd crowds[] = {
		{ "labs/box-that-breaks-calls", 1, 0, 44 },
		{ "labs/call-centre", 0, 0, 44 },
		{ "labs/call-centre", 4, 0, 60 },
		{ "labs/call-centre", 3, 0, 70 },
		{ "labs/conference", 1, 0, 0 },
		{ "labs/conference-key", 1, 0, 44 },
		{ "labs/conference-refer", 2, 0, 0 },
		{ "labs/overload-control", 1, 0, 44 },
		{ "labs/rfc3725-4.4", 0, 1, 0 },
		{ "labs/volte-number", 0, 0, 60 },
		{ "labs/volte-number", 1, 0, 80 },
		{ "labs/volte-telephone", 0, 0, 60 },
		{ "labs/volte-telephone", 2, 0, 80 },
	};

	for (size_t i = 0; i < sizeof(crowds) / sizeof(crowds[0]); i++)
		if (d->s->mode == LADDER_TIME &&
		    (crowds[i].widest == 0 || d->g.width <= crowds[i].widest) &&
		    strcmp(lab, crowds[i].lab) == 0)
			return crowds[i];
	return (struct crowd){ lab, 0, 0, 0 };
}

/* The screen scrolled from the first line to the last. */
static void
check_screens(struct drawing *d, const char *lab)
{
	struct grid_area a = grid_all(&d->g);
	size_t headless = 0, cut = 0, checked = 0, lines;
	struct crowd known = find_crowd(d, lab);

	d->now = LADDER_SCREEN_NOW;
	d->now.seq = trace_count(d->t);
	d->now.t = trace_time_of(d->t, d->now.seq);
	d->head = ladder_screen_head_lines(d->s, d->g.width);
	lines = ladder_screen_lines(d->s);
	for (size_t top = 0; top < lines; top += d->g.height - d->head) {
		d->now.top = top;
		grid_clear(&d->g);
		ladder_screen_draw(d->s, &d->now, &a);
		headless += count_headless(d, &checked);
		cut += count_cut_heads(d);
	}
	if (checked == 0 && d->g.width >= 60)
		printf("  %s, mode %d, %zu wide: nothing\n", lab,
		    (int)d->s->mode, d->g.width);
	/* The first columns of many may have nothing to say to each other. */
	CU_ASSERT(checked > 0 || d->g.width < 60);
	CU_ASSERT_EQUAL(headless, known.headless);
	CU_ASSERT_EQUAL(cut, known.cut);
	if (headless != known.headless || cut != known.cut)
		printf("  %s, mode %d, %zu wide: %zu heads missing, %zu cut\n",
		    lab, (int)d->s->mode, d->g.width, headless, cut);
}

static void
check_lab(const char *lab)
{
	static const size_t widths[] = { 44, 60, 70, 80, 107, 160 };
	struct lab_options lo = LAB_OPTIONS;
	struct layout_options o = LAYOUT_OPTIONS;
	struct drawing d = { 0 };
	struct diag diag = DIAG_INIT;

	d.t = lab_trace(lab, &lo);
	CU_ASSERT_PTR_NOT_NULL_FATAL(d.t);
	CU_ASSERT_EQUAL_FATAL(layout_create(&d.l, d.t, &o, &diag), 0);
	for (int mode = 0; mode < LADDER_MODE_COUNT; mode++) {
		struct ladder_screen_options so = {
			.mode = (enum ladder_mode)mode
		};

		CU_ASSERT_EQUAL_FATAL(ladder_screen_create(&d.s, d.l, &so), 0);
		for (size_t i = 0; i < sizeof(widths) / sizeof(widths[0]);
		     i++) {
			CU_ASSERT_EQUAL_FATAL(
			    grid_init(&d.g, widths[i], 40, false), 0);
			check_screens(&d, lab);
			grid_free(&d.g);
		}
		ladder_screen_destroy(d.s);
	}
	layout_destroy(d.l);
	trace_destroy(d.t);
}

static void
whole(void)
{
	char *names[LABS_MAX];
	size_t n = labs_list(names, false);

	for (size_t i = 0; i < n; i++)
		check_lab(names[i]);
	labs_free(names, n);
}

CHECK_MAIN("screen_whole", { "whole", whole })
