/* The processor: making it, and running it. */
#include "emu/core_in.h"

#include "base/err.h"
#include "base/library.h"
#include "base/mem.h"
#include "emu/board_in.h"
#include "emu/image_in.h"

#include <sys/mman.h>
#include <unicorn/unicorn.h>

#define UNICORN_FUNCTIONS(X)  \
	X(uc_open)            \
	X(uc_close)           \
	X(uc_ctl)             \
	X(uc_context_alloc)   \
	X(uc_context_free)    \
	X(uc_context_restore) \
	X(uc_context_save)    \
	X(uc_emu_start)       \
	X(uc_emu_stop)        \
	X(uc_hook_add)        \
	X(uc_mem_map)         \
	X(uc_mem_map_ptr)     \
	X(uc_mem_unmap)       \
	X(uc_mmio_map)        \
	X(uc_reg_read)        \
	X(uc_reg_write)

/* Loaded by core_create. */
extern struct unicorn {
	UNICORN_FUNCTIONS(LIBRARY_POINTER)
} unicorn;

#define DEVICES_MAX 16

/* Unicorn's numbers of exceptions (QEMU's). */
#define EXCEPTION_SWI  2u
#define EXCEPTION_NONE UINT32_MAX

struct core_device {
	struct board *board;
	const struct device *dev;
};

/* What executing a block costs, kept so as not to look through its code each
 * time. */
#define CORE_COSTS 2048u
struct core_cost {
	uint32_t address, size, effort; /* size 0: none */
};

struct core {
	uc_engine *uc;
	struct board *board;
	uc_context *fresh;   /* as after switching on */
	bool stopped;        /* a block was not begun */
	uint32_t exception;  /* the number of the one executed */
	uint32_t translated; /* instructions, since all were last dropped */
	uint32_t address;    /* that was accessed where nothing is */
	uc_err err;
	struct core_cost cost[CORE_COSTS];
	struct core_device device[DEVICES_MAX];
};

static void core_restore(struct core *c);

/* ---- The processor's registers, modes and exceptions ---- */

#define MODE_BITS 0x1fu
#define PSR_THUMB 0x20u
#define MASK_FIQ  0x40u
#define MASK_IRQ  0x80u

static const int ids[16] = { UC_ARM_REG_R0, UC_ARM_REG_R1, UC_ARM_REG_R2,
	UC_ARM_REG_R3, UC_ARM_REG_R4, UC_ARM_REG_R5, UC_ARM_REG_R6,
	UC_ARM_REG_R7, UC_ARM_REG_R8, UC_ARM_REG_R9, UC_ARM_REG_R10,
	UC_ARM_REG_R11, UC_ARM_REG_R12, UC_ARM_REG_SP, UC_ARM_REG_LR,
	UC_ARM_REG_PC };

/* ARM Architecture Reference Manual, A2.6: vector, mode, masked bits beside
 * IRQ, and the link's distance behind PC. */
static const struct {
	uint32_t vector, mode, mask, link;
} exceptions[] = {
	[CORE_EXCEPTION_SWI] = { 0x08, 0x13, 0, 0 },
	[CORE_EXCEPTION_IRQ] = { 0x18, 0x12, 0, 4 },
	[CORE_EXCEPTION_FIQ] = { 0x1c, 0x11, MASK_FIQ, 4 },
};

static uint32_t
core_get_register(const struct core *c, int id)
{
	uint32_t value = 0;

	unicorn.uc_reg_read(c->uc, id, &value);
	return value;
}

static void
core_set_register(struct core *c, int id, uint32_t value)
{
	unicorn.uc_reg_write(c->uc, id, &value);
}

uint32_t
core_get(const struct core *c, unsigned r)
{
	return core_get_register(c, ids[r & 15]);
}

void
core_set(struct core *c, unsigned r, uint32_t value)
{
	core_set_register(c, ids[r & 15], value);
}

