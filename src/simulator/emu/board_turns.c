/*
 * The turns of the firmware's loop: which watched functions each entered, and
 * how many transactions libosip2's lists hold.  All of it is read from
 * addresses, registers and memory, none of it written.
 */
#include "emu/board_in.h"

#include "emu/bytes_in.h"
#include "emu/core_in.h"
#include "emu/image_in.h"

enum says { NOTHING, NUMBER, EVENT };

static const enum says registers[TRACED_FUNCTIONS_N] = {
#define X(id, function, says) [TRACED_##id] = (says),
	TRACED_FUNCTIONS(X)
#undef X
};

/* Where a transaction of libosip2 5.3 for 32-bit ARM has its type (struct
 * osip_transaction: twelve words, two times, two time values, two sockets and
 * a pointer stand before it).  An event begins with its type. */
#define TRANSACTION_TYPE 84u

bool
board_turns_known(const struct board *b)
{
	const struct image *im = b->config.image;
	uint32_t at;

	return image_find(im, traced_function_at(TRACED_BEGINS), &at) &&
	       image_find(im, traced_function_at(TRACED_SLEEPS), &at);
}

static uint32_t
word_at(const struct board *b, uint32_t address)
{
	uint8_t bytes[4];

	return board_peek(b, address, bytes, sizeof(bytes)) ? get32(bytes) : 0;
}

static void
turn_begin(struct board *b)
{
	struct board_turn *now = &b->turn.now;

	b->turn.begun_ns = board_now(b);
	now->slept_ns = b->turn.begun_ns - b->turn.slept_ns;
	now->n = now->left_out = 0;
}

static void
turn_end(struct board *b)
{
	struct board_turn *now = &b->turn.now;

	b->turn.slept_ns = board_now(b);
	now->awake_ns = b->turn.slept_ns - b->turn.begun_ns;
	if (now->n > 0)
		board_say(b, BOARD_OUT_TURN, 0, now, sizeof(*now));
	now->n = 0;
}

/* A list that takes or loses a transaction. */
static void
turn_count(struct board_turn *now, enum traced_function kind)
{
	if (kind >= TRACED_ADD_ICT && kind <= TRACED_ADD_NIST)
		now->lists[kind - TRACED_ADD_ICT]++;
	else if (kind >= TRACED_REMOVE_ICT && kind <= TRACED_REMOVE_NIST &&
		 now->lists[kind - TRACED_REMOVE_ICT] > 0)
		now->lists[kind - TRACED_REMOVE_ICT]--;
}

static void
turn_note(struct board *b, enum traced_function kind)
{
	struct board_turn *now = &b->turn.now;
	struct traced_call *d;

	turn_count(now, kind);
	if (now->n == BOARD_TURN_MOST) {
		now->left_out++;
		return;
	}
	d = &now->did[now->n++];
	*d = (struct traced_call){ .kind = kind };
	if (registers[kind] == NUMBER)
		d->number = core_get(b->core, 0);
	if (registers[kind] != EVENT)
		return;
	d->machine = word_at(b, core_get(b->core, 0) + TRANSACTION_TYPE);
	d->number = word_at(b, core_get(b->core, 1));
}

void
turn_enter(struct board *b, const struct image_function *fn)
{
	enum traced_function kind = (enum traced_function)(fn->traced - 1);

	if (kind == TRACED_BEGINS)
		turn_begin(b);
	else if (kind == TRACED_SLEEPS)
		turn_end(b);
	else
		turn_note(b, kind);
}
