/*
 * A capture that comes in pieces, whichever, is the one that is read at once:
 * each message with its bytes, each stream, what is missing, what is said; fed,
 * or as a file that grows; packed or not; and what is refused is refused with
 * the same sentence.
 */
#include "fixtures/capture_made.h"
#include "fixtures/capture_pieces.h"
#include "fixtures/check.h"

#include "packets/reader.h"

#include <fcntl.h>
#include <unistd.h>

static void
put_message(struct buf *out, const struct capture_message *m)
{
	buf_printf(out, "%lld %u %llu %d %llx ", (long long)m->t, m->place,
	    (unsigned long long)m->packet, m->cut, (unsigned long long)m->hash);
	addr_write(&m->src, out);
	buf_puts(out, " > ");
	addr_write(&m->dst, out);
	buf_printf(out, " %d\n", m->src.transport);
	buf_str(out, m->bytes);
}

static void
put_stream(struct buf *out, const struct capture_stream *s)
{
	addr_write(&s->src, out);
	buf_puts(out, " ~ ");
	addr_write(&s->dst, out);
	buf_printf(out, " %x %d %d %lld %lld %llu %llu %llu %u %x %lld\n",
	    s->ssrc, s->payload_type, s->rtcp, (long long)s->first,
	    (long long)s->last, (unsigned long long)s->packets,
	    (unsigned long long)s->bytes, (unsigned long long)s->lost, s->place,
	    s->icmp, (long long)s->icmp_last);
}

/* All that C tells. */
static void
put_capture(struct buf *out, struct capture *c)
{
	struct capture_reader r = capture_reader_of(c);
	LOCAL_BUF scratch = BUF_INIT;
	struct capture_message m;
	const char *said = capture_trouble(c);

	for (size_t i = 0; i < r.count; i++) {
		capture_reader_get(&r, i, &m, &scratch);
		put_message(out, &m);
	}
	for (size_t i = 0; i < r.nstreams; i++)
		put_stream(out, r.stream(r.arg, i));
	for (size_t i = 0; i < r.nremarks; i++)
		buf_printf(out, "%d %llu %llu\n", (int)r.remarks[i].kind,
		    (unsigned long long)r.remarks[i].packet,
		    (unsigned long long)r.remarks[i].n);
	for (size_t i = 0; said != NULL; i++) {
		buf_puts(out, said);
		buf_putc(out, '\n');
		said = capture_loss(c, i);
	}
}

/* What C tells, unless there was an error: that, but for the file's name, which
 * a sentence may have at its end.  Closes C. */
static void
put_outcome(struct buf *out, struct capture *c, int err, const struct diag *d)
{
	if (err == 0)
		put_capture(out, c);
	else
		buf_printf(out, "%d %.60s\n", err, d->text);
	capture_close(c);
}

/* As it is when it is read at once, from a file without a name. */
static void
at_once(struct buf *out, struct str bytes)
{
	LOCAL_BUF copy = BUF_INIT;
	struct capture *c = NULL;
	struct diag d = DIAG_INIT;
	char path[64];
	int err;

	buf_str(&copy, bytes);
	CU_ASSERT_EQUAL_FATAL(made_write(&copy, path), 0);
	err = capture_open(&c, path, NULL, &d);
	put_outcome(out, c, err, &d);
	unlink(path);
}

static void
fed(struct buf *out, struct pieces pieces)
{
	struct capture *c = NULL;
	struct diag d = DIAG_INIT;
	struct str piece;
	int err = capture_create(&c, NULL, &d);

	while (err == 0 && (piece = pieces_next(&pieces)).n > 0) {
		err = capture_feed(c, piece, &d);
		if (err == 0)
			err = capture_settle(c);
	}
	if (err == 0)
		err = capture_end(c, &d);
	put_outcome(out, c, err, &d);
}