uint32_t
core_cpsr(const struct core *c)
{
	return core_get_register(c, UC_ARM_REG_CPSR);
}

uint32_t
core_spsr(const struct core *c)
{
	return core_get_register(c, UC_ARM_REG_SPSR);
}

void
core_jump(struct core *c, uint32_t address)
{
	uint32_t cpsr = core_cpsr(c) & ~PSR_THUMB;

	core_set_register(
	    c, UC_ARM_REG_CPSR, cpsr | ((address & 1) != 0 ? PSR_THUMB : 0));
	core_set_register(c, UC_ARM_REG_PC, address);
}

void
core_reset(struct core *c)
{
	core_restore(c);
	for (unsigned r = 0; r < 15; r++)
		core_set(c, r, 0);
	core_set_register(c, UC_ARM_REG_CPSR, 0x13 | MASK_IRQ | MASK_FIQ);
}

bool
core_interrupted(const struct board *b, enum core_exception *e)
{
	uint32_t lines = b->s.intc.lines, cpsr;

	if (lines == 0)
		return false;
	cpsr = core_cpsr(b->core);
	*e = (lines & INTC_FIQ) != 0 && (cpsr & MASK_FIQ) == 0
		 ? CORE_EXCEPTION_FIQ
		 : CORE_EXCEPTION_IRQ;
	return *e == CORE_EXCEPTION_FIQ ||
	       ((lines & INTC_IRQ) != 0 && (cpsr & MASK_IRQ) == 0);
}

void
core_enter(struct core *c, enum core_exception e)
{
	uint32_t cpsr = core_cpsr(c), pc = core_get(c, CORE_PC) & ~1u;

	core_set_register(c, UC_ARM_REG_CPSR,
	    (cpsr & ~(MODE_BITS | PSR_THUMB)) | exceptions[e].mode | MASK_IRQ |
		exceptions[e].mask);
	core_set_register(c, UC_ARM_REG_SPSR, cpsr);
	core_set(c, CORE_LR, pc + exceptions[e].link);
	core_set(c, CORE_PC, exceptions[e].vector);
}

#define NOWHERE   0xfffffff0u /* Unicorn ends there: no memory is */
#define CODE_ROOM (UINT64_C(1) << 30)
/* Instructions that surely have room in it: none takes 3 KiB. */
#define TRANSLATED_MOST 300000u
#define SPARE           0x7f000000u /* where nothing is */
#define THUMB           0x20u

struct unicorn unicorn;

/* ---- hooks ---- */

/*
 * ARM code has 4 bytes an instruction, Thumb 2.  Which it is is asked of the
 * processor where a block begins that was not seen before, and always once
 * there was Thumb code.
 */
static uint32_t
core_count(struct board *b, uint32_t address, uint32_t size)
{
	uint32_t word = (address - b->config.image->code) / 4;
	bool known = word < b->config.image->code_n;
	uint8_t bit = (uint8_t)(1u << word % 8);
	uint32_t n;

	if (b->s.thumb == 0 && known && (b->arm_code[word / 8] & bit) != 0) {
		n = size / 4;
	} else if ((core_cpsr(b->core) & THUMB) != 0) {
		b->s.thumb = 1;
		n = size / 2;
	} else {
		if (known)
			b->arm_code[word / 8] |= bit;
		n = size / 4;
	}
	return n != 0 ? n : 1;
}

static void
profile_block(struct board *b, uint32_t address, uint32_t n)
{
	const struct image *im = b->config.image;
	uint32_t i = image_index(im, address);
	struct phase_stack *p = &b->s.phases;

	while (p->n > 0 && p->lr[p->n - 1] == address)
		p->n--;
	if (im->fn[i].phase != PHASE_OTHER)
		profile_enter(b, &im->fn[i], address);
	if (im->fn[i].traced != 0 && b->config.turns && address == im->fn[i].at)
		turn_enter(b, &im->fn[i]);
	b->profile.phase[p->n > 0 ? p->phase[p->n - 1] : PHASE_OTHER] += n;
	b->profile.function[i] += n;
}

