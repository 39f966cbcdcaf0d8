/*
 * The files that captures lie in: pcap, a head of 24 bytes, then each packet
 * behind a head of its own; and pcapng, blocks.
 */
#include "packets/pcap_file.h"

#include "base/array.h"
#include "base/err.h"
#include "base/mem.h"
#include "wire/bytes.h"

/* Interfaces of one section that are kept apart. */
#define PCAP_FILE_INTERFACES 4096

/* ---- pcap ---- */

#define FILE_HEAD   24
#define PACKET_MOST 262144 /* as libpcap and Wireshark have it */

/* What a pcap file may begin with; "modified" is what some Linux wrote. */
static const struct pcap_magic {
	uint32_t value;
	bool nano;
	uint8_t head;
} magics[] = {
	{ 0xa1b2c3d4, false, 16 },
	{ 0xa1b23c4d, true, 16 },
	{ 0xa1b2cd34, false, 24 },
};

static const struct pcap_magic *
find_magic(struct str head, bool *swapped)
{
	for (int order = 0; order < 2; order++)
		for (size_t i = 0; i < COUNT_OF(magics); i++)
			if (head.n >= 4 &&
			    file_get32(head.p, order == 1) == magics[i].value) {
				*swapped = order == 1;
				return &magics[i];
			}
	return NULL;
}

bool
pcap_file_is(struct str head)
{
	bool swapped;

	return str_starts(head, "\x0a\x0d\x0d\x0a") ||
	       find_magic(head, &swapped) != NULL;
}

void
pcap_file_begin(
    struct pcap_file *c, struct source *source, struct diag *trouble)
{
	c->source = source;
	c->trouble = trouble;
}

/* What the file's head says, of which HEAD has all or what there is. */
static void
read_file_head(struct pcap_file *c, struct str head)
{
	const struct pcap_magic *magic = find_magic(head, &c->swapped);

	c->begun = true;
	c->ng = magic == NULL;
	if (!c->ng) {
		c->nano = magic->nano;
		c->head = magic->head;
	}
	if (head.n < FILE_HEAD) {
		diag_set(c->trouble, ERR_SYNTAX, NULL, 0,
		    _("the capture ends in its first bytes"));
		return;
	}
	if (c->ng)
		return;
	/* The upper bits say how long the frames' check sums are. */
	c->link = file_get32(head.p + 20, c->swapped) & 0xffff;
	source_skip(c->source, FILE_HEAD);
}

void
pcap_file_end(struct pcap_file *c)
{
	mem_free(c->interfaces);
	c->interfaces = NULL;
	c->ninterfaces = 0;
}

/* The next N bytes were wanted, and are not all there. */
static enum pcap_file_got
say_torn(struct pcap_file *c)
{
	if (source_waits(c->source))
		return PCAP_FILE_WAITS;
	diag_set(c->trouble, ERR_SYNTAX, NULL, 0,
	    _("the capture ends inside packet %llu"),
	    (unsigned long long)c->number + 1);
	return PCAP_FILE_END;
}

static enum pcap_file_got
pcap_file_next_pcap(struct pcap_file *c, struct packet *p)
{
	struct str in = source_look(c->source, c->head);
	uint32_t kept, fraction;
	uint64_t at;

	if (in.n == 0 && !source_waits(c->source))
		return PCAP_FILE_END;
	if (in.n < c->head)
		return say_torn(c);
	kept = file_get32(in.p + 8, c->swapped);
	if (kept > PACKET_MOST) {
		diag_set(c->trouble, ERR_SYNTAX, NULL, 0,
		    _("packet %llu claims to have %u bytes; what follows is "
		      "not read"),
		    (unsigned long long)c->number + 1, kept);
		return PCAP_FILE_END;
	}
	in = source_look(c->source, c->head + kept);
	if (in.n < c->head + kept)
		return say_torn(c);
	fraction = file_get32(in.p + 4, c->swapped);
	at = source_at(c->source);
	*p = (struct packet){
		.t = (int64_t)file_get32(in.p, c->swapped) * 1000000000 +
		     (int64_t)fraction * (c->nano ? 1 : 1000),
		.number = ++c->number,
		.at = at + c->head,
		.link = c->link,
		.data = str_slice(in, c->head, c->head + kept),
		.length = file_get32(in.p + 12, c->swapped),
	};
	/* The bytes stay in the window until it is looked at again. */
	source_skip(c->source, c->head + kept);
	return PCAP_FILE_PACKET;
}

