/*
 * Hearing at a moment, as a text: a line for each side of a call, the received
 * streams with their losses, their quality over time; and the answer to "why
 * does bob hear nothing?" as a chain of records.
 */
#ifndef WORDS_HEARING_DOC_H
#define WORDS_HEARING_DOC_H

#include "draw/doc.h"
#include "follower/hearing.h"

/* Appends the sentence of H. */
void hearing_put_sentence(const struct hearing *h, struct buf *b);

/* Appends to D who hears whom at time T_NS; F is there.  LISTENER chooses
 * one node, STR_NULL none.  Lines lead to the records that decide.  D's err
 * tells of missing memory. */
void hearing_doc(const struct trace *t, const struct state_at *f,
    struct str listener, int64_t t_ns, size_t width, struct doc *d);

/* "What does bob hear at 4 s, and why?" */
struct hearing_question {
	const struct trace *t;
	struct str listener;
	int64_t at_ns; /* -1: at any time; then why as it was longest */
	size_t width;  /* cells of a line; 0: 80 */
	/* The same run with its packets, which tell where they are lost; may be
	 * T, or NULL. */
	const struct trace *packets;
};

/* Appends the answer: the grounds of each row (offer and answer, the agreement,
 * packets sent and received, the place of a loss) and the chain of causes
 * after it.  0 or ERR_NOMEM. */
int hearing_explain(const struct hearing_question *q, struct doc *d);

/* ---- the quality of received sound over time ---- */

/* Appends to D the MOS of each of COUNT streams that has been counted twice,
 * from its first packet up to T_NS. */
void hearing_plot(const struct trace *t, const struct hearing *list,
    size_t count, int64_t t_ns, size_t width, struct doc *d);

/* Appends the MOS of all streams of T over time, as SVG, to OUT; false where
 * there is nothing to draw.  Missing memory is OUT's err. */
bool
hearing_plot_svg(const struct trace *t, const char *title, struct buf *out);

#endif
