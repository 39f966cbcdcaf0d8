/*
 * State diagrams as they are laid out: whoever follows the lines drawn, cell by
 * cell, from each state comes to where the machine's table says and nowhere
 * else; each text stands at its own line and touches no other.
 */
#include "text/utf8.h"
#include "fixtures/check.h"
#include "draw/grid.h"
#include "pictures/machines/machine_seen.h"
#include "pictures/machines/machine_picture_in.h"

#include <string.h>

#define NOBODY   (-1)
#define CELLS    40000
#define MAX_ROOM 110

/* What a cell shows. */
struct seen {
	uint8_t sides; /* of a line */
	uint8_t head;  /* the side that its arrow comes from */
	bool dot;
	int box;   /* whose frame or inside it is; or NOBODY */
	int label; /* the edge whose text, or comma, stands there; or NOBODY */
};

struct walk {
	const struct machine *m;
	struct picture_figure f;
	struct seen cells[CELLS];
	bool been[CELLS][16];       /* by the side that it was left at */
	bool found[PICTURE_STATES]; /* heads come to */
	int wrong;                  /* ends that are none */
};

/* Too much for a stack; each test fills it anew. */
static struct walk walk;

static struct seen *
at(struct walk *w, size_t x, size_t y)
{
	return &w->cells[y * w->f.w + x];
}

/* The line that TEXT, a cell's, shows. */
static void
read_line(struct str text, struct seen *c)
{
	static const unsigned heads[] = { SIDE_UP, SIDE_DOWN, SIDE_LEFT,
		SIDE_RIGHT };
	static const char *const lines[16] = { "", "", "", "│", "", "┘", "┐",
		"┤", "", "└", "┌", "├", "─", "┴", "┬", "┼" };
	static const char *const arrows[] = { "▼", "▲", "▶", "◀" };

	for (unsigned s = 0; s < 16; s++)
		if (lines[s][0] != '\0' && str_is(text, lines[s]))
			c->sides = (uint8_t)s;
	for (size_t i = 0; i < 4; i++)
		if (str_is(text, arrows[i]))
			c->head = (uint8_t)heads[i];
	c->dot = str_is(text, "•");
}

static void
see_boxes(struct walk *w)
{
	for (size_t i = 0; i < w->f.nboxes; i++) {
		const struct picture_box *b = &w->f.boxes[i];

		CU_ASSERT_FATAL(b->x + b->w <= w->f.w && b->y + b->h <= w->f.h);
		for (size_t y = b->y; y < b->y + b->h; y++)
			for (size_t x = b->x; x < b->x + b->w; x++) {
				CU_ASSERT(at(w, x, y)->box == NOBODY);
				at(w, x, y)->box = (int)i;
			}
	}
}

static void
see_labels(struct walk *w)
{
	for (size_t i = 0; i < w->m->nedges; i++) {
		const struct picture_label *l = &w->f.labels[i];
		size_t n = utf8_width(
		    str_of(i18n_text(event_word(w->m->edges[i].event))));

		n += l->comma ? 2 : 0;
		CU_ASSERT_FATAL(l->x + n <= w->f.w && l->y < w->f.h);
		for (size_t x = l->x; x < l->x + n; x++) {
			CU_ASSERT(at(w, x, l->y)->label == NOBODY);
			CU_ASSERT(at(w, x, l->y)->box == NOBODY);
			at(w, x, l->y)->label = (int)i;
			at(w, x, l->y)->sides = 0;
		}
	}
}

static bool
see(struct walk *w, const struct machine *m, size_t room)
{
	static const struct machine_picture_now nothing;
	struct grid_area a;
	struct grid g;

	w->m = m;
	if (!picture_lay_out(m, room, &w->f))
		return false;
	CU_ASSERT_FATAL(w->f.w <= room && w->f.w * w->f.h <= CELLS);
	CU_ASSERT_FATAL(grid_init(&g, room, w->f.h, false) == 0);
	a = grid_all(&g);
	machine_picture_draw(m, &nothing, &a);
	/* It stands in the middle. */
	for (size_t i = 0; i < w->f.w * w->f.h; i++) {
		const struct grid_cell *c =
		    &g.cells[i / w->f.w * room + (room - w->f.w) / 2 +
			     i % w->f.w];

		w->cells[i] = (struct seen){ .box = NOBODY, .label = NOBODY };
		read_line((struct str){ c->text, c->n }, &w->cells[i]);
	}
	see_boxes(w);
	see_labels(w);
	grid_free(&g);
	return true;
}

