/*
 * Whether a reader of a ladder's figure can tell which label belongs to which
 * arrow: it is nearer to its own than to another, or joined to it by a leader
 * that crosses no other; and an arrow with its label in a gap is still one.
 */
#ifndef FIGURE_LABELS_H
#define FIGURE_LABELS_H

#include "figure_said.h"

struct label_faults {
	const char *what; /* the figure */
	size_t unclear;   /* labels that are nearer to another's arrow */
	size_t untied;    /* that are far from their own, without a leader */
	size_t stubs;     /* arrows that have little left beside their label */
	size_t astray;    /* leaders that cross another arrow */
};

#define LABEL_AWAY  12.0 /* how far off a label may be without a leader */
#define LEADER_NEAR 8.0  /* how far from its label that ends */
#define LABEL_GAP   10.0 /* from a label in its arrow to either piece of it */
#define STUB        6.0  /* what is no arrow any more */
#define FAR_OFF     40.0 /* further than counts */

/* How far stroke B is from text A, with LONGER at both of its ends. */
static double
distance(const struct said *a, const struct said *b, double longer)
{
	double least = hypot(b->x - a->x, b->y - a->y) - a->half - a->high -
		       b->half - longer;

	if (least > FAR_OFF)
		return least;
	least = INFINITY;
	for (int i = -32; i <= 32; i++) {
		double half = (b->half + longer) * i / 32;
		double x = b->x + half * b->cos - a->x;
		double y = b->y + half * b->sin - a->y;
		double along = fabs(x * a->cos + y * a->sin) - a->half;
		double across = fabs(y * a->cos - x * a->sin) - a->high;

		least = fmin(least, hypot(fmax(along, 0), fmax(across, 0)));
	}
	return least;
}

static bool
is_arrow(const struct said *s)
{
	return s->kind == SAID_STROKE && s->message != 0 && s->arrow;
}

static size_t
count_crossed(const struct said *list, size_t n, const struct said *leader)
{
	size_t crossed = 0;

	for (size_t i = 0; i < n; i++)
		crossed += is_arrow(&list[i]) &&
			   list[i].message != leader->message &&
			   !apart(leader, &list[i]) && !apart(&list[i], leader);
	return crossed;
}

static void
blame_label(struct label_faults *faults, size_t *count, const struct said *s,
    const char *how)
{
	if ((*count)++ < 4)
		printf("  %s: \"%s\" at %.0f, %.0f %s\n", faults->what, s->text,
		    s->x, s->y, how);
}

/* How near the texts of a label come to arrows: its own, others'; its leader.
 */
struct nearness {
	double own, other;
	const struct said *leader;
};

static void
add_nearness(const struct said *list, size_t n, const struct said *text,
    struct nearness *near)
{
	for (size_t b = 0; b < n; b++) {
		const struct said *s = &list[b];
		bool own = s->message == text->message;
		double far;

		if (s->kind != SAID_STROKE || s->message == 0)
			continue;
		/* A label may stand in a gap of its own. */
		far = distance(text, s, own && s->arrow ? LABEL_GAP : 0);
		if (s->leader && own && far < LEADER_NEAR)
			near->leader = s;
		else if (s->arrow && own)
			near->own = fmin(near->own, far);
		else if (s->arrow)
			near->other = fmin(near->other, far);
	}
}

static bool
leaves_stub(const struct said *list, size_t n, unsigned long message)
{
	size_t pieces = 0, short_ones = 0;

	for (size_t i = 0; i < n; i++) {
		if (list[i].message != message || !is_arrow(&list[i]))
			continue;
		pieces++;
		short_ones += 2 * list[i].half < STUB;
	}
	return pieces > 1 && short_ones > 0;
}

/* Whether a reader can tell whose label A is, the first text of its message. */
static void
look_at_label(
    const struct said *list, size_t n, size_t a, struct label_faults *faults)
{
	const struct said *label = &list[a];
	struct nearness near = { .own = INFINITY, .other = INFINITY };

	for (size_t i = a; i < n && list[i].kind == SAID_TEXT &&
			   list[i].message == label->message;
	     i++)
		add_nearness(list, n, &list[i], &near);
	if (near.leader == NULL && near.other < near.own - 0.1)
		blame_label(
		    faults, &faults->unclear, label, "is nearer to another");
	if (near.leader == NULL && near.own > LABEL_AWAY)
		blame_label(
		    faults, &faults->untied, label, "is far from its arrow");
	if (near.leader != NULL && count_crossed(list, n, near.leader) > 0)
		blame_label(faults, &faults->astray, label,
		    "has a leader that crosses");
	if (leaves_stub(list, n, label->message))
		blame_label(faults, &faults->stubs, label, "leaves a stub");
}

/* Its number, or what is bold without one. */
static bool
is_first_of_label(const struct said *list, size_t a)
{
	if (list[a].text[0] == 'F' && list[a].text[1] <= '9' && !list[a].bold)
		return true;
	return list[a].bold && (a == 0 || list[a - 1].kind != SAID_TEXT ||
				   list[a - 1].message != list[a].message);
}

#endif