#define BLOCK_INTERFACE 1
#define BLOCK_OLD       2 /* Packet Block, obsolete */
#define BLOCK_SIMPLE    3
#define BLOCK_PACKET    6
#define OPTION_TSRESOL  9
#define OPTION_TSOFFSET 14

static void
block_read_options(
    struct pcap_file *c, struct pcap_file_interface *i, struct str s)
{
	while (s.n >= 4) {
		unsigned code = file_get16(s.p, c->swapped);
		size_t n = file_get16(s.p + 2, c->swapped);
		struct str value = str_slice(s, 4, 4 + n);

		if (code == 0)
			return;
		if (code == OPTION_TSRESOL && value.n >= 1)
			i->resol = (uint8_t)value.p[0];
		if (code == OPTION_TSOFFSET && value.n >= 8) {
			uint64_t low = file_get32(value.p, c->swapped);
			uint64_t high = file_get32(value.p + 4, c->swapped);

			if (c->swapped)
				i->offset = (int64_t)(low << 32 | high);
			else
				i->offset = (int64_t)(high << 32 | low);
		}
		s = str_slice(s, 4 + octets_padded(n), s.n);
	}
}

/* 4.2: LinkType, Reserved, SnapLen, options. */
static bool
add_interface(struct pcap_file *c, struct str body)
{
	struct pcap_file_interface *i;

	if (body.n < 8 || c->ninterfaces >= PCAP_FILE_INTERFACES)
		return true;
	if (ARRAY_ROOM(&c->interfaces, &c->cap, c->ninterfaces + 1) != 0) {
		diag_fail(c->trouble, ERR_NOMEM);
		return false;
	}
	i = &c->interfaces[c->ninterfaces++];
	*i = (struct pcap_file_interface){
		.link = file_get16(body.p, c->swapped),
		.snap = file_get32(body.p + 4, c->swapped),
		.resol = 6,
	};
	block_read_options(c, i, str_slice(body, 8, body.n));
	return true;
}

/* Where the parts of a packet's block stand. */
struct shape {
	size_t head;
	bool stamped, old;
};

static const uint64_t tens[] = { 1, 10, 100, 1000, 10000, 100000, 1000000,
	10000000, 100000000, 1000000000 };

/* TICKS of the interface's clock as nanoseconds (section 4.2, if_tsresol). */
static int64_t
to_ns(const struct pcap_file_interface *i, uint64_t ticks)
{
	unsigned n = i->resol & 0x7f;
	uint64_t ns, seconds;

	if ((i->resol & 0x80) != 0 && n < 64) {
		seconds = n == 0 ? ticks : ticks >> n;
		ticks -= n == 0 ? ticks : seconds << n;
		/* Below 2^34, so that the product is below 2^64. */
		if (n > 34) {
			ticks >>= n - 34;
			n = 34;
		}
		ns = seconds * tens[9] + ((ticks * tens[9]) >> n);
	} else if ((i->resol & 0x80) != 0) {
		ns = 0;
	} else if (n <= 9) {
		ns = ticks * tens[9 - n];
	} else {
		for (; n > 9 && ticks > 0; n--)
			ticks /= 10;
		ns = ticks;
	}
	ns += (uint64_t)i->offset * tens[9];
	/* Never negative, so that times can be subtracted. */
	return ns <= INT64_MAX ? (int64_t)ns : 0;
}

static bool
read_packet_block(struct pcap_file *c, struct str body, struct shape shape,
    uint64_t at, struct packet *p)
{
	const char *b = body.p;
	bool sw = c->swapped;
	uint32_t id = 0, kept, length;
	const struct pcap_file_interface *i;

	c->number++;
	if (body.n < shape.head)
		return false;
	length = file_get32(b + shape.head - 4, sw);
	kept = length;
	if (shape.stamped) {
		id = shape.old ? file_get16(b, sw) : file_get32(b, sw);
		kept = file_get32(b + 12, sw);
	}
	if (id >= c->ninterfaces)
		return false;
	i = &c->interfaces[id];
	if (!shape.stamped && i->snap != 0 && kept > i->snap)
		kept = i->snap;
	if (kept > PACKET_MOST || kept > body.n - shape.head)
		kept = (uint32_t)(body.n - shape.head);
	*p = (struct packet){
		.t = shape.stamped
			 ? to_ns(i, (uint64_t)file_get32(b + 4, sw) << 32 |
					file_get32(b + 8, sw))
			 : 0,
		.number = c->number,
		.at = at + shape.head,
		.interface = c->first + id,
		.link = i->link,
		.data = str_slice(body, shape.head, shape.head + kept),
		.length = length,
	};
	return true;
}

