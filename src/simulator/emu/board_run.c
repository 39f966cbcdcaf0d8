/*
 * Running a board.  What it does between two blocks depends on time and state
 * alone, never on where a run began or ended: devices are brought up to date,
 * the watchdog bites, sleep begins or ends, an interrupt is taken.
 */
#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "emu/board_in.h"
#include "emu/core_in.h"
#include "emu/out_in.h"

/* The queue of outputs: emptied as a whole, so that it is two arrays. */

static void
outs_clear(struct outs *o)
{
	o->first = o->n = 0;
	buf_clear(&o->bytes);
}

static int
outs_add(struct outs *o, const struct board_out *out)
{
	if (outs_empty(o))
		outs_clear(o);
	if (o->n == OUTS_MAX || o->bytes.n + out->bytes.n > OUTS_BYTES)
		return 0;
	if (ARRAY_ROOM(&o->queue, &o->cap, o->n + 1) != 0)
		return ERR_NOMEM;
	o->queue[o->n].out = *out;
	o->queue[o->n].from = o->bytes.n;
	buf_str(&o->bytes, out->bytes);
	if (o->bytes.err != 0)
		return ERR_NOMEM;
	o->n++;
	return 0;
}

static bool
outs_next(struct outs *o, struct board_out *out)
{
	if (outs_empty(o))
		return false;
	*out = o->queue[o->first].out;
	out->bytes.p = buf_cstr(&o->bytes) + o->queue[o->first].from;
	o->first++;
	return true;
}

void
outs_free(struct outs *o)
{
	mem_free(o->queue);
	buf_free(&o->bytes);
}

#define LOOK_NS INT64_C(20000000)
#define THUMB   0x20u /* CPSR */

/* The processor does nothing at present. */
static bool
asleep(const struct board *b)
{
	return b->s.idle != 0 || board_now(b) < b->s.boot_ns;
}

/* ---- the devices' own time ---- */

/* In the order in which they are reset and in which what they do at one instant
 * is done. */
const struct device *const devices[] = {
	&device_intc,
	&device_power,
	&device_memctl,
	&device_timers,
	&device_watchdog,
	&device_rtc,
	&device_dma,
	&device_iis,
	&device_uart,
	&device_gpio,
	&device_lcd,
	&device_cs8900,
	&device_probe,
	NULL,
};

static int64_t
board_due(const struct board *b)
{
	int64_t due = NEVER;

	for (size_t i = 0; devices[i] != NULL; i++)
		if (devices[i]->due != NULL) {
			int64_t t = devices[i]->due(b);

			due = t < due ? t : due;
		}
	return due;
}

static void
board_pass(struct board *b)
{
	int64_t now = board_now(b);

	for (size_t i = 0; devices[i] != NULL; i++)
		if (devices[i]->pass != NULL)
			devices[i]->pass(b, now);
	intc_update(b);
	if (b->s.watchdog_bit != 0) {
		b->s.watchdog_bit = 0;
		board_say(b, BOARD_OUT_WATCHDOG, 0, NULL, 0);
		b->turn = (struct turn){ 0 };
		board_reset_devices(b, true);
		b->effort += b->config.ram / EFFORT_BOOT_BYTES;
		board_boot(b);
		screen_look(b);
	}
	if (!asleep(b) && now >= b->s.look_ns) {
		screen_look(b);
		b->s.look_ns = now + LOOK_NS;
	}
}

void
board_say(struct board *b, enum board_out_kind kind, uint32_t value,
    const void *bytes, size_t n)
{
	struct board_out out = {
		.kind = kind,
		.t = board_now(b),
		.cause = b->s.probe.cause,
		.value = value,
		.bytes = { bytes, n },
	};

	if (outs_add(&b->outs, &out) != 0)
		b->err = ERR_NOMEM;
	board_kick(b);
}

bool
board_next(struct board *b, struct board_out *out)
{
	return outs_next(&b->outs, out);
}

/* ---- sleep ---- */

/* The processor has gone to sleep at NOW. */
static void
fall_asleep(struct board *b)
{
	screen_look(b);
	b->s.look_ns = NEVER;
	board_set_now(b, board_now(b));
}

int64_t
board_wake(const struct board *b)
{
	int64_t due = b->s.dead == 0 ? board_due(b) : NEVER;

	return b->s.boot_ns > board_now(b) && b->s.boot_ns < due ? b->s.boot_ns
								 : due;
}

/* Asleep: goes to the next instant at which a device does something, or to
 * UNTIL.  Whether the processor is awake then. */