static struct core_cost *
core_cost_at(struct core *c, uint64_t address)
{
	return &c->cost[address / 2 % CORE_COSTS];
}

/* A block of the same place and size is the same, until it is translated
 * again. */
static uint32_t
effort_of(struct board *b, uint32_t address, uint32_t size, uint32_t n)
{
	struct core_cost *cost = core_cost_at(b->core, address);

	if (cost->address != address || cost->size != size) {
		cost->address = address;
		cost->size = size;
		cost->effort = effort_of_block(b, address, size, n);
	}
	return cost->effort;
}

static void
on_block(uc_engine *uc, uint64_t address, uint32_t size, void *arg)
{
	struct board *b = arg;
	enum core_exception e;
	uint32_t n;

	if (b->s.insns >= b->limit || core_interrupted(b, &e)) {
		b->core->stopped = true;
		unicorn.uc_emu_stop(uc);
		return;
	}
	b->s.block = (uint32_t)address;
	n = core_count(b, (uint32_t)address, size);
	b->s.insns += n;
	b->effort += effort_of(b, (uint32_t)address, size, n);
	if (b->effort >= b->effort_most)
		board_kick(b);
	profile_block(b, (uint32_t)address, n);
}

/* A block is translated.  Unicorn does not survive it when the room for code
 * is used up, so that is emptied in time, between two blocks. */
static void
on_translation(uc_engine *uc, uc_tb *block, uc_tb *before, void *arg)
{
	struct board *b = arg;

	(void)uc;
	(void)before;
	core_cost_at(b->core, block->pc)->size = 0;
	b->effort +=
	    EFFORT_TRANSLATION + (uint64_t)EFFORT_TRANSLATED * block->icount;
	b->core->translated += block->icount;
	if (b->core->translated >= TRANSLATED_MOST)
		board_kick(b);
}

static void
on_exception(uc_engine *uc, uint32_t number, void *arg)
{
	struct board *b = arg;

	b->core->exception = number;
	unicorn.uc_emu_stop(uc);
}

static bool
on_nothing(uc_engine *uc, uc_mem_type type, uint64_t address, int size,
    int64_t value, void *arg)
{
	struct board *b = arg;

	(void)uc;
	(void)type;
	(void)size;
	(void)value;
	b->core->address = (uint32_t)address;
	return false;
}

/* ---- devices ---- */

static uint64_t
read_narrow(
    struct board *b, const struct device *dev, uint32_t offset, unsigned size)
{
	uint32_t value;

	if (size == 1)
		return dev->read(b, offset & ~1u) >> 8 * (offset & 1) & 0xff;
	value = dev->read(b, offset & ~1u) & 0xffff;
	if (size > 2)
		value |= dev->read(b, (offset & ~1u) + 2) << 16;
	return value;
}

/* The register at OFFSET of a device that only keeps it; NULL: none is. */
static uint32_t *
kept_word(const struct core_device *d, uint32_t offset)
{
	uint32_t *words = (void *)((char *)&d->board->s + d->dev->kept);

	return offset / 4 < d->dev->nkept ? &words[offset / 4] : NULL;
}

static uint32_t
core_read_word(const struct core_device *d, uint32_t offset)
{
	const uint32_t *kept;

	if (d->dev->read != NULL)
		return d->dev->read(d->board, offset);
	kept = kept_word(d, offset);
	return kept != NULL ? *kept : 0;
}

static void
core_write_word(const struct core_device *d, uint32_t offset, uint32_t value)
{
	uint32_t *kept;

	if (d->dev->write != NULL) {
		d->dev->write(d->board, offset, value);
		return;
	}
	kept = kept_word(d, offset);
	if (kept != NULL)
		*kept = value;
}

