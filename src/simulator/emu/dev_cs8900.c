/*
 * Ethernet controller (Cirrus Logic CS8900A data sheet, DS271, sections 4 and
 * 5) in I/O mode, 16 bits wide.  Whole frames: one that is sent leaves when its
 * last byte is written, one that comes waits until it is read or skipped.
 * Collisions, DMA, the EEPROM (which has set the address), early interrupts
 * and the hash filter are left out.
 */
#include "emu/board_in.h"

#include <string.h>

#define PAGE   0x19000000u
#define OFFSET (S3C_ETHERNET - PAGE)
#define IO_N   16u

#define EVENT_RX      0x0004u /* register numbers in an event's low bits */
#define EVENT_TX      0x0008u
#define TX_OK         0x0100u
#define TXCFG_OK_IE   0x0100u
#define RXCTL_ALL     0x0080u /* promiscuous */
#define BUSST_BID_ERR 0x0080u
#define PP_AUTO       0x8000u
#define PP_RX         0x0400u /* status, length, data of the frame */
#define TX_IDLE       0u
#define TX_COMMANDED  1u
#define TX_READY      2u

static uint16_t
reg(const struct board *b, uint32_t pp)
{
	return b->s.cs.reg[pp / 2];
}

/* ---- receiving ---- */

static struct cs_frame *
current(struct cs8900 *cs)
{
	return &cs->queue[cs->first];
}

static bool
is_broadcast(const uint8_t *to)
{
	static const uint8_t all[6] = { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };

	return memcmp(to, all, sizeof(all)) == 0;
}

static bool
cs8900_is_own(const struct board *b, const uint8_t *to)
{
	for (unsigned i = 0; i < 6; i++)
		if (to[i] !=
		    (reg(b, CS_PP_IA + (i & ~1u)) >> 8 * (i & 1) & 0xff))
			return false;
	return true;
}

/* Whether the receiver takes a frame to TO (DS271 5.2.10). */
static bool
cs8900_accepts(const struct board *b, const uint8_t *to)
{
	uint16_t ctl = reg(b, CS_PP_RXCTL);

	if (b->s.dead != 0 || (ctl & CS_RXCTL_OK) == 0 ||
	    (reg(b, CS_PP_LINECTL) & CS_LINECTL_RXON) == 0)
		return false;
	return (ctl & RXCTL_ALL) != 0 ||
	       ((ctl & CS_RXCTL_BROADCAST) != 0 && is_broadcast(to)) ||
	       ((ctl & CS_RXCTL_IA) != 0 && cs8900_is_own(b, to));
}

bool
board_frame(struct board *b, struct str bytes, uint32_t cause)
{
	struct cs8900 *cs = &b->s.cs;
	struct cs_frame *f;

	if (bytes.n < 14 || bytes.n > CS_FRAME_MAX ||
	    !cs8900_accepts(b, (const uint8_t *)bytes.p))
		return true;
	if (cs->n == CS_RX_FRAMES) {
		if (cs->missed < 0x3ff)
			cs->missed++;
		return false;
	}
	f = &cs->queue[(cs->first + cs->n++) % CS_RX_FRAMES];
	/* The line pads short frames. */
	memset(f->bytes, 0, sizeof(f->bytes));
	memcpy(f->bytes, bytes.p, bytes.n);
	f->n = bytes.n < CS_FRAME_MIN ? CS_FRAME_MIN : (uint32_t)bytes.n;
	f->cause = cause;
	if ((reg(b, CS_PP_RXCFG) & CS_RXCFG_RXOKIE) != 0 &&
	    (reg(b, CS_PP_BUSCTL) & CS_BUSCTL_IRQ) != 0)
		gpio_eint(b, S3C_EINT_ETHERNET);
	intc_update(b);
	return true;
}

static void
cs8900_skip(struct cs8900 *cs)
{
	cs->first = (cs->first + 1) % CS_RX_FRAMES;
	cs->n--;
	cs->shown = 0;
	cs->at = 0;
}

