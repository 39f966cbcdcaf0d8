/*
 * The Ethernet controller, a CS8900A (data sheet DS271) in I/O mode: whole
 * frames through a port of 16 bits.
 *
 * It interrupts while its queue of events (ISQ, 5.1) is not empty.  The handler
 * takes frames into a ring; when the ring is full it leaves them in the chip,
 * which has room for a few and misses the rest, and hal_frame_receive goes on
 * when it has made room.  Sending is not interrupted: a frame goes when the
 * chip says that it has room.
 */
#include "firmware/board/board.h"

#define PORT(offset) REG16(S3C_ETHERNET + (offset))
#define RING         8u /* frames; a power of two */
#define PATIENCE     10000u

/* ISQ: the register's number in the lowest bits (5.1). */
#define ISQ_REGISTER 0x3Fu
#define ISQ_RXEVENT  0x04u
/* PacketPage 0x0022: 0 is the pin INTRQ0 (4.4.1). */
#define PP_INTERRUPT 0x0022u
/* A port's pin as level interrupt: EXTINT1, four bits a pin from EINT8, 1 is
 * high level (chapter 9). */
#define EXTINT1    0x5600008Cu
#define EINT9_HIGH (1u << 4)
#define EINT_BIT   (1u << S3C_EINT_ETHERNET)
/* Where no MAC address was given: locally administered. */
#define MAC_OWN 0x02u

struct frame {
	uint32_t cause;
	uint16_t n;
	uint16_t words[HAL_FRAME_MAX / 2];
};

static struct frame ring[RING];
static volatile unsigned got, taken; /* how many ever */
static volatile bool held_back;      /* the interrupt waits for room */
static uint8_t mac[6];
static bool there;

static uint16_t
page_read(uint16_t address)
{
	PORT(CS_PP) = address;
	return PORT(CS_PPDATA);
}

static void
page_write(uint16_t address, uint16_t value)
{
	PORT(CS_PP) = address;
	PORT(CS_PPDATA) = value;
}

/* The frame that RxEvent announced: status, length, data (5.2.8).  A frame that
 * is too long or was received badly is read and dropped. */
static void
take_frame(void)
{
	struct frame *f = &ring[got % RING];
	uint16_t status = PORT(CS_DATA), n = PORT(CS_DATA);
	unsigned words = (n + 1u) / 2;

	for (unsigned i = 0; i < words; i++) {
		uint16_t word = PORT(CS_DATA);

		if (i < HAL_FRAME_MAX / 2)
			f->words[i] = word;
	}
	if ((status & CS_RXEVENT_OK) == 0 || n < 14 || n > HAL_FRAME_MAX)
		return;
	f->n = n;
	f->cause = hal_cause();
	got++;
}

/* Empties the queue of events, as far as there is room.  Reading a frame makes
 * it the cause of what goes on: but what was interrupted has its own. */
static void
take_events(void)
{
	uint32_t cause = hal_cause();
	uint16_t event;

	held_back = false;
	for (;;) {
		if (got - taken == RING) {
			held_back = true;
			irq_mask(S3C_INT_EINT8_23);
			break;
		}
		event = PORT(CS_ISQ);
		if (event == 0)
			break;
		if ((event & ISQ_REGISTER) == ISQ_RXEVENT)
			take_frame();
	}
	hal_set_cause(cause);
}

static void
on_interrupt(void)
{
	/* the port's latch, then what it made pending meanwhile */
	REG(S3C_EINTPEND) = EINT_BIT;
	irq_clear(S3C_INT_EINT8_23);
	take_events();
}

static bool
wait_for(uint16_t address, uint16_t bit)
{
	for (unsigned i = 0; i < PATIENCE; i++)
		if (page_read(address) & bit)
			return true;
	return false;
}

/* The address that the chip has from its EEPROM, else one out of CHIP_ID. */
static void
find_mac(void)
{
	bool given = false;

	for (unsigned i = 0; i < 3; i++) {
		uint16_t word = page_read((uint16_t)(CS_PP_IA + 2 * i));

		mac[2 * i] = (uint8_t)word;
		mac[2 * i + 1] = (uint8_t)(word >> 8);
		given = given || (word != 0 && word != 0xFFFF);
	}
	if (given)
		return;
	mac[0] = MAC_OWN;
	mac[1] = 0;
	for (unsigned i = 0; i < 4; i++)
		mac[2 + i] = (uint8_t)(S3C_CHIP_ID >> (8 * (3 - i)));
	for (unsigned i = 0; i < 3; i++)
		page_write((uint16_t)(CS_PP_IA + 2 * i),
		    (uint16_t)(mac[2 * i] | mac[2 * i + 1] << 8));
}

bool
ether_start(void)
{
	if (page_read(CS_PP_ID) != CS_ID)
		return false;
	page_write(CS_PP_SELFCTL, CS_SELFCTL_RESET);
	if (!wait_for(CS_PP_SELFST, CS_SELFST_INITD))
		return false;
	find_mac();
	page_write(CS_PP_RXCTL, CS_RXCTL_OK | CS_RXCTL_IA | CS_RXCTL_BROADCAST);
	page_write(CS_PP_RXCFG, CS_RXCFG_RXOKIE);
	page_write(CS_PP_TXCFG, 0);
	page_write(CS_PP_BUFCFG, 0);
	page_write(PP_INTERRUPT, 0);
	page_write(CS_PP_BUSCTL, CS_BUSCTL_IRQ);
	REG(EXTINT1) = (REG(EXTINT1) & ~0xF0u) | EINT9_HIGH;
	REG(S3C_EINTPEND) = EINT_BIT;
	REG(S3C_EINTMASK) &= ~EINT_BIT;
	irq_attach(S3C_INT_EINT8_23, on_interrupt);
	page_write(CS_PP_LINECTL, CS_LINECTL_RXON | CS_LINECTL_TXON);
	there = true;
	return true;
}

const uint8_t *
hal_mac(void)
{
	return mac;
}

bool
ether_waiting(void)
{
	return got != taken;
}

size_t
hal_frame_receive(uint8_t frame[HAL_FRAME_MAX])
{
	const struct frame *f = &ring[taken % RING];
	size_t n = f->n;

	if (got == taken)
		return 0;
	for (size_t i = 0; i < n; i += 2) {
		frame[i] = (uint8_t)f->words[i / 2];
		if (i + 1 < n)
			frame[i + 1] = (uint8_t)(f->words[i / 2] >> 8);
	}
	hal_set_cause(f->cause);
	taken++;
	if (held_back) {
		uint32_t saved = irq_save();

		irq_unmask(S3C_INT_EINT8_23);
		on_interrupt();
		irq_restore(saved);
	}
	return n;
}

bool
hal_frame_send(const uint8_t *frame, size_t n)
{
	if (!there || n < 14 || n > HAL_FRAME_MAX)
		return false;
	PORT(CS_TXCMD) = CS_TXCMD_ALL;
	PORT(CS_TXLEN) = (uint16_t)n;
	if (!wait_for(CS_PP_BUSST, CS_BUSST_RDY4TX))
		return false;
	for (size_t i = 0; i < n; i += 2)
		PORT(CS_DATA) =
		    (uint16_t)(frame[i] | (i + 1 < n ? frame[i + 1] << 8 : 0));
	return true;
}
