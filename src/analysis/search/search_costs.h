/* What faults cost, shown in the ladder of the run without any. */
#ifndef SEARCH_SEARCH_COSTS_H
#define SEARCH_SEARCH_COSTS_H

#include "ladder/layout.h"
#include "search/search.h"

/* A ladder by O has each arrow by what its loss costs, each piece of a lifeline
 * by what a crash there does, as S has found it, which is borrowed. */
void search_take_costs(struct search *s, struct layout_options *o);

#endif
