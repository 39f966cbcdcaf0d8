/* A board: making it, switching it off and on, looking at it. */
#include "emu/board_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/ref.h"
#include "emu/bytes_in.h"
#include "emu/core_in.h"
#include "emu/image_in.h"

#include <string.h>
#include <sys/mman.h>

/* ---- Memory, from the host's side ---- */

#define MACHINE_SMDK2410 193u

uint32_t
board_room(const struct board *b, uint32_t address)
{
	if (address < S3C_VECTORS_N)
		return S3C_VECTORS_N - address;
	if (address >= S3C_SDRAM && address - S3C_SDRAM < b->config.ram)
		return b->config.ram - (address - S3C_SDRAM);
	return 0;
}

uint8_t *
board_bytes(const struct board *b, uint32_t address, uint32_t n)
{
	if (n > board_room(b, address))
		return NULL;
	return address < S3C_VECTORS_N ? b->vectors + address
				       : b->memory + (address - S3C_SDRAM);
}

bool
board_peek(const struct board *b, uint32_t address, void *to, size_t n)
{
	const uint8_t *from =
	    n <= UINT32_MAX ? board_bytes(b, address, (uint32_t)n) : NULL;

	if (from == NULL)
		return false;
	memcpy(to, from, n);
	return true;
}

void
board_store(struct board *b, uint32_t address, const void *from, uint32_t n)
{
	uint8_t *to = board_bytes(b, address, n);

	if (to == NULL || memcmp(to, from, n) == 0)
		return;
	memcpy(to, from, n);
	/* There may be code that was translated before. */
	core_forget(b->core, address, n);
}

static void
board_put_word(uint8_t **p, uint32_t word)
{
	put32(*p, word);
	*p += 4;
}

/* The tagged list that the boot loader leaves behind
 * (Documentation/arch/arm/booting of Linux). */
static void
board_write_list(struct board *b)
{
	struct str line = b->config.cmdline;
	uint8_t *p = b->memory + (S3C_ATAGS - S3C_SDRAM);
	uint32_t words = (uint32_t)(line.n + 1 + 3) / 4;

	board_put_word(&p, 2);
	board_put_word(&p, S3C_ATAG_CORE);
	board_put_word(&p, 4);
	board_put_word(&p, S3C_ATAG_MEM);
	board_put_word(&p, b->config.ram);
	board_put_word(&p, S3C_SDRAM);
	board_put_word(&p, 2 + words);
	board_put_word(&p, S3C_ATAG_CMDLINE);
	memset(p, 0, (size_t)words * 4);
	if (line.n > 0)
		memcpy(p, line.p, line.n);
	p += (size_t)words * 4;
	board_put_word(&p, 0);
	board_put_word(&p, S3C_ATAG_NONE);
}

/* Memory and registers as the boot loader leaves them behind (the same). */
void
board_boot(struct board *b)
{
	const struct image *im = b->config.image;

	for (size_t i = 0; i < im->nseg; i++) {
		const struct image_segment *s = &im->seg[i];
		uint8_t *to = board_bytes(b, s->at, s->n);

		memcpy(to, im->elf + s->from, s->n_file);
		memset(to + s->n_file, 0, s->n - s->n_file);
	}
	board_write_list(b);
	core_reset(b->core);
	core_set(b->core, 0, 0);
	core_set(b->core, 1, MACHINE_SMDK2410);
	core_set(b->core, 2, S3C_ATAGS);
	core_jump(b->core, im->entry);
}

void
board_memory(const struct board *b, struct board_memory *m)
{
	m->ram = b->config.ram;
	m->image = image_size(b->config.image);
	m->heap = b->s.probe.heap;
	m->stack = b->s.probe.stack;
}

/* ---- Time from instructions ---- */

/* An instruction lasts CPI / 1000 / CLOCK seconds: NUM / CLOCK ns. */
static uint64_t
num(const struct board *b)
{
	return b->config.cpi * UINT64_C(1000000);
}

/* BASE + floor(INSTRUCTIONS * CPI / CLOCK), without rounding on the way.  The
 * base moves to each instant at which the processor wakes. */
