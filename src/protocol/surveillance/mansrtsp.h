/*
 * MANSRTSP, the bodies of INFO that control a playback (GB/T 28181 9.8 and
 * annex B): a start line as RTSP has it, then fields.  Of the two names of the
 * version, RTSP/1.0 and MANSRTSP/1.0, programs write either.
 */
#ifndef SURVEILLANCE_MANSRTSP_H
#define SURVEILLANCE_MANSRTSP_H

#include "base/buf.h"

#define MANSRTSP_TYPE  "Application/MANSRTSP"
#define MANSRTSP_LINES 32 /* of a body, at most */

/* X(ID, words) */
#define MANSRTSP_FAULTS(X)                                                 \
	X(NONE, "")                                                        \
	X(START, N_("MANSRTSP does not begin with such a line."))          \
	X(METHOD, N_("MANSRTSP has only PLAY, PAUSE and TEARDOWN."))       \
	X(STATUS, N_("This is not a status code."))                        \
	X(FIELD,                                                           \
	    N_("A header field consists of a name, a colon and a value.")) \
	X(VALUE, N_("The standard does not allow this value here."))       \
	X(CSEQ, N_("There is no %s, which is mandatory."))                 \
	X(LINES, N_("There are more lines than rung can read."))

enum mansrtsp_fault {
#define X(id, words) MANSRTSP_FAULT_##id,
	MANSRTSP_FAULTS(X)
#undef X
};
const char *mansrtsp_fault_words(enum mansrtsp_fault fault);

struct mansrtsp_line {
	struct str line, name, value;
	const char *text; /* what such a line says, untranslated; "" unknown */
	enum mansrtsp_fault fault;
};

struct mansrtsp {
	struct str method; /* empty: a response … */
	unsigned status;   /* … with this status, 0: with none */
	struct mansrtsp_line lines[MANSRTSP_LINES]; /* the first begins it */
	size_t n;
	enum mansrtsp_fault fault; /* the first of all */
};

/* As far as it can be read. */
void mansrtsp_read(struct str body, struct mansrtsp *r);

/* What a Scale or a Range says. */
bool mansrtsp_scale(struct str value, double *scale);
struct mansrtsp_range {
	struct str from, to; /* seconds from the beginning of the recording,
				"now", or nothing */
};
bool mansrtsp_range(struct str value, struct mansrtsp_range *range);

#endif
