/*
 * Finds what a logger puts around each line of a message: names of
 * containers, times, numbers, quotes before it, dots for a CR or quotes after
 * it.  The line that begins the message shows what; the lines of its head show
 * whether numbers and words in it change from line to line.
 */
#ifndef PACKETS_LOG_WRAP_H
#define PACKETS_LOG_WRAP_H

#include "base/buf.h"

#define LOG_SUFFIX 16 /* a suffix of each line is shorter */

struct log_wrap {
	struct buf prefix; /* of the line that began the message */
	enum {
		WRAP_EXACT, /* each has it, except for its numbers */
		WRAP_LOOSE, /* and except for its words */
		WRAP_ASKED, /* the next line tells which */
	} how;
	/* What all lines of its head have behind them, so far, except for its
	 * numbers. */
	char suffix[LOG_SUFFIX];
	size_t nsuffix;
	char mark[LOG_SUFFIX]; /* the last request's suffix */
	size_t nmark;
	bool entities;    /* "&lt;" stands for "<" in its lines */
	struct buf plain; /* a line without them */
};

/* Where in LINE a request line or a status line (RFC 3261 7.1, 7.2) is: from
 * *BEGIN to *END.  False: nowhere. */
bool log_find_start(struct str line, size_t *begin, size_t *end);

/* The length of the longest known method that TOKEN ends with; 0: none. */
size_t log_method_length(struct str token);

/* A message begins in LINE as log_find_start has said; 0 or ERR_NOMEM. */
int
log_wrap_begin(struct log_wrap *w, struct str line, size_t begin, size_t end);
/* One begins around whose lines there is nothing. */
void log_wrap_clear(struct log_wrap *w);

/* LINE without the log's prefix, if it has it. */
struct str log_without_prefix(struct log_wrap *w, struct str line);
/* LINE belongs to the head: what it has after it is all that may be there
 * from now on. */
void log_wrap_head(struct log_wrap *w, struct str line);
/* LINE without the log's suffix, if it has it. */
struct str log_without_suffix(const struct log_wrap *w, struct str line);

/* LINE, of a message whose lines are the text of HTML or XML where a line of
 * its head shows that, with its characters as they were: valid until the next.
 */
struct str
log_without_entities(struct log_wrap *w, struct str line, bool in_head);

/* A line of a head: "Name: value", or one that goes on with a space. */
bool log_is_field(struct str line);

#endif