int64_t
board_now(const struct board *b)
{
	uint64_t ns = counter_muldiv(b->s.insns, num(b), b->config.clock_hz);

	return ns > (uint64_t)(NEVER - b->s.base_ns)
		   ? NEVER
		   : b->s.base_ns + (int64_t)ns;
}

uint64_t
board_insns_until(const struct board *b, int64_t t)
{
	if (t <= b->s.base_ns)
		return 0;
	if (t == NEVER)
		return UINT64_MAX;
	return counter_muldiv_up(
	    (uint64_t)(t - b->s.base_ns), b->config.clock_hz, num(b));
}

void
board_set_now(struct board *b, int64_t t)
{
	b->s.insns_before += b->s.insns;
	b->s.insns = 0;
	b->s.base_ns = t;
}

uint64_t
board_instructions(const struct board *b)
{
	return b->s.insns_before + b->s.insns;
}

#define RESET_POWER    1u /* GSTATUS2 */
#define RESET_WATCHDOG 4u
#define REBOOT_NS      INT64_C(100000000)
#define EPOCH_MOST     (INT64_C(1) << 40)

/* ---- the configuration ---- */

static void
set_defaults(struct board_config *c)
{
	if (c->clock_hz == 0)
		c->clock_hz = BOARD_CLOCK_HZ;
	if (c->cpi == 0)
		c->cpi = BOARD_CPI;
	if (c->ram == 0)
		c->ram = BOARD_RAM;
}

static int
check_image(const struct board_config *c, struct diag *d)
{
	for (size_t i = 0; i < c->image->nseg; i++) {
		const struct image_segment *s = &c->image->seg[i];

		if (s->at >= S3C_SDRAM &&
		    (uint64_t)s->at + s->n > (uint64_t)S3C_SDRAM + c->ram)
			return diag_set(d, ERR_RANGE, NULL, 0,
			    _("the firmware needs memory up to 0x%08x, but the "
			      "board's %u bytes end at 0x%08x"),
			    s->at + s->n, c->ram, S3C_SDRAM + c->ram);
	}
	return 0;
}

static int
check_config(const struct board_config *c, struct diag *d)
{
	if (c->clock_hz < 1000000 || c->clock_hz > 1000000000)
		return diag_set(d, ERR_RANGE, NULL, 0,
		    _("a board's clock must be from 1 MHz to 1 GHz"));
	if (c->cpi < 100 || c->cpi > 100000)
		return diag_set(d, ERR_RANGE, NULL, 0,
		    _("an instruction must take from 0.1 to 100 cycles"));
	if (c->ram < 0x10000 || c->ram > S3C_SDRAM_MAX ||
	    c->ram % DEVICE_PAGE != 0)
		return diag_set(d, ERR_RANGE, NULL, 0,
		    _("a board's memory must be from 64 KiB to 64 MiB, in "
		      "pages of 4 KiB"));
	if (c->epoch_s < -EPOCH_MOST || c->epoch_s > EPOCH_MOST ||
	    c->start_ns < 0)
		return diag_set(
		    d, ERR_RANGE, NULL, 0, _("a board's time is out of range"));
	return check_image(c, d);
}

/* ---- on and off ---- */

void
board_reset_devices(struct board *b, bool by_watchdog)
{
	struct state *s = &b->s;

	memset(
	    &s->intc, 0, sizeof(*s) - (size_t)((char *)&s->intc - (char *)s));
	s->idle = 0;
	s->dead = 0;
	s->watchdog_bit = 0;
	s->boot_ns = by_watchdog ? board_now(b) + REBOOT_NS : 0;
	s->look_ns = by_watchdog ? s->boot_ns : board_now(b);
	for (size_t i = 0; devices[i] != NULL; i++)
		if (devices[i]->reset != NULL)
			devices[i]->reset(b);
	s->gpio.reg[(S3C_GSTATUS2 - 0x56000000u) / 4] =
	    by_watchdog ? RESET_WATCHDOG : RESET_POWER;
	intc_update(b);
}

/* ---- making ---- */

