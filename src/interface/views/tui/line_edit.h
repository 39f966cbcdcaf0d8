/*
 * One line that is typed: moving, deleting, and completion by Tab.
 */
#ifndef VIEWS_TUI_LINE_EDIT_H
#define VIEWS_TUI_LINE_EDIT_H

#include "draw/grid.h"
#include "views/tui/key.h"
#include "views/tui/requests.h"

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

/* ---- a menu in a box: a title and lines to choose from ---- */

struct chooser_item {
	size_t label, label_end, more, more_end; /* into the text */
	uint64_t value; /* given by the caller, for its own use */
};

struct chooser {
	const char *title; /* translated, static */
	struct buf text;
	struct chooser_item *items;
	size_t n, cap;
	size_t cursor, top;
};

#define CHOOSER_INIT ((struct chooser){ .text = BUF_INIT })

void chooser_free(struct chooser *c);
void chooser_start(struct chooser *c, const char *title);
/* LABEL and what it means (MORE, may be empty), copied. */
void chooser_add(
    struct chooser *c, struct str label, struct str more, uint64_t value);
struct str chooser_label(const struct chooser *c, size_t i);
/* Moves for R; true where R was a move. */
bool chooser_move(struct chooser *c, enum play_request r, size_t page);
/* In the middle of A, as large as it needs to be. */
void chooser_draw(struct chooser *c, const struct grid_area *a);
/* A box of W by H cells, as far as there is room, in the middle of A, with
 * TITLE or NULL; and the marks on it where there is more above or below. */
struct grid_area
chooser_box(const struct grid_area *a, size_t w, size_t h, const char *title);
void chooser_box_more(const struct grid_area *box, bool above, bool below);
/* The item drawn at (X, Y) of A, or SIZE_MAX. */
size_t chooser_hit(
    const struct chooser *c, const struct grid_area *a, size_t x, size_t y);

#endif
