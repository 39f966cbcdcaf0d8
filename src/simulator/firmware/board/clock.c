/*
 * Clocks and time (chapters 7 and 10).
 *
 * The boot loader has set the PLL; the crystal's 12 MHz × m ÷ p ÷ 2^s are FCLK,
 * 202.8 MHz as a rule.  The peripherals have a quarter of it, PCLK, and every
 * timer counts PCLK divided.  So time is exact: a number of ticks, each of
 * which is a known fraction of the crystal's.
 *
 * The time base is two free-running timers, for a timer has 16 bits alone:
 * timer 0 counts PCLK ÷ 50 (0.99 µs, round in 65 ms), timer 3 PCLK ÷ 4096 (81
 * µs, round in 5.3 s).  Timer 3 says how often timer 0 went round; that timer 3
 * went round is seen because there are never more than 3 s between two looks:
 * the watchdog would bite.  Neither timer interrupts.
 *
 * Timer 4 wakes the processor where it shall wake (once, no tick), timer 2
 * paces the scan of the keypad while a key is held.
 */
#include "firmware/board/board.h"

#define DIVISOR_1_2_4 3u /* CLKDIVN: HCLK a half, PCLK a quarter */
#define QUARTER       2u
#define XTAL_MHZ      (S3C_XTAL_HZ / 1000000u)

#define TCNTO(n) (S3C_TCNTB(n) + 8u) /* of timers 0 to 3 */
#define FINE     50u                 /* (24 + 1) × 2 */
#define COARSE   4096u               /* (255 + 1) × 16 */
#define ALARM    1024u               /* (255 + 1) × 4, timer 4's */
#define TCFG0    (255u << 8 | 24u)
/* Four bits a timer: 0 is a half, 1 a quarter, 3 a sixteenth.  They stay so: a
 * change might cost the time base a part of a tick. */
#define TCFG1         (1u << 16 | 3u << 12 | 3u << 8 | 0u)
#define TCON_T0(bits) ((bits) << 0)
#define TCON_T2(bits) ((bits) << 12)
#define TCON_T3(bits) ((bits) << 16)
#define START         1u
#define UPDATE        2u
#define RELOAD        8u
#define T4_ALL        (S3C_TCON_T4_START | S3C_TCON_T4_UPDATE | S3C_TCON_T4_RELOAD)

#define SCAN_US 10000u

/* The longest alarm: half of the watchdog's time, and less than timer 3's
 * round. */
#define LONGEST_US 1500000u

static uint32_t pclk_hz, longest_us;
static uint64_t alarm_rate;     /* timer 4's ticks a microsecond, × 2^32 */
static uint32_t us_num, us_den; /* microseconds in a tick of timer 0 */

/* The present, brought up to date at each look. */
static uint64_t ticks;       /* of timer 0 since the start */
static uint16_t coarse_seen; /* timer 3's count */
static uint64_t now_us;
static uint32_t rest; /* of a microsecond, in 1 / us_den */

static uint32_t
gcd(uint32_t a, uint32_t b)
{
	while (b != 0) {
		uint32_t left = a % b;

		a = b;
		b = left;
	}
	return a;
}

/* MPLLCON: m = MDIV + 8, p = PDIV + 2, s = SDIV (7, "PLL value selection"). */
static void
read_pll(void)
{
	uint32_t pll = REG(S3C_MPLLCON);
	uint32_t m = (pll >> 12 & 0xFF) + 8, p = (pll >> 4 & 0x3F) + 2;
	uint32_t by = p << (pll & 3) << QUARTER;

	uint32_t common = gcd(FINE * by, XTAL_MHZ * m);

	us_num = FINE * by / common;
	us_den = XTAL_MHZ * m / common;
	pclk_hz = (uint32_t)((uint64_t)S3C_XTAL_HZ * m / by);
	longest_us = (uint32_t)(0x4000ull * COARSE * 1000000u / pclk_hz);
	if (longest_us > LONGEST_US)
		longest_us = LONGEST_US;
	alarm_rate = ((uint64_t)pclk_hz << 32) / (ALARM * 1000000ull);
}

void
clock_start(void)
{
	REG(S3C_CLKDIVN) = DIVISOR_1_2_4;
	read_pll();

	REG(S3C_TCON) = 0;
	REG(S3C_TCFG0) = TCFG0;
	REG(S3C_TCFG1) = TCFG1;
	REG(S3C_TCNTB(0)) = 0xFFFF;
	REG(S3C_TCNTB(3)) = 0xFFFF;
	REG(S3C_TCON) = TCON_T0(UPDATE | RELOAD) | TCON_T3(UPDATE | RELOAD);
	/* both at one instant */
	REG(S3C_TCON) = TCON_T0(START | RELOAD) | TCON_T3(START | RELOAD);
	coarse_seen = 0xFFFF;
}

uint32_t
clock_pclk_hz(void)
{
	return pclk_hz;
}

/* Timer 0's ticks since the last look.  Timers count down and go round after 0.
 * Timer 3 tells how many they are to some hundred, timer 0 their last 16 bits.
 */
static uint32_t
ticks_passed(void)
{
	uint16_t fine = (uint16_t)(0xFFFF - REG(TCNTO(0)));
	uint16_t now = (uint16_t)REG(TCNTO(3));
	uint32_t about = (uint16_t)(coarse_seen - now) * COARSE / FINE;
	uint16_t guess = (uint16_t)(ticks + about);

	coarse_seen = now;
	return about + (uint32_t)(int32_t)(int16_t)(fine - guess);
}

/* In 32 bits where it can be: it is asked often. */
uint64_t
hal_now_us(void)
{
	uint32_t passed = ticks_passed();

	ticks += passed;
	if (passed < (UINT32_MAX - us_den) / us_num) {
		rest += passed * us_num;
		now_us += rest / us_den;
		rest %= us_den;
	} else {
		uint64_t long_rest = rest + (uint64_t)passed * us_num;

		now_us += long_rest / us_den;
		rest = (uint32_t)(long_rest % us_den);
	}
	return now_us;
}

/* Changes TCON for timer 4 alone; interrupts are off. */
static void
timer4(uint32_t bits)
{
	REG(S3C_TCON) = (REG(S3C_TCON) & ~T4_ALL) | bits;
}

void
clock_alarm(uint64_t us)
{
	uint64_t count;

	if (us > longest_us)
		us = longest_us;
	count = (us * alarm_rate >> 32) + 1;
	timer4(0);
	irq_clear(S3C_INT_TIMER4);
	REG(S3C_TCNTB4) = count < 0xFFFF ? (uint32_t)count : 0xFFFF;
	timer4(S3C_TCON_T4_UPDATE);
	timer4(S3C_TCON_T4_START);
}

void
clock_alarmed(void)
{
}

void
clock_scan(bool on)
{
	uint32_t others = REG(S3C_TCON) & ~TCON_T2(START | UPDATE | RELOAD);

	REG(S3C_TCON) = others;
	if (!on)
		return;
	REG(S3C_TCNTB(2)) = pclk_hz / (1000000u / SCAN_US) / COARSE;
	REG(S3C_TCON) = others | TCON_T2(UPDATE | RELOAD);
	REG(S3C_TCON) = others | TCON_T2(START | RELOAD);
}
