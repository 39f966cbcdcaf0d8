/* Shared by the files of the ladder's layout; see ladder/layout.h. */
#ifndef LADDER_LAYOUT_IN_H
#define LADDER_LAYOUT_IN_H

#include "base/map.h"
#include "msg/message.h"
#include "trace/state_at_table.h"
#include "ladder/layout.h"
#include "follower/related_calls.h"

#define COLUMN_WANTED 1u /* the options name it to be shown */
#define COLUMN_HIDDEN 2u
#define COLUMN_LISTED 8u /* the options list it in their order */
#define COLUMN_TALKS  4u /* messages come from it or go to it, shown or not */

/* Data needed only while a ladder is being made. */
struct layout_making {
	const struct trace *trace;
	struct layout_options options;
	const struct layout_options *o; /* those */
	struct layout *l;
	struct diag *diag;
	uint64_t count;    /* records of the trace, when this began */
	size_t part;       /* the part being made (layout.c) … */
	uint64_t seen;     /* … of the records up to this */
	struct map *nodes; /* name -> index into `l->columns`, plus 1 */
	uint8_t *flags;    /* by column: COLUMN_ flags */
	size_t *listed;    /* columns in the options' `order` */
	size_t nlisted;
	struct map *calls; /* the options' Call-IDs; NULL: they have none */
	struct related_calls *related; /* … and messages that serve them; NULL
					* likewise */
	size_t cap_columns, cap_rows;
	uint32_t *row_of;  /* by seq: row plus 1 of a send, recv or timer */
	uint32_t *origin;  /* by seq: the recv, timer or act behind it */
	bool *sends;       /* by seq of those: something was sent because */
	uint32_t *repeats; /* by seq: copies of that first send so far; of a
			      packet of media what became of it */
	bool *keep;        /* by row */
	/* Messages of hidden nodes: Call-ID -> index into `l->left`, plus 1; by
	 * seq of a send, that index plus 1 and what became of the message
	 * (layout_rows_link.c).  NULL until needed. */
	struct map *left_by;
	uint64_t *left_of;
	size_t cap_left;
	struct layout_shown *shown; /* by column: its machine */
	uint32_t *shown_by;         /* by node: that column plus 1, or 0 */
	size_t nshown_by, cap_bars;
	struct state_at_table timers; /* by node, id and name: running timers */
	size_t timer_bytes;
	struct map *media; /* by stream (layout_media.c): row plus 1 */
	struct layout_arrival *arrivals; /* (layout_media_count.c) */
	size_t narrivals, cap_arrivals;
	struct map *open;      /* from, to -> struct open_requests */
	struct msg *msg;       /* scratch */
	struct buf text, name; /* scratch */
	bool call_seen;
	bool translates; /* addresses may change on a message's way */
};

/* layout_store.c: what owns a ladder's strings.  0 or ERR_NOMEM. */
int layout_store_create(struct layout_store **out);
void layout_store_destroy(struct layout_store *s);
/* A copy of TEXT that lives as long as the ladder; equal texts are kept once.
 * Where memory is lacking it is empty: the maker of the ladder checks for that
 * at the end (mem_failures), also for texts that are written in the scratch. */
struct str layout_keep_text(struct layout_making *m, struct str text);

/* layout_labels.c: a NAT is in the network of HEAD; false for a capture. */
bool layout_translates(const struct trace_head *head);
/* REC is the arrival of ROW's message: where that has other addresses than its
 * sending ROW's detail says both. */
void layout_translated(struct layout_making *m, const struct trace_rec *rec,
    struct layout_row *row);
/* The loss REC of ROW's message was at a NAT on its way, which is not its
 * receiver. */
bool layout_is_nat(const struct layout_making *m, const struct trace_rec *rec,
    const struct layout_row *row);

/* layout_columns.c: all nodes as columns first; then those used, in order. */
int layout_columns_begin(struct layout_making *m);
int layout_column_of(struct layout_making *m, struct str node, size_t *column);
int layout_columns_end(struct layout_making *m);

/* layout_rows.c */
int layout_rows_begin(struct layout_making *m);
/* A new row of REC, of no kind yet.  0, ERR_NOMEM, or ERR_LIMIT where it is one
 * too many: the ladder is cut then. */
int layout_add_row(struct layout_making *m, const struct trace_rec *rec,
    struct layout_row **row);
/* Whether the options ask for time T; layout_wants_pair: for what passes
 * between two columns. */
bool layout_in_window(const struct layout_making *m, int64_t t);

