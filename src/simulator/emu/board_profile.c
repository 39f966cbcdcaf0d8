/*
 * What a board's instructions are and cost: counters in 128 bits, the host's
 * effort, what they go into, their words.
 */
#include "emu/board_in.h"

#include "base/err.h"
#include "base/library.h"
#include "emu/bytes_in.h"
#include "emu/core_in.h"
#include "emu/image_in.h"

#include <capstone/capstone.h>
#include <stdio.h>
#include <string.h>

/* Each block counts for the function that it is in and for the innermost phase
 * (emu/board.h) that it belongs to.  A phase begins where its function is
 * entered and ends where that returns to. */
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

/*
 * What emulating costs the host, counted rather than timed, so that it is the
 * same on every machine: about a nanosecond of a usual one each.  Measured: a
 * plain instruction takes less than one, a load few, a store 40 (Unicorn looks
 * each up), so a store of many registers takes hundreds; translating a block
 * takes thousands; what stops the processor, about one thousand.
 */
#define BLOCK     5u
#define LOAD      4u /* of a word */
#define STORE     40u
#define SYSTEM    500u /* a coprocessor's: some forget the map of memory */
#define EXCEPTION 1000u

static unsigned
count_bits(uint32_t x)
{
	return (unsigned)__builtin_popcount(x);
}

static uint32_t
arm_effort(uint32_t word)
{
	uint32_t access = (word >> 20 & 1) != 0 ? LOAD : STORE;

	switch (word >> 25 & 7) {
	case 0: /* halfwords, doublewords, swaps; and much that is plain */
		return (word & 0x90) == 0x90 ? 2 * access : 1;
	case 2:
	case 3:
		return access;
	case 4:
		return 1 + access * count_bits(word & 0xffff);
	case 6:
		return SYSTEM;
	case 7:
		return (word >> 24 & 1) != 0 ? EXCEPTION : SYSTEM;
	default:
		return 1;
	}
}

static uint32_t
thumb_effort(uint32_t half)
{
	uint32_t access = (half >> 11 & 1) != 0 ? LOAD : STORE;

	switch (half >> 12) {
	case 0x4: /* 0x48…: load from the pool */
		return half >= 0x4800 ? LOAD : 1;
	case 0x5:
		return (half >> 9 & 7) < 3 ? STORE : LOAD;
	case 0x6:
	case 0x7:
	case 0x8:
	case 0x9:
		return access;
	case 0xb: /* push and pop among them */
	case 0xc:
		return 1 + access * count_bits(half & 0x1ff);
	case 0xd:
		return half >> 8 == 0xdf ? EXCEPTION : 1;
	default:
		return 1;
	}
}

uint32_t
effort_of_block(
    const struct board *b, uint32_t address, uint32_t size, uint32_t n)
{
	const uint8_t *p = board_bytes(b, address, size);
	uint32_t sum = BLOCK, wide = size / n >= 4 ? 4 : 2;

	for (uint32_t at = 0; p != NULL && at + wide <= size; at += wide) {
		uint32_t half = p[at] | (uint32_t)p[at + 1] << 8;

		sum += wide == 2 ? thumb_effort(half)
				 : arm_effort(half | (uint32_t)p[at + 2] << 16 |
					      (uint32_t)p[at + 3] << 24);
	}
	return sum;
}

/* ---- Counters: exact arithmetic in 128 bits ---- */

__extension__ typedef unsigned __int128 u128;

uint64_t
counter_muldiv(uint64_t p, uint64_t q, uint64_t r)
{
	u128 x = (u128)p * q / r;

	return x > UINT64_MAX ? UINT64_MAX : (uint64_t)x;
}

uint64_t
counter_muldiv_up(uint64_t p, uint64_t q, uint64_t r)
{
	u128 x = ((u128)p * q + (r - 1)) / r;

	return x > UINT64_MAX ? UINT64_MAX : (uint64_t)x;
}