static uint64_t
on_read(uc_engine *uc, uint64_t offset, unsigned size, void *arg)
{
	const struct core_device *d = arg;
	uint32_t at = (uint32_t)offset;

	(void)uc;
	d->board->effort += EFFORT_DEVICE;
	if (d->dev->narrow)
		return read_narrow(d->board, d->dev, at, size);
	return core_read_word(d, at & ~3u) >> 8 * (at & 3);
}

static void
on_write(
    uc_engine *uc, uint64_t offset, unsigned size, uint64_t value, void *arg)
{
	const struct core_device *d = arg;
	uint32_t at = (uint32_t)offset, v = (uint32_t)value;

	(void)uc;
	d->board->effort += EFFORT_DEVICE;
	if (d->dev->narrow) {
		d->dev->write(d->board, at & ~1u, v & 0xffff);
		if (size > 2)
			d->dev->write(d->board, (at & ~1u) + 2, v >> 16);
	} else {
		core_write_word(d, at & ~3u, v << 8 * (at & 3));
	}
	intc_update(d->board);
}

/* ---- making ---- */

static bool
map_devices(struct core *c, struct board *b)
{
	for (size_t i = 0; devices[i] != NULL; i++) {
		c->device[i].board = b;
		c->device[i].dev = devices[i];
		if (unicorn.uc_mmio_map(c->uc, devices[i]->base, DEVICE_PAGE,
			on_read, &c->device[i], on_write,
			&c->device[i]) != UC_ERR_OK)
			return false;
	}
	return true;
}

/* The library wants each hook as a pointer to data. */
static bool
core_hook(struct core *c, struct board *b, int type, void (*fn)(void))
{
	uc_hook h;
	void *p;

	memcpy(&p, &fn, sizeof(p));
	return unicorn.uc_hook_add(c->uc, &h, type, p, b, 1, 0) == UC_ERR_OK;
}

static bool
core_set_up(struct core *c, struct board *b)
{
	return unicorn.uc_open(UC_ARCH_ARM, UC_MODE_ARM, &c->uc) == UC_ERR_OK &&
	       unicorn.uc_ctl(c->uc, UC_CTL_WRITE(UC_CTL_CPU_MODEL, 1),
		   UC_CPU_ARM_926) == UC_ERR_OK &&
	       unicorn.uc_mem_map_ptr(c->uc, S3C_SDRAM, b->config.ram,
		   UC_PROT_ALL, b->memory) == UC_ERR_OK &&
	       unicorn.uc_mem_map_ptr(c->uc, S3C_VECTORS, S3C_VECTORS_N,
		   UC_PROT_ALL, b->vectors) == UC_ERR_OK &&
	       map_devices(c, b) &&
	       core_hook(c, b, UC_HOOK_BLOCK, (void (*)(void))on_block) &&
	       core_hook(c, b, UC_HOOK_EDGE_GENERATED,
		   (void (*)(void))on_translation) &&
	       core_hook(c, b, UC_HOOK_INTR, (void (*)(void))on_exception) &&
	       core_hook(
		   c, b, UC_HOOK_MEM_INVALID, (void (*)(void))on_nothing) &&
	       unicorn.uc_context_alloc(c->uc, &c->fresh) == UC_ERR_OK &&
	       unicorn.uc_context_save(c->uc, c->fresh) == UC_ERR_OK;
}

