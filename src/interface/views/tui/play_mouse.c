/*
 * The mouse: what is pressed is gone to or chosen, the wheel moves.
 */
#include "views/tui/play.h"

static bool
inside(const struct grid_area *a, const struct key *key, size_t *x, size_t *y)
{
	if (a->g == NULL || key->x < a->x || key->y < a->y ||
	    key->x >= a->x + a->w || key->y >= a->y + a->h)
		return false;
	*x = key->x - a->x;
	*y = key->y - a->y;
	return true;
}

static void
press_ladder(struct play *p, size_t x, size_t y)
{
	struct play_view *v = play_view(p);
	struct ladder_screen_now now;
	size_t row, column;

	play_ladder_now(p, v, &now);
	if (!ladder_screen_hit(
		v->ladder, &now, &p->ladder_area, x, y, &row, &column))
		return;
	p->in_pane = false;
	play_keypad_leave(p);
	if (row != LAYOUT_NONE)
		play_jump(p, v->layout->rows[row].seq);
	else if (column != LAYOUT_NONE)
		play_fix_node(p, v->layout->columns[column].name);
}

static enum play_request
turn_wheel(struct play *p, const struct key *key)
{
	bool down = key->wheel > 0;
	size_t x, y;

	if (!inside(&p->pane_area, key, &x, &y))
		return down ? REQ_ROW_DOWN : REQ_ROW_UP;
	if (play_where(p) == PLACE_LAB)
		return down ? REQ_TASK_DOWN : REQ_TASK_UP;
	return down ? REQ_PANE_DOWN : REQ_PANE_UP;
}

void
play_mouse(struct play *p, struct key key)
{
	size_t x, y;

	if (p->over == OVER_CHOOSER) {
		size_t i = inside(&p->over_area, &key, &x, &y)
			       ? chooser_hit(&p->chooser, &p->over_area, x, y)
			       : SIZE_MAX;

		if (key.wheel != 0)
			play_do(p, key.wheel > 0 ? REQ_LIST_DOWN : REQ_LIST_UP);
		else if (i == SIZE_MAX)
			p->over = OVER_NOTHING;
		else {
			p->chooser.cursor = i;
			play_do(p, REQ_LIST_OPEN);
		}
		return;
	}
	if (p->over != OVER_NOTHING)
		return;
	if (key.wheel != 0) {
		play_do(p, turn_wheel(p, &key));
	} else if (inside(&p->ladder_area, &key, &x, &y)) {
		press_ladder(p, x, y);
	} else if (inside(&p->pane_area, &key, &x, &y)) {
		p->in_pane = true;
		if (!play_lesson_mouse(p, y))
			play_keypad_mouse(p, x, y);
	} else if (inside(&p->second_area, &key, &x, &y)) {
		p->pane = play_second_pane(p);
		p->in_pane = true;
	}
}
