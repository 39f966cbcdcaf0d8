/*
 * What the S3C2410A has inside and at its pins: power (manual, chapter 7),
 * ports and the keypad (9), UART 0 (11), interrupts (14), the observer's port.
 */
#include "emu/board_in.h"

static void gpio_update(struct board *b);

/* ---- Interrupt controller (S3C2410A manual, chapter 14) ---- */

#define INTC_PAGE 0x4a000000u

/*
 * A source stays pending until it is cleared; of the unmasked ones the lowest
 * number is shown in INTPND and asks for an IRQ until it is cleared there as
 * well.  Sources in groups (UART, external interrupts 4 to 23) ask again as
 * long as something in the group does.  The arbiters' rotation is left out: the
 * order is that of the numbers, their initial order.
 */
void
intc_update(struct board *b)
{
	struct intc *c = &b->s.intc;
	uint32_t open;

	if ((c->subsrcpnd & ~c->intsubmsk & 7u) != 0)
		intc_raise(b, S3C_INT_UART0);
	gpio_update(b);
	open = c->srcpnd & ~c->intmsk;
	if (c->intpnd == 0) {
		uint32_t irq = open & ~c->intmod;

		c->intpnd = irq & (0u - irq);
	}
	c->lines = (c->intpnd != 0 ? INTC_IRQ : 0) |
		   ((open & c->intmod) != 0 ? INTC_FIQ : 0);
}

bool
intc_wakes(const struct board *b)
{
	return (b->s.intc.srcpnd & ~b->s.intc.intmsk) != 0;
}

/* SOURCE is not masked. */
static bool
intc_open(const struct board *b, unsigned source)
{
	return (b->s.intc.intmsk >> source & 1) == 0;
}

static uint32_t
intc_read(struct board *b, uint32_t offset)
{
	const struct intc *c = &b->s.intc;

	if (INTC_PAGE + offset == S3C_INTOFFSET)
		return c->intpnd != 0 ? (uint32_t)__builtin_ctz(c->intpnd) : 0;
	return INTC_PAGE + offset <= S3C_INTSUBMSK ? c->reg[offset / 4] : 0;
}

static void
intc_write(struct board *b, uint32_t offset, uint32_t value)
{
	struct intc *c = &b->s.intc;

	switch (INTC_PAGE + offset) {
	case S3C_SRCPND:
		/* What ran out by now was pending already. */
		timers_sync(b);
		watchdog_sync(b);
		rtc_sync(b);
		c->srcpnd &= ~value;
		board_kick(b);
		break;
	case S3C_INTPND:
	case S3C_SUBSRCPND:
		c->reg[offset / 4] &= ~value;
		break;
	default:
		if (INTC_PAGE + offset <= S3C_INTSUBMSK)
			c->reg[offset / 4] = value;
		break;
	}
}

static void
intc_reset(struct board *b)
{
	b->s.intc.intmsk = 0xffffffff;
	b->s.intc.intsubmsk = 0x7ff;
	b->s.intc.priority = 0x7f;
}

const struct device device_intc = {
	.base = INTC_PAGE,
	.read = intc_read,
	.write = intc_write,
	.reset = intc_reset,
};

/* ---- Ports F and G, keypad, external interrupts (chapter 9) ---- */

#define GPIO_PAGE 0x56000000u
#define REG(addr) ((addr - GPIO_PAGE) / 4)
#define COLUMNS   0xfu
#define OUTPUT    1u
#define EINT      2u

/* The matrix: see emu/s3c2410a.h. */
static const struct {
	uint8_t row, column;
} place[BOARD_KEYS] = {
#define X(id, row, column, name) { row, column },
	HANDSET_KEYS(X)
#undef X
};

static uint32_t
gpio_function_of(const struct board *b, uint32_t con, unsigned pin)
{
	return b->s.gpio.reg[REG(con)] >> 2 * pin & 3;
}

/* The firmware pulls the row of KEY down. */
static bool
driven(const struct board *b, enum board_key key)
{
	unsigned row = place[key].row;

	return gpio_function_of(b, S3C_GPGCON, row) == OUTPUT &&
	       (b->s.gpio.reg[REG(S3C_GPGDAT)] >> row & 1) == 0;
}

