/*
 * Concealment of lost packets of samples: the last period of the pitch again
 * and again, softer and softer, nothing after 60 ms (as ITU-T G.711 Appendix I
 * does it, in short).  All zero at first.
 */
#ifndef SOUND_CONCEAL_H
#define SOUND_CONCEAL_H

#include <stddef.h>
#include <stdint.h>

#define SOUND_CONCEAL_KEPT 280 /* samples: a window and the longest period */

struct sound_conceal {
	int16_t
	    kept[SOUND_CONCEAL_KEPT]; /* what was heard, the last one last */
	unsigned period;              /* of what was heard before the loss */
	unsigned lost;                /* samples in a row */
};

/* A block that is there. */
void
sound_conceal_note(struct sound_conceal *c, const int16_t *block, size_t n);
/* N samples in place of those lost. */
void sound_conceal_fill(struct sound_conceal *c, int16_t *out, size_t n);

#endif
