/* See surveillance/ptz.h. */
#include "surveillance/ptz.h"

#include "base/i18n.h"
#include "base/rows.h"

#define BEGIN   0xA5u
#define VERSION 0x0Fu /* (A + 5 + 0) mod 16 below the version 0 */
#define OCTETS  8

enum place {
	DATA1,
	DATA2,
	DATA3,
	BOTH, /* data 2 and, above it, data 3: 12 bits */
};

/* Parts of a command: the bits that say so, of which bits they are, where their
 * number stands, what they do.  Those whose mask is less than all go together
 * with others of their family (A.3.2, A.3.3). */
/* clang-format off */
static const struct {
	const char *word;
	unsigned char bits, mask;
	enum place place;
	const char *text; /* with the number */
} parts[] = {
	{ "right", 0x01, 0xC3, DATA1, N_("It turns right, at speed %u of 255.") },
	{ "left", 0x02, 0xC3, DATA1, N_("It turns left, at speed %u of 255.") },
	{ "down", 0x04, 0xCC, DATA2, N_("It tilts down, at speed %u of 255.") },
	{ "up", 0x08, 0xCC, DATA2, N_("It tilts up, at speed %u of 255.") },
	{ "in", 0x10, 0xF0, DATA3, N_("It zooms in, at speed %u of 15.") },
	{ "out", 0x20, 0xF0, DATA3, N_("It zooms out, at speed %u of 15.") },
	{ "far", 0x41, 0xF3, DATA1, N_("It focuses farther away, at speed %u of 255.") },
	{ "near", 0x42, 0xF3, DATA1, N_("It focuses nearer, at speed %u of 255.") },
	{ "open", 0x44, 0xFC, DATA2, N_("It opens the iris, at speed %u of 255.") },
	{ "close", 0x48, 0xFC, DATA2, N_("It closes the iris, at speed %u of 255.") },
	{ "set", 0x81, 0xFF, DATA2, N_("It stores the present position as preset %u.") },
	{ "call", 0x82, 0xFF, DATA2, N_("It turns to preset %u.") },
	{ "delete", 0x83, 0xFF, DATA2, N_("It deletes preset %u.") },
	{ "add_point", 0x84, 0xFF, DATA2, N_("It adds preset %u to the cruise.") },
	{ "delete_point", 0x85, 0xFF, DATA2, N_("It removes preset %u from the cruise; 0 removes all.") },
	{ "cruise_speed", 0x86, 0xFF, BOTH, N_("The speed of the cruise is %u.") },
	{ "cruise_stay", 0x87, 0xFF, BOTH, N_("It stays %u s at each preset of the cruise.") },
	{ "cruise", 0x88, 0xFF, DATA1, N_("It starts cruise %u.") },
	{ "scan", 0x89, 0xFF, DATA1, N_("It starts scan %u, or sets its edge: data 2 is 1 for the left edge, 2 for the right edge.") },
	{ "scan_speed", 0x8A, 0xFF, BOTH, N_("The speed of the scan is %u.") },
	{ "on", 0x8C, 0xFF, DATA1, N_("It turns on switch %u; 1 is the wiper.") },
	{ "off", 0x8D, 0xFF, DATA1, N_("It turns off switch %u; 1 is the wiper.") },
};
/* clang-format on */

const char *
ptz_fault_words(enum ptz_fault fault)
{
	static const char *const words[] = { PTZ_FAULTS(ROW_WORD) };

	return words[fault];
}

/* All bits of the command are those of parts; opposite ones are none. */
static bool
is_command(unsigned char command)
{
	unsigned char seen = command & 0x40;

	if (command == 0x00 || command == 0x40)
		return true;
	for (size_t i = 0; i < COUNT_OF(parts); i++)
		if ((command & parts[i].mask) == parts[i].bits)
			seen |= parts[i].bits;
	return seen == command;
}

