/* Zip files made by tests: APPNOTE.TXT 4.3, without dates and attributes. */
#ifndef ZIP_MADE_H
#define ZIP_MADE_H

#include "base/buf.h"
#include "fixtures/check.h"

#include <zlib.h>

struct made_zip {
	struct buf out, central;
	unsigned n;
};

static inline void
made_zip_put(struct buf *b, uint32_t v, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++)
		buf_putc(b, (char)(v >> 8 * i & 0xff));
}

/* What the headers of a file have in common, 4.3.7 and 4.3.12. */
static inline void
made_zip_put_sizes(struct buf *b, struct str data, size_t packed, size_t name)
{
	made_zip_put(b, 20, 2);
	made_zip_put(b, 0, 2);
	made_zip_put(b, Z_DEFLATED, 2);
	made_zip_put(b, 0, 4);
	made_zip_put(
	    b, (uint32_t)crc32(0, (const Bytef *)data.p, (uInt)data.n), 4);
	made_zip_put(b, (uint32_t)packed, 4);
	made_zip_put(b, (uint32_t)data.n, 4);
	made_zip_put(b, (uint32_t)name, 2);
	made_zip_put(b, 0, 2);
}

static inline void
made_zip_add(struct made_zip *z, const char *name, struct str data)
{
	struct buf packed = BUF_INIT;
	z_stream s = { .next_in = (Bytef *)(uintptr_t)data.p,
		.avail_in = (uInt)data.n };
	size_t at = z->out.n;

	CU_ASSERT_EQUAL_FATAL(
	    deflateInit2(&s, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY),
	    Z_OK);
	CU_ASSERT_EQUAL_FATAL(
	    buf_reserve(&packed, deflateBound(&s, (uLong)data.n)), 0);
	s.next_out = (Bytef *)packed.p;
	s.avail_out = (uInt)deflateBound(&s, (uLong)data.n);
	CU_ASSERT_EQUAL_FATAL(deflate(&s, Z_FINISH), Z_STREAM_END);
	packed.n = s.total_out;
	deflateEnd(&s);
	buf_add(&z->out, "PK\3\4", 4);
	made_zip_put_sizes(&z->out, data, packed.n, strlen(name));
	buf_puts(&z->out, name);
	buf_str(&z->out, buf_view(&packed));
	buf_add(&z->central, "PK\1\2", 4);
	made_zip_put(&z->central, 20, 2);
	made_zip_put_sizes(&z->central, data, packed.n, strlen(name));
	buf_fill(&z->central, '\0', 10);
	made_zip_put(&z->central, (uint32_t)at, 4);
	buf_puts(&z->central, name);
	z->n++;
	buf_free(&packed);
}

/* The whole file; Z is as in the beginning. */
static inline void
made_zip_end(struct made_zip *z, struct buf *file)
{
	buf_str(file, buf_view(&z->out));
	buf_str(file, buf_view(&z->central));
	buf_add(file, "PK\5\6", 4);
	made_zip_put(file, 0, 4);
	made_zip_put(file, z->n, 2);
	made_zip_put(file, z->n, 2);
	made_zip_put(file, (uint32_t)z->central.n, 4);
	made_zip_put(file, (uint32_t)z->out.n, 4);
	made_zip_put(file, 0, 2);
	buf_free(&z->out);
	buf_free(&z->central);
	z->n = 0;
	CU_ASSERT_EQUAL_FATAL(file->err, 0);
}

#endif
