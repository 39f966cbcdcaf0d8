/*
 * Ports F and G with the keypad, and external interrupts (S3C2410A manual,
 * chapter 9; the matrix: emu/s3c2410a.h).
 *
 * EINT0 to 3 are the columns: by EXTINT0 they ask at a level or at an edge.
 * EINT9 is the Ethernet controller's and asks whenever that has something new.
 */
#include "emu/board_in.h"

#define PAGE      0x56000000u
#define REG(addr) ((addr - PAGE) / 4)
#define COLUMNS   0xfu
#define OUTPUT    1u
#define EINT      2u

static const struct {
	uint8_t row, column;
} place[BOARD_KEYS] = {
#define X(id, row, column, name) { row, column },
	HANDSET_KEYS(X)
#undef X
};

static uint32_t
function_of(const struct board *b, uint32_t con, unsigned pin)
{
	return b->s.gpio.reg[REG(con)] >> 2 * pin & 3;
}

/* The firmware pulls the row of KEY down. */
static bool
driven(const struct board *b, enum board_key key)
{
	unsigned row = place[key].row;

	return function_of(b, S3C_GPGCON, row) == OUTPUT &&
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
columns(uint32_t keys)
{
	uint32_t pins = COLUMNS;

	for (unsigned k = 0; keys != 0 && k < BOARD_KEYS; k++)
		if ((keys >> k & 1) != 0)
			pins &= ~(1u << place[k].column);
	return pins;
}

/* Whether EINT of PIN asks, which was WAS and is IS, by its 3 bits HOW. */
static bool
asks(uint32_t how, bool was, bool is)
{
	if (how == 0)
		return !is;
	if (how == 1)
		return is;
	return ((how == 2 || how == 3 || how >= 6) && was && !is) ||
	       (how >= 4 && !was && is);
}

void
gpio_update(struct board *b)
{
	struct gpio *g = &b->s.gpio;
	uint32_t is = columns(seen_keys(b)), was = g->pins;

	g->pins = is;
	for (unsigned i = 0; i < HANDSET_COLS; i++) {
		uint32_t how = g->reg[REG(S3C_EXTINT0)] >> 4 * i & 7;

		if (function_of(b, S3C_GPFCON, i) == EINT &&
		    asks(how, was >> i & 1, is >> i & 1))
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
		    function_of(b, S3C_GPFCON, i) == EINT)
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
	pins |= columns(keys);
	for (unsigned i = 0; i < 8; i++)
		if (function_of(b, S3C_GPFCON, i) == OUTPUT)
			pins = (pins & ~(1u << i)) | (latch & 1u << i);
	return pins;
}

static uint32_t
gpio_read(struct board *b, uint32_t offset)
{
	if (PAGE + offset == S3C_GPFDAT)
		return read_columns(b);
	return offset / 4 < GPIO_REGS ? b->s.gpio.reg[offset / 4] : 0;
}

static void
gpio_write(struct board *b, uint32_t offset, uint32_t value)
{
	uint32_t *reg;

	if (offset / 4 >= GPIO_REGS || PAGE + offset == S3C_GSTATUS1)
		return;
	reg = &b->s.gpio.reg[offset / 4];
	if (PAGE + offset == S3C_EINTPEND || PAGE + offset == S3C_GSTATUS2)
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
	.base = PAGE,
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
