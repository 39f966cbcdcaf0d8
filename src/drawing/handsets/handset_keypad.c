/*
 * The keys as they stand on the phone, with the one that was pressed last lit.
 */
#include "handsets/handset_in.h"

#include "text/utf8.h"

#define KEY_W 6 /* cells, "[call]" */

/* By line and column: what stands on it, its name in the trace, in acts. */
static const struct {
	const char *label, *name, *act;
	enum canvas_style style;
} keys[HANDSET_KEYPAD_H][3] = {
	{ { "──", "soft1", "{soft1}", STYLE_KEY },
	    { "▲", "up", "{up}", STYLE_PLAIN },
	    { "──", "soft2", "{soft2}", STYLE_KEY } },
	{ { "call", "call", "{call}", STYLE_SUCCESS },
	    { "ok", "ok", "{ok}", STYLE_PLAIN },
	    { "end", "end", "{end}", STYLE_FAILURE } },
	{ { "clr", "clear", "{clear}", STYLE_PLAIN },
	    { "▼", "down", "{down}", STYLE_PLAIN },
	    { NULL, NULL, NULL, STYLE_PLAIN } },
	{ { "1", "1", "1", STYLE_BOLD }, { "2", "2", "2", STYLE_BOLD },
	    { "3", "3", "3", STYLE_BOLD } },
	{ { "4", "4", "4", STYLE_BOLD }, { "5", "5", "5", STYLE_BOLD },
	    { "6", "6", "6", STYLE_BOLD } },
	{ { "7", "7", "7", STYLE_BOLD }, { "8", "8", "8", STYLE_BOLD },
	    { "9", "9", "9", STYLE_BOLD } },
	{ { "*", "*", "*", STYLE_BOLD }, { "0", "0", "0", STYLE_BOLD },
	    { "#", "#", "#", STYLE_BOLD } },
};

const char *
handset_keypad_hit(size_t x, size_t y)
{
	if (y >= HANDSET_KEYPAD_H || x >= HANDSET_KEYPAD_W)
		return NULL;
	return keys[y][x / KEY_W].act;
}

static void
draw_key(const struct grid_area *a, size_t x, size_t y, const char *label,
    enum canvas_style style, bool lit)
{
	size_t n = utf8_width(str_of(label));

	grid_text(a, x, y, STR("["), 1, STYLE_FRAME);
	grid_text(a, x + KEY_W - 1, y, STR("]"), 1, STYLE_FRAME);
	grid_text(
	    a, x + 1 + (KEY_W - 2 - n + 1) / 2, y, str_of(label), n, style);
	if (lit)
		grid_paint(a, x, y, KEY_W, 1, STYLE_LIT);
}

void
handset_keypad_draw(const struct handset_look *l, const struct grid_area *a)
{
	struct buf memory = BUF_INIT;
	struct trace_board r = { .text = STR_NULL };
	struct trace_rec rec;

	if (l->board != NULL && l->board->key != 0) {
		trace_get(l->v->t, l->board->key, &rec);
		(void)trace_get_board(&rec, &r, &memory);
	}
	for (size_t y = 0; y < HANDSET_KEYPAD_H; y++)
		for (size_t x = 0; x < 3; x++)
			if (keys[y][x].label != NULL)
				draw_key(a, x * KEY_W, y, keys[y][x].label,
				    keys[y][x].style,
				    str_is(r.text, keys[y][x].name));
	buf_free(&memory);
}