static int
take_config(struct board *b, const struct board_config *c, struct diag *d)
{
	int err;

	b->config = *c;
	set_defaults(&b->config);
	b->config.cmdline = STR_NULL;
	ref_keep(c->image);
	err = check_config(&b->config, d);
	if (err == 0 && c->cmdline.n >= S3C_CMDLINE_MAX)
		err = diag_set(d, ERR_RANGE, NULL, 0,
		    _("the firmware's command line is longer than %u bytes"),
		    S3C_CMDLINE_MAX - 1);
	if (err != 0)
		return err;
	b->config.cmdline.p = mem_dup(c->cmdline.p, c->cmdline.n);
	b->config.cmdline.n = c->cmdline.n;
	return b->config.cmdline.p != NULL ? 0 : ERR_NOMEM;
}

size_t
board_arm_code_n(const struct board *b)
{
	return b->config.image->code_n / 8 + 1;
}

static int
take_memory(struct board *b)
{
	size_t n = (size_t)b->config.ram + S3C_VECTORS_N;
	void *p = mmap(NULL, n, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (p == MAP_FAILED)
		return ERR_NOMEM;
	b->memory = p;
	b->vectors = b->memory + b->config.ram;
	b->profile.function =
	    mem_zalloc(b->config.image->nfn, sizeof(*b->profile.function));
	b->effort_most = UINT64_MAX;
	b->arm_code = mem_zalloc(1, board_arm_code_n(b));
	return b->profile.function != NULL && b->arm_code != NULL ? 0
								  : ERR_NOMEM;
}

int
board_create(struct board **out, const struct board_config *c, struct diag *d)
{
	struct board *b = mem_zalloc(1, sizeof(*b));
	int err;

	*out = NULL;
	if (b == NULL)
		return ERR_NOMEM;
	err = take_config(b, c, d);
	if (err == 0)
		err = take_memory(b);
	if (err == 0)
		err = core_create(&b->core, b, d);
	if (err == 0)
		err = disasm_load(d);
	if (err != 0) {
		board_destroy(b);
		return err;
	}
	power_find_pll(b);
	b->s.base_ns = c->start_ns;
	b->s.boot_cause = c->cause;
	b->s.thumb = c->image->thumb;
	board_reset_devices(b, false);
	board_boot(b);
	*out = b;
	return 0;
}

void
board_destroy(struct board *b)
{
	if (b == NULL)
		return;
	core_destroy(b->core);
	if (b->memory != NULL)
		munmap(b->memory, (size_t)b->config.ram + S3C_VECTORS_N);
	ref_drop(b->config.image);
	mem_free((char *)b->config.cmdline.p);
	mem_free(b->profile.function);
	mem_free(b->arm_code);
	outs_free(&b->outs);
	mem_free(b);
}

/* ---- looking ---- */

struct image *
board_image(const struct board *b)
{
	return b->config.image;
}

static const char *
mode_word(uint32_t cpsr)
{
	static const struct {
		const char *word;
		uint32_t bits;
	} modes[] = {
		{ "usr", 0x10 },
		{ "fiq", 0x11 },
		{ "irq", 0x12 },
		{ "svc", 0x13 },
		{ "abt", 0x17 },
		{ "und", 0x1b },
		{ "sys", 0x1f },
	};

	for (size_t i = 0; i < COUNT_OF(modes); i++)
		if (modes[i].bits == (cpsr & 0x1f))
			return modes[i].word;
	return "?";
}

void
board_registers(const struct board *b, struct board_registers *r)
{
	for (unsigned i = 0; i < 16; i++)
		r->r[i] = core_get(b->core, i);
	r->cpsr = core_cpsr(b->core);
	r->spsr = core_spsr(b->core);
	r->mode = mode_word(r->cpsr);
}

const struct board_fault *
board_fault(const struct board *b)
{
	return b->s.dead != 0 ? &b->s.fault : NULL;
}

const char *
board_fault_word(enum board_fault_kind kind)
{
	static const char *const words[] = {
#define X(id, word) word,
		BOARD_FAULT_TABLE(X)
#undef X
	};

	return words[kind];
}