static uint16_t
rx_status(const struct board *b, const struct cs_frame *f)
{
	return (uint16_t)(EVENT_RX | CS_RXEVENT_OK |
			  (is_broadcast(f->bytes) ? CS_RXCTL_BROADCAST : 0) |
			  (cs8900_is_own(b, f->bytes) ? CS_RXCTL_IA : 0));
}

/* RxEvent: of a frame once; the next one's makes an end of the one before
 * (DS271 5.2.5: the implied skip). */
static uint16_t
rx_event(struct board *b)
{
	struct cs8900 *cs = &b->s.cs;

	if (cs->n > 0 && cs->shown != 0)
		cs8900_skip(cs);
	if (cs->n == 0)
		return EVENT_RX;
	cs->shown = 1;
	return rx_status(b, current(cs));
}

/* The half word AT bytes into status, length and data of the frame. */
static uint16_t
rx_word(struct board *b, uint32_t at)
{
	struct cs8900 *cs = &b->s.cs;
	const struct cs_frame *f = current(cs);

	if (cs->n == 0)
		return 0;
	if (at == 0)
		return rx_status(b, f);
	if (at == 2) {
		b->s.probe.cause = f->cause;
		return (uint16_t)f->n;
	}
	at -= 4;
	return at >= f->n ? 0
	       : at + 1 == f->n
		   ? f->bytes[at]
		   : (uint16_t)(f->bytes[at] | f->bytes[at + 1] << 8);
}

static uint16_t
rx_read(struct board *b)
{
	struct cs8900 *cs = &b->s.cs;
	uint16_t word = rx_word(b, cs->at);

	if (cs->n == 0)
		return 0;
	cs->shown = 1;
	cs->at += 2;
	if (cs->at >= current(cs)->n + 4)
		cs8900_skip(cs);
	return word;
}

/* ---- sending ---- */

static uint16_t
bus_status(const struct board *b)
{
	const struct cs8900 *cs = &b->s.cs;
	uint16_t status = 0x18;

	if (cs->tx_state == TX_READY)
		status |= CS_BUSST_RDY4TX;
	else if (cs->tx_wanted > CS_FRAME_MAX)
		status |= BUSST_BID_ERR;
	return status;
}

static void
set_tx_length(struct board *b, uint16_t n)
{
	struct cs8900 *cs = &b->s.cs;

	cs->tx_wanted = n;
	cs->tx_n = 0;
	if (cs->tx_state == TX_COMMANDED && n >= 14 && n <= CS_FRAME_MAX &&
	    (reg(b, CS_PP_LINECTL) & CS_LINECTL_TXON) != 0)
		cs->tx_state = TX_READY;
}

static void
tx_write(struct board *b, uint16_t word)
{
	struct cs8900 *cs = &b->s.cs;
	uint32_t n = cs->tx_wanted;

	if (cs->tx_state != TX_READY)
		return;
	cs->tx[cs->tx_n++] = (uint8_t)word;
	cs->tx[cs->tx_n++] = (uint8_t)(word >> 8);
	if (cs->tx_n < n)
		return;
	if (n < CS_FRAME_MIN) {
		memset(cs->tx + n, 0, CS_FRAME_MIN - n);
		n = CS_FRAME_MIN;
	}
	cs->tx_state = TX_IDLE;
	cs->tx_event = 1;
	if ((reg(b, CS_PP_TXCFG) & TXCFG_OK_IE) != 0 &&
	    (reg(b, CS_PP_BUSCTL) & CS_BUSCTL_IRQ) != 0)
		gpio_eint(b, S3C_EINT_ETHERNET);
	board_say(b, BOARD_OUT_FRAME, 0, cs->tx, n);
}

static uint16_t
tx_event(struct board *b)
{
	uint16_t event = EVENT_TX | (b->s.cs.tx_event != 0 ? TX_OK : 0);

	b->s.cs.tx_event = 0;
	return event;
}

/* ---- registers ---- */

/* The event with the interrupt enabled that is reported next; 0. */
static uint16_t
interrupt_status(struct board *b)
{
	struct cs8900 *cs = &b->s.cs;
	uint32_t waiting = cs->n - (cs->n > 0 && cs->shown != 0);

	if ((reg(b, CS_PP_TXCFG) & TXCFG_OK_IE) != 0 && cs->tx_event != 0)
		return tx_event(b);
	if ((reg(b, CS_PP_RXCFG) & CS_RXCFG_RXOKIE) != 0 && waiting > 0)
		return rx_event(b);
	return 0;
}