static bool
sleep_on(struct board *b, int64_t until)
{
	int64_t now = board_now(b), due;

	if (b->s.idle != 0 && intc_wakes(b)) {
		b->s.idle = 0;
		b->s.look_ns = now + LOOK_NS;
	}
	if (!asleep(b))
		return true;
	due = board_wake(b);
	due = due < until ? due : until;
	if (due > now)
		board_set_now(b, due);
	return false;
}

bool
board_asleep_for_ever(const struct board *b)
{
	return b->s.dead == 0 && b->s.idle != 0 && board_due(b) == NEVER &&
	       !intc_wakes(b) && !gpio_wakes(b);
}

/* ---- the processor ---- */

static void
board_fault_at(struct board *b, enum board_fault_kind kind, uint32_t address)
{
	struct board_fault *f = &b->s.fault;
	LOCAL_BUF text = BUF_INIT;
	uint32_t offset = 0;
	const char *name;

	f->kind = kind;
	f->address = address;
	f->block = b->s.block;
	board_registers(b, &f->registers);
	name = image_function(b->config.image, f->block, &offset);
	buf_printf(&text, "%s 0x%08x in ", board_fault_word(kind), address);
	if (name != NULL)
		buf_printf(&text, "%s+0x%x", name, offset);
	else
		buf_printf(&text, "0x%08x", f->block);
	if (text.err != 0)
		b->err = ERR_NOMEM;
	screen_look(b);
	board_say(b, BOARD_OUT_FAULT, (uint32_t)kind, text.p, text.n);
	b->s.dead = 1;
	board_set_now(b, board_now(b));
}

static bool
has_swi_handler(const struct board *b)
{
	uint32_t word = 0;

	return board_peek(b, 0x08, &word, sizeof(word)) && word != 0;
}

static void
board_run_compute(struct board *b, int64_t until)
{
	int64_t due = board_due(b);
	uint32_t address;

	due = due < b->s.look_ns ? due : b->s.look_ns;
	due = due < until ? due : until;
	b->limit = board_insns_until(b, due);
	switch (core_run(b->core)) {
	case CORE_LIMIT:
		break;
	case CORE_WAITS:
		b->s.idle = 1;
		break;
	case CORE_SWI:
		if (has_swi_handler(b)) {
			core_enter(b->core, CORE_EXCEPTION_SWI);
			break;
		}
		address = core_get(b->core, CORE_PC);
		address -= (core_cpsr(b->core) & THUMB) != 0 ? 2 : 4;
		board_fault_at(b, BOARD_FAULT_SWI, address);
		break;
	case CORE_FAULT:
	default: {
		enum board_fault_kind kind = core_fault(b->core, &address);

		board_fault_at(b, kind, address);
		break;
	}
	}
}

/* A step up to an instant at which something is due; true to go on. */
static bool
board_run_step(struct board *b, int64_t until, enum board_stop *stop)
{
	enum core_exception e;

	b->effort += EFFORT_STEP;
	board_pass(b);
	if (b->s.idle != 0 && b->s.look_ns != NEVER)
		fall_asleep(b);
	if (b->err != 0 || !outs_empty(&b->outs)) {
		*stop = b->err != 0 ? BOARD_ERROR : BOARD_OUTPUT;
		return false;
	}
	if (b->effort >= b->effort_most) {
		*stop = BOARD_SPENT;
		return false;
	}
	if (board_now(b) >= until ||
	    (asleep(b) && until == NEVER && board_wake(b) == NEVER &&
		!intc_wakes(b))) {
		*stop = asleep(b) && !intc_wakes(b) ? BOARD_IDLE : BOARD_UNTIL;
		return false;
	}
	if (asleep(b) && !sleep_on(b, until))
		return true;
	if (core_interrupted(b, &e))
		core_enter(b->core, e);
	board_run_compute(b, until);
	return true;
}

void
board_allow(struct board *b, uint64_t effort)
{
	b->effort = 0;
	b->effort_most = effort;
}

uint64_t
board_effort(const struct board *b)
{
	return b->effort;
}

enum board_stop
board_run(struct board *b, int64_t until_ns)
{
	enum board_stop stop = BOARD_UNTIL;

	if (b->err != 0)
		return BOARD_ERROR;
	if (!outs_empty(&b->outs))
		return BOARD_OUTPUT;
	while (b->s.dead == 0 && board_run_step(b, until_ns, &stop))
		;
	if (b->s.dead == 0)
		return stop;
	if (!outs_empty(&b->outs))
		return BOARD_OUTPUT;
	if (until_ns != NEVER && until_ns > board_now(b))
		board_set_now(b, until_ns);
	return BOARD_DEAD;
}
