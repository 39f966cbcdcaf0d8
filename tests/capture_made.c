/* What capture_made.h declares. */
#include "capture_made.h"

#include "check.h"

#include <stdlib.h>

void
made_le(struct buf *b, uint64_t v, int n)
{
	for (; n > 0; n--, v >>= 8)
		buf_putc(b, (char)(v & 255));
}

void
made_be(struct buf *b, uint64_t v, int n)
{
	while (n-- > 0)
		buf_putc(b, (char)(v >> (8 * n) & 255));
}

void
made_file(struct buf *b, uint32_t link)
{
	made_le(b, 0xa1b23c4d, 4); /* nanoseconds */
	made_le(b, 2, 2);
	made_le(b, 4, 2);
	made_le(b, 0, 8);
	made_le(b, 262144, 4);
	made_le(b, link, 4);
}

void
made_packet(struct buf *b, int64_t t, struct buf *frame)
{
	made_le(b, (uint64_t)(t / 1000000000), 4);
	made_le(b, (uint64_t)(t % 1000000000), 4);
	made_le(b, frame->n, 4);
	made_le(b, frame->n, 4);
	buf_str(b, buf_view(frame));
	buf_free(frame);
}

struct buf
made_ether(uint16_t type, struct buf *inner)
{
	struct buf b = BUF_INIT;

	made_be(&b, 0x020000000001, 6);
	made_be(&b, 0x020000000002, 6);
	made_be(&b, type, 2);
	buf_str(&b, buf_view(inner));
	buf_free(inner);
	return b;
}

struct buf
made_ip4(int from, int to, int proto, int id, int flags, struct buf *inner)
{
	struct buf b = BUF_INIT;
	uint32_t sum = 0;

	made_be(&b, 0x4500, 2);
	made_be(&b, 20 + inner->n, 2);
	made_be(&b, (uint64_t)id, 2);
	made_be(&b, (uint64_t)flags, 2);
	made_be(&b, 64, 1);
	made_be(&b, (uint64_t)proto, 1);
	made_be(&b, 0, 2);
	made_be(&b, 0xc0000200u + (unsigned)from, 4);
	made_be(&b, 0xc0000200u + (unsigned)to, 4);
	for (size_t i = 0; i < 20; i += 2)
		sum += (uint32_t)(uint8_t)b.p[i] << 8 | (uint8_t)b.p[i + 1];
	sum = (sum & 0xffff) + (sum >> 16);
	sum = ~((sum & 0xffff) + (sum >> 16));
	b.p[10] = (char)(sum >> 8);
	b.p[11] = (char)sum;
	buf_str(&b, buf_view(inner));
	buf_free(inner);
	return b;
}

struct buf
made_ip6(int from, int to, int next, struct buf *inner)
{
	struct buf b = BUF_INIT;

	made_be(&b, 0x60000000, 4);
	made_be(&b, inner->n, 2);
	made_be(&b, (uint64_t)next, 1);
	made_be(&b, 64, 1);
	for (int i = 0; i < 2; i++) {
		made_be(&b, 0x20010db800000000, 8);
		made_be(&b, (uint64_t)(i == 0 ? from : to), 8);
	}
	buf_str(&b, buf_view(inner));
	buf_free(inner);
	return b;
}

struct buf
made_udp(int sport, int dport, struct str payload)
{
	struct buf b = BUF_INIT;

	made_be(&b, (uint64_t)sport, 2);
	made_be(&b, (uint64_t)dport, 2);
	made_be(&b, 8 + payload.n, 2);
	made_be(&b, 0, 2);
	buf_str(&b, payload);
	return b;
}

struct buf
made_tcp(int sport, int dport, uint32_t seq, int flags, struct str payload)
{
	struct buf b = BUF_INIT;

	made_be(&b, (uint64_t)sport, 2);
	made_be(&b, (uint64_t)dport, 2);
	made_be(&b, seq, 4);
	made_be(&b, 0, 4);
	made_be(&b, 0x50, 1);
	made_be(&b, (uint64_t)flags, 1);
	made_be(&b, 65535, 2);
	made_be(&b, 0, 4);
	buf_str(&b, payload);
	return b;
}

void
made_message(struct buf *b, int cseq, const char *body)
{
	buf_printf(b,
	    "MESSAGE sip:bob@biloxi.example.com SIP/2.0\r\n"
	    "Via: SIP/2.0/TCP client.atlanta.example.com;branch=z9hG4bK%d\r\n"
	    "Max-Forwards: 70\r\n"
	    "From: Alice <sip:alice@atlanta.example.com>;tag=9fxced76sl\r\n"
	    "To: Bob <sip:bob@biloxi.example.com>\r\n"
	    "Call-ID: 3848276298220188511@atlanta.example.com\r\n"
	    "CSeq: %d MESSAGE\r\n"
	    "Content-Type: text/plain\r\n"
	    "Content-Length: %zu\r\n\r\n%s",
	    cseq, cseq, strlen(body), body);
}

int
made_write(const struct buf *b, char *path)
{
	int fd;

	strcpy(path, "/tmp/rung-made-XXXXXX");
	fd = mkstemp(path);
	if (fd < 0)
		return ERR_IO;
	close(fd);
	return buf_write_file(b, path);
}

struct capture *
made_open_most(const struct buf *b, uint64_t most, struct diag *d)
{
	char path[64];
	struct capture *c = NULL;
	struct capture_options o = { .memory_most = most };

	*d = DIAG_INIT;
	if (made_write(b, path) == 0)
		capture_open(&c, path, &o, d);
	unlink(path);
	return c;
}

struct capture *
made_open(const struct buf *b)
{
	struct diag d;

	return made_open_most(b, 0, &d);
}