enum ptz_fault
ptz_read(struct str text, struct ptz *p)
{
	unsigned char b[OCTETS];
	uint64_t all;
	unsigned sum = 0;

	*p = (struct ptz){ 0 };
	if (str_hex(text, PTZ_DIGITS, &all) != 0)
		return PTZ_FAULT_LENGTH;
	for (size_t i = 0; i < OCTETS; i++) {
		b[i] = (unsigned char)(all >> (56 - 8 * i));
		sum += i < OCTETS - 1 ? b[i] : 0;
	}
	p->address = b[2] | (b[6] & 0x0Fu) << 8;
	p->command = b[3];
	p->data1 = b[4];
	p->data2 = b[5];
	p->data3 = b[6] >> 4;
	p->sum = (unsigned char)sum;
	return b[0] != BEGIN             ? PTZ_FAULT_START
	       : b[1] != VERSION         ? PTZ_FAULT_VERSION
	       : b[7] != p->sum          ? PTZ_FAULT_SUM
	       : !is_command(p->command) ? PTZ_FAULT_COMMAND
					 : PTZ_FAULT_NONE;
}

void
ptz_write(const struct ptz *p, struct buf *out)
{
	unsigned b[OCTETS] = { BEGIN, VERSION, p->address & 0xFFu, p->command,
		p->data1, p->data2, p->data3 << 4 | p->address >> 8 };

	for (size_t i = 0; i < OCTETS - 1; i++)
		b[OCTETS - 1] += b[i];
	for (size_t i = 0; i < OCTETS; i++)
		buf_printf(out, "%02X", b[i] & 0xFFu);
}

static unsigned
ptz_number_of(const struct ptz *p, enum place place)
{
	return place == DATA1   ? p->data1
	       : place == DATA2 ? p->data2
	       : place == DATA3 ? p->data3
				: p->data2 | (unsigned)p->data3 << 8;
}

/* The row of the I-th part that P has. */
static size_t
part_row(const struct ptz *p, size_t i)
{
	size_t row = 0;

	for (; row < COUNT_OF(parts); row++)
		if ((p->command & parts[row].mask) == parts[row].bits &&
		    i-- == 0)
			break;
	return row;
}

const char *
ptz_part(const struct ptz *p, size_t i, unsigned *n)
{
	size_t row = part_row(p, i);

	if (row == COUNT_OF(parts))
		return NULL;
	*n = ptz_number_of(p, parts[row].place);
	return parts[row].word;
}

void
ptz_say(const struct ptz *p, struct buf *out)
{
	size_t row, n = 0;

	for (; (row = part_row(p, n)) < COUNT_OF(parts); n++) {
		buf_printf(out, _(parts[row].text),
		    ptz_number_of(p, parts[row].place));
		buf_putc(out, '\n');
	}
	if (n == 0 && (p->command == 0x00 || p->command == 0x40))
		buf_printf(out, "%s\n",
		    p->command == 0x00
			? _("It stops: turning, zooming, cruise and scan.")
			: _("Focus and iris stop."));
	if (p->command >= 0x84 && p->command <= 0x87) {
		buf_printf(out, _("This is cruise %u."), p->data1);
		buf_putc(out, '\n');
	}
}

bool
ptz_put(struct ptz *p, struct str word, uint64_t n)
{
	static const unsigned most[] = { 0xFF, 0xFF, 0xF, 0xFFF };
	size_t row = ROWS_FIND(word, parts);
	unsigned char command;

	if (row == COUNT_OF(parts) || n > most[parts[row].place])
		return false;
	command = p->command | parts[row].bits;
	if ((command & parts[row].mask) != parts[row].bits ||
	    !is_command(command) ||
	    (p->command != 0 && ((p->command ^ command) & 0xC0) != 0))
		return false;
	p->command = command;
	if (parts[row].place == DATA1)
		p->data1 = (unsigned char)n;
	else if (parts[row].place == DATA3)
		p->data3 = (unsigned char)n;
	else
		p->data2 = (unsigned char)n;
	if (parts[row].place == BOTH)
		p->data3 = (unsigned char)(n >> 8);
	return true;
}
