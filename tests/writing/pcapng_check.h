/*
 * A reader of pcapng that believes nothing: block lengths, padding, options,
 * frames, checksums and fragments are computed anew.  For the tests of what
 * writing/pcapng_write.c writes.
 */
#ifndef PCAPNG_CHECK_H
#define PCAPNG_CHECK_H

#include "base/addr.h"
#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One packet of IP's upper layer, whole. */
struct seen_packet {
	uint32_t interface;
	uint64_t ns, id;
	struct addr src, dst;
	bool tcp;
	uint32_t seq, ack;
	unsigned flags, ttl, pieces;
	struct str bytes, comment;
};

typedef void seen_fn(const struct seen_packet *p, void *arg);

/* Fragments of one packet on one interface. */
struct seen_pieces {
	uint32_t interface, id, have, total;
	unsigned n;
	struct str comment;
	unsigned char bytes[65536];
};

#define SEEN_SLOTS 64

struct seen {
	const char *wrong; /* the first mistake, or NULL */
	unsigned interfaces, frames, packets, fragments;
	struct str section_comment;
	struct str names[64];
	seen_fn *fn;
	void *arg;
	struct seen_pieces *slots[SEEN_SLOTS]; /* own; while it is read */
};

static uint32_t
seen_le(const unsigned char *p, size_t n)
{
	uint32_t v = 0;

	while (n-- > 0)
		v = v << 8 | p[n];
	return v;
}

static uint32_t
seen_be(const unsigned char *p, size_t n)
{
	uint32_t v = 0;

	for (size_t i = 0; i < n; i++)
		v = v << 8 | p[i];
	return v;
}

#define SEEN_CHECK(s, condition)                        \
	do {                                            \
		if (!(condition) && (s)->wrong == NULL) \
			(s)->wrong = #condition;        \
		if ((s)->wrong != NULL)                 \
			return;                         \
	} while (0)

/* RFC 1071, over the bytes one by one. */
static uint32_t
seen_sum(const unsigned char *p, size_t n, uint32_t start)
{
	uint32_t s = start;

	for (size_t i = 0; i < n; i++) {
		s += i % 2 == 0 ? (uint32_t)p[i] << 8 : p[i];
		s = (s & 0xffff) + (s >> 16);
	}
	return s;
}

/* What IP carried, whole. */
static void
seen_content(struct seen *s, struct seen_packet *p, unsigned proto,
    const unsigned char *b, size_t n)
{
	uint32_t sum = seen_sum(p->src.ip, p->src.len, 0);

	sum = seen_sum(p->dst.ip, p->dst.len, sum);
	sum += (uint32_t)n % 65536 + proto;
	sum = (sum & 0xffff) + (sum >> 16);
	sum = seen_sum(b, n, sum);
	SEEN_CHECK(s, proto == 6 || proto == 17);
	SEEN_CHECK(s, n >= (proto == 6 ? 20 : 8));
	SEEN_CHECK(s, sum == 0xffff);
	p->src.port = (uint16_t)seen_be(b, 2);
	p->dst.port = (uint16_t)seen_be(b + 2, 2);
	p->tcp = proto == 6;
	if (p->tcp) {
		p->seq = seen_be(b + 4, 4);
		p->ack = seen_be(b + 8, 4);
		SEEN_CHECK(s, b[12] == 0x50);
		p->flags = b[13];
		p->bytes = (struct str){ (const char *)b + 20, n - 20 };
	} else {
		SEEN_CHECK(s, seen_be(b + 4, 2) == n);
		SEEN_CHECK(s, seen_be(b + 6, 2) != 0);
		p->bytes = (struct str){ (const char *)b + 8, n - 8 };
	}
	s->packets++;
	if (s->fn != NULL)
		s->fn(p, s->arg);
}

static void
seen_fragment(struct seen *s, struct seen_packet *p, unsigned proto,
    uint32_t id, uint32_t off, bool more, const unsigned char *b, size_t n)
{
	struct seen_pieces **slot =
	    &s->slots[(id * 7 + p->interface) % SEEN_SLOTS];
	struct seen_pieces *had;

	s->fragments++;
	SEEN_CHECK(s, off + n <= 65535);
	SEEN_CHECK(s, !more || n % 8 == 0);
	if (*slot == NULL)
		*slot = calloc(1, sizeof(**slot));
	had = *slot;
	SEEN_CHECK(s, had != NULL);
	if (had->n == 0 || had->id != id || had->interface != p->interface ||
	    off == 0) {
		had->id = id;
		had->interface = p->interface;
		had->have = had->total = had->n = 0;
		had->comment = p->comment;
	}
	memcpy(had->bytes + off, b, n);
	had->have += (uint32_t)n;
	had->n++;
	if (!more)
		had->total = off + (uint32_t)n;
	if (had->total == 0 || had->have != had->total)
		return;
	p->pieces = had->n;
	p->comment = had->comment;
	had->n = 0;
	seen_content(s, p, proto, had->bytes, had->total);
}

static void
seen_ipv4(
    struct seen *s, struct seen_packet *p, const unsigned char *b, size_t n)
{
	uint32_t part;

	SEEN_CHECK(s, n >= 20);
	SEEN_CHECK(s, b[0] == 0x45);
	SEEN_CHECK(s, seen_be(b + 2, 2) == n);
	SEEN_CHECK(s, seen_sum(b, 20, 0) == 0xffff);
	p->ttl = b[8];
	p->src.len = p->dst.len = 4;
	memcpy(p->src.ip, b + 12, 4);
	memcpy(p->dst.ip, b + 16, 4);
	part = seen_be(b + 6, 2);
	SEEN_CHECK(s, (part & 0xc000) == 0);
	if ((part & 0x3fff) != 0)
		seen_fragment(s, p, b[9], seen_be(b + 4, 2),
		    (part & 0x1fff) * 8, (part & 0x2000) != 0, b + 20, n - 20);
	else
		seen_content(s, p, b[9], b + 20, n - 20);
}

