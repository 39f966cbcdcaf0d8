/* A board: making it, switching it off and on, looking at it. */
#include "emu/board_in.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/ref.h"
#include "emu/core_in.h"
#include "emu/image_in.h"

#include <string.h>
#include <sys/mman.h>

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
			    _("the firmware needs memory up to 0x%08x, the "
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
		    _("a board's clock is from 1 MHz to 1 GHz"));
	if (c->cpi < 100 || c->cpi > 100000)
		return diag_set(d, ERR_RANGE, NULL, 0,
		    _("an instruction takes from 0.1 to 100 cycles"));
	if (c->ram < 0x10000 || c->ram > S3C_SDRAM_MAX ||
	    c->ram % DEVICE_PAGE != 0)
		return diag_set(d, ERR_RANGE, NULL, 0,
		    _("a board's memory is from 64 KiB to 64 MiB, in whole "
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

	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
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
