/* See media/fixed_jitter_buffer.h. */
#include "media/fixed_jitter_buffer.h"

#define LATE (2 * JITTER_SLOTS) /* further behind begins again as well */

int
jitter_take(struct jitter *j, uint16_t number)
{
	int slot = number % JITTER_SLOTS;

	if (!j->synchronised || (uint16_t)(number - j->next) >= JITTER_SLOTS) {
		if (j->synchronised && (uint16_t)(j->next - number) <= LATE)
			return -1;
		*j = (struct jitter){ .next = number, .synchronised = true };
	}
	j->full[slot] = true;
	return slot;
}

int
jitter_due(const struct jitter *j)
{
	unsigned slot = j->next % JITTER_SLOTS;

	return j->full[slot] ? (int)slot : -1;
}

void
jitter_advance(struct jitter *j)
{
	if (!j->synchronised)
		return;
	j->full[j->next % JITTER_SLOTS] = false;
	j->next++;
}
