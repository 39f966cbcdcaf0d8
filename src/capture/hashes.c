/* Making a table of hashes. */
#include "capture/hashes.h"

#include "base/err.h"

int
hashes_create(struct hashes *h, size_t most)
{
	size_t n = 16;

	/* A third stays free: few steps from a hash to its slot. */
	while (n - n / 3 < most)
		n *= 2;
	h->slots = mem_zalloc(n, sizeof(*h->slots));
	h->mask = n - 1;
	return h->slots != NULL ? 0 : ERR_NOMEM;
}