/* The keys held, in driven rows. */
static uint32_t
seen_keys(const struct board *b)
{
	uint32_t keys = 0;

	for (unsigned k = 0; b->s.keys != 0 && k < BOARD_KEYS; k++)
		if ((b->s.keys >> k & 1) != 0 && driven(b, k))
			keys |= 1u << k;
	return keys;
}

static uint32_t
gpio_columns(uint32_t keys)
{
	uint32_t pins = COLUMNS;

	for (unsigned k = 0; keys != 0 && k < BOARD_KEYS; k++)
		if ((keys >> k & 1) != 0)
			pins &= ~(1u << place[k].column);
	return pins;
}

/* Whether EINT of PIN asks, which was WAS and is IS, by its 3 bits HOW. */
static bool
gpio_asks(uint32_t how, bool was, bool is)
{
	if (how == 0)
		return !is;
	if (how == 1)
		return is;
	return ((how == 2 || how == 3 || how >= 6) && was && !is) ||
	       (how >= 4 && !was && is);
}

/* EINT0 to 3 are the columns: by EXTINT0 they ask at a level or at an edge.
 * EINT9 is the Ethernet controller's and asks whenever that has something
 * new. */
static void
gpio_update(struct board *b)
{
	struct gpio *g = &b->s.gpio;
	uint32_t is = gpio_columns(seen_keys(b)), was = g->pins;

	g->pins = is;
	for (unsigned i = 0; i < HANDSET_COLS; i++) {
		uint32_t how = g->reg[REG(S3C_EXTINT0)] >> 4 * i & 7;

		if (gpio_function_of(b, S3C_GPFCON, i) == EINT &&
		    gpio_asks(how, was >> i & 1, is >> i & 1))
			intc_raise(b, S3C_INT_EINT0 + i);
	}
	was = g->reg[REG(S3C_EINTPEND)] & ~g->reg[REG(S3C_EINTMASK)];
	if ((was & 0xf0) != 0)
		intc_raise(b, S3C_INT_EINT4_7);
	if ((was & 0xffff00) != 0)
		intc_raise(b, S3C_INT_EINT8_23);
}

void
gpio_eint(struct board *b, unsigned n)
{
	b->s.gpio.reg[REG(S3C_EINTPEND)] |= 1u << n;
}

bool
gpio_wakes(const struct board *b)
{
	uint32_t masked = b->s.gpio.reg[REG(S3C_EINTMASK)];

	if (intc_open(b, S3C_INT_EINT8_23) &&
	    (masked >> S3C_EINT_ETHERNET & 1) == 0)
		return true;
	for (unsigned i = 0; i < HANDSET_COLS; i++)
		if (intc_open(b, S3C_INT_EINT0 + i) &&
		    gpio_function_of(b, S3C_GPFCON, i) == EINT)
			return true;
	return false;
}

/* The columns as pins; who looks at them learns of keys that went down. */
static uint32_t
read_columns(struct board *b)
{
	struct gpio *g = &b->s.gpio;
	uint32_t keys = seen_keys(b), fresh = keys & g->fresh;
	uint32_t latch = g->reg[REG(S3C_GPFDAT)] & 0xff, pins = 0xf0;

	if (fresh != 0)
		b->s.probe.cause = g->cause[__builtin_ctz(fresh)];
	g->fresh &= ~fresh;
	pins |= gpio_columns(keys);
	for (unsigned i = 0; i < 8; i++)
		if (gpio_function_of(b, S3C_GPFCON, i) == OUTPUT)
			pins = (pins & ~(1u << i)) | (latch & 1u << i);
	return pins;
}

static uint32_t
gpio_read(struct board *b, uint32_t offset)
{
	if (GPIO_PAGE + offset == S3C_GPFDAT)
		return read_columns(b);
	return offset / 4 < GPIO_REGS ? b->s.gpio.reg[offset / 4] : 0;
}

static void
gpio_write(struct board *b, uint32_t offset, uint32_t value)
{
	uint32_t *reg;

	if (offset / 4 >= GPIO_REGS || GPIO_PAGE + offset == S3C_GSTATUS1)
		return;
	reg = &b->s.gpio.reg[offset / 4];
	if (GPIO_PAGE + offset == S3C_EINTPEND ||
	    GPIO_PAGE + offset == S3C_GSTATUS2)
		*reg &= ~value; /* writing 1 clears */
	else
		*reg = value;
}

