/*
 * Growing arrays: a pointer to the elements and how many there is room for,
 * which stand with the count in whatever struct has them:
 *
 *	if (ARRAY_ROOM(&s->list, &s->cap, s->n + 1) != 0)
 *		return ERR_NOMEM;
 *	s->list[s->n++] = x;
 *
 * An array begins as NULL with no room, and is freed with mem_free.  Growing
 * moves the elements; the room that is new is not cleared.
 */
#ifndef BASE_ARRAY_H
#define BASE_ARRAY_H

#include <stddef.h>

/*
 * Room for N elements in all: *LIST (T *) and *CAP (size_t) are as large or
 * become so, at least doubled, that N additions cost N moves.  0, or ERR_NOMEM,
 * also where the size overflows; then nothing is changed.
 */
#define ARRAY_ROOM(list, cap, n) \
	array_room((list), (cap), (n), sizeof(**(list)))

/*
 * Room for N elements exactly, more or fewer: for arrays that are made once or
 * stay small.  0, or ERR_NOMEM as above.
 */
#define ARRAY_RESIZE(list, n) array_resize((list), (n), sizeof(**(list)))

/* Behind the macros: LIST is the address of a pointer to elements of SIZE
 * bytes. */
int array_grow(void *list, size_t *cap, size_t n, size_t size);
int array_resize(void *list, size_t n, size_t size);

static inline int
array_room(void *list, size_t *cap, size_t n, size_t size)
{
	return n <= *cap ? 0 : array_grow(list, cap, n, size);
}

#endif