static void
seen_ipv6(
    struct seen *s, struct seen_packet *p, const unsigned char *b, size_t n)
{
	uint32_t part;

	SEEN_CHECK(s, n >= 40);
	SEEN_CHECK(s, b[0] >> 4 == 6);
	SEEN_CHECK(s, seen_be(b + 4, 2) == n - 40);
	p->ttl = b[7];
	p->src.len = p->dst.len = 16;
	memcpy(p->src.ip, b + 8, 16);
	memcpy(p->dst.ip, b + 24, 16);
	if (b[6] != 44) {
		seen_content(s, p, b[6], b + 40, n - 40);
		return;
	}
	SEEN_CHECK(s, n >= 48);
	part = seen_be(b + 42, 2);
	SEEN_CHECK(s, (part & 6) == 0);
	seen_fragment(s, p, b[40], seen_be(b + 44, 4), part & 0xfff8, part & 1,
	    b + 48, n - 48);
}

/* Options from B on; each text must be UTF-8 without controls.  The comment,
 * the second (a name) and the packet's id are kept. */
static void
seen_options(struct seen *s, const unsigned char *b, size_t n,
    struct str *comment, struct str *name, uint64_t *id)
{
	size_t at = 0;

	for (;;) {
		uint32_t code, len;

		SEEN_CHECK(s, at + 4 <= n);
		code = seen_le(b + at, 2);
		len = seen_le(b + at + 2, 2);
		at += 4;
		SEEN_CHECK(s, at + len <= n);
		if (code == 0)
			break;
		if (code == 1)
			*comment = (struct str){ (const char *)b + at, len };
		if (code == 2 && name != NULL)
			*name = (struct str){ (const char *)b + at, len };
		if (code == 5 && id != NULL)
			*id = seen_le(b + at, 4) |
			      (uint64_t)seen_le(b + at + 4, 4) << 32;
		for (size_t i = len; i % 4 != 0; i++)
			SEEN_CHECK(s, b[at + i] == 0);
		at += (len + 3) / 4 * 4;
	}
	SEEN_CHECK(s, at == n);
}

static void
seen_frame(struct seen *s, const unsigned char *b, size_t n)
{
	struct seen_packet p = { .pieces = 1 };
	uint32_t len, type;
	size_t padded;

	SEEN_CHECK(s, n >= 20);
	p.interface = seen_le(b, 4);
	p.ns = (uint64_t)seen_le(b + 4, 4) << 32 | seen_le(b + 8, 4);
	len = seen_le(b + 12, 4);
	SEEN_CHECK(s, p.interface < s->interfaces);
	SEEN_CHECK(s, len == seen_le(b + 16, 4));
	padded = ((size_t)len + 3) / 4 * 4;
	SEEN_CHECK(s, 20 + padded <= n && len >= 14);
	seen_options(
	    s, b + 20 + padded, n - 20 - padded, &p.comment, NULL, &p.id);
	for (size_t i = len; i < padded; i++)
		SEEN_CHECK(s, b[20 + i] == 0);
	s->frames++;
	type = seen_be(b + 32, 2);
	SEEN_CHECK(s, type == 0x0800 || type == 0x86dd);
	if (type == 0x0800)
		seen_ipv4(s, &p, b + 34, len - 14);
	else
		seen_ipv6(s, &p, b + 34, len - 14);
}

static void
seen_block(struct seen *s, uint32_t type, const unsigned char *b, size_t n)
{
	struct str comment = STR_NULL, name = STR_NULL;

	SEEN_CHECK(s, type == 0x0a0d0d0a || type == 1 || type == 6);
	if (type == 0x0a0d0d0a) {
		SEEN_CHECK(s, n >= 16 && seen_le(b, 4) == 0x1a2b3c4d);
		SEEN_CHECK(s, seen_le(b + 4, 4) == 1);
		seen_options(
		    s, b + 16, n - 16, &s->section_comment, NULL, NULL);
	} else if (type == 1) {
		SEEN_CHECK(s, n >= 8 && seen_le(b, 2) == 1);
		seen_options(s, b + 8, n - 8, &comment, &name, NULL);
		if (s->interfaces < 64)
			s->names[s->interfaces] = name;
		s->interfaces++;
	} else {
		seen_frame(s, b, n);
	}
}

static void
seen_blocks(struct seen *s, struct str file)
{
	const unsigned char *b = (const unsigned char *)file.p;
	size_t at = 0;

	SEEN_CHECK(s, file.n >= 28 && seen_le(b, 4) == 0x0a0d0d0a);
	while (at < file.n) {
		uint32_t n;

		SEEN_CHECK(s, file.n - at >= 12);
		n = seen_le(b + at + 4, 4);
		SEEN_CHECK(s, n >= 12 && n % 4 == 0 && n <= file.n - at);
		SEEN_CHECK(s, seen_le(b + at + n - 4, 4) == n);
		SEEN_CHECK(s, at == 0 || seen_le(b + at, 4) != 0x0a0d0d0a);
		seen_block(s, seen_le(b + at, 4), b + at + 8, n - 12);
		at += n;
	}
}

/* Reads FILE; FN (may be NULL) gets each packet.  S->wrong tells. */
__attribute__((unused)) static void
seen_read(struct seen *s, struct str file, seen_fn *fn, void *arg)
{
	*s = (struct seen){ .fn = fn, .arg = arg };
	seen_blocks(s, file);
	for (size_t i = 0; i < SEEN_SLOTS; i++) {
		free(s->slots[i]);
		s->slots[i] = NULL;
	}
}

#endif