static void
gpio_reset(struct board *b)
{
	struct gpio *g = &b->s.gpio;

	g->pins = COLUMNS;
	g->reg[REG(S3C_EINTMASK)] = 0x00fffff0;
	g->reg[REG(S3C_GSTATUS1)] = S3C_CHIP_ID;
}

const struct device device_gpio = {
	.base = GPIO_PAGE,
	.read = gpio_read,
	.write = gpio_write,
	.reset = gpio_reset,
};

void
board_key(struct board *b, enum board_key key, bool down, uint32_t cause)
{
	uint32_t bit;

	if ((unsigned)key >= BOARD_KEYS)
		return;
	bit = 1u << key;
	if (down == ((b->s.keys & bit) != 0))
		return;
	b->s.keys ^= bit;
	b->s.gpio.fresh &= ~bit;
	if (down) {
		b->s.gpio.fresh |= bit;
		b->s.gpio.cause[key] = cause;
	}
	intc_update(b);
}

static const char *const names[BOARD_KEYS] = {
#define X(id, row, column, name) name,
	HANDSET_KEYS(X)
#undef X
};

const char *
board_key_name(enum board_key key)
{
	return (unsigned)key < BOARD_KEYS ? names[key] : "?";
}

bool
board_key_find(struct str name, enum board_key *key)
{
	for (unsigned k = 0; k < BOARD_KEYS; k++)
		if (str_is(name, names[k])) {
			*key = k;
			return true;
		}
	return false;
}

/* ---- Clock and power (chapter 7) ---- */

#define POWER_PAGE 0x4c000000u

/*
 * The boot loader has set the main PLL to the board's clock, as near as m, p
 * and s allow, and HCLK and PCLK to a half and a quarter of it.  The PLLs stay
 * so, whatever is written: the topology chooses how fast the processor is.
 * FCLK = XTAL * (m + 8) / ((p + 2) * 2^s)
 */
struct pll {
	uint32_t m, p, s;
};

static struct pll
pll_of(uint32_t con)
{
	return (struct pll){ con >> 12 & 0xff, con >> 4 & 0x3f, con & 3 };
}

/* How far XTAL * M / DEN is from HZ, times DEN. */
static uint64_t
gpio_distance(uint64_t hz, uint64_t m, uint64_t den)
{
	uint64_t have = S3C_XTAL_HZ * m, want = hz * den;

	return have > want ? have - want : want - have;
}

static uint32_t
nearest_pll(uint64_t hz)
{
	uint32_t best = 0;
	uint64_t best_off = UINT64_MAX, best_den = 1;

	for (uint32_t p = 0; p < 64; p++)
		for (uint32_t s = 0; s < 4; s++) {
			uint64_t den = (uint64_t)(p + 2) << s, off;
			uint64_t m = (hz * den + S3C_XTAL_HZ / 2) / S3C_XTAL_HZ;

			m = m < 8 ? 8 : m > 263 ? 263 : m;
			off = gpio_distance(hz, m, den);
			if (best_off != UINT64_MAX &&
			    off * best_den >= best_off * den)
				continue;
			best_off = off;
			best_den = den;
			best = (uint32_t)(m - 8) << 12 | p << 4 | s;
		}
	return best;
}

void
power_find_pll(struct board *b)
{
	b->power0[0] = nearest_pll(b->config.clock_hz);
	b->power0[1] = nearest_pll(48000000);
}

void
power_pclk(const struct board *b, uint64_t *num, uint64_t *den)
{
	struct pll pll = pll_of(b->s.power[1]);
	uint32_t divide = b->s.power[5];

	*num = UINT64_C(1000000000) * ((pll.p + 2) << pll.s);
	*num <<= (divide >> 1 & 1) + (divide & 1);
	*den = (uint64_t)S3C_XTAL_HZ * (pll.m + 8);
}

/* CLKCON's IDLE bit stops the processor until an interrupt asks. */
static void
power_write(struct board *b, uint32_t offset, uint32_t value)
{
	switch (POWER_PAGE + offset) {
	case S3C_CLKCON:
		b->s.power[3] = value & ~S3C_CLKCON_IDLE;
		if ((value & S3C_CLKCON_IDLE) != 0) {
			b->s.idle = 1;
			board_kick(b);
		}
		break;
	case S3C_CLKDIVN:
		b->s.power[5] = value & 3;
		timers_retime(b);
		watchdog_retime(b);
		break;
	case S3C_LOCKTIME:
	case S3C_CLKSLOW:
		b->s.power[offset / 4] = value;
		break;
	default:
		break;
	}
}

