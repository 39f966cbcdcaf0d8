/* A capture as a reader of messages; see packets/reader.h. */
#include "packets/reader.h"

#include "packets/capture_in.h"

/* ---- the same as a reader ---- */

void
capture_reader_look(const struct capture_reader *r, size_t i,
    struct capture_message *m, struct buf *scratch)
{
	if (r->look != NULL) {
		r->look(r->arg, i, m);
		return;
	}
	r->get(r->arg, i, m, scratch);
	m->hash = index_hash_message(m->bytes);
}

static void
get_message(void *arg, size_t i, struct capture_message *m, struct buf *scratch)
{
	capture_get(arg, i, m, scratch);
}

static void
look_at_message(void *arg, size_t i, struct capture_message *m)
{
	capture_look(arg, i, m);
}

static const struct capture_stream *
get_stream(void *arg, size_t i)
{
	return capture_stream_get(arg, i);
}

struct capture_reader
capture_reader_of(struct capture *c)
{
	return (struct capture_reader){ .arg = c,
		.count = capture_count(c),
		.get = get_message,
		.look = look_at_message,
		.nstreams = capture_streams(c),
		.stream = get_stream,
		.packets = capture_packets(c),
		.packet = capture_packet_get,
		.packets_of = c,
		.nremarks = c->remarks.n,
		.remarks = c->remarks.all };
}