static uint16_t
missed(struct board *b)
{
	uint16_t n = (uint16_t)(b->s.cs.missed << 6 | 0x10);

	b->s.cs.missed = 0;
	return n;
}

static uint16_t
pp_read(struct board *b, uint32_t pp)
{
	switch (pp) {
	case CS_PP_ID:
		return CS_ID;
	case CS_PP_RXEVENT:
		return rx_event(b);
	case CS_PP_TXEVENT:
		return tx_event(b);
	case CS_PP_BUFEVENT:
		return 0x0c;
	case CS_PP_RXMISS:
		return missed(b);
	case CS_PP_SELFST:
		return CS_SELFST_INITD | 0x16;
	case CS_PP_BUSST:
		return bus_status(b);
	default:
		break;
	}
	if (pp >= PP_RX && pp < PP_RX + 4 + CS_FRAME_MAX)
		return rx_word(b, pp - PP_RX);
	return pp / 2 < CS_REGS ? b->s.cs.reg[pp / 2] : 0;
}

static void
cs8900_reset(struct board *b)
{
	struct cs8900 *cs = &b->s.cs;
	const uint8_t *mac = b->config.mac;

	memset(cs, 0, sizeof(*cs));
	for (unsigned i = 0; i < 6; i += 2)
		cs->reg[(CS_PP_IA + i) / 2] =
		    (uint16_t)(mac[i] | mac[i + 1] << 8);
}

static void
pp_write(struct board *b, uint32_t pp, uint16_t value)
{
	struct cs8900 *cs = &b->s.cs;

	if (pp == CS_PP_SELFCTL && (value & CS_SELFCTL_RESET) != 0) {
		cs8900_reset(b);
		return;
	}
	if (pp == CS_PP_RXCFG && (value & CS_RXCFG_SKIP) != 0) {
		if (cs->n > 0)
			cs8900_skip(cs);
		value &= (uint16_t)~CS_RXCFG_SKIP;
	}
	if (pp / 2 < CS_REGS)
		cs->reg[pp / 2] = value;
}

/* The PacketPage register pointed at; the pointer may move on by itself. */
static uint32_t
pointed(struct cs8900 *cs)
{
	uint32_t pp = cs->pp & 0x0ffeu;

	if ((cs->pp & PP_AUTO) != 0)
		cs->pp = (uint16_t)(PP_AUTO | ((pp + 2) & 0x0ffe));
	return pp;
}

static uint32_t
cs8900_read(struct board *b, uint32_t offset)
{
	if (offset < OFFSET || offset >= OFFSET + IO_N)
		return 0;
	switch (offset - OFFSET) {
	case CS_DATA:
	case CS_DATA + 2:
		return rx_read(b);
	case CS_ISQ:
		return interrupt_status(b);
	case CS_PP:
		return b->s.cs.pp;
	case CS_PPDATA:
	case CS_PPDATA + 2:
		return pp_read(b, pointed(&b->s.cs));
	default:
		return 0;
	}
}

static void
cs8900_write(struct board *b, uint32_t offset, uint32_t value)
{
	struct cs8900 *cs = &b->s.cs;

	if (offset < OFFSET || offset >= OFFSET + IO_N)
		return;
	switch (offset - OFFSET) {
	case CS_DATA:
	case CS_DATA + 2:
		tx_write(b, (uint16_t)value);
		break;
	case CS_TXCMD:
		cs->tx_state = TX_COMMANDED;
		break;
	case CS_TXLEN:
		set_tx_length(b, (uint16_t)value);
		break;
	case CS_PP:
		cs->pp = (uint16_t)value;
		break;
	case CS_PPDATA:
	case CS_PPDATA + 2:
		pp_write(b, pointed(cs), (uint16_t)value);
		break;
	default:
		break;
	}
}

const struct device device_cs8900 = {
	.base = PAGE,
	.narrow = true,
	.read = cs8900_read,
	.write = cs8900_write,
	.reset = cs8900_reset,
};
