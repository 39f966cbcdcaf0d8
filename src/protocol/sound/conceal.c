#include "sound/conceal.h"

#include <stdlib.h>
#include <string.h>

/* At 8,000 samples a second. */
#define WINDOW   160
#define SHORTEST 40  /* 200 Hz */
#define LONGEST  120 /* 67 Hz */
#define FADE     480 /* 60 ms */

_Static_assert(WINDOW + LONGEST == SOUND_CONCEAL_KEPT, "all that is compared");

void
sound_conceal_note(struct sound_conceal *c, const int16_t *block, size_t n)
{
	size_t whole = SOUND_CONCEAL_KEPT;

	if (n > whole) {
		block += n - whole;
		n = whole;
	}
	memmove(c->kept, c->kept + n, (whole - n) * sizeof(*c->kept));
	if (n > 0)
		memcpy(c->kept + whole - n, block, n * sizeof(*block));
	c->lost = 0;
}

/* The period by which the window differs least from what was before it. */
static unsigned
find_period(const struct sound_conceal *c)
{
	const int16_t *window = c->kept + LONGEST;
	unsigned best = SHORTEST;
	long least = -1, sum;

	for (unsigned p = SHORTEST; p <= LONGEST; p++) {
		sum = 0;
		for (int i = 0; i < WINDOW; i++)
			sum += labs((long)window[i] - window[i - (int)p]);
		if (least < 0 || sum < least) {
			least = sum;
			best = p;
		}
	}
	return best;
}

void
sound_conceal_fill(struct sound_conceal *c, int16_t *out, size_t n)
{
	const int16_t *last;

	if (c->lost == 0)
		c->period = find_period(c);
	last = c->kept + SOUND_CONCEAL_KEPT - c->period;
	for (size_t i = 0; i < n; i++) {
		out[i] = (int16_t)(last[c->lost % c->period] *
				   (int)(FADE - c->lost) / FADE);
		if (c->lost < FADE)
			c->lost++;
	}
}
