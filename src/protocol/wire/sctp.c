/* SCTP; see wire/sctp.h. */
#include "wire/sctp.h"

#include "base/octets.h"

/* RFC 9260 3.1, 3.3.1 */
#define CHECKSUM   8 /* where it stands */
#define DATA       0
#define WHOLE      3 /* first and last piece */
#define CHUNK_HEAD 16
/* RFC 8260 2.1: with a number of its message, so that pieces of several may
 * alternate; those of one still follow each other by TSN where they do not. */
#define I_DATA       64
#define I_CHUNK_HEAD 20
#define ANY_HEAD     4 /* of every chunk: type, flags, length (3.2) */
#define LAST         1 /* flags E and B */
#define FIRST        2

/* RFC 9260 appendix A: CRC32c, its low octet first. */
static uint32_t
crc32c(const char *p, size_t n)
{
	uint32_t crc = ~0u;

	for (size_t i = 0; i < n; i++) {
		crc ^= (uint8_t)p[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0x82F63B78u : 0);
	}
	return ~crc;
}

void
sctp_put(const struct sctp_data *s, uint32_t payload, struct str message,
    struct buf *out)
{
	size_t begin = out->n;
	uint32_t crc;

	put16(out, s->source);
	put16(out, s->destination);
	put32(out, s->tag);
	put32(out, 0);
	buf_putc(out, DATA);
	buf_putc(out, WHOLE);
	put16(out, CHUNK_HEAD + message.n);
	put32(out, s->tsn);
	put16(out, s->stream);
	put16(out, s->sequence);
	put32(out, payload);
	buf_str(out, message);
	buf_fill(out, '\0', (4 - message.n % 4) % 4);
	if (out->err != 0)
		return;
	crc = htole32(crc32c(out->p + begin, out->n - begin));
	memcpy(out->p + begin + CHECKSUM, &crc, sizeof(crc));
}

/* The chunk's contents at P, behind its HEAD, of which N octets are there of
 * SAID. */
static void
read_data(const uint8_t *p, size_t head, size_t n, size_t said,
    struct sctp_piece *out)
{
	*out = (struct sctp_piece){
		.tsn = get32(p + 4),
		.first = (p[1] & FIRST) != 0,
		.last = (p[1] & LAST) != 0,
		.cut = n < said,
		.bytes = { (const char *)p + head,
		    (n < said ? n : said) - head },
	};
}

/* The head of a chunk that has data; 0: it has none. */
static size_t
data_head(uint8_t type)
{
	return type == DATA ? CHUNK_HEAD : type == I_DATA ? I_CHUNK_HEAD : 0;
}

bool
sctp_next(struct str chunks, size_t *at, struct sctp_piece *p)
{
	while (chunks.n - *at >= ANY_HEAD) {
		const uint8_t *chunk = (const uint8_t *)chunks.p + *at;
		size_t there = chunks.n - *at, said = get16(chunk + 2);
		/* What fills it up to a multiple of four (3.2). */
		size_t step = (said + 3) / 4 * 4, head = data_head(chunk[0]);

		if (said < ANY_HEAD)
			return false;
		*at = step < there ? *at + step : chunks.n;
		if (head == 0 || said < head || there < head)
			continue;
		read_data(chunk, head, there, said, p);
		return true;
	}
	return false;
}