/* Blocks that are not read need not be in the window. */
static bool
is_looked_into(uint32_t kind)
{
	return kind == BLOCK_INTERFACE || kind == BLOCK_OLD ||
	       kind == BLOCK_SIMPLE || kind == BLOCK_PACKET;
}

#define BLOCK_SECTION 0x0a0d0d0a
#define BODY_MOST     (SOURCE_WINDOW - 64)
#define ORDER_MAGIC   0x1a2b3c4d

/* A section's head says in which order its numbers stand. */
static bool
begin_section(struct pcap_file *c, struct str in)
{
	if (in.n < 12)
		return false;
	c->swapped = file_get32(in.p + 8, false) != ORDER_MAGIC;
	if (file_get32(in.p + 8, c->swapped) != ORDER_MAGIC)
		return false;
	c->first += (uint32_t)c->ninterfaces;
	c->ninterfaces = 0;
	return true;
}

static enum pcap_file_got
damaged(struct pcap_file *c, struct str in)
{
	if (in.n > 0)
		diag_set(c->trouble, ERR_SYNTAX, NULL, 0,
		    _("the capture is damaged after packet %llu; what follows "
		      "is not read"),
		    (unsigned long long)c->number);
	return PCAP_FILE_END;
}

/* IN has less than the bytes needed: more may come, or never will. */
static enum pcap_file_got
missing(struct pcap_file *c, struct str in)
{
	return source_waits(c->source) ? PCAP_FILE_WAITS : damaged(c, in);
}

/* The next block's kind and body (as much of it as the window takes), and where
 * the one after it begins.  Where the block has not come whole nothing is
 * changed that the next call would not change again. */
static enum pcap_file_got
next_block(struct pcap_file *c, uint32_t *kind, struct str *body, uint64_t *at)
{
	struct str in;
	uint64_t here = source_at(c->source);
	uint32_t n;

	if (c->next > here)
		source_skip(c->source, c->next - here);
	here = source_at(c->source);
	in = source_look(c->source, 12);
	if (in.n < 12)
		return missing(c, in);
	*kind = file_get32(in.p, c->swapped);
	if (*kind == BLOCK_SECTION && !begin_section(c, in))
		return damaged(c, in);
	n = file_get32(in.p + 4, c->swapped);
	if (n < 12 || here + n < here)
		return damaged(c, in);
	c->next = here + (n + UINT64_C(3)) / 4 * 4;
	n = n - 12 < BODY_MOST ? n - 12 : BODY_MOST;
	if (is_looked_into(*kind))
		in = source_look(c->source, 8 + n);
	else
		n = 0;
	if (in.n < 8 + (size_t)n) {
		c->next = here;
		return missing(c, in);
	}
	*body = str_slice(in, 8, 8 + n);
	*at = here + 8;
	return PCAP_FILE_PACKET;
}

/* The next packet of a pcapng file, into P. */
static enum pcap_file_got
pcap_file_next_ng(struct pcap_file *c, struct packet *p)
{
	static const struct shape shapes[] = {
		[BLOCK_OLD] = { 20, true, true },
		[BLOCK_SIMPLE] = { 4, false, false },
		[BLOCK_PACKET] = { 20, true, false },
	};
	struct str body = STR_NULL;
	enum pcap_file_got got;
	uint32_t kind = 0;
	uint64_t at = 0;

	while ((got = next_block(c, &kind, &body, &at)) == PCAP_FILE_PACKET) {
		if (kind == BLOCK_INTERFACE && !add_interface(c, body))
			return PCAP_FILE_END;
		if (is_looked_into(kind) && kind != BLOCK_INTERFACE &&
		    read_packet_block(c, body, shapes[kind], at, p))
			return PCAP_FILE_PACKET;
	}
	return got;
}

enum pcap_file_got
pcap_file_next(struct pcap_file *c, struct packet *p)
{
	enum pcap_file_got got;
	struct str head;

	if (c->ended)
		return PCAP_FILE_END;
	if (!c->begun) {
		head = source_look(c->source, FILE_HEAD);
		if (head.n < FILE_HEAD && source_waits(c->source))
			return PCAP_FILE_WAITS;
		read_file_head(c, head);
	}
	got = c->ng ? pcap_file_next_ng(c, p) : pcap_file_next_pcap(c, p);
	c->ended = got == PCAP_FILE_END;
	return got;
}
