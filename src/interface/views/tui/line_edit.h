/*
 * One line that is typed: moving, deleting, and completion by Tab.
 */
#ifndef VIEWS_TUI_LINE_EDIT_H
#define VIEWS_TUI_LINE_EDIT_H

#include "draw/grid.h"
#include "views/tui/key.h"

/* Appends the Ith completion of TEXT, as a whole line, to OUT; false behind the
 * last. */
typedef bool
line_complete_fn(struct str text, size_t i, struct buf *out, void *arg);

enum line_result { LINE_GOES_ON, LINE_DONE, LINE_LEFT };

struct line_edit {
	struct buf label, text;
	size_t at;                  /* byte of the cursor */
	line_complete_fn *complete; /* NULL: none */
	void *arg;
	struct buf began; /* what was typed before Tab */
	size_t offer;     /* which completion is shown */
	bool offering;
	bool fresh; /* the first character typed replaces all of it */
};

#define LINE_EDIT_INIT ((struct line_edit){ .label = BUF_INIT })

void line_edit_free(struct line_edit *e);
/* LABEL stands before the line, which begins as TEXT. */
void line_edit_start(struct line_edit *e, struct str label, struct str text);
/* The cursor goes to the end of the next word; from the line's end to the end
 * of the first word. */
void line_edit_next_word(struct line_edit *e);
enum line_result line_edit_key(struct line_edit *e, struct key key);
/* Draws the line as line Y of A; returns the cell of the cursor. */
size_t
line_edit_draw(const struct line_edit *e, const struct grid_area *a, size_t y);

#endif