/* Follows what leaves (X, Y) at SIDE to all heads that it comes to. */
static void
follow(struct walk *w, size_t x, size_t y, unsigned side)
{
	struct seen *c;
	unsigned back = grid_line_back(side);

	grid_line_step(side, &x, &y);
	if (x >= w->f.w || y >= w->f.h) {
		w->wrong++;
		return;
	}
	c = at(w, x, y);
	if (w->been[y * w->f.w + x][back])
		return;
	w->been[y * w->f.w + x][back] = true;
	if (c->head != 0) {
		/* Beside the box, or on its frame. */
		if (c->box == NOBODY)
			grid_line_step(side, &x, &y);
		if (c->head == back && at(w, x, y)->box != NOBODY)
			w->found[at(w, x, y)->box] = true;
		else
			w->wrong++;
	} else if (c->label != NOBODY && (side & (SIDE_LEFT | SIDE_RIGHT))) {
		follow(w, x, y, side);
	} else if (c->box != NOBODY) {
		/* Where another way begins that shares this one's lane. */
		w->wrong += (c->sides & back) == 0;
	} else if ((c->sides & back) == 0) {
		w->wrong++;
	} else if (c->sides == 15) {
		follow(w, x, y, side);
	} else {
		for (unsigned s = 1; s < 16; s *= 2)
			if ((c->sides & s) != 0 && s != back)
				follow(w, x, y, s);
	}
}

static bool
has_edge(const struct machine *m, enum state_id from, enum state_id to)
{
	for (size_t i = 0; i < m->nedges; i++)
		if (machine_leads(&m->edges[i], from, to))
			return true;
	return false;
}

/* FROM (NOBODY: before the first step) has a line at SIDE of (X, Y): it leads
 * to one state, and the table has that. */
static void
check_exit(struct walk *w, int from, size_t x, size_t y, unsigned side,
    bool drawn[PICTURE_STATES + 1][PICTURE_STATES])
{
	size_t n = 0;

	memset(w->been, 0, sizeof(w->been));
	memset(w->found, 0, sizeof(w->found));
	w->wrong = 0;
	follow(w, x, y, side);
	for (size_t i = 0; i < w->f.nboxes; i++) {
		n += w->found[i];
		if (w->found[i])
			drawn[from == NOBODY ? PICTURE_STATES : from][i] = true;
	}
	if (n != 1 || w->wrong != 0)
		printf("  %s: from %zu, %zu to %zu states, %d loose ends\n",
		    w->m->name, x, y, n, w->wrong);
	CU_ASSERT(n == 1);
	CU_ASSERT(w->wrong == 0);
}

/* The side at which a line leaves the box that (X, Y) is on the frame of. */
static unsigned
exit_of(struct walk *w, size_t x, size_t y)
{
	const struct seen *c = at(w, x, y);
	const struct picture_box *b;
	unsigned sides = 0;

	if (c->box == NOBODY || c->head != 0)
		return c->dot ? SIDE_DOWN : 0;
	b = &w->f.boxes[c->box];
	sides |= y == b->y ? SIDE_UP : 0;
	sides |= y == b->y + b->h - 1u ? SIDE_DOWN : 0;
	sides |= x == b->x ? SIDE_LEFT : 0;
	sides |= x == b->x + b->w - 1u ? SIDE_RIGHT : 0;
	return sides & c->sides;
}

static void
check_lines(struct walk *w)
{
	bool drawn[PICTURE_STATES + 1][PICTURE_STATES] = { { false } };

	for (size_t y = 0; y < w->f.h; y++)
		for (size_t x = 0; x < w->f.w; x++)
			if (exit_of(w, x, y) != 0)
				check_exit(w, at(w, x, y)->box, x, y,
				    exit_of(w, x, y), drawn);
	for (size_t b = 0; b < w->f.nboxes; b++) {
		enum state_id to = w->f.boxes[b].state;

		for (size_t a = 0; a < w->f.nboxes; a++)
			CU_ASSERT(drawn[a][b] ==
				  has_edge(w->m, w->f.boxes[a].state, to));
		CU_ASSERT(
		    drawn[PICTURE_STATES][b] == has_edge(w->m, STATE_NONE, to));
	}
}

/* (X, Y) is a cell of R, or lies on no line at all. */
static bool
lies_on(const struct picture_route *r, size_t x, size_t y)
{
	for (size_t i = 1; i < r->npoints; i++) {
		size_t x1 = r->path[i - 1].x, x2 = r->path[i].x;
		size_t y1 = r->path[i - 1].y, y2 = r->path[i].y;

		if ((x1 < x2 ? x1 : x2) <= x && x <= (x1 < x2 ? x2 : x1) &&
		    (y1 < y2 ? y1 : y2) <= y && y <= (y1 < y2 ? y2 : y1))
			return true;
	}
	return false;
}