/* Whether Unicorn will find room for its code. */
static bool
room_is_there(void)
{
	void *p = mmap(NULL, CODE_ROOM, PROT_READ | PROT_WRITE | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (p == MAP_FAILED)
		return false;
	munmap(p, CODE_ROOM);
	return true;
}

int
core_create(struct core **out, struct board *b, struct diag *d)
{
	struct core *c;
	int err = LIBRARY_LOAD(RUNG_LIBUNICORN, UNICORN_FUNCTIONS, unicorn, d);

	*out = NULL;
	if (err != 0)
		return err;
	if (!room_is_there())
		return diag_set(d, ERR_LIMIT, NULL, 0,
		    _("there is no address space for another processor: each "
		      "emulated board needs 1 GiB"));
	c = mem_zalloc(1, sizeof(*c));
	if (c == NULL)
		return ERR_NOMEM;
	c->board = b;
	if (!core_set_up(c, b)) {
		core_destroy(c);
		return ERR_NOMEM;
	}
	*out = c;
	return 0;
}

void
core_destroy(struct core *c)
{
	if (c == NULL)
		return;
	if (c->fresh != NULL)
		unicorn.uc_context_free(c->fresh);
	if (c->uc != NULL)
		unicorn.uc_close(c->uc);
	mem_free(c);
}

/* ---- running ---- */

static enum core_stop
core_judge(struct core *c, uc_err e)
{
	c->err = e;
	if (e != UC_ERR_OK)
		return CORE_FAULT;
	if (c->exception == EXCEPTION_SWI)
		return CORE_SWI;
	if (c->exception != EXCEPTION_NONE)
		return CORE_FAULT;
	if (c->stopped)
		return CORE_LIMIT;
	if ((core_get(c, CORE_PC) & ~1u) == NOWHERE) {
		c->err = UC_ERR_FETCH_UNMAPPED;
		c->address = NOWHERE;
		return CORE_FAULT;
	}
	return CORE_WAITS;
}

enum core_stop
core_run(struct core *c)
{
	uint32_t pc = core_get(c, CORE_PC);

	if (c->translated >= TRANSLATED_MOST) {
		unicorn.uc_ctl(c->uc, UC_CTL_WRITE(UC_CTL_TB_FLUSH, 0));
		c->translated = 0;
	}
	c->stopped = false;
	c->exception = EXCEPTION_NONE;
	c->address = 0;
	if ((core_cpsr(c) & THUMB) != 0)
		pc |= 1;
	return core_judge(c, unicorn.uc_emu_start(c->uc, pc, NOWHERE, 0, 0));
}

enum board_fault_kind
core_fault(const struct core *c, uint32_t *address)
{
	*address = c->address;
	switch (c->err) {
	case UC_ERR_READ_UNMAPPED:
		return BOARD_FAULT_READ;
	case UC_ERR_WRITE_UNMAPPED:
		return BOARD_FAULT_WRITE;
	case UC_ERR_FETCH_UNMAPPED:
		return BOARD_FAULT_FETCH;
	case UC_ERR_INSN_INVALID:
		break;
	default:
		*address = core_get(c, CORE_PC);
		return BOARD_FAULT_ABORT;
	}
	*address = core_get(c, CORE_PC);
	return BOARD_FAULT_UNDEFINED;
}

void
core_forget(struct core *c, uint32_t address, uint32_t n)
{
	uint32_t from = address & ~(DEVICE_PAGE - 1);
	uint64_t to = ((uint64_t)address + n + DEVICE_PAGE - 1) &
		      ~(uint64_t)(DEVICE_PAGE - 1);

	unicorn.uc_ctl(
	    c->uc, UC_CTL_WRITE(UC_CTL_TB_REMOVE_CACHE, 2), (uint64_t)from, to);
}

/* Mapping anything makes Unicorn forget where pages were found. */
static void
forget_pages(struct core *c)
{
	if (unicorn.uc_mem_map(c->uc, SPARE, DEVICE_PAGE, UC_PROT_READ) ==
	    UC_ERR_OK)
		unicorn.uc_mem_unmap(c->uc, SPARE, DEVICE_PAGE);
}

/* Registers as after switching on; nothing translated counts any more. */
static void
core_restore(struct core *c)
{
	unicorn.uc_context_restore(c->uc, c->fresh);
	core_forget(c, S3C_SDRAM, c->board->config.ram);
	core_forget(c, S3C_VECTORS, S3C_VECTORS_N);
	forget_pages(c);
}
