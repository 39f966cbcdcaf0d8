/*
 * Tables of rows that an X-macro lists, in the order of its enum:
 *
 *	static const char *const names[] = { ALIGN_VERDICTS(ROW_WORD) };
 *	static const struct { const char *name, *text; } drops[] = {
 *		TRACE_DROPS(ROW_VALUES)
 *	};
 *	… ROWS_FIND(name, drops) …
 */
#ifndef BASE_ROWS_H
#define BASE_ROWS_H

#include "base/str.h"

/* X(ID, word): the word. */
#define ROW_WORD(id, word) word,
/* X(ID, values): all of them. */
#define ROW_VALUES(id, ...) { __VA_ARGS__ },

/* Index of the first of ROWS, each of which is a word or begins with one, whose
 * word is S; COUNT_OF where none is. */
#define ROWS_FIND(s, rows) \
	rows_find((s), (rows), COUNT_OF(rows), sizeof((rows)[0]))

/* There is such a row; the row itself (const void *), NULL where there is none.
 */
#define ROWS_HAS(s, rows) (ROWS_FIND(s, rows) < COUNT_OF(rows))
#define ROWS_ROW(s, rows) \
	rows_row((s), (rows), COUNT_OF(rows), sizeof((rows)[0]))

/* Behind the macros: N rows of SIZE bytes, each with a const char * first. */
static inline size_t
rows_find(struct str s, const void *rows, size_t n, size_t size)
{
	size_t i = 0;

	for (; i < n; i++) {
		const char *word;

		memcpy(&word, (const char *)rows + i * size, sizeof(word));
		/* Most begin with another letter. */
		if ((s.n == 0 || s.p[0] == word[0]) && str_is(s, word))
			break;
	}
	return i;
}

static inline const void *
rows_row(struct str s, const void *rows, size_t n, size_t size)
{
	size_t i = rows_find(s, rows, n, size);

	return i < n ? (const char *)rows + i * size : NULL;
}

#endif
