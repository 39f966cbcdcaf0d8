/* The ways in which connections are ended: see base/connection_end.h. */
#include "base/connection_end.h"

const struct ended_row ended_rows[ENDED_COUNT] = {
	[ENDED_BY_THEM] = { .word = "" },
#define X(id, word, ours, why) [ENDED_##id] = { word, ours, why },
	ENDED_ROWS(X)
#undef X
};

const char *
ended_word(unsigned i)
{
	return i < ENDED_COUNT ? ended_rows[i].word : NULL;
}

enum ended
ended_find(struct str word)
{
	unsigned i = 0;

	while (i < ENDED_COUNT && !str_is(word, ended_rows[i].word))
		i++;
	return (enum ended)i;
}
