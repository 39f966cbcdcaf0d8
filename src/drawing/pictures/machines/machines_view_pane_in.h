/* The machines' pane while it is drawn. */
#ifndef PICTURES_MACHINES_MACHINES_VIEW_PANE_IN_H
#define PICTURES_MACHINES_MACHINES_VIEW_PANE_IN_H

#include "pictures/machines/machine_layout.h"
#include "pictures/machines/machines_view_in.h"

/* Most states that `turned` has. */
#define STATES_MOST 16
/* Timers of one machine. */
#define TIMERS_MOST 8
/* Lines of a table that are counted. */
#define TABLE_MOST 100

/* The timers of one machine that are due first, in that order; of two due at
 * once the one set first. */
struct soonest {
	const struct state_at_timer *list[TIMERS_MOST];
	size_t n;
};

struct pane {
	const struct machines_view *v;
	const struct grid_area *a;
	struct machines_entry e;   /* the one drawn */
	struct machines_walk walk; /* keeps what E points into */
	struct machine turned;     /* E's machine with the live state first */
	struct machine_state states[STATES_MOST];
	struct picture_figure figure; /* of it */
	const struct machine_edge *edge;
	/* the step's, if the edge's differs or there is no edge */
	const struct rule *rule;
	bool any;
	/* The node's timers: of the machine drawn, and of nothing in the list.
	 */
	struct soonest timers;
	const struct state_at_timer *others[TABLE_MOST];
	size_t nothers;
	size_t shown, count, y;
	size_t room; /* lines seen at once */
	struct buf text;
};

/* machines_view_draw.c: text into the present line from X on; returns the cell
 * after it. */
size_t pane_put(struct pane *p, size_t x, struct str text, size_t cells,
    enum canvas_style style);
size_t
pane_puts(struct pane *p, size_t x, const char *text, enum canvas_style style);
/* Text that ends at the right edge, where LEFT leaves room for it. */
void pane_put_right(
    struct pane *p, size_t left, struct str text, enum canvas_style style);
/* A line across with words in it. */
void pane_put_rule(struct pane *p, const char *title);
/* Finds the entry to draw, and its timers; the walk stays open for it. */
void pane_choose_entry(struct pane *p);
/* To p->text: what the machine is, "INVITE client transaction (ICT)"; the rule
 * of its last step, "RFC 3261 17.1.1.2": what its record names, else the
 * edge's, whose section comes back; NULL: none. */
void pane_write_title(struct pane *p);
const char *pane_write_section(struct pane *p);
/* The state that the step left; empty: it was the first. */
struct str pane_step_from(const struct pane *p, struct buf *scratch);
/* What was done on the way. */
void pane_put_words(const struct pane *p, struct buf *words);
/* "client", "server" of a transaction; else NULL. */
const char *pane_side(const struct machine *m);

/* machines_view_rows.c: fills in TIMERS and OTHERS for NODE. */
void pane_find_timers(struct pane *p, struct str node);
/* What E is: "INVITE", "dialog"; then of which kind, or which one. */
struct str pane_entry_kind(const struct pane *p, const struct machines_entry *e,
    struct buf *kind, struct buf *scratch);
/* The timers of the machine drawn. */
void pane_draw_timers(struct pane *p, size_t lines);
/* LINES of the list, from entry FROM on, then those before it. */
void pane_draw_list(struct pane *p, size_t lines, size_t from);
/* Lines that pane_draw_tables would like, up to a limit; NODE is not empty. */
size_t pane_count_tables(struct pane *p, struct str node);
/* Bindings, and the other timers, as far as there is room.  NODE is not empty.
 */
void pane_draw_tables(struct pane *p, struct str node);

#endif
