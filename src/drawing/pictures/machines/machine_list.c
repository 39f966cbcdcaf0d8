/*
 * A machine as a list, for places too small for its figure: every state, and
 * below it a line for each state that it leads to, with the events. If not all
 * fits, the live state is told in full, then the others in turn as long as
 * there is room; of the rest the names stand, then nothing.
 */
#include "pictures/machines/machine_picture_in.h"
#include "pictures/machines/machine_seen.h"
#include "text/utf8.h"
#include "words/state_words.h"

#define STATES_MOST 16
/* Cells before the name that an edge leads to. */
#define BRANCH 3

struct listing {
	const struct machine *m;
	const struct machine_picture_now *now;
	const struct grid_area *area; /* NULL: lines are only counted */
	size_t width, names;          /* cells of the longest state */
	size_t y;
};

/* Before the first step; it has no name, only edges. */
static bool
is_dot(const struct machine *m, enum state_id state)
{
	return machine_state_of(m, state) == NULL;
}

/* The states in the order shown; the one before the first step comes first,
 * also where it is none of the table's. */
static size_t
list_states(const struct machine *m, enum state_id *states)
{
	size_t n = 0;

	if (is_dot(m, m->start))
		states[n++] = m->start;
	for (size_t i = 0; i < m->nstates && n < STATES_MOST; i++)
		states[n++] = m->states[i].id;
	return n;
}

static bool
has_edge(const struct machine *m, enum state_id from, enum state_id to)
{
	for (size_t i = 0; i < m->nedges; i++)
		if (machine_leads(&m->edges[i], from, to))
			return true;
	return false;
}

static size_t
machine_box_put(
    struct listing *l, size_t x, const char *text, enum canvas_style style)
{
	if (l->area == NULL)
		return utf8_width(str_of(text));
	return grid_text(l->area, x, l->y, str_of(text), SIZE_MAX, style);
}

static void
put_glyph(struct listing *l, size_t x, enum canvas_glyph glyph, bool taken)
{
	if (l->area != NULL)
		grid_put(
		    l->area, x, l->y, glyph, taken ? STYLE_EDGE : STYLE_FRAME);
}

/* The edges FROM → TO, on as many lines as they need. */
static void
list_edges(struct listing *l, enum state_id from, enum state_id to, bool last)
{
	const struct machine_edge *now = l->now->edge;
	bool taken = now != NULL && machine_leads(now, from, to);
	size_t first = BRANCH + l->names + 2, x = first;
	bool any = false;

	put_glyph(l, 0,
	    is_dot(l->m, from) ? GLYPH_BULLET
	    : last             ? GLYPH_CORNER_BL
			       : GLYPH_FROM_LEFT,
	    taken);
	put_glyph(l, 1, GLYPH_TO_RIGHT, taken);
	machine_box_put(
	    l, BRANCH, state_word(to), taken ? STYLE_EDGE : STYLE_PLAIN);
	for (size_t i = 0; i < l->m->nedges; i++) {
		const struct machine_edge *e = &l->m->edges[i];

		if (!machine_leads(e, from, to))
			continue;
		if (any)
			x += machine_box_put(l, x, ",", STYLE_PLAIN) + 1;
		/* What does not fit goes on below; a word too long for any
		 * line is clipped. */
		if (any && x + utf8_width(str_of(event_name(l->m, e))) + 1 >
			       l->width) {
			l->y++;
			x = first;
			if (!last)
				put_glyph(l, 0, GLYPH_LIFE, false);
		}
		x += machine_box_put(l, x, event_name(l->m, e),
		    e == now ? STYLE_EDGE : STYLE_PLAIN);
		any = true;
	}
	l->y++;
}

/* What STATE leads to, in the order of the states. */
static void
list_groups(struct listing *l, enum state_id state)
{
	enum state_id states[STATES_MOST], last = STATE_NONE;
	size_t n = list_states(l->m, states);

	for (size_t i = 0; i < n; i++)
		if (has_edge(l->m, state, states[i]))
			last = states[i];
	for (size_t i = 0; i < n; i++)
		if (has_edge(l->m, state, states[i]))
			list_edges(l, state, states[i], states[i] == last);
}

static void
list_name(struct listing *l, enum state_id state)
{
	struct str name = state_name(l->m, str_of(state_word(state)));
	bool live = str_is(l->now->state, state_word(state));
	size_t n = utf8_width(name);

	if (live) {
		grid_fill(l->area, 0, l->y, l->names + BRANCH + 1, 1,
		    l->area->g->ascii ? GLYPH_BLOCK : GLYPH_SHADE, STYLE_LIT);
		grid_fill(l->area, 1, l->y, n + 2, 1, GLYPH_SPACE, STYLE_LIT);
		grid_text(l->area, 2, l->y, name, SIZE_MAX, STYLE_LIT);
	} else {
		grid_text(l->area, 0, l->y, name, SIZE_MAX, STYLE_BOLD);
	}
	l->y++;
}

static struct listing
listing_of(const struct machine *m, const struct machine_picture_now *now,
    size_t width)
{
	struct listing l = { .m = m, .now = now, .width = width };

	for (size_t i = 0; i < m->nstates; i++) {
		struct str name =
		    state_name(m, str_of(machine_state_name(&m->states[i])));
		size_t n = utf8_width(name);

		l.names = n > l.names ? n : l.names;
	}
	return l;
}

/* Lines of what STATE leads to. */
static size_t
groups_height(struct listing *l, enum state_id state)
{
	struct listing count = *l;

	count.area = NULL;
	count.y = 0;
	list_groups(&count, state);
	return count.y;
}

size_t
machine_picture_list_height(const struct machine *m, size_t width)
{
	static const struct machine_picture_now nothing;
	struct listing l = listing_of(m, &nothing, width);
	enum state_id states[STATES_MOST];
	size_t n = list_states(m, states), h = 0;

	for (size_t i = 0; i < n; i++)
		h += !is_dot(m, states[i]) + groups_height(&l, states[i]);
	return h;
}

/* Which of N states are told in full, in a height of H: the live one, those
 * after it, those before it. */
static void
choose_states(struct listing *l, const enum state_id *states, size_t n,
    size_t live, size_t h, bool *full)
{
	size_t room = h > n ? h - n : 0;

	for (size_t i = 0; i < n; i++) {
		size_t at = (live + i) % n;
		size_t need = groups_height(l, states[at]);

		/* Its one line less makes up for the first of these. */
		need -= is_dot(l->m, states[at]) && need > 0;
		full[at] = need <= room;
		if (full[at])
			room -= need;
	}
}

void
picture_list_draw(const struct machine *m,
    const struct machine_picture_now *now, const struct grid_area *area)
{
	struct listing l = listing_of(m, now, area->w);
	enum state_id states[STATES_MOST];
	bool full[STATES_MOST] = { false };
	size_t n = list_states(m, states), live = 0, i = 0;

	for (size_t k = 0; k < n; k++)
		if (str_is(now->state, state_word(states[k])))
			live = k;
	choose_states(&l, states, n, live, area->h, full);
	/* Not even that fits beside all names: the live one and what follows.
	 */
	if (area->h < n || !full[live]) {
		full[live] = true;
		i = live;
	}
	l.area = area;
	for (; i < n && l.y < area->h; i++) {
		if (!is_dot(m, states[i]))
			list_name(&l, states[i]);
		if (full[i])
			list_groups(&l, states[i]);
		else if (!is_dot(m, states[i]) &&
			 groups_height(&l, states[i]) > 0)
			grid_put(area, l.names + BRANCH + 2, l.y - 1,
			    GLYPH_MORE, STYLE_DIM);
	}
}
