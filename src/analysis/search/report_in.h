/* What the files of a search's report share: words for its cases. */
#ifndef SEARCH_REPORT_IN_H
#define SEARCH_REPORT_IN_H

#include "search/report.h"

/* "goal 2"; its text, "" where it has none. */
void search_put_goal(unsigned goal, struct buf *out);
const char *search_goal_text(const struct search *s, unsigned goal);
/* "+0.5 s", nothing for 0; for programs the nanoseconds. */
void search_put_later(int64_t ns, bool programs, struct buf *out);
/* It is broken, and no row of the holes explains it. */
bool search_is_unexplained(const struct verdict *v);

#endif
