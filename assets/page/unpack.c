/*
 * What is packed in the page, unpacked in its browser: LZMA and PPMd by the
 * sources of 7-Zip (public domain), with neither a system nor a C library.  A
 * module unpacks once: what it takes of its memory it gives back as a whole, by
 * whoever forgets the module (assets/page/unpack.js).
 */
#include "LzmaDec.h"
#include "Ppmd7.h"

#define WASM_PAGE ((size_t)65536)
#define STEP      ((size_t)1 << 20) /* by which what is unpacked grows */
/* xz --format=lzma: the properties, and a length that it leaves open. */
#define LZMA_HEAD ((size_t)13)
/* Of a 7z archive: where its one file lies packed, and how long it is so. */
#define ARCHIVE_HEAD   ((size_t)32)
#define ARCHIVE_LENGTH ((size_t)12)
/* A coder with the number of PPMd, and five bytes of properties: its order, and
 * its memory, the lowest byte first (7zFormat.txt).  For less text an archiver
 * takes less memory than it was told to. */
static const unsigned char ppmd_coder[] = { 0x23, 3, 4, 1, 5 };
#define PPMD_PROPERTIES ((size_t)5)

extern unsigned char __heap_base;

static unsigned char *room_end = &__heap_base;
static size_t unpacked_length;

static int
has_memory(size_t end)
{
	size_t have = __builtin_wasm_memory_size(0) * WASM_PAGE;

	return end <= have ||
	       __builtin_wasm_memory_grow(
		   0, (end - have + WASM_PAGE - 1) / WASM_PAGE) != (size_t)-1;
}

/* Room for N bytes; NULL where the browser has no more. */
unsigned char *
room(size_t n)
{
	unsigned char *at =
	    (unsigned char *)(((size_t)room_end + 15) & ~(size_t)15);

	if (!has_memory((size_t)at + n))
		return NULL;
	room_end = at + n;
	return at;
}

static void *
take_room(ISzAllocPtr rooms, size_t n)
{
	(void)rooms;
	return room(n);
}

static void
leave_room(ISzAllocPtr rooms, void *at)
{
	(void)rooms;
	(void)at;
}

static const ISzAlloc unpack_rooms = { take_room, leave_room };

/* How long what was unpacked is, in bytes. */
size_t
length(void)
{
	return unpacked_length;
}

/* What the N bytes at FROM, a file of LZMA, have packed; NULL where that is cut
 * or something else. */
unsigned char *
lzma(const unsigned char *from, size_t n)
{
	CLzmaDec d;
	size_t at = LZMA_HEAD, taken;
	ELzmaStatus status = LZMA_STATUS_NOT_SPECIFIED;

	LzmaDec_CONSTRUCT(&d);
	if (n < LZMA_HEAD || LzmaDec_AllocateProbs(&d, from, LZMA_PROPS_SIZE,
				 &unpack_rooms) != SZ_OK)
		return NULL;
	d.dic = room(0);
	d.dicBufSize = 0;
	LzmaDec_Init(&d);
	while (status != LZMA_STATUS_FINISHED_WITH_MARK) {
		if (d.dicPos == d.dicBufSize)
			d.dicBufSize += STEP;
		taken = n - at;
		if (!has_memory((size_t)d.dic + d.dicBufSize) ||
		    LzmaDec_DecodeToDic(&d, d.dicBufSize, from + at, &taken,
			LZMA_FINISH_ANY, &status) != SZ_OK ||
		    status == LZMA_STATUS_NEEDS_MORE_INPUT)
			return NULL;
		at += taken;
	}
	unpacked_length = d.dicPos;
	return d.dic;
}

struct packed {
	IByteIn in; /* the first member: PPMd knows no other */
	const unsigned char *at, *end;
};

static Byte
next_byte(IByteInPtr in)
{
	struct packed *p = (struct packed *)in;

	return p->at < p->end ? *p->at++ : 0;
}

static size_t
read_length(const unsigned char *from)
{
	return from[0] | (size_t)from[1] << 8 | (size_t)from[2] << 16 |
	       (size_t)from[3] << 24;
}

/* The properties of PPMd between FROM and END, an archive's header; NULL: there
 * are none. */
static const unsigned char *
find_properties(const unsigned char *from, const unsigned char *end)
{
	size_t same = 0;

	for (; same < sizeof(ppmd_coder) && from < end; from++)
		same = *from == ppmd_coder[same] ? same + 1
		       : *from == ppmd_coder[0]  ? 1
						 : 0;
	return same < sizeof(ppmd_coder) ||
		       (size_t)(end - from) < PPMD_PROPERTIES
		   ? NULL
		   : from;
}

/* As lzma, of a 7z archive of one file, packed by PPMd, with the file's length
 * behind it. */
unsigned char *
ppmd(const unsigned char *from, size_t n)
{
	struct packed p = { .in = { next_byte } };
	CPpmd7 model;
	const unsigned char *properties;
	unsigned char *to;
	size_t packed, all;

	if (n < ARCHIVE_HEAD + 4)
		return NULL;
	packed = read_length(from + ARCHIVE_LENGTH);
	all = read_length(from + n - 4);
	p.at = from + ARCHIVE_HEAD;
	if (packed > n - ARCHIVE_HEAD - 4)
		return NULL;
	p.end = p.at + packed;
	properties = find_properties(p.end, from + n - 4);
	Ppmd7_Construct(&model);
	to = room(all);
	if (properties == NULL || properties[0] < PPMD7_MIN_ORDER ||
	    properties[0] > PPMD7_MAX_ORDER || to == NULL ||
	    !Ppmd7_Alloc(
		&model, (UInt32)read_length(properties + 1), &unpack_rooms))
		return NULL;
	model.rc.dec.Stream = &p.in;
	if (!Ppmd7z_RangeDec_Init(&model.rc.dec))
		return NULL;
	Ppmd7_Init(&model, properties[0]);
	for (size_t i = 0; i < all; i++) {
		int byte = Ppmd7z_DecodeSymbol(&model);

		if (byte < 0)
			return NULL;
		to[i] = (unsigned char)byte;
	}
	if (p.at != p.end || !Ppmd7z_RangeDec_IsFinishedOK(&model.rc.dec))
		return NULL;
	unpacked_length = all;
	return to;
}
