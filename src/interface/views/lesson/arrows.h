/*
 * A ladder put together by choosing: from whom, which message, to whom, from
 * three lists; the arrows so far with a mark where the next one goes.  The
 * result is the answer to a task of kind draw, one arrow per line.
 */
#ifndef VIEWS_LESSON_ARROWS_H
#define VIEWS_LESSON_ARROWS_H

#include "draw/grid.h"
#include "trace/reader.h"

enum arrows_part { ARROWS_FROM, ARROWS_WHAT, ARROWS_TO, ARROWS_PARTS };

struct arrows_message {
	char method[24]; /* "": a response */
	unsigned status;
};

/* Entries of a list: more than any task asks for. */
#define ARROWS_LIST_MAX 64

struct arrows {
	struct str nodes[ARROWS_LIST_MAX]; /* borrowed from the trace */
	struct arrows_message messages[ARROWS_LIST_MAX]; /* requests first */
	size_t nnodes, nmessages;
	struct buf text; /* the arrows, a line each */
	size_t mark;     /* so many arrows stand before the mark */
	size_t chosen[ARROWS_PARTS];
	enum arrows_part part;
};

/* The lists are the nodes of T that send or receive SIP, and its messages among
 * other common ones; TEXT is the drawing so far.  R is begun again; free it in
 * any case.  0 or ERR_NOMEM. */
int arrows_begin(struct arrows *r, const struct trace *t, struct str text);
void arrows_free(struct arrows *r);

enum arrows_key {
	ARROWS_DOWN, /* in the list */
	ARROWS_UP,
	ARROWS_NEXT, /* to the next list */
	ARROWS_BACK,
	/* choose, go to the next list; from the last, add the arrow */
	ARROWS_TAKE,
	ARROWS_DELETE,    /* the arrow before the mark */
	ARROWS_MARK_DOWN, /* the mark moves */
	ARROWS_MARK_UP,
	ARROWS_LATER, /* the arrow before the mark moves one place */
	ARROWS_EARLIER,
};

/* 0 or ERR_NOMEM. */
int arrows_press(struct arrows *r, enum arrows_key key);

void arrows_draw(const struct arrows *r, const struct grid_area *a);

#endif
