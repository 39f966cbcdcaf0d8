/* What capture_pieces.h declares. */
#include "capture_pieces.h"

#include "base/gzip.h"
#include "check.h"

#include <glob.h>
#include <stdlib.h>

#define FILE_MOST (16 << 20)

static unsigned
files_like(const char *pattern, pieces_file_fn *fn)
{
	struct buf bytes = BUF_INIT;
	glob_t found;
	unsigned n = 0;

	if (glob(pattern, 0, NULL, &found) != 0)
		return 0;
	for (size_t i = 0; i < found.gl_pathc; i++) {
		buf_clear(&bytes);
		CU_ASSERT_EQUAL_FATAL(
		    buf_read_file(&bytes, found.gl_pathv[i], FILE_MOST), 0);
		fn(found.gl_pathv[i], buf_view(&bytes));
		n++;
	}
	globfree(&found);
	buf_free(&bytes);
	return n;
}

unsigned
pieces_of_files(pieces_file_fn *fn)
{
	struct buf data = BUF_INIT;
	unsigned n = files_like("examples/*.pcap", fn) +
		     files_like("tests/fuzz/corpus/capture/*", fn),
		 more;

	buf_printf(&data, "%s/pcap/*.pcap*", check_data());
	more = files_like(buf_cstr(&data), fn);
	if (more == 0)
		check_skip("no captures of other programs");
	buf_free(&data);
	return n + more;
}

struct pieces
pieces_of(struct str bytes, size_t most, uint64_t seed)
{
	return (struct pieces){ bytes, most, seed };
}

struct str
pieces_next(struct pieces *p)
{
	size_t n = p->most;
	struct str piece;

	if (p->draw != 0) {
		p->draw ^= p->draw << 13;
		p->draw ^= p->draw >> 7;
		p->draw ^= p->draw << 17;
		n = 1 + (size_t)(p->draw % p->most);
	}
	piece = str_slice(p->rest, 0, n);
	p->rest = str_slice(p->rest, piece.n, p->rest.n);
	return piece;
}

static int
keep(const char *p, size_t n, void *arg)
{
	buf_add(arg, p, n);
	return 0;
}

void
pieces_pack(struct str bytes, struct buf *out)
{
	struct gzip *z;

	CU_ASSERT_EQUAL_FATAL(gzip_create(&z, keep, out), 0);
	CU_ASSERT_EQUAL(gzip_write(z, bytes.p, bytes.n), 0);
	CU_ASSERT_EQUAL(gzip_end(z), 0);
	gzip_destroy(z);
}
