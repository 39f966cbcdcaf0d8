/*
 * What the instructions go into: each block counts for the function it lies in
 * and for the innermost phase (emu/phase.h) that it belongs to.  A phase begins
 * where its function is entered and ends where that returns to.
 */
#include "emu/board_in.h"
#include "emu/core.h"
#include "emu/image_in.h"

#include <string.h>

void
profile_enter(
    struct board *b, const struct image_function *fn, uint32_t address)
{
	struct phase_stack *p = &b->s.phases;
	uint32_t sp;

	if (address != fn->at)
		return;
	/* Those whose stack is gone were left some other way. */
	sp = core_get(b->core, CORE_SP);
	while (p->n > 0 && p->sp[p->n - 1] < sp)
		p->n--;
	if (p->n == PHASE_DEPTH)
		return;
	p->lr[p->n] = core_get(b->core, CORE_LR) & ~1u;
	p->sp[p->n] = sp;
	p->phase[p->n++] = fn->phase;
}

/* Keeps the list sorted, most first; of equals the lower address. */
static void
add_top(struct board_profile *p, const char *name, uint64_t n)
{
	size_t at = p->ntop;

	while (at > 0 && p->top[at - 1].instructions < n)
		at--;
	if (at == BOARD_TOP)
		return;
	if (p->ntop < BOARD_TOP)
		p->ntop++;
	memmove(&p->top[at + 1], &p->top[at],
	    (p->ntop - 1 - at) * sizeof(p->top[0]));
	p->top[at].name = name;
	p->top[at].instructions = n;
}

void
board_profile_take(struct board *b, struct board_profile *p)
{
	const struct image *im = b->config.image;

	memset(p, 0, sizeof(*p));
	for (unsigned i = 0; i < PHASES; i++) {
		p->phase[i] = b->profile.phase[i];
		p->instructions += p->phase[i];
	}
	for (size_t i = 1; i < im->nfn; i++)
		if (b->profile.function[i] != 0)
			add_top(p, im->names + im->fn[i].name,
			    b->profile.function[i]);
	memset(b->profile.phase, 0, sizeof(b->profile.phase));
	memset(b->profile.function, 0, im->nfn * sizeof(*b->profile.function));
}
