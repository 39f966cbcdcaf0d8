/* Shared by the files that show a node. */
#ifndef WORDS_NODE_DOC_IN_H
#define WORDS_NODE_DOC_IN_H

#include "words/node_doc.h"

#define NODE_INDENT 2

struct node_view {
	const struct trace *t;
	const struct state_at *f;
	const struct trace_node *node;
	uint32_t number; /* of the node, for trace_node_of */
	uint64_t seq;
	int64_t now;
	size_t width, most; /* entries of one list */
	bool ruled;         /* a line parts it from the node above */
	struct doc *d;
	/* How much more may be looked at for media, of all calls together. */
	size_t records_left, messages_left;
};

/* For nodes of T after record SEQ, at which F stands, at time NOW. */
struct node_view node_view_of(const struct trace *t, const struct state_at *f,
    uint64_t seq, int64_t now, size_t width, struct doc *d);
/* Turns V to the node NAME; false where the trace does not have it. */
bool node_view_turn(struct node_view *v, struct str name);
/* All of the node; false where nothing lives there, and says so. */
bool node_put(struct node_view *v);

/* A heading, with an empty line above it. */
void node_heading(struct node_view *v, const char *text);
/* Counts one more of a list under HEADING, which stands above the first; false
 * where the list is long enough. */
bool node_entry(struct node_view *v, size_t *n, const char *heading);
/* "… 12 more" below a list of N that was too long. */
void node_more(struct node_view *v, size_t n);
/* A line that leads to SEQ: LABEL, and VALUE wrapped next to it. */
void node_value(struct node_view *v, uint64_t seq, size_t indent,
    const char *label, struct str value, enum canvas_style style);

/* Puts B at the right of the present line and empties B. */
void
node_put_right(struct node_view *v, struct buf *b, enum canvas_style style);

/* A line that leads to SEQ with what something is known by. */
void node_put_id(struct node_view *v, uint64_t seq, size_t indent,
    struct str id, enum canvas_style style);

/* node_media.c: what was agreed for CALL, and whether it flows. */
void node_put_media(struct node_view *v, const struct state_at_call *call);

/* node_media.c: streams that are of no call of the node. */
void node_put_streams(struct node_view *v);

/* record_text_board.c: of a handset, its screen, memory, last faults, console.
 */
void node_put_board(struct node_view *v);

/* node_past.c: what only a look back tells. */
struct node_up {
	bool known, up;
	uint64_t seq; /* the record that crashed it, started it again; or 0 */
};
struct node_up node_is_up(const struct node_view *v);
void node_put_credentials(struct node_view *v);
void node_put_connections(struct node_view *v);
void node_put_names(struct node_view *v);

#endif
