/*
 * The keypad: five rows that are driven (GPG0 to 4, low), four columns that are
 * read (GPF0 to 3, with pull-ups, EINT0 to 3).
 *
 * At rest all rows are low, so any key makes an edge on a column.  From then on
 * the matrix is scanned every 10 ms, row by row; what two scans agree on is
 * taken.  When they agree that nothing is held, the edges count again.
 */
#include "firmware/board/board.h"

#define ROWS     HANDSET_ROWS
#define COLS     HANDSET_COLS
#define COL_BITS ((1u << COLS) - 1)
#define ROW_BITS ((1u << ROWS) - 1)
#define QUEUE    16u /* a power of two */
/* Two bits a pin: 1 output, 2 external interrupt. */
#define GPF_COLUMNS 0xAAu
#define GPG_ROWS    0x155u
/* EXTINT0: four bits a pin, 2 and 3 are the falling edge. */
#define FALLING_EDGES 0x2222u

struct press {
	enum hal_key key;
	uint32_t cause;
};

static const uint8_t keys[ROWS][COLS] = {
#define X(id, row, col, name) [row][col] = HAL_KEY_##id,
	HANDSET_KEYS(X)
#undef X
};

static struct press queue[QUEUE];
static volatile unsigned queued, taken; /* how many ever */
static uint32_t raw, held;              /* a bit a key, by row and column */
static uint32_t key_cause;              /* of the key seen last */

static void
drive(uint32_t rows)
{
	REG(S3C_GPGDAT) = (REG(S3C_GPGDAT) & ~ROW_BITS) | (~rows & ROW_BITS);
}

static uint32_t
columns(void)
{
	return ~REG(S3C_GPFDAT) & COL_BITS;
}

static uint32_t
scan(void)
{
	uint32_t seen = 0;

	for (unsigned row = 0; row < ROWS; row++) {
		drive(1u << row);
		seen |= columns() << (row * COLS);
	}
	drive(ROW_BITS);
	return seen;
}

static void
edges(bool on)
{
	for (unsigned i = 0; i < COLS; i++) {
		if (on) {
			irq_clear(S3C_INT_EINT0 + i);
			irq_unmask(S3C_INT_EINT0 + i);
		} else {
			irq_mask(S3C_INT_EINT0 + i);
		}
	}
}

static void
went_down(unsigned bit)
{
	struct press p = { keys[bit / COLS][bit % COLS], key_cause };

	if (queued - taken < QUEUE)
		queue[queued++ % QUEUE] = p;
}

static void
on_edge(void)
{
	edges(false);
	raw = 0;
	clock_scan(true);
}

/* What two scans in a row see is so. */
static void
take_scan(void)
{
	uint32_t seen = scan();
	uint32_t down = seen == raw ? seen & ~held : 0;

	for (unsigned bit = 0; bit < ROWS * COLS; bit++)
		if (down >> bit & 1)
			went_down(bit);
	if (seen == raw)
		held = seen;
	raw = seen;
}

static void
scan_or_rest(void)
{
	take_scan();
	if (held != 0 || raw != 0)
		return;
	clock_scan(false);
	edges(true);
	/* one that came before the edges counted */
	if (columns() != 0)
		on_edge();
}

/* Reading a key, the first time that it is seen, makes it the cause of what
 * goes on: but what was interrupted has a cause of its own, and the key counts
 * only when the next scan sees it too. */
static void
on_scan(void)
{
	uint32_t cause = hal_cause(), now;

	scan_or_rest();
	now = hal_cause();
	if (now == cause)
		return;
	key_cause = now;
	hal_set_cause(cause);
}

void
keypad_start(void)
{
	REG(S3C_GPFUP) &= ~COL_BITS;
	REG(S3C_GPFCON) = (REG(S3C_GPFCON) & ~0xFFu) | GPF_COLUMNS;
	REG(S3C_GPGCON) = (REG(S3C_GPGCON) & ~0x3FFu) | GPG_ROWS;
	drive(ROW_BITS);
	REG(S3C_EXTINT0) = FALLING_EDGES;
	irq_attach(CLOCK_SCAN_IRQ, on_scan);
	for (unsigned i = 0; i < COLS; i++)
		irq_attach(S3C_INT_EINT0 + i, on_edge);
}

bool
keypad_waiting(void)
{
	return queued != taken;
}

enum hal_key
hal_key(void)
{
	struct press p;

	if (queued == taken)
		return HAL_KEY_NONE;
	p = queue[taken % QUEUE];
	taken++;
	hal_set_cause(p.cause);
	return p.key;
}