static void
grown(struct buf *out, struct pieces pieces)
{
	struct buf nothing = BUF_INIT;
	struct capture *c = NULL;
	struct diag d = DIAG_INIT;
	struct str piece;
	char path[64];
	int err, fd;

	CU_ASSERT_EQUAL_FATAL(made_write(&nothing, path), 0);
	fd = open(path, O_WRONLY | O_APPEND);
	CU_ASSERT_FATAL(fd >= 0);
	err = capture_follow(&c, path, NULL, &d);
	while (err == 0 && (piece = pieces_next(&pieces)).n > 0) {
		CU_ASSERT(write(fd, piece.p, piece.n) == (ssize_t)piece.n);
		err = capture_check(c, &d);
		if (err == 0)
			err = capture_go_on(c, &d);
		if (err == 0)
			err = capture_settle(c);
	}
	if (err == 0)
		err = capture_end(c, &d);
	put_outcome(out, c, err, &d);
	close(fd);
	unlink(path);
}

static void
expect_same(const char *name, const char *how, struct buf *got,
    const struct buf *expected)
{
	bool same = str_eq(buf_view(got), buf_view(expected));

	if (!same)
		printf("  %s, %s: %zu bytes told, not %zu\n", name, how, got->n,
		    expected->n);
	CU_ASSERT(same);
	buf_clear(got);
}

static void
in_pieces(const char *name, struct str bytes)
{
	LOCAL_BUF expected = BUF_INIT, got = BUF_INIT;
	bool small = bytes.n < (IS_SANITIZED ? 40000 : 400000);

	at_once(&expected, bytes);
	if (small) {
		fed(&got, pieces_of(bytes, 1, 0));
		expect_same(name, "byte by byte", &got, &expected);
	}
	for (uint64_t seed = 1; seed < 6; seed++) {
		fed(&got, pieces_of(bytes, 7u << seed * 2, seed));
		expect_same(name, "at random", &got, &expected);
	}
	fed(&got, pieces_of(bytes, bytes.n, 0));
	expect_same(name, "whole", &got, &expected);
	grown(&got, pieces_of(bytes, 700, 9));
	expect_same(name, "as it grows", &got, &expected);
	grown(&got, pieces_of(bytes, 100000, 8));
	expect_same(name, "as it grows fast", &got, &expected);
}

static void
both_forms(const char *name, struct str bytes)
{
	LOCAL_BUF packed = BUF_INIT;

	in_pieces(name, bytes);
	pieces_pack(bytes, &packed);
	in_pieces(name, buf_view(&packed));
	/* A writer that was stopped, and one that added something else. */
	in_pieces(name, str_slice(buf_view(&packed), 0, packed.n * 2 / 3));
	in_pieces(name, str_slice(bytes, 0, bytes.n * 2 / 3));
	buf_puts(&packed, "and so on");
	in_pieces(name, buf_view(&packed));
}

static void
captures(void)
{
	CU_ASSERT(pieces_of_files(both_forms) >= 9);
}

/* Nothing, a byte, what is no capture, what is another's. */
static void
refused(void)
{
	static const struct str texts[] = { STR_INIT(""), STR_INIT("x"),
		STR_INIT("\x1f"), STR_INIT("\x1f\x8b"),
		STR_INIT("\xa1\xb2\xc3\xd4"), STR_INIT("PK\x03\x04 and so on"),
		STR_INIT("hello\n"), STR_INIT("\x01\x02\x03"),
		STR_INIT("RTSS and so on, which is no capture of ours"),
		STR_INIT("<?xml?><scenario>") };

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		in_pieces("a text", texts[i]);
}

/* Messages that stand in the file before those that were earlier, some of them
 * at one time. */
static void
disorder(void)
{
	struct buf file = BUF_INIT, text = BUF_INIT, udp, ip, ether;
	uint64_t draw = 88172645463325252u;

	made_file(&file, 1);
	for (unsigned i = 0; i < 300; i++) {
		draw ^= draw << 13;
		draw ^= draw >> 7;
		draw ^= draw << 17;
		buf_clear(&text);
		made_message(&text, (int)i + 1, "");
		udp = made_udp(5060, 5060, buf_view(&text));
		ip = made_ip4(1, 2, 17, (int)i, 0, &udp);
		ether = made_ether(0x0800, &ip);
		made_packet(&file,
		    INT64_C(1700000000000000000) +
			(int64_t)(i / 3 + draw % (i < 100 ? 1 : 9)) * 1000000,
		    &ether);
	}
	in_pieces("disorder", buf_view(&file));
	buf_free(&file);
	buf_free(&text);
}

CHECK_MAIN("capture_fed", { "captures", captures }, { "refused", refused },
    { "disorder", disorder })
