/* What the files of the ladder's layout share; see views/layout.h. */
#ifndef VIEWS_LAYOUT_IN_H
#define VIEWS_LAYOUT_IN_H

#include "base/map.h"
#include "msg/message.h"
#include "views/layout.h"

/* Owns every string of a ladder; equal strings are kept once. */
struct layout_store;
int layout_store_create(struct layout_store **s);
void layout_store_destroy(struct layout_store *s);
/* A copy that lives as long as the store; 0 or ERR_NOMEM. */
int layout_keep(struct layout_store *s, struct str text, struct str *kept);

/* What is needed while a ladder is being made, and no longer. */
struct layout_making {
	const struct trace *trace;
	const struct layout_options *o;
	struct layout *l;
	struct diag *diag;
	struct map *nodes; /* name -> index into `l->columns`, plus 1 */
	bool *wanted;      /* by column, where the options name nodes */
	size_t cap_columns, cap_rows;
	uint32_t *row_of;      /* by seq: row plus 1 of a send, recv or timer */
	uint64_t *origin;      /* by seq: the recv, timer or act behind it */
	uint32_t *repeats;     /* by seq: copies of that first send so far */
	bool *keep;            /* by row */
	struct map *timers;    /* node, id and name -> struct set_timer */
	struct map *media;     /* from, to -> row plus 1 */
	struct map *open;      /* from, to -> struct open_requests */
	struct msg *msg;       /* scratch */
	struct buf text, name; /* scratch */
	bool call_seen;
};

/* layout_columns.c: all nodes as columns first; then those used, in order. */
int layout_columns_begin(struct layout_making *m);
int layout_column_of(struct layout_making *m, struct str node, size_t *column);
int layout_columns_end(struct layout_making *m);

/* layout_rows.c */
int layout_rows_make(struct layout_making *m);
void layout_rows_free(struct layout_making *m);
/* layout_rows_link.c: drops rows not kept, folds, joins rows to each other. */
int layout_rows_link(struct layout_making *m);

/* layout_labels.c: `label`, `named`, `brief` and `kind` of a message's ROW. */
int layout_label(struct layout_making *m, const struct trace_rec *rec,
    const struct trace_send *s, struct layout_row *row);
void layout_labels_free(struct layout_making *m);
/* Once `fwd` and `first` are rows: a response is labelled alike on all its
 * way, with its method where it needs that anywhere. */
void layout_labels_agree(struct layout *l);

/* layout_bars.c: the states of the machines whose timers are shown. */
int layout_bars_make(struct layout_making *m);

/* layout_place.c: every x and y, ticks and gaps. */
int layout_place(struct layout *l, const struct layout_options *o);

#endif
