/* The ways in which connections are ended: see base/connection_end.h. */
#include "base/connection_end.h"

const struct connection_end_row connection_end_rows[CONNECTION_END_COUNT] = {
	[CONNECTION_END_BY_THEM] = { .word = "" },
#define X(id, word, ours, why) [CONNECTION_END_##id] = { word, ours, why },
	CONNECTION_END_ROWS(X)
#undef X
};

const char *
connection_end_word(unsigned i)
{
	return i < CONNECTION_END_COUNT ? connection_end_rows[i].word : NULL;
}

enum connection_end
connection_end_find(struct str word)
{
	unsigned i = 0;

	while (i < CONNECTION_END_COUNT &&
	       !str_is(word, connection_end_rows[i].word))
		i++;
	return (enum connection_end)i;
}