static const struct picture_route *
route_of(const struct walk *w, const struct machine_edge *e)
{
	for (size_t i = 0; i < w->f.nroutes; i++)
		if (machine_leads(e, w->f.routes[i].from, w->f.routes[i].to))
			return &w->f.routes[i];
	return NULL;
}

/* Beside (X, Y), where a text is or ends, lies a line of R's; or nobody's. */
static bool
is_foreign(struct walk *w, const struct picture_route *r, size_t x, size_t y)
{
	const struct seen *c;

	if (x >= w->f.w || y >= w->f.h)
		return false;
	c = at(w, x, y);
	return c->box == NOBODY && (c->sides != 0 || c->head != 0) &&
	       !lies_on(r, x, y);
}

/* A text's own line is at one of its ends or below it, of more lines of text
 * at one of those; no other line touches it. */
static void
check_labels(struct walk *w)
{
	bool near[PICTURE_EDGES] = { false };

	for (size_t i = 0; i < w->m->nedges; i++) {
		const struct picture_label *l = &w->f.labels[i];
		const struct picture_route *r = route_of(w, &w->m->edges[i]);
		size_t n = utf8_width(
		    str_of(i18n_text(event_word(w->m->edges[i].event))));

		CU_ASSERT_FATAL(r != NULL);
		for (size_t k = 0; k < w->f.nroutes; k++)
			for (size_t x = l->x; x < l->x + n; x++)
				if (lies_on(&w->f.routes[k], x, l->y))
					CU_ASSERT(r == &w->f.routes[k]);
		CU_ASSERT(l->x == 0 || !is_foreign(w, r, l->x - 1u, l->y));
		CU_ASSERT(!is_foreign(w, r, l->x + n, l->y));
		for (size_t x = l->x > 2 ? l->x - 3u : 0; x < l->x + n + 3; x++)
			near[r - w->f.routes] |=
			    lies_on(r, x, l->y) || lies_on(r, x, l->y + 1u);
	}
	for (size_t i = 0; i < w->f.nroutes; i++)
		CU_ASSERT(near[i]);
}

static void
check_machine(const struct machine *m, size_t room)
{
	if (!see(&walk, m, room))
		return;
	check_lines(&walk);
	check_labels(&walk);
}

/* Where the pane has 80 columns, and beside a ladder of 118. */
static void
every_machine_has_a_figure(void)
{
	const struct machine *m;
	struct picture_figure f;

	for (size_t i = 0; (m = machine_at(i)) != NULL; i++) {
		CU_ASSERT(picture_lay_out(m, 78, &f));
		CU_ASSERT(f.h <= 50);
		CU_ASSERT(picture_lay_out(m, 56, &f));
	}
}

/* ---- machines that nobody has thought of ---- */

static uint32_t
draw(uint32_t *seed, uint32_t below)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 16) % below;
}

struct made {
	struct machine m;
	struct machine_state states[PICTURE_STATES];
	struct machine_edge edges[PICTURE_EDGES];
};

/* A machine of N states, with a way into it, and some ways from each. */
static void
make(struct made *made, uint32_t n, bool grid, uint32_t *seed)
{
	uint32_t nedges = n + draw(seed, 2 * n + 1);

	*made = (struct made){ .m = { .name = "made",
				   .states = made->states,
				   .edges = made->edges,
				   .nstates = n } };
	for (uint32_t i = 0; i < n; i++) {
		made->states[i].id = (enum state_id)(STATE_IDLE + i);
		if (grid)
			made->m.grid[draw(seed, MACHINE_RANKS)][draw(
			    seed, MACHINE_COLUMNS)] = made->states[i].id;
	}
	for (uint32_t i = 0; i < nedges; i++)
		made->edges[made->m.nedges++] = (struct machine_edge){
			.from = draw(seed, 12) == 0 || i == 0
				    ? STATE_NONE
				    : made->states[draw(seed, n)].id,
			.event =
			    (enum event_id)(EVENT_NONE + 1 + draw(seed, 90)),
			.to = made->states[draw(seed, n)].id,
		};
}

static void
any_machine_can_be_followed(void)
{
	static struct made made;
	uint32_t seed = 1;
	struct picture_figure f;
	size_t drawn = 0;

	for (uint32_t i = 0; i < 260; i++) {
		make(&made, 3 + i % 13, i % 2 == 1, &seed);
		check_machine(&made.m, MAX_ROOM);
		drawn += picture_lay_out(&made.m, MAX_ROOM, &f);
		if (CU_get_number_of_failures() > 0) {
			printf("  machine %u\n", (unsigned)i);
			break;
		}
	}
	CU_ASSERT(drawn >= 250);
}

CHECK_MAIN("machine_layout",
    { "every machine has a figure", every_machine_has_a_figure },
    { "any machine can be followed", any_machine_can_be_followed })
