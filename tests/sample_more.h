/* More traces made by hand: many nodes, other scripts, hostile words. */
#ifndef SAMPLE_MORE_H
#define SAMPLE_MORE_H

#include "sample_trace.h"

/* A chain of N nodes, each of which passes an INVITE on; the answer goes from
 * the last one straight to the first. */
struct trace *sample_many(unsigned n);

/* Labels in Chinese, of all widths. */
struct trace *sample_chinese(void);

/* Words that would steer a terminal, end a string, begin an element. */
#define HOSTILE "\\u001b[31m<b>\\\"&amp;\\\\N\\u202e%n{}|\\n\\\\"

struct trace *sample_hostile(void);

/* A trace of a header alone. */
struct trace *sample_empty(void);

/* A call in which N messages go to and fro. */
struct trace *sample_long(unsigned n);

/* CANCEL meets INVITE: whose 200 is it?  And a query to a location service, a
 * message to oneself, one still under way. */
struct trace *sample_mixed(void);

/* Messages lost in every direction, near and far, several at one moment; the
 * run ends with an error. */
struct trace *sample_losses(void);

/* One message of each kind, one that is lost and comes again. */
struct trace *sample_every_line(void);

/* N requests from a to p that are all answered together at last; each is a
 * call of its own. */
struct trace *sample_together(unsigned n);

#endif
