/*
 * The blocks of a pcapng file, draft-ietf-opsawg-pcapng: each a type, its
 * length, a body, options, and its length again, padded to 32 bits.  All
 * numbers are written in little-endian order on every machine.
 */
#include "text/utf8.h"
#include "writing/pcapng_in.h"

enum {
	BLOCK_SECTION = 0x0a0d0d0a,
	BLOCK_INTERFACE = 1,
	BLOCK_PACKET = 6,

	BYTE_ORDER_MAGIC = 0x1a2b3c4d,
	LINKTYPE_ETHERNET = 1,

	/* of all blocks */
	OPTION_END = 0,
	OPTION_COMMENT = 1,
	/* of a section */
	OPTION_PROGRAM = 4,
	/* of an interface */
	OPTION_NAME = 2,
	OPTION_DESCRIPTION = 3,
	OPTION_TIME_UNIT = 9,
	/* of a packet */
	OPTION_FLAGS = 2,
	OPTION_PACKET_ID = 5,

	FLAG_INBOUND = 1,
	FLAG_OUTBOUND = 2,
};

static void
pcapng_file_put_number(struct buf *b, uint64_t v, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		buf_putc(b, (char)(v >> 8 * i & 0xff));
}

static void
put16(struct buf *b, uint32_t v)
{
	pcapng_file_put_number(b, v, 2);
}

static void
put32(struct buf *b, uint32_t v)
{
	pcapng_file_put_number(b, v, 4);
}

static void
pad_block(struct buf *b, size_t n)
{
	buf_fill(b, '\0', (4 - n % 4) % 4);
}

static void
pcapng_file_put_option(struct buf *b, unsigned code, struct str value)
{
	put16(b, code);
	put16(b, (uint32_t)value.n);
	buf_str(b, value);
	pad_block(b, value.n);
}

static void
put_option_number(struct buf *b, unsigned code, uint64_t v, size_t bytes)
{
	char little[8];

	for (size_t i = 0; i < bytes; i++)
		little[i] = (char)(v >> 8 * i & 0xff);
	pcapng_file_put_option(b, code, (struct str){ little, bytes });
}

/* UTF-8 without controls, not too long; an empty text is left out. */
static void
put_option_text(struct pcapng_file *f, unsigned code, struct str text)
{
	buf_clear(&f->text);
	utf8_add_safe_lines(&f->text, str_slice(text, 0, PCAPNG_TEXT_MOST));
	if (f->text.err != 0)
		f->block.err = f->text.err;
	text = buf_view(&f->text);
	/* what was cut in the middle of a character, or grew by being made
	 * safe */
	if (text.n > PCAPNG_TEXT_MOST) {
		text.n = PCAPNG_TEXT_MOST;
		while ((text.p[text.n] & 0xc0) == 0x80)
			text.n--;
	}
	if (text.n > 0)
		pcapng_file_put_option(&f->block, code, text);
}

static void
pcapng_file_begin_block(struct pcapng_file *f, uint32_t type)
{
	buf_clear(&f->block);
	put32(&f->block, type);
	put32(&f->block, 0);
}

static void
end_block(struct pcapng_file *f)
{
	struct buf *b = &f->block;
	uint32_t n;

	pcapng_file_put_option(b, OPTION_END, STR_NULL);
	n = (uint32_t)b->n + 4;
	put32(b, n);
	if (f->err == 0)
		f->err = b->err;
	if (f->err != 0)
		return;
	for (size_t i = 0; i < 4; i++)
		b->p[4 + i] = (char)(n >> 8 * i & 0xff);
	f->err = f->sink(b->p, b->n, f->arg);
}

void
pcapng_put_section(
    struct pcapng_file *f, const char *program, struct str comment)
{
	pcapng_file_begin_block(f, BLOCK_SECTION);
	put32(&f->block, BYTE_ORDER_MAGIC);
	put16(&f->block, 1); /* version 1.0 */
	put16(&f->block, 0);
	/* the section's length: not known, as it is written in pieces */
	pcapng_file_put_number(&f->block, UINT64_MAX, 8);
	put_option_text(f, OPTION_COMMENT, comment);
	put_option_text(f, OPTION_PROGRAM, str_of(program));
	end_block(f);
}

void
pcapng_put_interface(
    struct pcapng_file *f, struct str name, struct str description)
{
	pcapng_file_begin_block(f, BLOCK_INTERFACE);
	put16(&f->block, LINKTYPE_ETHERNET);
	put16(&f->block, 0);
	put32(&f->block, 0); /* packets are whole */
	put_option_text(f, OPTION_NAME, name);
	put_option_text(f, OPTION_DESCRIPTION, description);
	put_option_number(&f->block, OPTION_TIME_UNIT, 9, 1); /* 10^-9 s */
	end_block(f);
}

void
pcapng_put_packet(struct pcapng_file *f, const struct pcapng_packet *p)
{
	pcapng_file_begin_block(f, BLOCK_PACKET);
	put32(&f->block, p->interface);
	put32(&f->block, (uint32_t)(p->ns >> 32));
	put32(&f->block, (uint32_t)p->ns);
	put32(&f->block, (uint32_t)p->frame.n);
	put32(&f->block, (uint32_t)p->frame.n);
	buf_str(&f->block, p->frame);
	pad_block(&f->block, p->frame.n);
	put_option_text(f, OPTION_COMMENT, p->comment);
	put_option_number(&f->block, OPTION_FLAGS,
	    p->inbound ? FLAG_INBOUND : FLAG_OUTBOUND, 4);
	put_option_number(&f->block, OPTION_PACKET_ID, p->id, 8);
	end_block(f);
}

void
pcapng_file_free(struct pcapng_file *f)
{
	buf_free(&f->block);
	buf_free(&f->text);
}
