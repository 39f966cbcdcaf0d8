/*
 * Captures of real networks: each message that tshark saw is there, at the same
 * packet and time, between the same addresses, with the same first line and
 * Call-ID.  tshark lists one message a packet, and of tunnels the outer
 * addresses.
 */
#include "fixtures/check.h"

#include "msg/header_names.h"
#include "packets/capture.h"
#include "msg/message.h"

#include <dirent.h>

static struct msg msg;

/* A line of a table: up to COLUMNS texts between tabs. */
#define COLUMNS 13
enum { FRAME, TIME, SRC, SPORT, DST, DPORT, TRANSPORT, START, CALL_ID };

struct row {
	struct str col[COLUMNS];
};

static void
split(struct str line, struct row *row)
{
	for (size_t i = 0; i < COLUMNS; i++)
		row->col[i] = str_cut(line, '\t', &line);
}

static bool
is_number(struct str s, uint64_t n)
{
	uint64_t v;

	return str_u64(s, &v) == 0 && v == n;
}

static bool
is_addr(const struct row *r, int host, const struct addr *a)
{
	struct addr want;

	if (addr_parse(r->col[host], &want) != 0)
		return false;
	return addr_same_ip(&want, a) && is_number(r->col[host + 1], a->port);
}

/* "12.345678000" as nanoseconds. */
static int64_t
to_ns(struct str s)
{
	struct str rest, whole = str_cut(s, '.', &rest);
	uint64_t a = 0, b = 0;

	CU_ASSERT(str_u64(whole, &a) == 0 && str_u64(rest, &b) == 0);
	return (int64_t)(a * 1000000000 + b);
}

static bool
is_expected(const struct row *r, const struct capture_message *m, int64_t *t0,
    bool tunnel)
{
	struct str id;
	int64_t t = to_ns(r->col[TIME]);

	msg_read(&msg, m->bytes, NULL);
	id = msg_value(&msg, MSG_H_CALL_ID);
	if (*t0 == INT64_MIN)
		*t0 = m->t - t;
	return is_number(r->col[FRAME], m->packet) && m->t - *t0 == t &&
	       (tunnel ||
		   (is_addr(r, SRC, &m->src) && is_addr(r, DST, &m->dst))) &&
	       str_is(r->col[TRANSPORT],
		   m->src.transport == ADDR_TCP ? "tcp" : "udp") &&
	       str_eq(str_slice(msg.start_line, 0, 160), r->col[START]) &&
	       str_eq(id, r->col[CALL_ID]);
}

static void
show(const char *what, const struct capture_message *m, const struct row *r)
{
	LOCAL_BUF b = BUF_INIT;

	if (m != NULL) {
		addr_write(&m->src, &b);
		buf_puts(&b, " > ");
		addr_write(&m->dst, &b);
		printf("  %s packet %llu t %lld %s %.*s\n", what,
		    (unsigned long long)m->packet, (long long)m->t,
		    buf_cstr(&b), STR_ARG(str_slice(m->bytes, 0, 60)));
	}
	if (r != NULL)
		printf("  expected packet %.*s t %.*s %.*s\n",
		    STR_ARG(r->col[FRAME]), STR_ARG(r->col[TIME]),
		    STR_ARG(r->col[START]));
}

/* Second and later messages of a packet are not in the table. */
static void
compare(const struct capture *c, struct str table, bool tunnel)
{
	LOCAL_BUF scratch = BUF_INIT;
	struct capture_message m;
	struct row row;
	int64_t t0 = INT64_MIN;
	uint64_t last = 0;
	size_t i = 0;

	str_cut(table, '\n', &table);
	for (; table.n > 0; i++) {
		do {
			if (i == capture_count(c)) {
				CU_FAIL("too few messages");
				return;
			}
			capture_get(c, i, &m, &scratch);
			i += m.packet == last;
		} while (m.packet == last);
		last = m.packet;
		split(str_cut(table, '\n', &table), &row);
		if (!is_expected(&row, &m, &t0, tunnel)) {
			CU_FAIL("another message");
			show("found", &m, &row);
			return;
		}
	}
	for (; i < capture_count(c); i++) {
		capture_get(c, i, &m, &scratch);
		if (m.packet != last) {
			CU_FAIL("one more message");
			show("found", &m, NULL);
		}
	}
}

static void
one(const char *dir, const char *name)
{
	char path[1024];
	struct capture *c;
	struct diag d = DIAG_INIT;
	LOCAL_BUF table = BUF_INIT;

	snprintf(path, sizeof(path), "%s/expected/%s.tsv", dir, name);
	if (buf_read_file(&table, path, 1 << 20) != 0)
		return;
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	CU_ASSERT_EQUAL(capture_open(&c, path, NULL, &d), 0);
	if (d.err != 0) {
		printf("  %s: %s\n", name, d.text);
	} else {
		printf("  %s: %zu messages, %zu streams%s%s\n", name,
		    capture_count(c), capture_streams(c),
		    capture_trouble(c) != NULL ? "; " : "",
		    capture_trouble(c) != NULL ? capture_trouble(c) : "");
		compare(c, buf_view(&table), str_starts(str_of(name), "ipip"));
		capture_close(c);
	}
}

static int
is_capture(const struct dirent *e)
{
	return strstr(e->d_name, ".pcap") != NULL;
}

static void
real_captures(void)
{
	char dir[400];
	struct dirent **list = NULL;
	int n;

	snprintf(dir, sizeof(dir), "%s/pcap", check_data());
	n = scandir(dir, &list, is_capture, alphasort);
	if (n <= 0) {
		check_skip("no captures");
		return;
	}
	CU_ASSERT(n >= 25);
	for (int i = 0; i < n; i++) {
		one(dir, list[i]->d_name);
		free(list[i]);
	}
	free(list);
}

CHECK_MAIN("capture_data", { "real_captures", real_captures })
