/*
 * The panes that can be shown next to a ladder, as a table: the message, why a
 * record is there, machines, network, a node, the log, a handset, the tasks of
 * a lab, the calls, a question, what a B2BUA makes of a message, who hears
 * whom.  Each pane is a function of a trace and a moment in it, and the caller
 * creates that value; so a screen, a page and a command show the same.
 */
#ifndef VIEWS_PANES_PANES_H
#define VIEWS_PANES_PANES_H

#include "draw/doc.h"
#include "quiz/quiz.h"
#include "search/fault_preview.h"
#include "calls/calls.h"
#include "handsets/handset_view.h"
#include "views/lesson/lesson_page.h"
#include "pictures/machines/machines_view.h"

/* The records that a log has. */
struct pane_records {
	/* The next one from SEQ on by BY (1, -1), or 0.  NULL: all are. */
	uint64_t (*step)(uint64_t seq, int by, void *arg);
	/* SEQ is to be seen among the others; NULL: none is. */
	bool (*marked)(uint64_t seq, void *arg);
	uint64_t last; /* later records are not shown */
	void *arg;
};

/* Which moment, and how it is looked at; all borrowed. */
struct pane_moment {
	const struct trace *t;
	const struct state_at *state; /* after record SEQ, for panes with
				       * `needs_state` */
	uint64_t seq;                 /* the position: 0 … trace_count */
	int64_t t_ns;     /* now: not before SEQ, nor after the next one */
	struct str node;  /* the chosen one; may be empty */
	uint64_t message; /* the `send` that the position is about; 0: none */
	size_t machine;   /* of the node's; SIZE_MAX: the record's own */
	bool raw;         /* a message as it was sent, nothing told of it */
	bool layers;      /* a message as its packets */
	bool past;        /* future records are not shown */
	bool keypad;      /* keys typed go to the handset */
	size_t room;      /* lines that are seen at once; 0: all */
	/* Told before the first message; NULL: nothing. */
	const char *tip;
	struct pane_records records;
	/* Of those panes; NULL: there is nothing to show. */
	const struct page_source *page; /* all but its width */
	const struct calls *calls;      /* of T, as far as it has come */
	/* Why calls of T ended; NULL: that is not told. */
	const struct outcomes *ends;
	const struct quiz *quiz;
	/* What a fault costs at this moment; NULL: that can't be told, as
	 * `untold` says. */
	const struct fault_preview *preview;
	const char *untold;
};

/* A text has MAKE; a picture has DRAW, and HEIGHT where it may take more lines
 * than are seen. */
struct pane {
	const char *word;  /* in commands and addresses, "machines" */
	const char *title; /* untranslated */
	const char *brief; /* the same where there is little room; or NULL */
	bool needs_state;
	bool explains; /* it tells what a student is to find out */
	/* There is something to show in T; NULL: always. */
	bool (*there)(const struct trace *t);
	/* Appends it, in lines of WIDTH cells; D's err tells of missing
	 * memory. */
	void (*make)(const struct pane_moment *m, size_t width, struct doc *d);
	/* Lines that all of it takes when as many as A has are seen at once. */
	size_t (*height)(
	    const struct pane_moment *m, const struct grid_area *a);
	/* The area is taken to be empty. */
	void (*draw)(const struct pane_moment *m, const struct grid_area *a);
	/* Appends it as SVG, and what of it is so now, to the object of JSON
	 * that is open: docs/TRACE.md, `figure`.  False, and no member: there
	 * is no such picture now, WIDTH columns wide.  NULL: never. */
	bool (*figure)(const struct pane_moment *m, size_t width, size_t height,
	    struct buf *out);
};

extern const struct pane pane_message, pane_why, pane_machines, pane_network,
    pane_node, pane_log, pane_handset, pane_lab, pane_pair, pane_media,
    pane_calls, pane_quiz, pane_faults;

/* The Ith of them, in the order of tabs; NULL behind the last. */
const struct pane *pane_at(size_t i);

/* Appends PANE at M as text, a picture in as many lines as it takes, as many as
 * HEIGHT at least.  D's err tells of missing memory. */
void pane_write(const struct pane *pane, const struct pane_moment *m,
    size_t width, size_t height, struct doc *d);

/* The same moment for the functions that the panes are made of. */
struct machines_view pane_machines_of(const struct pane_moment *m);
struct handset_view pane_handset_of(const struct pane_moment *m);

/* The first of H lines of the log around the position, the line below SEQ; 0:
 * none. */
uint64_t pane_log_first(const struct pane_moment *m, size_t h);
uint64_t pane_log_next(const struct pane_moment *m, uint64_t seq);

#endif
