/*
 * What the instructions go into: each block counts for the function it lies in
 * and for the innermost phase (emu/phase.h) that it belongs to.  A phase begins
 * where its function is entered and ends where that returns to.
 */
#include "emu/board_in.h"
#include "emu/core_in.h"
#include "emu/image_in.h"

#include <string.h>

static const struct {
	const char *function;
	enum phase phase;
} beginnings[] = {
	{ "osip_message_parse", PHASE_PARSE },
	{ "osip_message_parse_sipfrag", PHASE_PARSE },
	{ "osip_parse", PHASE_PARSE },
	{ "sdp_message_parse", PHASE_PARSE },
	{ "osip_transaction_execute", PHASE_MACHINE },
	{ "osip_message_to_str", PHASE_BUILD },
	{ "osip_message_to_str_sipfrag", PHASE_BUILD },
	{ "osip_message_clone", PHASE_BUILD },
	{ "sdp_message_to_str", PHASE_BUILD },
	/* of rung's own firmware */
	{ "sip_build", PHASE_BUILD },
	{ "sip_build_again", PHASE_BUILD },
	{ "sip_build_cancel", PHASE_BUILD },
	{ "sip_build_response", PHASE_BUILD },
	{ "sdp_offer", PHASE_BUILD },
	{ "sdp_answer", PHASE_BUILD },
};

enum phase
phase_of(const char *name)
{
	for (size_t i = 0; i < sizeof(beginnings) / sizeof(beginnings[0]); i++)
		if (strcmp(beginnings[i].function, name) == 0)
			return beginnings[i].phase;
	return PHASE_OTHER;
}

const char *
phase_word(enum phase phase)
{
	static const char *const words[] = {
#define X(id, word) word,
		PHASE_TABLE(X)
#undef X
	};

	return words[phase];
}

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
