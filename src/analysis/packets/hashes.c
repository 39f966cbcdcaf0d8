/* Making a table of hashes, and a larger one of it; see packets/hashes.h. */
#include "packets/hashes.h"

#include "base/err.h"

/* A third stays free: few steps from a hash to its slot. */
static bool
has_room(size_t slots, size_t most)
{
	return slots - slots / 3 >= most;
}

int
hashes_reserve(struct hashes *h, size_t most)
{
	struct hashes old = *h;
	size_t n = old.slots != NULL ? old.mask + 1 : 16;

	if (old.slots != NULL && has_room(n, most))
		return 0;
	while (!has_room(n, most))
		n *= 2;
	h->slots = mem_zalloc(n, sizeof(*h->slots));
	if (h->slots == NULL) {
		*h = old;
		return ERR_NOMEM;
	}
	h->mask = n - 1;
	for (size_t i = 0; old.slots != NULL && i <= old.mask; i++)
		if (old.slots[i].number != 0)
			hashes_set(h, old.slots[i].hash, old.slots[i].number);
	mem_free(old.slots);
	return 0;
}
