/*
 * Copying, a quarter of what a run took in a browser by the C library: short
 * pieces by eight bytes wherever they lie, which WebAssembly may do, long ones
 * by the browser.  Takes the place of the C library's, which aligns.
 */
#include <stdint.h>
#include <string.h>

#define LONG ((size_t)256) /* less is not worth a call of the browser */

static void
copy_few(unsigned char *to, const unsigned char *from, size_t n)
{
	uint32_t first, last;

	if (n < sizeof(first)) {
		for (size_t i = 0; i < n; i++)
			to[i] = from[i];
		return;
	}
	__builtin_memcpy(&first, from, sizeof(first));
	__builtin_memcpy(&last, from + n - sizeof(last), sizeof(last));
	__builtin_memcpy(to, &first, sizeof(first));
	__builtin_memcpy(to + n - sizeof(last), &last, sizeof(last));
}

void *
memcpy(void *restrict to, const void *restrict from, size_t n)
{
	unsigned char *t = to;
	const unsigned char *f = from;
	uint64_t word;
	size_t i;

	if (n < sizeof(word)) {
		copy_few(t, f, n);
	} else if (n < LONG) {
		for (i = 0; i < n - sizeof(word); i += sizeof(word)) {
			__builtin_memcpy(&word, f + i, sizeof(word));
			__builtin_memcpy(t + i, &word, sizeof(word));
		}
		__builtin_memcpy(&word, f + n - sizeof(word), sizeof(word));
		__builtin_memcpy(t + n - sizeof(word), &word, sizeof(word));
	} else {
		__builtin_memcpy(to, from, n); /* the instruction */
	}
	return to;
}
