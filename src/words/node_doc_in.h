/* What the files that show a node share. */
#ifndef WORDS_NODE_DOC_IN_H
#define WORDS_NODE_DOC_IN_H

#include "words/node_doc.h"

#define NODE_INDENT 2
#define NODE_LABEL  14 /* where values begin */
#define NODE_MOST   30 /* entries of one list */
/* See records_left, messages_left. */
#define NODE_RECORDS  1000000
#define NODE_MESSAGES 3000

struct node_view {
	const struct trace *t;
	const struct fold *f;
	const struct trace_node *node;
	uint32_t number; /* of the node, for trace_node_of */
	uint64_t seq;
	int64_t now;
	size_t width;
	struct doc *d;
	/* How much more may be looked at for media, of all calls together. */
	size_t records_left, messages_left;
};

/* A heading, with an empty line above it. */
void node_heading(struct node_view *v, const char *text);
/* A line that leads to SEQ: LABEL, and VALUE wrapped beside it. */
void node_value(struct node_view *v, uint64_t seq, size_t indent,
    const char *label, struct str value, enum canvas_style style);
/* "… 12 more" below a list of which N were left out. */
void node_more(struct node_view *v, size_t n);

/* B at the right of the present line, and empties it. */
void
node_put_right(struct node_view *v, struct buf *b, enum canvas_style style);

/* node_usages.c: registrations and subscriptions, with their timers. */
void node_put_usages(struct node_view *v);
/* The timers of TR; with TR NULL those of the call ID. */
void node_put_timers(
    struct node_view *v, const struct fold_transaction *tr, struct str id);

/* node_media.c: what was agreed for CALL, and whether it flows. */
void node_put_media(struct node_view *v, const struct fold_call *call);

/* node_board.c: of a handset, its screen, memory, last faults, console. */
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