static void
power_reset(struct board *b)
{
	b->s.power[0] = 0x00ffffff;
	b->s.power[1] = b->power0[0];
	b->s.power[2] = b->power0[1];
	b->s.power[3] = 0x7fff0;
	b->s.power[4] = 4;
	b->s.power[5] = 3;
}

const struct device device_power = {
	.base = POWER_PAGE,
	DEVICE_KEEPS(power),
	.write = power_write,
	.reset = power_reset,
};

/* The memory controller (chapter 5): the boot loader has set it up, and it
 * keeps the values written to it. */
const struct device device_memctl = {
	.base = 0x48000000u,
	DEVICE_KEEPS(memctl),
};

/* ---- UART 0 (chapter 11), as a console without input ---- */

#define UART_PAGE   0x50000000u
#define ALL_SENT    0x6u /* UTRSTAT0: both of its bits */
#define UCON_TX_INT 0x4u /* transmit by interrupt request or polling */

/* Output goes out at once, a line at a time. */
static void
gpio_put(struct board *b, char c)
{
	struct uart *u = &b->s.uart;

	if (c != '\n' && c != '\r')
		u->line[u->n++] = c;
	if (c == '\n' || u->n == sizeof(u->line)) {
		board_say(b, BOARD_OUT_UART, 0, u->line, u->n);
		u->n = 0;
	}
	if ((u->reg[1] & 0xc) == UCON_TX_INT)
		b->s.intc.subsrcpnd |= S3C_SUB_TXD0;
}

static uint32_t
uart_read(struct board *b, uint32_t offset)
{
	if (UART_PAGE + offset == S3C_UTRSTAT0)
		return ALL_SENT;
	/* No errors, nothing waits, nothing came. */
	if (offset < 0x10 || UART_PAGE + offset == S3C_UBRDIV0)
		return b->s.uart.reg[offset / 4];
	return 0;
}

static void
uart_write(struct board *b, uint32_t offset, uint32_t value)
{
	if (UART_PAGE + offset == S3C_UTXH0)
		gpio_put(b, (char)value);
	else if (offset < 0x10 || UART_PAGE + offset == S3C_UBRDIV0)
		b->s.uart.reg[offset / 4] = value;
}

const struct device device_uart = {
	.base = UART_PAGE,
	.read = uart_read,
	.write = uart_write,
};

/* ---- The observer's port ---- */

#define REPORT_MAX 512u

static uint32_t
probe_read(struct board *b, uint32_t offset)
{
	return PROBE_BASE + offset <= PROBE_STACK ? b->s.probe.reg[offset / 4]
						  : 0;
}

/* The text at ADDRESS; nothing where that is no memory. */
static void
gpio_report(struct board *b, uint32_t address)
{
	uint32_t room = board_room(b, address);
	const uint8_t *text;

	if (room > REPORT_MAX)
		room = REPORT_MAX;
	text = board_bytes(b, address, room);
	if (room > 0 && text != NULL)
		board_say(b, BOARD_OUT_REPORT, 0, text,
		    strnlen((const char *)text, room));
}

static void
hold(struct board *b, uint32_t value)
{
	if (b->s.probe.hold == value)
		return;
	b->s.probe.hold = value;
	board_say(b, BOARD_OUT_HOLD, value, NULL, 0);
}

static void
probe_write(struct board *b, uint32_t offset, uint32_t value)
{
	switch (PROBE_BASE + offset) {
	case PROBE_HOLD:
		hold(b, value);
		break;
	case PROBE_REPORT:
		gpio_report(b, value);
		break;
	case PROBE_CAUSE:
	case PROBE_HEAP:
	case PROBE_STACK:
		b->s.probe.reg[offset / 4] = value;
		break;
	default:
		break;
	}
}

static void
probe_reset(struct board *b)
{
	b->s.probe.id = PROBE_MAGIC;
	b->s.probe.cause = b->s.boot_cause;
}

const struct device device_probe = {
	.base = PROBE_BASE,
	.read = probe_read,
	.write = probe_write,
	.reset = probe_reset,
};