/* When DUE ticks have passed. */
static void
set_due(struct counter *c, uint64_t due)
{
	uint64_t ns = counter_muldiv_up(due, c->num, c->den);

	c->due = due;
	c->due_ns = ns >= (uint64_t)(NEVER - c->start_ns)
			? NEVER
			: c->start_ns + (int64_t)ns;
}

void
counter_start(
    struct counter *c, int64_t now, uint64_t ticks, uint64_t num, uint64_t den)
{
	c->start_ns = now;
	c->num = num;
	c->den = den;
	set_due(c, ticks);
}

void
counter_stop(struct counter *c)
{
	c->due_ns = NEVER;
}

static uint64_t
ticks_at(const struct counter *c, int64_t now)
{
	if (now <= c->start_ns)
		return 0;
	return counter_muldiv((uint64_t)(now - c->start_ns), c->den, c->num);
}

/* The first expiry after NOW. */
static uint64_t
next_due(const struct counter *c, int64_t now, uint64_t period)
{
	uint64_t t = ticks_at(c, now);

	if (t < c->due || period == 0)
		return c->due;
	return c->due + ((t - c->due) / period + 1) * period;
}

uint64_t
counter_left(const struct counter *c, int64_t now, uint64_t period)
{
	if (c->due_ns == NEVER)
		return 0;
	if (period == 0 && c->due_ns <= now)
		return 1;
	return next_due(c, now, period) - ticks_at(c, now);
}

bool
counter_pass(struct counter *c, int64_t now, uint64_t period)
{
	if (c->due_ns > now)
		return false;
	if (period == 0)
		counter_stop(c);
	else
		set_due(c, next_due(c, now, period));
	return true;
}

/* ---- Instructions in words, by capstone ---- */

#define THUMB 0x20u

#define CAPSTONE_FUNCTIONS(X) X(cs_open) X(cs_disasm) X(cs_free) X(cs_close)

static struct {
	CAPSTONE_FUNCTIONS(LIBRARY_POINTER)
} lib;

int
disasm_load(struct diag *d)
{
	return LIBRARY_LOAD(RUNG_LIBCAPSTONE, CAPSTONE_FUNCTIONS, lib, d);
}

static void
profile_take_line(const struct board *b, csh cs, uint32_t address,
    unsigned size, struct board_line *line)
{
	uint32_t room = board_room(b, address);
	const uint8_t *at = board_bytes(b, address, room);
	cs_insn *insn;

	memset(line, 0, sizeof(*line));
	line->address = address;
	if (at == NULL || room < size)
		return;
	line->size = size;
	line->word = size == 4 ? get32(at) : get16(at);
	if (lib.cs_disasm(cs, at, room < 4 ? room : 4, address, 1, &insn) != 1)
		return;
	line->size = insn->size;
	if (insn->size == 4)
		line->word = get32(at);
	snprintf(line->text, sizeof(line->text), "%.31s%s%.47s", insn->mnemonic,
	    insn->op_str[0] != '\0' ? " " : "", insn->op_str);
	lib.cs_free(insn, 1);
}

int
board_disassemble(const struct board *b, uint32_t address, size_t before,
    struct board_line *lines, size_t n)
{
	bool thumb = (core_cpsr(b->core) & THUMB) != 0;
	unsigned size = thumb ? 2 : 4;
	csh cs;

	if (lib.cs_open(CS_ARCH_ARM, thumb ? CS_MODE_THUMB : CS_MODE_ARM,
		&cs) != CS_ERR_OK)
		return ERR_NOMEM;
	address = (address & ~(size - 1)) - (uint32_t)before * size;
	for (size_t i = 0; i < n; i++) {
		profile_take_line(b, cs, address, size, &lines[i]);
		address += lines[i].size != 0 ? lines[i].size : size;
	}
	lib.cs_close(&cs);
	return 0;
}
