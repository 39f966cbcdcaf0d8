/* What the files of passages share. */
#ifndef STORY_PASSAGE_IN_H
#define STORY_PASSAGE_IN_H

#include "story/passage.h"

/* passage_queue.c */

/* N (or NULL) is a box whose callers wait. */
bool passage_is_queue(const struct trace_node *n);
/* Record SEQ is a step of a call that waits: the first one of that call, which
 * its caller's INVITE has caused; else 0. */
uint64_t passage_queue_begin(const struct trace *t, uint64_t seq);
/* The last `send` up to LAST by which NODE has called a second party in a call
 * with the Call-ID A or B; 0: none. */
uint64_t passage_queue_called(const struct trace *t, uint32_t node,
    uint64_t last, struct str a, struct str b);

#endif