/* layout_rows_link.c: whether messages with this Call-ID are wanted. */
bool layout_wants_call(struct layout_making *m, struct str call_id);
/* Whether a remark, or a timer, of record SEQ is about such a call. */
bool layout_wants_remark(struct layout_making *m, uint64_t seq);

bool layout_wants_pair(const struct layout_making *m, size_t from, size_t to);
/* layout_media.c: one packet of media; what became of the one that record OF
 * sent; a stream's beginning or end. */
int layout_media_packet(struct layout_making *m, const struct trace_rec *rec,
    const struct trace_send *s, size_t from, size_t to);
void layout_media_arrived(
    struct layout_making *m, struct layout_row *row, uint64_t of);
void layout_media_dropped(struct layout_making *m, struct layout_row *row,
    uint64_t of, struct str reason);
int layout_media_stream(struct layout_making *m, const struct trace_rec *rec);
/* layout_media_count.c: reads who hears a source from REC, a `media` record;
 * after the last record sets the counts of all rows. */
int layout_media_heard(struct layout_making *m, const struct trace_rec *rec);
int layout_media_settle(struct layout_making *m);
/* A call rings, or does not any more: until then its media are early. */
int layout_media_call(struct layout_making *m, const struct trace_rec *rec);
int layout_rows_take(struct layout_making *m, uint64_t from, uint64_t to);
void layout_rows_free(struct layout_making *m);
/* layout_rows_link.c: REC, a send in CALL (may be empty), is not shown since a
 * node is hidden (0 or ERR_NOMEM); REC, a recv or drop, may be about such. */
int layout_left_send(
    struct layout_making *m, const struct trace_rec *rec, struct str call);
/* A message that is dropped for REASON has arrived: who got it threw it away.
 */
static inline bool
layout_is_discarded(enum trace_drop reason)
{
	return reason == TRACE_DROP_UNMATCHED || reason == TRACE_DROP_REFUSED ||
	       reason == TRACE_DROP_OVERRUN || reason == TRACE_DROP_GLARE;
}
void layout_left_recv(struct layout_making *m, const struct trace_rec *rec);
void layout_left_drop(struct layout_making *m, const struct trace_rec *rec);
void layout_left_free(struct layout_making *m);
/* layout_rows_link.c: drops rows not kept, folds, joins rows to each other. */
int layout_rows_link(struct layout_making *m);

/* layout_store.c: keeps for layout_row_at which rows stand for rows folded into
 * them.  HEAD: by old row, the old row that stands for it; FINAL: by old row,
 * its new number plus 1.  0 or ERR_NOMEM. */
int layout_note_folded(
    struct layout_making *m, const uint32_t *head, const uint32_t *final);
/* Keeps for it which rows the records ended, once the rows are final. */
void layout_order_ends(struct layout *l);

/* layout_labels.c: ROW is lost for the reason of that name. */
void
layout_lost(struct layout_making *m, struct layout_row *row, struct str reason);
/* `label`, `named`, `brief` and `kind` of a message's ROW. */
void layout_label(struct layout_making *m, const struct trace_rec *rec,
    const struct trace_send *s, struct layout_row *row);
/* layout_labels.c: notes in ROW that FAULT, a fault record, changed its
 * message. */
void layout_note_fault(struct layout_making *m, const struct trace_rec *fault,
    struct layout_row *row);
void layout_labels_free(struct layout_making *m);
/* Once `fwd` and `first` are rows: a response is labelled alike on all its
 * way, with its method where it needs that anywhere. */
void layout_labels_agree(struct layout *l);

/* layout_bars.c: the states of the machines whose timers are shown. */
int layout_bars_begin(struct layout_making *m);
int layout_bars_take(struct layout_making *m, uint64_t from, uint64_t to);
/* Bars lie within what the ladder shows. */
void layout_bars_trim(struct layout *l);
void layout_bars_free(struct layout_making *m);

/* layout_bars.c: what handsets computed.  Once the rows are final. */
int layout_works(struct layout_making *m);

/* layout_store.c: rows sorted by a key, for binary search. */
struct layout_order {
	struct layout_ordered {
		int64_t key;
		size_t row;
	} * list;
	size_t n;
};
/* Makes room for ROOM rows; 0 or ERR_NOMEM.  The caller frees the list. */
int layout_order_init(struct layout_order *o, size_t room);
void layout_order_add(struct layout_order *o, int64_t key, size_t row);
/* By key, equal ones by row. */
void layout_order_sort(struct layout_order *o);
/* The first row with KEY, or LAYOUT_NONE. */
size_t layout_order_find(const struct layout_order *o, int64_t key);

/* layout_place.c: every x and y, ticks and gaps. */
int layout_place(struct layout *l, const struct layout_options *o);

#endif
