/* A capture as a supply of messages. */
#include "capture/supply.h"

static size_t
count(void *arg)
{
	return capture_count(arg);
}

static void
get(void *arg, size_t i, struct capture_message *m, struct buf *scratch)
{
	capture_get(arg, i, m, scratch);
}

static size_t
streams(void *arg)
{
	return capture_streams(arg);
}

static const struct capture_stream *
stream(void *arg, size_t i)
{
	return capture_stream_get(arg, i);
}

static uint32_t
place(void *arg, size_t i)
{
	return capture_place(arg, i);
}

static size_t
remarks(void *arg)
{
	return capture_remarks(arg);
}

static const struct capture_remark *
remark(void *arg, size_t i)
{
	return capture_remark_get(arg, i);
}

struct capture_supply
capture_supply_of(struct capture *c)
{
	return (struct capture_supply){ c, count, get, streams, stream, place,
		remarks, remark };
}
